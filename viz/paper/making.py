"""How a file was made, in words for its metadata: the program and the command that makes it again. Never who or
where."""

from __future__ import annotations

import shlex
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import parse_qsl

from viz.layout.text import clean
from viz.scene import Scene

PROGRAM = "coopgraph"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


def made_by() -> str:
    try:
        return f"{PROGRAM} {version(PROGRAM)}"
    except PackageNotFoundError:  # a checkout that is not installed
        return PROGRAM


def how_words(how: str) -> str:
    """The program and the command, for a file's properties."""
    return f"{made_by()}: {how}"


def say_how(properties: Any, how: str) -> None:
    """Write into a document's or presentation's core properties how it was made, whole: the libraries' own setter
    refuses more than 255 characters, the format doesn't (ECMA-376 part 2, 11)."""
    properties.comments = ""
    description = properties._element.find(f"{{{_DUBLIN_CORE}}}description")
    description.text = clean(how_words(how))


def command_of(scene: Scene) -> str:
    """The command line that makes the picture again; the file is up to whoever types it."""
    given = [f"--{name.replace('_', '-')} {shlex.quote(value)}" for name, value in _given(scene)]
    return " ".join([PROGRAM, "view", scene.view, *given])


def _given(scene: Scene) -> list[tuple[str, str]]:
    return [(clean(n), clean(v)) for n, v in parse_qsl(scene.caption.query, keep_blank_values=True)]


def way_back(scene: Scene) -> str:
    """How the picture was made and from when its data are."""
    query = f"/views/{scene.view}?{scene.caption.query}" if scene.caption.query else f"/views/{scene.view}"
    return f"{command_of(scene)} · {query} · {scene.caption.data_date}"
