"""From cells with spans, as formats give them, to a table without holes or overlaps."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.tables import Cell, Table

MAX_POSITIONS = 2_000_000
"""Grid positions of one table (rows × columns), filled or not; more than that is no document's table."""


@dataclass(slots=True)
class Placed:
    """A cell while its table is being read: position from 1, spans of at least 1, still changeable."""

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1


class TooManyPositions(ValueError):
    """A grid above `MAX_POSITIONS`."""


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
    cell: Placed, origins: dict[tuple[int, int], Placed], covered: set[tuple[int, int]]
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
