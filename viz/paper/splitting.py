"""A picture dealt out by its lines to parts in columns, each of no more than some height.

Every line is in exactly one part; an entity stands again in each part where a line of its own is. In a part, names of
a column beside the main one stand by the lower median of their neighbours' places (Eades and Wormald, "Edge crossings
in drawings of bipartite graphs", Algorithmica 11, 1994), and not in groups by type, which their marks tell: so lines
stay flat where columns stand close.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, repeat

from graph.vocabulary import TYPES
from viz.layout.columns import HEADING_SLOT, RADIUS, TITLE_RISE, Column, place_columns, slot_of
from viz.layout.text import block_size, clean, text_width, wrap
from viz.links import Actor
from viz.marks import LABEL_GAP, mark_centre
from viz.scene import Heading, Line, Node, Scene, Side

DENSE = 19.0
"""Pixels from name to name on paper: one line of text."""
AGAIN = "#again"
"""Ends the id of a node that stands on the right of a part, where it may stand on the left as well."""
WIDEST_SPAN = 620.0
"""Pixels between the outer columns of marks at most: lines stay short."""
MARKS = 2 * (LABEL_GAP + 2 * RADIUS + 6)
"""Pixels that the marks of the outer columns take with the gaps to their names."""
_BOX = 256.0
"""Pixels of a box in the middle at most, and how much room its column has beside it."""
_BESIDE = 110.0


@dataclass(frozen=True, slots=True)
class Area:
    """Width and height of the room for a picture, in points or pixels as is said where it is asked for."""

    width: float
    height: float


@dataclass(slots=True)
class _Batch:
    """What one part holds: lines, node ids by column, and how high each column has become."""

    lines: list[Line] = field(default_factory=list[Line])
    nodes: list[dict[str, None]] = field(default_factory=list[dict[str, None]])
    heights: list[float] = field(default_factory=list[float])
    groups: list[set[str]] = field(default_factory=list[set[str]])


class Splitting:
    """A picture that is to be dealt out, with what its columns need; names are no wider than `label` pixels."""

    def __init__(self, scene: Scene, label: float) -> None:
        self.scene = scene
        self.nodes = {node.id: node for node in scene.nodes}
        self.order = {node.id: i for i, node in enumerate(sorted(scene.nodes, key=lambda n: (n.y, n.x)))}
        if scene.layered:
            indices = sorted({node.column for node in scene.nodes})
            self.column_of = {node.id: indices.index(node.column) for node in scene.nodes}
            self.count = max(2, len(indices))
        else:
            self.column_of, self.count = {}, 2
        self.main = 1 if self.count > 2 else 0
        """The column that the others follow: boxes in the middle, else the left one."""
        self.titles = [self._title(i) for i in range(self.count)]
        self.labels = [self._needed(i, label) for i in range(self.count)]
        self._slots: dict[tuple[Column, str], float] = {}

    def width(self, span: float) -> float:
        """Pixels that a part takes whose outer marks are `span` apart."""
        return self.labels[0] + self.labels[-1] + MARKS + span

    def parts(self, room: Area) -> list[Scene]:
        """The parts, each within `room` pixels."""
        return self._dealt(room.width, repeat(room.height))

    def even(self, room: Area, across: int, first: float | None = None) -> list[Scene]:
        """The parts, `across` of them on a page, as high as fills the pages that they take anyway; on the first page
        no higher than `first`, where that is given."""
        frame = self._columns(room.width)

        def heights(most: float) -> Iterator[float]:
            return chain(repeat(min(first or most, most), across), repeat(most))

        def pages(most: float) -> int:
            return -(-sum(1 for _ in self._batches(frame, heights(most))) // across)

        fewest, low, high = pages(room.height), room.height / 3, room.height
        for _ in range(6):
            middle = (low + high) / 2
            low, high = (low, middle) if pages(middle) == fewest else (middle, high)
        return self._dealt(room.width, heights(high))

    def _dealt(self, width: float, heights: Iterator[float]) -> list[Scene]:
        frame = self._columns(width)
        return [self._placed(batch, frame) for batch in self._batches(frame, heights)]

    def _needed(self, index: int, most: float) -> float:
        """Pixels that the names and headings of a column take."""
        ends = [
            node
            for node in self.nodes.values()
            if (self.scene.layered and self.column_of[node.id] == index) or not self.scene.layered
        ]
        names = [block_size(wrap(node.name, most, lines=2))[0] + 1 for node in ends]
        groups = {self._group(node, index) for node in ends}
        headings = [text_width(clean(group), 12) for group in groups] + [text_width(self.titles[index], 15.5)]
        return max(40.0, *names, *(min(most, width - 2 * RADIUS) for width in headings))

    def _columns(self, width: float) -> tuple[Column, ...]:
        span = min(WIDEST_SPAN, max(60.0, width - self.width(0.0)))
        step = span / (self.count - 1)
        columns: list[Column] = []
        for i in range(self.count):
            side: Side = "left" if i == 0 else "right" if i == self.count - 1 else "inside"
            room = max(70.0, min(_BOX, 2 * step - _BESIDE)) if side == "inside" else self.labels[i]
            suffix = AGAIN if not self.scene.layered and side == "right" else ""
            lines = 4 if side == "inside" else 2
            place = -span / 2 + i * step
            columns.append(Column(i, place, side, (), self.titles[i], room, lines, suffix=suffix, slot=DENSE))
        return tuple(columns)

    def _title(self, index: int) -> str:
        """The title over a column: the one that stands nearest to its marks."""
        tops = [h for h in self.scene.headings if h.level == 1]
        marks = [mark_centre(n)[0] for n in self.scene.nodes if self.column_of.get(n.id) == index]
        if not tops or not marks:
            return ""
        nearest: Heading = min(tops, key=lambda h: abs(h.x - marks[0]))
        return nearest.text

    def _group(self, node: Node, column: int) -> str:
        """The heading under which a node stands in a column; none that says no more than its mark."""
        label = TYPES[node.type].label(self.scene.lang)
        group = node.group if self.scene.layered else label
        return "" if column != self.main and group == label else group

    def _main_first(self, line: Line) -> tuple[int, int]:
        """Lines follow the main column."""
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

    def _batches(self, frame: Sequence[Column], heights: Iterator[float]) -> Iterator[_Batch]:
        """What each part holds; `heights` are those of the parts one after another."""
        height = next(heights) - TITLE_RISE - 34
        batch = self._fresh()
        lines = sorted(self.scene.lines, key=self._main_first)
        items: list[tuple[Line | None, list[tuple[int, str]]]] = [
            (line, self._places(line)) for line in lines
        ]
        drawn = {end for line in lines for end in (line.source, line.target)}
        items += [
            (None, [(self.column_of.get(i, 0), i)])
            for i in sorted(self.nodes, key=lambda i: self.order[i])
            if i not in drawn
        ]
        for line, places in items:
            costs = [(c, self._cost(batch, frame[c], i)) for c, i in places]
            if any(batch.nodes) and any(batch.heights[c] + cost > height for c, cost in costs):
                yield batch
                batch, height = self._fresh(), next(heights) - TITLE_RISE - 34
            self._add(batch, frame, line, places)
        yield batch

    def _fresh(self) -> _Batch:
        columns = range(self.count)
        return _Batch([], [{} for _ in columns], [0.0 for _ in columns], [set() for _ in columns])

    def _cost(self, batch: _Batch, column: Column, node: str) -> float:
        if node in batch.nodes[column.index]:
            return 0.0
        heading = self._group(self.nodes[node], column.index)
        room = HEADING_SLOT if heading and heading not in batch.groups[column.index] else 0.0
        slot = self._slots.get((column, node))
        if slot is None:
            slot = self._slots[column, node] = slot_of(self._actor(node), column)
        return room + slot

    def _add(
        self, batch: _Batch, frame: Sequence[Column], line: Line | None, places: Sequence[tuple[int, str]]
    ) -> None:
        if line:
            batch.lines.append(line)
        for column, node in places:
            batch.heights[column] += self._cost(batch, frame[column], node)
            batch.nodes[column][node] = None
            batch.groups[column].add(self._group(self.nodes[node], column))

    def _actor(self, node: str) -> Actor:
        return Actor(node, self.nodes[node].type, self.nodes[node].name)

    def _grouped(self, batch: _Batch, column: int) -> dict[str, list[str]]:
        """The nodes of a column by heading, both in the picture's order."""
        groups: dict[str, list[str]] = {}
        for node in sorted(batch.nodes[column], key=lambda i: self.order[i]):
            groups.setdefault(self._group(self.nodes[node], column), []).append(node)
        return groups

    def _medians(self, batch: _Batch) -> Mapping[str, int]:
        """The lower median of each node's neighbours' places in the main column."""
        listed = self._grouped(batch, self.main).values()
        slots = {node: i for i, node in enumerate(node for group in listed for node in group)}
        found: dict[str, list[int]] = {}
        for line in batch.lines:
            ends = self._places(line)
            for (column, node), (other, neighbour) in (ends, ends[::-1]):
                if column != self.main and other == self.main:
                    found.setdefault(node, []).append(slots[neighbour])
        return {node: sorted(places)[(len(places) - 1) // 2] for node, places in found.items()}

    def _placed(self, batch: _Batch, frame: Sequence[Column]) -> Scene:
        """The part's nodes in columns, groups in the picture's order."""
        medians = self._medians(batch)
        columns: list[Column] = []
        for column in frame:
            groups = self._grouped(batch, column.index)
            if column.index != self.main:
                for group in groups.values():
                    group.sort(key=lambda i: (medians.get(i, 0), self.order[i]))
            if groups:
                actors = [(name, [self._actor(i) for i in group]) for name, group in groups.items()]
                columns.append(replace(column, groups=actors))
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
