"""`coopgraph view NAME [--PARAM VALUE …] -o FILE`: a view as a file, its format told by the file's ending."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup, TyperOption

from api.commands.output import print_note, print_table, write_file
from api.commands.query import QueryCommand, given_parameters, query_options, switches
from api.commands.session import opened_store

if TYPE_CHECKING:
    from viz.scene import View


class ViewGroup(TyperGroup):
    """Finds a view's command by name."""

    def list_commands(self, ctx: Any) -> list[str]:
        from viz.registry import views

        return list(views())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        from viz.registry import find_view

        return _command(find_view(cmd_name))


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    group = typer.Typer(
        rich_markup_mode=None,
        cls=ViewGroup,
        help="把一个视图写成文件；选项见 view NAME --help。",
        invoke_without_command=True,
    )

    @group.callback()
    def root(  # pyright: ignore[reportUnusedFunction]  # Typer keeps it
        context: typer.Context, list_all: bool = typer.Option(False, "--list", help="列出所有视图")
    ) -> None:
        if list_all:
            from viz.registry import views

            print_table(
                ["名称", "标题", "说明"], [(v.name, v.title.zh, v.description.zh) for v in views().values()]
            )
        elif context.invoked_subcommand is None:
            from graph.errors import UsageError

            raise UsageError("请给出视图的名称；可用 coopgraph view --list 查看。")

    app.add_typer(group, name="view")


def _command(view: View) -> QueryCommand:
    """The command of one view, with an option for each of its parameters."""
    output = TyperOption(
        param_decls=["output", "-o", "--output"], type=str, required=True, metavar="FILE",
        help="要写的文件，格式由后缀决定",
    )  # fmt: skip
    command = QueryCommand(
        rich_markup_mode=None,
        name=view.name,
        help=f"{view.title.zh}：{view.description.zh}",
        params=[*query_options(view.params, form=False), *_choices(), output],
        callback=lambda **given: _run(view, given),
    )
    command.switches = switches(view.params)
    return command


def _choices() -> list[Any]:
    """What may be chosen of the forms, each option once: scale, sheets of paper, ratio of slides."""
    from viz.rendering import choices

    options = [option for model in choices().values() for option in query_options(model, form=False)]
    return list({option.name: option for option in options}.values())


def _run(view: View, given: dict[str, Any]) -> None:
    from api.parameters import parse_parameters
    from viz.rendering import render_parts

    path = Path(given["output"])
    ending = require_ending(path)
    params = parse_parameters(view.params, given_parameters(view.params, given))
    chosen = _chosen(ending, given)
    with opened_store() as store:
        parts = render_parts(view.build(store, params), ending, **chosen)
    for number, data in enumerate(parts, 1):
        write_file(path if number == 1 else path.with_stem(f"{path.stem}-{number}"), data)
    if len(parts) > 1:
        print_note(
            f"一张纸放不下，共写成 {len(parts)} 个文件：{path.name} 至 {path.stem}-{len(parts)}{path.suffix}。"
        )


def _chosen(ending: str, given: dict[str, Any]) -> dict[str, Any]:
    """What was chosen of the form. Raises UsageError for a choice that another form takes."""
    from api.parameters import parse_parameters
    from graph.errors import UsageError
    from viz.rendering import choices

    forms = choices()
    known = forms[ending].model_fields if ending in forms else {}
    for model in forms.values():
        for name, _ in given_parameters(model, given):
            if name not in known:
                takers = "、".join(f".{form}" for form, other in forms.items() if name in other.model_fields)
                raise UsageError(f"选项 --{name} 只用于 {takers} 文件。")
    if not known:
        return {}
    return parse_parameters(forms[ending], given_parameters(forms[ending], given)).model_dump()


def require_ending(path: Path) -> str:
    """The ending without its dot. Raises UsageError for one that no renderer writes."""
    from graph.errors import UsageError
    from viz.rendering import formats

    ending = path.suffix.lower().removeprefix(".")
    if ending not in formats():
        allowed = "、".join(f".{name}" for name in formats())
        raise UsageError(f"不能写成“{path.suffix or path.name}”；文件后缀应为 {allowed} 之一。")
    return ending
