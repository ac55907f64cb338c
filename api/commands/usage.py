"""Typer's objections to a command line, each as one sentence that says what to do."""

from __future__ import annotations

import difflib
from typing import Any

import typer


def usage_message(error: typer.TyperException) -> str:
    """The sentence for an error of the command line's parser."""
    context: Any = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "coopgraph"
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return error.format_message()
    hint = f"用法见 {path} --help。"
    if kind == "NoSuchOption":
        return f"没有选项 {getattr(error, 'option_name', '')}；{_near_options(error, context)}{hint}"
    if kind == "MissingParameter":
        parameter: Any = getattr(error, "param", None)
        name = parameter.get_error_hint(context) if parameter is not None else ""
        return f"缺少 {name}；{hint}"
    if kind == "BadOptionUsage":
        return f"选项 {getattr(error, 'option_name', '')} 要跟一个值；{hint}"
    if kind == "BadParameter":
        parameter = getattr(error, "param", None)
        name = parameter.get_error_hint(context) if parameter is not None else ""
        return f"{name} 的值不可用：{error.message}；{hint}"
    if error.message.startswith("No such command") and context is not None:
        given = error.message.split("'")[1] if "'" in error.message else ""
        commands: list[str] = list(getattr(context.command, "commands", {}))
        near = difflib.get_close_matches(given, commands, n=3) or commands
        return f"没有命令“{given}”；可用：{'、'.join(near)}。"
    if error.message.startswith("Missing command"):
        commands = list(getattr(getattr(context, "command", None), "commands", {}))
        return f"{path} 之后要给一个命令；可用：{'、'.join(commands)}。"
    if error.message.startswith("Got unexpected extra argument"):
        extra = error.message.partition("(")[2].rstrip(")")
        return f"多出的参数：{extra}；{hint}"
    return f"{error.format_message()} {hint}"


def _near_options(error: Any, context: Any) -> str:
    if context is None:
        return ""
    options = [name for p in context.command.params for name in getattr(p, "opts", ())]
    near = difflib.get_close_matches(str(getattr(error, "option_name", "")), options, n=3)
    return f"是否想用 {'、'.join(near)}？" if near else ""
