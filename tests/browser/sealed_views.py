"""Views as sealed files, opened from the disk: how they are opened, and where things stand in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.browser.waiting import VIEW
from viz.scene import Scene

Opened = tuple[Any, Scene]
Open = Callable[..., Opened]
"""Opens a view by name: `open_view("bridge", "plan", width=1280, height=800, **parameters)`."""


def label_rects(page: Any) -> dict[str, list[float]]:
    """Rectangles of the labels as drawn, by node id."""
    return page.evaluate(f"Object.fromEntries({VIEW}.labelRects)")


def on_screen(page: Any, node_id: str) -> tuple[float, float]:
    """Where a node's mark stands on the page."""
    x, y = page.evaluate(
        f"""id => {{
            const view = {VIEW};
            const node = view.nodes.get(id);
            const box = view.canvas.getBoundingClientRect();
            const at = view.network.canvasToDOM({{ x: node.x, y: node.y }});
            return [box.left + at.x, box.top + at.y];
        }}""",
        node_id,
    )
    return x, y


def still(page: Any) -> None:
    """Wait for two frames, so that what a gesture asked for is drawn."""
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))"
    )
