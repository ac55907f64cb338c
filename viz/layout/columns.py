"""Placing nodes in columns, each centred on y = 0, so that an entry or heading that comes in moves the others by
half a slot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from viz.layout.text import block_size, clean, wrap
from viz.links import Actor
from viz.marks import BOX_PADDING, node_size
from viz.scene import Anchor, Heading, Node, Side

SLOT = 34.0
"""Height in pixels that an entry of one or two lines takes."""
HEADING_SLOT = 28.0
RADIUS = 7.0
STRETCH = 2.6
TITLE_RISE = 30.0
"""How far a column's title stands above the tallest column."""


Entry = tuple[list[str], float, float]
"""A wrapped label, width and height of the node's box."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column to be placed: groups of actors under headings (an empty heading shows none).

    `x` is where the marks stand (the centre of the boxes for `side` inside).
    """

    index: int
    x: float
    side: Side
    groups: Sequence[tuple[str, Sequence[Actor]]]
    title: str = ""
    label_width: float = 196.0
    lines: int = 2
    suffix: str = ""
    """Added to the nodes' ids, where entities may stand in two columns."""
    slot: float = SLOT
    """Height in pixels that an entry takes at least: less on paper, where nothing is pointed at."""


@dataclass(frozen=True, slots=True)
class Placed:
    nodes: tuple[Node, ...]
    headings: tuple[Heading, ...]
    top: float


def _entry(actor: Actor, column: Column) -> Entry:
    lines = wrap(actor.name, column.label_width, lines=column.lines)
    width, height = node_size(*block_size(lines), column.side, RADIUS)
    if column.side == "inside":
        width = column.label_width + 2 * BOX_PADDING[0]
    return lines, width, height


def _slot(height: float, column: Column) -> float:
    return height + 14.0 if column.side == "inside" else max(column.slot, height + 2.0)


def slot_of(actor: Actor, column: Column) -> float:
    """Height in pixels that the actor takes in the column."""
    return _slot(_entry(actor, column)[2], column)


def _anchor(column: Column) -> tuple[float, Anchor]:
    if column.side == "right":
        return column.x - RADIUS, "start"
    if column.side == "left":
        return column.x + RADIUS, "end"
    return column.x, "middle"


def _node(actor: Actor, column: Column, group: str, y: float, entry: Entry) -> Node:
    lines, width, height = entry
    shift = {"right": width / 2 - RADIUS, "left": RADIUS - width / 2}.get(column.side, 0.0)
    return Node(
        id=actor.id + column.suffix,
        type=actor.type,
        name=clean(actor.name),
        label="\n".join(lines),
        x=column.x + shift,
        y=y,
        width=width,
        height=height,
        column=column.index,
        group=group,
        side=column.side,
        radius=RADIUS,
        entity=actor.id if column.suffix else "",
    )


def _measured(column: Column) -> list[list[Entry]]:
    return [[_entry(actor, column) for actor in actors] for _, actors in column.groups]


def _height(column: Column, entries: Sequence[Sequence[Entry]]) -> float:
    slots = sum(_slot(e[2], column) for group in entries for e in group)
    return slots + HEADING_SLOT * sum(1 for heading, _ in column.groups if heading)


def _place(column: Column, entries: Sequence[Sequence[Entry]], stretch: float) -> Placed:
    """Nodes of one column from top to bottom, its groups' headings above each group; slots `stretch` times as
    high as they need."""
    total = _height(column, entries)
    total += (stretch - 1) * sum(_slot(e[2], column) for group in entries for e in group)
    nodes: list[Node] = []
    headings: list[Heading] = []
    top = y = -total / 2
    x, anchor = _anchor(column)
    for (heading, actors), sizes in zip(column.groups, entries, strict=True):
        if heading:
            place = Heading(heading, x, y + HEADING_SLOT * 0.6, anchor)
            headings.append(place)
            y += HEADING_SLOT
        for actor, size in zip(actors, sizes, strict=True):
            height = _slot(size[2], column) * stretch
            nodes.append(_node(actor, column, heading, y + height / 2, size))
            y += height
    return Placed(tuple(nodes), tuple(headings), top)


def place_columns(columns: Sequence[Column]) -> tuple[tuple[Node, ...], tuple[Heading, ...]]:
    """All columns, their titles on one line above the tallest. Shorter columns stand wider apart, up to
    `STRETCH` times, so that lines run flatter."""
    measured = [_measured(column) for column in columns]
    heights = [_height(c, entries) for c, entries in zip(columns, measured, strict=True)]
    placed = [
        _place(column, entries, min(STRETCH, max(heights) / height) if height else 1.0)
        for column, entries, height in zip(columns, measured, heights, strict=True)
    ]
    height = min((p.top for p in placed), default=0.0) - TITLE_RISE
    titles: list[Heading] = []
    for column in columns:
        if column.title:
            x, anchor = _anchor(column)
            titles.append(Heading(column.title, x, height, anchor, 1))
    nodes = tuple(n for p in placed for n in p.nodes)
    return nodes, (*titles, *(h for p in placed for h in p.headings))
