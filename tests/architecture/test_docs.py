"""What the documentation says is there, and what is there is documented."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from api.cli import build
from graph.errors import NotFound
from graph.settings import environment_names
from tests.parts import ROOT

READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
PAGES = (*READMES, *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "graph").rglob("*.md")))
GROUPS_BY_NAME = ("query", "view")
"""Groups whose commands come from a plug-in folder: the group is documented, not each of its commands."""
Command = tuple[str, ...]


def label(path: Path) -> str:
    return str(path.relative_to(ROOT))


def blocks(text: str) -> list[str]:
    return re.findall(r"```(?:sh|console)?\n(.*?)```", text, re.DOTALL)


def command_lines(text: str) -> Iterator[list[str]]:
    """Words of every `coopgraph …` that stands in a code block of the shell or in a code span."""
    spans = re.findall(r"(?<!`)`([^`]+)`(?!`)", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    for line in [*(line for block in blocks(text) for line in block.splitlines()), *spans]:
        plain = re.sub(r"\s[>|]\s.*", "", " ".join(line.split()))
        if re.match(r"(\S*/)?coopgraph \w", plain):
            yield shlex.split(plain, comments=True)[1:]


def found_command(words: list[str], added: set[str]) -> tuple[Command, Any, list[str]] | None:
    """The path of a command line's command, the command itself, and its remaining words. None for a command
    that the page itself adds."""
    command: Any = get_command(build())
    path: list[str] = []
    rest = list(words)
    while rest and hasattr(command, "commands") and not rest[0].startswith("-"):
        if rest[0] in added:
            return None
        if path and path[-1] in GROUPS_BY_NAME and (rest[0].isupper() or rest[0].startswith("{")):
            return (*path,), command, []
        known = command.get_command(None, rest[0])
        assert known is not None, f"there is no 'coopgraph {' '.join([*path, rest[0]])}'"
        command = known
        path.append(rest.pop(0))
    return (*path,), command, rest


def option_names(command: Any) -> set[str]:
    return {name for parameter in command.params for name in getattr(parameter, "opts", ())} | {"--help"}


def uses(path: Path) -> list[tuple[Command, frozenset[str]]]:
    """Every command that a page names, with the options that it gives."""
    return check(path.read_text(encoding="utf-8"), path)


def check(text: str, path: Path) -> list[tuple[Command, frozenset[str]]]:
    added = set(re.findall(r'\bname="([\w-]+)"', text))
    found: list[tuple[Command, frozenset[str]]] = []
    for words in command_lines(text):
        if known := found_command(words, added):
            command, target, rest = known
            given = {word.partition("=")[0] for word in rest if re.match(r"--?[a-z]", word)}
            assert given <= option_names(target), f"{label(path)}: coopgraph {' '.join(words)}"
            found.append((command, frozenset(given)))
    return found


def all_commands() -> set[Command]:
    found: set[Command] = set()
    for name, command in get_command(build()).commands.items():  # pyright: ignore[reportAttributeAccessIssue]  # a group
        if hasattr(command, "commands") and name not in GROUPS_BY_NAME:
            found |= {(name, sub) for sub in command.commands}
        else:
            found.add((name,))
    return found


@pytest.mark.parametrize("path", PAGES, ids=label)
def test_every_command_and_option_exists(path: Path) -> None:
    uses(path)


@pytest.mark.parametrize("path", READMES, ids=label)
def test_every_command_is_documented(path: Path) -> None:
    named = {command[:1] if command[0] in GROUPS_BY_NAME else command for command, _ in uses(path)}
    assert all_commands() <= named


def made(path: Path) -> set[str]:
    return set(re.findall(r"(?:`|^)make (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))


def test_both_readmes_give_the_same_commands() -> None:
    english, chinese = (uses(path) for path in READMES)
    assert sorted(english, key=repr) == sorted(chinese, key=repr)
    assert made(READMES[0]) == made(READMES[1])


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for path in PAGES:
        assert made(path) <= targets, label(path)


def test_commands_that_are_not_there_are_found() -> None:
    page = ROOT / "docs" / "none.md"
    for wrong in ("frobnicate", "documents burn", "query nothing", "view bridge --colour red -o x.svg"):
        text = f"```sh\ncoopgraph {wrong}\n```\n"
        with pytest.raises((AssertionError, NotFound)):
            check(text, page)
    assert check("`coopgraph query pairs --unit 北仑区 > x`", page) == [
        (("query", "pairs"), frozenset({"--unit"}))
    ]


@pytest.mark.parametrize("path", READMES, ids=label)
def test_the_settings_are_those_of_the_program(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"\b(?:COOPGRAPH|NEO4J)_[A-Z0-9_]+\b", text)) == set(environment_names())


@pytest.mark.parametrize("path", PAGES, ids=label)
def test_relative_links_and_images_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r"(?:src|href)=\"([^\"]+)\"", text)
    missing = [
        link
        for link in links
        if not re.match(r"[a-z]+:", link) and not (path.parent / link.partition("#")[0]).exists()
    ]
    assert not missing


def test_every_page_of_the_docs_is_linked_from_both_readmes() -> None:
    for readme in READMES:
        text = readme.read_text(encoding="utf-8")
        assert not [page.name for page in (ROOT / "docs").glob("*.md") if f"docs/{page.name}" not in text]


def test_no_page_names_a_path_of_one_machine() -> None:
    machine = re.compile(r"(?<![\w.:/-])/(?:work|tmp|root|home|Users)/\S+")
    assert not [(label(path), hit) for path in PAGES for hit in machine.findall(path.read_text("utf-8"))]
