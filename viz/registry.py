"""The views in `viz/views/` and the renderers `viz/render_*.py`: a new one is one new file."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from graph.errors import NotFound

if TYPE_CHECKING:
    from pydantic import BaseModel

    from viz.scene import View


@dataclass(frozen=True, slots=True)
class Renderer:
    """A form of a scene: a module `viz/render_<ending>.py` holds one as `RENDERER`.

    `draw(scene, **options)` gives the file's bytes; `options` are the names of the options that it takes.
    """

    ending: str
    media_type: str
    draw: Callable[..., bytes]
    options: Sequence[str] = ()
    choices: type[BaseModel] | None = None
    """What a user may choose of this form (size, paper): options of the command line and of the address."""
    parts: Callable[..., list[bytes]] | None = None
    """For a form that may take several files (sheets of paper): the bytes of each."""
    legend_filters: bool = False
    """Whether its legend switches types and lines on and off: then it is given those that are off too."""


@cache
def views() -> dict[str, View]:
    """All views by name, in alphabetical order."""
    import viz.views as folder

    found: dict[str, View] = {}
    for info in sorted(pkgutil.iter_modules(folder.__path__), key=lambda i: i.name):
        if not info.name.startswith("_"):
            view: View = importlib.import_module(f"viz.views.{info.name}").VIEW
            found[view.name] = view
    return found


def find_view(name: str) -> View:
    """The view of that name. Raises NotFound with near names."""
    found = views().get(name)
    if found is None:
        near = difflib.get_close_matches(name, list(views()), n=3)
        raise NotFound(f"没有名为“{name}”的视图；可用：{'、'.join(near or views())}。", near=near)
    return found


@cache
def renderer_names() -> tuple[str, ...]:
    """Endings of the renderers that are built."""
    import viz as package

    names = (info.name for info in pkgutil.iter_modules(package.__path__))
    return tuple(sorted(name.removeprefix("render_") for name in names if name.startswith("render_")))
