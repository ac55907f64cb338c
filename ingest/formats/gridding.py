"""From cells with spans, as formats give them, to a table without holes or overlaps."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.tables import Cell, Table

MAX_POSITIONS = 1_000_000
"""Grid positions of one table (rows × columns), filled or not; more than that is no document's table."""

MAX_FILE_POSITIONS = 2_000_000
"""Grid positions of all tables of one file: empty rows and wide spans make many of them of few bytes."""


@dataclass(slots=True)
class Placed:
    """A cell while its table is being read: position from 1, spans of at least 1, still changeable."""

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1


class TooManyPositions(ValueError):
    """A grid above `MAX_POSITIONS`, or those of a file above `MAX_FILE_POSITIONS`."""


@dataclass(slots=True)
class Positions:
    """Counts the grid positions of one file's tables."""

    count: int = 0

    def add(self, table: Table) -> Table:
        """The table, counted. Raises TooManyPositions."""
        self.count += table.rows * table.columns
        if self.count > MAX_FILE_POSITIONS:
            raise TooManyPositions(f"{self.count} positions in one file")
        return table


def build_table(
    placed: Iterable[Placed], *, rows: int = 0, columns: int = 0, title: str = "", origin: str = ""
) -> Table:
    """A table that covers every position once: holes become empty cells, spans stop where another cell starts.

    Of two cells at one position the first stays, with the second's text on a line below it, so that nothing is
    lost. `rows` and `columns` are least sizes; cells that reach further extend them.
    Raises TooManyPositions above MAX_POSITIONS.
    """
    origins: dict[tuple[int, int], Placed] = {}
    for cell in placed:
        other = origins.setdefault((cell.row, cell.column), cell)
        if other is not cell and cell.text:
            other.text = f"{other.text}\n{cell.text}" if other.text else cell.text
        rows = max(rows, cell.row + cell.rowspan - 1)
        columns = max(columns, cell.column + cell.colspan - 1)
    if rows * columns > MAX_POSITIONS:
        raise TooManyPositions(f"{rows} × {columns} positions")
    cells = _without_overlaps(origins, rows, columns)
    return Table(rows=rows, columns=columns, cells=tuple(cells), title=title, origin=origin)


def _without_overlaps(origins: dict[tuple[int, int], Placed], rows: int, columns: int) -> list[Cell]:
    """Cells in reading order; a merge takes only positions where no other cell starts and no earlier one reaches."""
    covered: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            if (row, column) in covered:
                covered.discard((row, column))
                continue
            cell = origins.get((row, column))
            if cell is None:
                cells.append(Cell(row, column, ""))
                continue
            width, height = cell.colspan, cell.rowspan
            if width > 1 or height > 1:
                width, height = _free(cell, origins, covered)
                for r in range(row, row + height):
                    covered.update((r, c) for c in range(column, column + width))
                covered.discard((row, column))
            cells.append(Cell(row, column, cell.text, height, width))
    return cells


def _free(
    cell: Placed, origins: Mapping[tuple[int, int], object], covered: set[tuple[int, int]]
) -> tuple[int, int]:
    """The largest width, then height, of a merge that meets neither another cell's start nor another merge."""
    row, column = cell.row, cell.column

    def taken(r: int, c: int) -> bool:
        return (r, c) in covered or ((r, c) in origins and (r, c) != (row, column))

    width = next((w for w in range(1, cell.colspan) if taken(row, column + w)), cell.colspan)
    height = next(
        (h for h in range(1, cell.rowspan) if any(taken(row + h, column + w) for w in range(width))),
        cell.rowspan,
    )
    return width, height


def drop_unused_columns(placed: Sequence[Placed]) -> None:
    """Take out grid columns in which no cell starts, in place.

    Word keeps a grid column for every vertical edge anyone ever drew, and pages give a title row more columns
    than there are; such columns are never seen.
    """
    starts = sorted({cell.column for cell in placed})
    for cell in placed:
        last = bisect_right(starts, cell.column + cell.colspan - 1)
        cell.column = bisect_right(starts, cell.column)
        cell.colspan = last - cell.column + 1


Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged range, from 1."""


def table_of_grid(
    texts: Sequence[Sequence[str]], merges: Iterable[Merge], *, title: str = "", origin: str = ""
) -> Table:
    """A table of a spreadsheet's grid, where a merge shows only its top-left cell.

    Rows of `texts` may be short. Merges that leave the grid are cut, those that meet an earlier one shrink.
    Raises TooManyPositions above MAX_POSITIONS.
    """
    rows, columns = len(texts), max((len(line) for line in texts), default=0)
    if rows * columns > MAX_POSITIONS:
        raise TooManyPositions(f"{rows} × {columns} positions")
    spans, covered = _spans_of(merges, rows, columns)
    under: dict[int, set[int]] = {}
    for row, column in covered:
        under.setdefault(row, set()).add(column)
    starts = {row for row, _ in spans}
    nothing: set[int] = set()
    plain = (1, 1)
    cells: list[Cell] = []
    for row, line in enumerate(texts, 1):
        hidden = under.get(row, nothing)
        full = line if len(line) == columns else [*line, *[""] * (columns - len(line))]
        if row in starts:
            cells += [
                Cell(row, column, text, *spans.get((row, column), plain))
                for column, text in enumerate(full, 1)
                if column not in hidden
            ]
        else:
            cells += [Cell(row, column, text) for column, text in enumerate(full, 1) if column not in hidden]
    return Table(rows=rows, columns=columns, cells=tuple(cells), title=title, origin=origin)


def _spans_of(
    merges: Iterable[Merge], rows: int, columns: int
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Row and column spans by top-left position, and the positions that they cover beside it."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in merges:
        cell = Placed(top, left, "", min(bottom, rows) - top + 1, min(right, columns) - left + 1)
        if not (1 <= top <= rows and 1 <= left <= columns) or (top, left) in covered or (top, left) in spans:
            continue
        width, height = _free(cell, spans, covered)
        if width * height > 1:
            spans[top, left] = (height, width)
            covered.update((r, c) for r in range(top, top + height) for c in range(left, left + width))
            covered.discard((top, left))
    return spans, covered
