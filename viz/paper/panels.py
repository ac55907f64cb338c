"""A tall picture on one sheet: its parts side by side as panels, so that it has the shape of a sheet and its lines
stay short.

Every line stands in exactly one panel; an entity stands again in each panel where a line of its own is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from viz.marks import bounds
from viz.paper.pages import Area, split
from viz.scene import Heading, Line, Node, Scene

TALLEST = 2400.0
"""Pixels up to which a picture in columns stays as it is."""
WIDTHS = {2: 620.0, 3: 1000.0}
"""Pixels of a panel by its number of columns."""
HEIGHT = 1200.0
"""Pixels of a panel: what a screen shows at once."""
LABEL = 176.0
GUTTER = 64.0
SHAPE = 1.3
"""Width to height of the sheet that the panels fill."""


def panelled(scene: Scene) -> Scene:
    """The picture as panels, from left to right and then in the next row, where it would be too tall; else as it is."""
    box = bounds(scene)
    height = box.bottom - box.top
    if not scene.layered or scene.matrix or height < TALLEST or height < 2 * (box.right - box.left):
        return scene
    columns = max(2, len({node.column for node in scene.nodes}))
    parts = split(scene, Area(WIDTHS.get(columns, WIDTHS[3]), HEIGHT), label=LABEL)
    wide = max(box.right - box.left for box in map(bounds, parts)) + GUTTER
    high = max(box.bottom - box.top for box in map(bounds, parts)) + GUTTER
    return _beside(scene, parts, Area(wide, high), math.ceil(math.sqrt(len(parts) * high / wide * SHAPE)))


def _beside(scene: Scene, parts: Sequence[Scene], cell: Area, across: int) -> Scene:
    """One scene of all parts, each in its cell, `across` of them in a row."""
    nodes: list[Node] = []
    lines: list[Line] = []
    headings: list[Heading] = []
    for number, part in enumerate(parts):
        box, end = bounds(part), f"#{number + 1}"
        row, column = divmod(number, across)
        right = column * cell.width + (cell.width - GUTTER - box.left - box.right) / 2
        down = row * cell.height - box.top
        nodes += [
            replace(n, id=n.id + end, entity=n.ref, x=n.x + right, y=n.y + down, column=n.column + 9 * column)
            for n in part.nodes
        ]
        lines += [replace(line, source=line.source + end, target=line.target + end) for line in part.lines]
        headings += [replace(h, x=h.x + right, y=h.y + down) for h in part.headings]
    return replace(scene, nodes=tuple(nodes), lines=tuple(lines), headings=tuple(headings))
