"""A picture on pages: as it is where its text stays readable, else split by its lines and placed anew, in columns.

Every line is on exactly one page; an entity stands again on each page where a line of its own is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from graph.vocabulary import TYPES
from viz.layout.columns import HEADING_SLOT, RADIUS, TITLE_RISE, Column, place_columns, slot_of
from viz.layout.text import FONT_SIZE
from viz.links import Actor
from viz.marks import LABEL_GAP, bounds, mark_centre
from viz.scene import Heading, Line, Node, Scene, Side

LARGEST = 13.0
"""Points of the largest label: small pictures are not blown up."""
DENSE = 19.0
"""Pixels from name to name on paper: one line of text."""
AGAIN = "#again"
"""Ends the id of a node that stands on the right of a page, where it may stand on the left as well."""


@dataclass(frozen=True, slots=True)
class Area:
    """Room for the picture on a page, in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its part of the scene, and points a pixel."""

    scene: Scene
    scale: float


@dataclass(frozen=True, slots=True)
class _Frame:
    """A page's room in pixels and how its columns stand."""

    width: float
    height: float
    label_width: float
    columns: tuple[Column, ...]


@dataclass(slots=True)
class _Batch:
    """What one page holds: lines, node ids by column, and how high each column has become."""

    lines: list[Line] = field(default_factory=list[Line])
    nodes: list[dict[str, None]] = field(default_factory=list[dict[str, None]])
    heights: list[float] = field(default_factory=list[float])
    groups: list[set[str]] = field(default_factory=list[set[str]])


def fitting_scale(scene: Scene, area: Area) -> float:
    """Points a pixel at which the whole picture fits the area."""
    box = bounds(scene, margin=4)
    return min(area.width / max(1.0, box.right - box.left), area.height / max(1.0, box.bottom - box.top))


def paged(scene: Scene, area: Area, *, least: float = 9.0) -> list[Page]:
    """The pages of a network; labels are never smaller than `least` points."""
    scale = fitting_scale(scene, area)
    if scene.empty or scale * FONT_SIZE >= least:
        return [Page(scene, min(scale, LARGEST / FONT_SIZE))]
    parts = split(scene, Area(area.width / least * FONT_SIZE, area.height / least * FONT_SIZE))
    return [
        Page(numbered(part, i, len(parts)), min(fitting_scale(part, area), LARGEST / FONT_SIZE))
        for i, part in enumerate(parts, 1)
    ]


def split(scene: Scene, room: Area, *, label: float = 0.0) -> list[Scene]:
    """The parts of a network in columns, each within `room` pixels; every line is in exactly one of them. `label` is
    the width of names in pixels where it doesn't follow from the room."""
    splitting = _Split(scene, room, label or min(196.0, room.width * 0.23))
    return [splitting.place(batch) for batch in splitting.batches()]


def continued(title: str, number: int, count: int, lang: str) -> str:
    """The title of the page `number` of `count`: from the second on it says that it goes on."""
    if count < 2:
        return title
    again = "续 " if lang == "zh" else "continued "
    inner = f"{again if number > 1 else ''}{number}/{count}"
    return f"{title}（{inner}）" if lang == "zh" else f"{title} ({inner})"


def numbered(part: Scene, number: int, count: int) -> Scene:
    """The part with its number in its title, where there are several."""
    title = continued(part.caption.title, number, count, part.lang)
    return replace(part, caption=replace(part.caption, title=title))


