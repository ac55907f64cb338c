"""The table model: a grid of cells with text, spans and position, the same for every format.

Rows and columns are grid positions from 1; header and title rows count. A cell stands at its top-left
position and covers `rowspan × colspan` positions; cells never overlap and together cover the grid.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, NotRequired, TypedDict

from graph.records import quickly_made
from graph.vocabulary import Use


@quickly_made
@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as printed. `use` and `reason` are filled by interpretation, not by readers.

    `under` is the use of the positions that a merge covers beside the cell's own.
    """

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    use: Use | None = None
    reason: str | None = None
    under: Use = Use.INHERITED

    def positions(self) -> Iterator[tuple[int, int]]:
        for row in range(self.row, self.row + self.rowspan):
            for column in range(self.column, self.column + self.colspan):
                yield row, column


class CellCounts(TypedDict):
    used: int
    inherited: int
    ignored: int
    unreadable: int


class PrintedName(NamedTuple):
    """How a table prints an entity that it makes claims about; `row` and `column` are those of the cell in which
    the name first stands."""

    entity: str
    text: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read. `cells` are in reading order (row, then column).

    `kind` is `grid` for a table with ruled cells, `list` for paragraphs read as blocks (rows are items;
    column 1 is the item's text, further columns the tagged parts).
    `origin` says where in the file it stands ("Sheet1", "page 3") for messages.
    """

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    title: str = ""
    attachment: int | None = None
    """Number of the attachment (附件1 → 1), when the document says so."""
    kind: str = "grid"
    origin: str = ""
    number: int = 0
    """Number in the document from 1, given by interpretation; 0 before that."""
    profile: str | None = None
    """Name of the profile that read it; None when no profile fits (`unknown_table`)."""
    names: tuple[PrintedName, ...] = ()
    """The ends of its claims as printed, each once in a document; empty before interpretation."""

    def counts(self) -> CellCounts:
        """How many grid positions went to each use. Raises ValueError on a cell without a use."""
        tally = Counter([cell.use for cell in self.cells])
        if None in tally:
            cell = next(cell for cell in self.cells if cell.use is None)
            raise ValueError(f"cell r{cell.row}c{cell.column} has no use")
        for cell in self.cells:
            if cell.rowspan > 1 or cell.colspan > 1:
                tally[cell.under] += cell.rowspan * cell.colspan - 1
        return CellCounts(
            used=tally[Use.USED],
            inherited=tally[Use.INHERITED],
            ignored=tally[Use.IGNORED],
            unreadable=tally[Use.UNREADABLE],
        )

    def grid(self) -> list[list[Cell]]:
        """`rows × columns`: the cell that covers each position. Raises ValueError on holes or overlaps."""
        rows, columns = self.rows, self.columns
        nothing = Cell(0, 0, "")
        grid = [[nothing] * columns for _ in range(rows)]
        left = rows * columns
        for cell in self.cells:
            top, first = cell.row, cell.column
            bottom, last = top + cell.rowspan - 1, first + cell.colspan - 1
            if not (1 <= top <= bottom <= rows and 1 <= first <= last <= columns):
                raise ValueError(f"cell r{top}c{first} leaves the grid")
            for row in range(top, bottom + 1):
                line = grid[row - 1]
                for column in range(first, last + 1):
                    if line[column - 1] is not nothing:
                        raise ValueError(f"two cells cover r{row}c{column}")
                    line[column - 1] = cell
                    left -= 1
        if left:
            number = next(number for number, line in enumerate(grid, 1) if nothing in line)
            raise ValueError(f"row {number} has positions that no cell covers")
        return grid


CellJson = tuple[int, int, str, int, int, str | None, str | None, str]


class TableJson(TypedDict):
    """The stored form of a table; cells as short lists, for size and speed."""

    rows: int
    columns: int
    title: str
    attachment: int | None
    kind: str
    origin: str
    number: int
    profile: str | None
    cells: list[CellJson]
    names: NotRequired[list[tuple[str, str, int, int]]]
    version: NotRequired[int]


def dump_table(table: Table) -> TableJson:
    """The JSON-able form of a table; `load_table` gives back an equal table."""
    stored = TableJson(
        rows=table.rows,
        columns=table.columns,
        title=table.title,
        attachment=table.attachment,
        kind=table.kind,
        origin=table.origin,
        number=table.number,
        profile=table.profile,
        cells=[
            (c.row, c.column, c.text, c.rowspan, c.colspan, c.use, c.reason, c.under) for c in table.cells
        ],
    )
    if table.names:
        stored["names"] = [(n.entity, n.text, n.row, n.column) for n in table.names]
    return stored


def load_table(data: TableJson) -> Table:
    """A table from its stored form."""
    return Table(
        rows=data["rows"],
        columns=data["columns"],
        title=data["title"],
        attachment=data["attachment"],
        kind=data["kind"],
        origin=data["origin"],
        number=data["number"],
        profile=data["profile"],
        names=tuple(PrintedName(*name) for name in data.get("names", ())),
        cells=tuple(
            Cell(row, column, text, rowspan, colspan, Use(use) if use else None, reason, Use(under))
            for row, column, text, rowspan, colspan, use, reason, under in data["cells"]
        ),
    )


def table_of_rows(lines: Sequence[Sequence[str]], *, title: str = "", kind: str = "grid") -> Table:
    """A table without merges from rows of text; short rows are filled with empty cells on the right."""
    columns = max((len(line) for line in lines), default=0)
    cells = tuple(
        Cell(r, c, line[c - 1] if c <= len(line) else "")
        for r, line in enumerate(lines, 1)
        for c in range(1, columns + 1)
    )
    return Table(rows=len(lines), columns=columns, cells=cells, title=title, kind=kind)


def numbered(table: Table, number: int) -> Table:
    """The same table with its number in the document."""
    return replace(table, number=number)
