"""Tables with spans, for layouts: making them, flattening them, comparing them."""

from __future__ import annotations

from collections.abc import Sequence

from graph.tables import Cell, Table

Shape = tuple[int, int, tuple[tuple[int, int, int, int, str], ...]]


def shape(table: Table) -> Shape:
    """What must be equal in every format: size, and each cell's place, spans and text. Raises ValueError on a
    table with holes or overlaps."""
    table.grid()
    cells = tuple((c.row, c.column, c.rowspan, c.colspan, c.text) for c in table.cells)
    return table.rows, table.columns, cells


def flattened(table: Table) -> Table:
    """The table without merges: the text of a merge at its top-left, blanks below and beside it."""
    texts = {(c.row, c.column): c.text for c in table.cells}
    cells = [
        Cell(row, column, texts.get((row, column), ""))
        for row in range(1, table.rows + 1)
        for column in range(1, table.columns + 1)
    ]
    return Table(rows=table.rows, columns=table.columns, cells=tuple(cells), title=table.title)


def text_rows(table: Table) -> list[list[str]]:
    """The flattened table's texts, row by row."""
    flat = flattened(table).cells
    return [[c.text for c in flat[i : i + table.columns]] for i in range(0, len(flat), table.columns)]


def merged_table(
    rows: Sequence[Sequence[str]], merges: Sequence[tuple[int, int, int, int]] = (), title: str = ""
) -> Table:
    """A table from rows of equal length and merges as (top, left, bottom, right), from 1; of a merge the top-left
    text counts."""
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merges}
    covered = {
        (row, column)
        for top, left, bottom, right in merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }
    cells = [
        Cell(r, c, text, *spans.get((r, c), (1, 1)))
        for r, line in enumerate(rows, 1)
        for c, text in enumerate(line, 1)
        if (r, c) not in covered
    ]
    return Table(rows=len(rows), columns=len(rows[0]), cells=tuple(cells), title=title)
