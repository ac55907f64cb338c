"""The geometry that all renderers share: outlines of the marks, and where mark and label lie in a node's box."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from graph.vocabulary import TYPES, EntityType
from viz.layout.text import LINE_HEIGHT
from viz.scene import Node, Scene

LABEL_GAP = 6.0
"""Pixels between a mark and the label beside it."""
BELOW_GAP = 4.0
BOX_PADDING = (12.0, 9.0)
"""Room between the border of a task's box and its text, across and down."""

Point = tuple[float, float]


class Box(NamedTuple):
    """A rectangle by its corners, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share any area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def _ring(corners: int, radius: float, start: float) -> tuple[Point, ...]:
    return tuple(
        (
            round(radius * math.cos(math.radians(start + 360 * i / corners)), 4),
            round(radius * math.sin(math.radians(start + 360 * i / corners)), 4),
        )
        for i in range(corners)
    )


def _star() -> tuple[Point, ...]:
    outer, inner = _ring(5, 1.35, -90), _ring(5, 0.6, -54)
    return tuple(point for pair in zip(outer, inner, strict=True) for point in pair)


OUTLINES: dict[str, tuple[Point, ...]] = {
    "square": ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)),
    "diamond": ((0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)),
    "hexagon": _ring(6, 1.1, 0),
    "triangle": ((0.0, -1.15), (1.15, 0.9), (-1.15, 0.9)),
    "triangleDown": ((0.0, 1.15), (1.15, -0.9), (-1.15, -0.9)),
    "star": _star(),
}
"""Corners of the many-sided marks for radius 1, y downwards; their areas look alike. `dot`, `ring`, `ellipse`
and `box` are drawn as such."""


def node_size(label_width: float, label_height: float, side: str, radius: float) -> tuple[float, float]:
    """Width and height of the box of mark and label together."""
    if side == "inside":
        return label_width + 2 * BOX_PADDING[0], label_height + 2 * BOX_PADDING[1]
    if side in ("left", "right"):
        return 2 * radius + LABEL_GAP + label_width, max(2 * radius, label_height)
    return max(2 * radius, label_width), 2 * radius + BELOW_GAP + label_height


def mark_centre(node: Node) -> Point:
    """Where lines meet the node."""
    if node.side == "right":
        return node.x - node.width / 2 + node.radius, node.y
    if node.side == "left":
        return node.x + node.width / 2 - node.radius, node.y
    if node.side == "below":
        return node.x, node.y - node.height / 2 + node.radius
    if node.side == "above":
        return node.x, node.y + node.height / 2 - node.radius
    return node.x, node.y


def port(node: Node, towards: Point) -> Point:
    """Where a line to `towards` leaves the node: its mark's centre, of a box the middle of the nearer side."""
    x, y = mark_centre(node)
    if node.side != "inside":
        return x, y
    return x + (node.width / 2 if towards[0] > x else -node.width / 2), y


def line_ends(a: Node, b: Node) -> tuple[Point, Point]:
    """The two points that a line between nodes joins."""
    return port(a, mark_centre(b)), port(b, mark_centre(a))


def label_box(node: Node) -> Box:
    """The rectangle that the label fills."""
    left, top = node.x - node.width / 2, node.y - node.height / 2
    right, bottom = left + node.width, top + node.height
    mark = 2 * node.radius
    if node.side == "right":
        return Box(left + mark + LABEL_GAP, top, right, bottom)
    if node.side == "left":
        return Box(left, top, right - mark - LABEL_GAP, bottom)
    if node.side == "below":
        return Box(left, top + mark + BELOW_GAP, right, bottom)
    if node.side == "above":
        return Box(left, top, right, bottom - mark - BELOW_GAP)
    across, down = BOX_PADDING
    return Box(left + across, top + down, right - across, bottom - down)


def node_box(node: Node) -> Box:
    """The rectangle of mark and label together."""
    return Box(
        node.x - node.width / 2, node.y - node.height / 2, node.x + node.width / 2, node.y + node.height / 2
    )


def bounds(scene: Scene, *, margin: float = 0.0) -> Box:
    """The rectangle that holds all nodes and headings; of no size for an empty scene."""
    boxes = [node_box(n) for n in scene.nodes]
    boxes += [
        Box(h.x - 90, h.y - LINE_HEIGHT / 2, h.x + 90, h.y + LINE_HEIGHT / 2)
        if h.anchor == "middle"
        else Box(h.x, h.y - LINE_HEIGHT / 2, h.x, h.y + LINE_HEIGHT / 2)
        for h in scene.headings
    ]
    if not boxes:
        return Box(0, 0, 0, 0)
    return Box(
        min(b.left for b in boxes) - margin,
        min(b.top for b in boxes) - margin,
        max(b.right for b in boxes) + margin,
        max(b.bottom for b in boxes) + margin,
    )


def types_shown(nodes: Iterable[Node]) -> list[EntityType]:
    """The types that occur, in the vocabulary's order: what a legend names, no more."""
    found = {node.type for node in nodes}
    return [kind for kind in TYPES if kind in found]
