"""Texts too long for a cell: the cell says how they begin and where they stand whole, at the end of the paper.

No office writes a name of five thousand characters, but nothing that a document prints may be lost, and a column of
nine pages would be no table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.vocabulary import Text
from viz.layout.text import ELLIPSIS, clean
from viz.paper.grid import Cell, Grid, Row

LONGEST = 600
"""Characters of a cell that stands whole: about a page of a narrow column."""
BEGINNING = 80
"""Characters by which a longer one is told in its cell."""
HEADING = Text("附：全文", "Annex: texts in full")
_HEAD = (Text("序号", "No."), Text("全文", "In full"))
_WHERE = Text(
    "{beginning}〔共{n}字，全文见文末第{number}条〕",
    "{beginning} [{n} characters; in full at the end, no. {number}]",
)


class LongTexts:
    """The long texts of one paper, each once, in the order in which they come."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._found: dict[str, int] = {}

    def shortened(self, grid: Grid) -> Grid:
        """The table with the beginning of each long text in its place."""
        if not any(len(cell.text) > LONGEST for row in grid.rows for cell in row.cells):
            return grid
        rows = (replace(row, cells=tuple(map(self._cell, row.cells))) for row in grid.rows)
        return replace(grid, rows=tuple(rows))

    def _cell(self, cell: Cell) -> Cell:
        text = clean(cell.text)
        if len(text) <= LONGEST:
            return cell
        number = self._found.setdefault(text, len(self._found) + 1)
        beginning = text[:BEGINNING] + ELLIPSIS
        said = _WHERE(self._lang).format(beginning=beginning, n=len(text), number=number)
        return replace(cell, text=said)

    def grid(self) -> Grid | None:
        """All of them whole, numbered; None where there is none."""
        if not self._found:
            return None
        rows: Sequence[Row] = [Row((Cell(str(number)), Cell(text))) for text, number in self._found.items()]
        return Grid(HEADING(self._lang), tuple(title(self._lang) for title in _HEAD), tuple(rows))
