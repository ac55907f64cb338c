"""The coverage matrix as rows ready to be drawn: groups, cells with sign, word and count."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from graph.vocabulary import REASONS, STATES, State
from viz.html_data import CellLink, cell_link
from viz.scene import MatrixCell, MatrixRow, Scene
from viz.words import WORDS


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell as shown: `word` beside the sign, `detail` for who asks, `links` to the cells that say so."""

    state: State
    sign: str
    word: str
    count: int
    detail: str
    links: tuple[CellLink, ...]


@dataclass(frozen=True, slots=True)
class DrawnRow:
    id: str
    name: str
    cells: tuple[DrawnCell, ...]


@dataclass(frozen=True, slots=True)
class DrawnGroup:
    name: str
    rows: tuple[DrawnRow, ...]


NOT_ASKED = MatrixCell(State.NOT_MENTIONED, "kind_not_listed", 0)


def drawn_cell(cell: MatrixCell, base: str | None, lang: str) -> DrawnCell:
    spec = STATES[cell.state]
    reason = REASONS[cell.reason](lang) if cell.reason in REASONS else cell.reason
    detail = WORDS["and"](lang).join(cell.names) or reason
    word = spec.label(lang)
    if cell.state is State.UNREADABLE and cell.reason in REASONS:
        word = reason
    links = tuple(cell_link(e, base, lang) for e in cell.evidence)
    return DrawnCell(cell.state, spec.sign, word, cell.count, detail, links)


def _row(row: MatrixRow, columns: list[str], base: str | None, lang: str) -> DrawnRow:
    cells = tuple(drawn_cell(row.cells.get(c, NOT_ASKED), base, lang) for c in columns)
    return DrawnRow(row.id, row.name, cells)


def matrix_rows(scene: Scene, base: str | None) -> list[DrawnGroup]:
    """Rows in the scene's order under their groups; `base` is None for a file without links."""
    if scene.matrix is None:
        return []
    columns = [value for value, _ in scene.matrix.columns]
    return [
        DrawnGroup(group, tuple(_row(row, columns, base, scene.lang) for row in rows))
        for group, rows in groupby(scene.matrix.rows, key=lambda r: r.group)
    ]


@dataclass(frozen=True, slots=True)
class StateKey:
    state: State
    sign: str
    label: str
    colour: str
    count: int


def state_keys(scene: Scene) -> list[StateKey]:
    """The states that occur, each with how many cells: the matrix's legend."""
    if scene.matrix is None:
        return []
    columns = [value for value, _ in scene.matrix.columns]
    counts = Counter(row.cells.get(c, NOT_ASKED).state for row in scene.matrix.rows for c in columns)
    return [
        StateKey(state, spec.sign, spec.label(scene.lang), spec.colour, counts[state])
        for state, spec in STATES.items()
        if counts[state]
    ]
