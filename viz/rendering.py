"""Writing a scene in any of the built forms, chosen by a file's ending."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from graph.errors import UsageError
from viz.hiding import without_hidden
from viz.registry import Renderer, renderer_names
from viz.scene import Scene

if TYPE_CHECKING:
    from pydantic import BaseModel


def formats() -> tuple[str, ...]:
    """The endings that can be written today, without a dot: `html`, `svg`, …"""
    return renderer_names()


def find_renderer(ending: str) -> Renderer:
    """The renderer of an ending (with or without its dot). Raises UsageError when there is none."""
    name = ending.lower().removeprefix(".")
    if name not in formats():
        allowed = "、".join(f".{known}" for known in formats())
        raise UsageError(f"不能输出“{ending}”格式；请用以下后缀之一：{allowed}。", allowed=list(formats()))
    renderer: Renderer = importlib.import_module(f"viz.render_{name}").RENDERER
    return renderer


def choices() -> dict[str, type[BaseModel]]:
    """Form → what a user may choose of it, for the forms that offer a choice."""
    found = {ending: find_renderer(ending).choices for ending in formats()}
    return {ending: model for ending, model in found.items() if model is not None}


def render(scene: Scene, ending: str, **options: Any) -> bytes:
    """The bytes of the file. Options that the form doesn't take are left out, so that one call serves all:
    `theme`, `mode`, `nonce` …"""
    renderer = find_renderer(ending)
    return renderer.draw(
        _shown(scene, renderer), **{k: v for k, v in options.items() if k in renderer.options}
    )


def render_parts(scene: Scene, ending: str, **options: Any) -> list[bytes]:
    """The bytes of each file that the form takes: one but for several sheets of paper."""
    renderer = find_renderer(ending)
    draw = renderer.parts or (lambda scene, **given: [renderer.draw(scene, **given)])
    return draw(_shown(scene, renderer), **{k: v for k, v in options.items() if k in renderer.options})


def _shown(scene: Scene, renderer: Renderer) -> Scene:
    """The scene that a form draws: with what the reader switched off only where a legend can bring it back."""
    return scene if renderer.legend_filters and not scene.matrix else without_hidden(scene)


def media_type(ending: str) -> str:
    return find_renderer(ending).media_type
