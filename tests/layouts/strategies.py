"""Hypothesis strategies for tables as offices make them."""

from __future__ import annotations

from hypothesis import strategies as st

from graph.tables import Cell, Table

_CHARACTERS = "甲乙丙丁市区县局委园科研企业集团上海宁波０１２3456789AB（）()、；/—%<>&·"
_CELLS = st.one_of(
    st.text(_CHARACTERS, min_size=1, max_size=8),
    st.sampled_from(
        ("无", "/", "同上", "007", "15%", "2019年3月19日", "市经信局\n市发改委", "<b>甲</b>", "=1+1")
    ),
)


@st.composite
def tables(draw: st.DrawFn, *, max_rows: int = 7, max_columns: int = 5) -> Table:
    """A table of at least 2 × 2 with merges. In each row and column a cell starts, for a row or column without one
    is not to be seen in most formats; the last column and the header are filled."""
    rows = draw(st.integers(2, max_rows))
    columns = draw(st.integers(2, max_columns))
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    for row in range(1, rows + 1):
        for column in range(1, columns + 1):
            if (row, column) in taken:
                continue
            height, width = 1, 1
            if draw(st.integers(0, 4)) == 0:
                height, width = draw(st.sampled_from(((2, 1), (3, 1), (1, 2), (1, 3), (2, 2))))
            # The last column and row stay free of merges, so that each row and column has a cell of its own.
            height = min(height, max(1, rows - row)) if column < columns else 1
            width = min(width, max(1, columns - column)) if row < rows else 1
            while width > 1 and any((row, column + w) in taken for w in range(width)):
                width -= 1
            taken |= {(row + h, column + w) for h in range(height) for w in range(width)}
            blank = row > 1 and 1 < column < columns and draw(st.integers(0, 3)) == 0
            cells.append(Cell(row, column, "" if blank else draw(_CELLS), height, width))
    return Table(rows=rows, columns=columns, cells=tuple(cells))
