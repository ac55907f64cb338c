"""What a view is, and the scene that every renderer draws.

A view is one module in `viz/views/` with a module-level `VIEW`. It asks the store through the queries'
functions, places everything, and gives a Scene; renderers (`render_html.py`, `render_svg.py`, …) draw any scene and
know no view.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from graph.catalogue import Parameters
from graph.model import Evidence
from graph.vocabulary import EntityType, Relation, State, Text

if TYPE_CHECKING:
    from graph.store import Store


PartnerType = Literal["Unit", "Park", "Institute", "Enterprise", "Organisation", "Collective"]


class ViewParameters(Parameters):
    """Filters that every view takes beside those of queries; page, size and format play no part."""

    unit: str | None = Field(None, description="单位（id 或唯一名称）")
    counterpart_type: PartnerType | None = Field(None, description="对口对象类型")
    theme: str = Field(
        "light", pattern="^(light|dark|auto)$", description="light、dark，或 auto：随读者的系统"
    )
    hide: str = Field(
        "", max_length=300, description="图例中关掉的类型（如 Park）和连线（如 LEADS），以英文逗号分隔"
    )


Side = Literal["right", "left", "below", "above", "inside"]
"""Where a label stands beside its mark; `inside` a box that is the mark."""
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Node:
    """A drawn entity at its final place. `x`, `y` are the centre, `width`, `height` the box of mark and label
    together, in pixels at zoom 1; `label` is already wrapped (lines by `\n`). `column` is the layer's index in a
    layered placement. `group` names the heading under which it stands (an official kind, a region).
    `viz.marks` tells where mark and label lie in the box."""

    id: str
    type: EntityType
    name: str
    label: str
    x: float
    y: float
    width: float
    height: float
    column: int = 0
    group: str = ""
    illustrative: bool = False
    members: int = 0
    """For a node that stands for a group: how many entities it holds; 0 for an entity."""
    side: Side = "below"
    radius: float = 7.0
    """Radius of the mark in pixels."""
    entity: str = ""
    """The entity's id where the node has one of its own (an entity that stands on both sides of a bridge);
    `ref` gives the entity in any case."""
    opens: str = ""
    """For a group: the query string of the picture with this group opened."""

    @property
    def ref(self) -> str:
        return self.entity or self.id


@dataclass(frozen=True, slots=True)
class Line:
    """Parallel claims between two nodes as one line with their count and evidence."""

    source: str
    target: str
    type: Relation
    term: str
    directed: bool
    count: int
    illustrative: bool
    evidence: tuple[Evidence, ...] = ()
    change: str = ""
    """In `changes`: added, removed, moved_from, moved, renamed or kept; empty elsewhere."""


@dataclass(frozen=True, slots=True)
class MatrixCell:
    state: State
    reason: str
    count: int
    evidence: tuple[Evidence, ...] = ()
    names: tuple[str, ...] = ()
    """The partners' names, in order."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    id: str
    name: str
    group: str
    cells: Mapping[str, MatrixCell]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The coverage matrix: columns are kinds of counterpart by their type value."""

    columns: tuple[tuple[str, Text], ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Caption:
    """What every picture carries. `filters` are the filters in words; `data_date` the data's date; `shown` and
    `total` count claims (rows for a matrix); `sources` are the documents' titles with numbers; `query` is the query
    string that makes the picture again; `notes` what it leaves out; `hidden` the types of entities and kinds of
    lines that the reader switched off in the legend (`viz.hiding`)."""

    title: str
    filters: str
    data_date: str
    shown: int
    total: int
    sources: tuple[str, ...]
    query: str
    illustrative: bool = False
    notes: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in the picture: of a column (`level` 1) or of a group in it (2). `x`, `y` are the anchor: the
    text's start, middle or end at its vertical centre, in pixels at zoom 1."""

    text: str
    x: float
    y: float
    anchor: Anchor = "middle"
    level: int = 2


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """A group that was opened: its name, how many of its members stand alone, and the query string of the picture
    with it closed again."""

    name: str
    members: int
    closes: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A placed picture: a network (nodes and lines) or a matrix. Nothing in it means an empty answer: then the
    caption's notes say why."""

    view: str
    caption: Caption
    nodes: tuple[Node, ...] = ()
    lines: tuple[Line, ...] = ()
    matrix: Matrix | None = None
    headings: tuple[Heading, ...] = ()
    lang: str = "zh"
    layered: bool = False
    """Whether nodes stand in columns; lines are then drawn as level curves from column to column."""
    opened: tuple[OpenGroup, ...] = ()

    @property
    def scrolls(self) -> bool:
        """Whether it is read from top to bottom, in columns or wings: then its labels keep a readable size and what
        a frame does not hold scrolls, and no node is moved from its place."""
        return self.layered or any(node.side in ("left", "right") for node in self.nodes)

    @property
    def empty(self) -> bool:
        return not self.nodes and not (self.matrix and self.matrix.rows)


@dataclass(frozen=True, slots=True)
class View:
    name: str
    title: Text
    description: Text
    params: type[ViewParameters]
    build: Callable[[Store, Any], Scene]
    options: Sequence[str] = field(default_factory=tuple[str, ...])
    """Names of the parameters that are the view's own, in the order in which the explorer offers them."""
