"""A picture that is too tall for its sheet: its parts side by side as panels, so that its lines stay short.

Every line stands in exactly one panel; an entity stands again in each panel where a line of its own is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from viz.marks import bounds
from viz.paper.splitting import Area, Splitting
from viz.scene import Heading, Line, Node, Scene

TALLEST = 2400.0
"""Pixels up to which a picture in columns stays as it is on one sheet."""
HEIGHT = 1200.0
"""Pixels of a panel there: what a screen shows at once."""
LABEL = 176.0
"""Pixels of a name in a panel at most."""
EASY, NARROW = {2: 150.0, 3: 480.0}, {2: 90.0, 3: 366.0}
"""Pixels between the outer marks of a panel by its number of columns: where there is room, and at least."""
GUTTER = 40.0
SHAPE = 1.3
"""Width to height of the sheet that panels fill."""


def panelled(scene: Scene) -> Scene:
    """The picture as panels, from left to right and then in the next row, where it would be too tall; else as it is."""
    box = bounds(scene)
    height = box.bottom - box.top
    if not scene.layered or scene.matrix or height < TALLEST or height < 2 * (box.right - box.left):
        return scene
    splitting = Splitting(scene, LABEL)
    parts = splitting.parts(Area(splitting.width(EASY.get(splitting.count, EASY[3])), HEIGHT))
    cell = _cell(parts)
    return _beside(scene, parts, cell, math.ceil(math.sqrt(len(parts) * cell.height / cell.width * SHAPE)))


def split(scene: Scene, room: Area, first: float | None = None) -> list[Scene]:
    """The picture on pages of `room` pixels each, on each of them as many panels as fit beside each other; on the
    first page they are no higher than `first`, where that is given."""
    narrow = Splitting(scene, LABEL)
    least = narrow.width(NARROW.get(narrow.count, NARROW[3]))
    across = max(1, int((room.width + GUTTER) // (least + GUTTER)))
    if across == 1:
        wide = Splitting(scene, max(LABEL, min(196.0, room.width * 0.23)))
        return wide.even(room, 1, first)
    parts = narrow.even(Area((room.width - (across - 1) * GUTTER) / across, room.height), across, first)
    pages = [parts[i : i + across] for i in range(0, len(parts), across)]
    return [_beside(scene, page, _cell(page), across) for page in pages]


def _cell(parts: Sequence[Scene]) -> Area:
    """Pixels that a panel takes with the gap to the next."""
    boxes = [bounds(part) for part in parts]
    wide = max(box.right - box.left for box in boxes)
    return Area(wide + GUTTER, max(box.bottom - box.top for box in boxes) + GUTTER)


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
    return replace(scene, nodes=tuple(nodes), lines=tuple(lines), headings=tuple(headings), layered=True)