class _Split:
    """Lines dealt out to pages in the order of the picture."""

    def __init__(self, scene: Scene, room: Area, label: float) -> None:
        self.scene = scene
        self.nodes = {node.id: node for node in scene.nodes}
        self.order = {node.id: i for i, node in enumerate(sorted(scene.nodes, key=lambda n: (n.y, n.x)))}
        if scene.layered:
            indices = sorted({node.column for node in scene.nodes})
            self.column_of = {node.id: indices.index(node.column) for node in scene.nodes}
            self.count = max(2, len(indices))
        else:
            self.column_of, self.count = {}, 2
        self.frame = self._frame(room.width, room.height, label)

    def _frame(self, width: float, height: float, label: float) -> _Frame:
        span = min(620.0, max(120.0, width - 2 * (label + LABEL_GAP + 2 * RADIUS + 6)))
        step = span / (self.count - 1)
        columns: list[Column] = []
        for i in range(self.count):
            side: Side = "left" if i == 0 else "right" if i == self.count - 1 else "inside"
            inner = min(256.0, 2 * step - 110) if side == "inside" else label
            suffix = AGAIN if not self.scene.layered and side == "right" else ""
            title = self._title(i)
            lines = 4 if side == "inside" else 2
            place, room = -span / 2 + i * step, max(70.0, inner)
            columns.append(Column(i, place, side, (), title, room, lines, suffix=suffix, slot=DENSE))
        return _Frame(width, height - TITLE_RISE - 34, label, tuple(columns))

    def _title(self, index: int) -> str:
        """The title over a column: the one that stands nearest to its marks."""
        tops = [h for h in self.scene.headings if h.level == 1]
        marks = [mark_centre(n)[0] for n in self.scene.nodes if self.column_of.get(n.id) == index]
        if not tops or not marks:
            return ""
        nearest: Heading = min(tops, key=lambda h: abs(h.x - marks[0]))
        return nearest.text

    def _group(self, node: Node) -> str:
        return node.group if self.scene.layered else TYPES[node.type].label(self.scene.lang)

    def _main(self, line: Line) -> tuple[int, int]:
        """Lines follow the left column; where boxes stand in the middle, these."""
        ends = sorted((line.source, line.target), key=lambda i: self.column_of.get(i, 0))
        if self.count > 2:
            ends.sort(key=lambda i: self.nodes[i].side != "inside")
        elif not self.scene.layered:
            ends = [line.source, line.target]
        return self.order[ends[0]], self.order[ends[1]]

    def _places(self, line: Line) -> list[tuple[int, str]]:
        if self.scene.layered:
            return [(self.column_of[i], i) for i in (line.source, line.target)]
        return [(0, line.source), (1, line.target)]

    def batches(self) -> Iterator[_Batch]:
        batch = self._fresh()
        drawn: set[str] = set()
        lines = sorted(self.scene.lines, key=self._main)
        items: list[tuple[Line | None, list[tuple[int, str]]]] = [
            (line, self._places(line)) for line in lines
        ]
        for line in lines:
            drawn |= {line.source, line.target}
        items += [
            (None, [(self.column_of.get(i, 0), i)])
            for i in sorted(self.nodes, key=lambda i: self.order[i])
            if i not in drawn
        ]
        for line, places in items:
            if any(batch.nodes) and not self._takes(batch, places):
                yield batch
                batch = self._fresh()
            self._add(batch, line, places)
        yield batch

    def _fresh(self) -> _Batch:
        return _Batch(
            [], [{} for _ in range(self.count)], [0.0] * self.count, [set() for _ in range(self.count)]
        )

    def _cost(self, batch: _Batch, column: int, node: str) -> float:
        if node in batch.nodes[column]:
            return 0.0
        heading = self._group(self.nodes[node])
        room = HEADING_SLOT if heading and heading not in batch.groups[column] else 0.0
        return room + slot_of(self._actor(node), self.frame.columns[column])

    def _takes(self, batch: _Batch, places: Sequence[tuple[int, str]]) -> bool:
        return all(batch.heights[c] + self._cost(batch, c, i) <= self.frame.height for c, i in places)

    def _add(self, batch: _Batch, line: Line | None, places: Sequence[tuple[int, str]]) -> None:
        if line:
            batch.lines.append(line)
        for column, node in places:
            batch.heights[column] += self._cost(batch, column, node)
            batch.nodes[column][node] = None
            batch.groups[column].add(self._group(self.nodes[node]))

    def _actor(self, node: str) -> Actor:
        return Actor(node, self.nodes[node].type, self.nodes[node].name)

    def place(self, batch: _Batch) -> Scene:
        """The page's nodes in columns, groups in the picture's order."""
        columns: list[Column] = []
        for column, ids in zip(self.frame.columns, batch.nodes, strict=True):
            groups: dict[str, list[Actor]] = {}
            for node in sorted(ids, key=lambda i: self.order[i]):
                groups.setdefault(self._group(self.nodes[node]), []).append(self._actor(node))
            if groups:
                columns.append(replace(column, groups=list(groups.items())))
        placed, headings = place_columns(columns)
        lines = batch.lines
        if not self.scene.layered:
            lines = [replace(line, target=line.target + AGAIN) for line in lines]
        nodes = tuple(self._restored(node) for node in placed)
        return replace(self.scene, nodes=nodes, lines=tuple(lines), headings=headings, layered=True)

    def _restored(self, node: Node) -> Node:
        """A placed node with what the picture knows of it beside its place."""
        known = self.nodes[node.id.removesuffix(AGAIN)]
        return replace(
            node,
            entity=known.ref,
            illustrative=known.illustrative,
            members=known.members,
            radius=node.radius,
        )
