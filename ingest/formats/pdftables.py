"""Ruled tables of PDF pages as grids, and the joining of a table that goes on over pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph.tables import Cell, Table
from ingest.formats.continuing import repeated_rows
from ingest.formats.gridding import Placed, build_table, drop_unused_columns
from ingest.formats.pdftext import Char, cell_text, is_full, lines_of
from ingest.formats.pdfturning import Box, upright_cell

_SNAP = 2.5
"""Points within which two borders are one."""


@dataclass(slots=True)
class RuledTable:
    """A table on one page. `edges` are its vertical borders; `full` the positions of cells whose last line is full,
    so that a row cut by the page's end may go on."""

    table: Table
    edges: list[float]
    top: float
    page: int
    full: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])


def snapped(values: Iterable[float]) -> list[float]:
    """Border positions in order, near ones taken together."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _SNAP:
            found.append(value)
    return found


def _index(edges: Sequence[float], value: float) -> int:
    """The number of the border at `value`, from 0."""
    return bisect_right(edges, value + _SNAP) - 1


def distribute(chars: Iterable[Char], boxes: Sequence[Box]) -> tuple[list[list[Char]], list[Char]]:
    """The characters of each box, and those outside all; by the character's middle.

    Boxes of one page do not overlap; they are looked up by rows of equal top, so the cost is that of the characters.
    """
    inside: list[list[Char]] = [[] for _ in boxes]
    outside: list[Char] = []
    order = sorted(range(len(boxes)), key=lambda i: boxes[i][1])
    tops = [boxes[i][1] for i in order]
    tallest = max((box[3] - box[1] for box in boxes), default=0.0)
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        for at in range(bisect_right(tops, y) - 1, -1, -1):
            left, top, right, bottom = boxes[order[at]]
            if y - top > tallest:
                outside.append(char)
                break
            if left <= x <= right and y <= bottom:
                inside[order[at]].append(char)
                break
        else:
            outside.append(char)
    return inside, outside


def ruled_table(boxes: Sequence[Box], contents: Sequence[list[Char]], page: int) -> RuledTable:
    """The grid of one table's cell boxes with the characters in each."""
    xs = snapped(x for box in boxes for x in (box[0], box[2]))
    ys = snapped(y for box in boxes for y in (box[1], box[3]))
    placed: list[Placed] = []
    full: list[Placed] = []
    for box, chars in zip(boxes, contents, strict=True):
        upright, start, end = upright_cell(chars, box)
        lines = lines_of(upright)
        row, column = _index(ys, box[1]), _index(xs, box[0])
        cell = Placed(
            row + 1,
            column + 1,
            cell_text(lines, start, end),
            max(1, _index(ys, box[3]) - row),
            max(1, _index(xs, box[2]) - column),
        )
        placed.append(cell)
        if lines and is_full(lines[-1], lines, start, end):
            full.append(cell)
    starts = sorted({cell.column for cell in placed})
    edges = [xs[start - 1] for start in starts] + xs[-1:]
    drop_unused_columns(placed)
    table = build_table(placed, rows=len(ys) - 1, columns=len(starts), origin=f"第{page}页")
    return RuledTable(table, edges, ys[0], page, {(cell.row, cell.column) for cell in full})


def has_same_columns(first: RuledTable, second: RuledTable) -> bool:
    return len(first.edges) == len(second.edges) and all(
        abs(a - b) < 2 * _SNAP for a, b in zip(first.edges, second.edges, strict=True)
    )


class TableOverPages:
    """A table as it grows from page to page; cheap to add to, whatever it has already."""

    def __init__(self, first: RuledTable) -> None:
        self._head = first.table
        self._last = first
        self._cells = list(first.table.cells)
        self._rows = first.table.rows
        self._full = {(row, column) for row, column in first.full}

    @property
    def page(self) -> int:
        """The page that it has reached."""
        return self._last.page

    def table(self) -> Table:
        return replace(self._head, rows=self._rows, cells=tuple(self._cells))

    def goes_on_in(self, second: RuledTable) -> bool:
        """Whether `second` is on the next page and has the same columns."""
        return second.page == self.page + 1 and has_same_columns(self._last, second)

    def add(self, second: RuledTable) -> None:
        """Add the next page's part: its repeated header dropped, what the page break cut mended.

        Where a merged cell goes on over the break, its text stands only on the first page: blank cells at the
        start of the first row there belong to the cells above them. Where a row was cut inside its text, the rest
        is joined to it; told by every cell with text going on from a full line.
        """
        drop = repeated_rows(self._head, second.table)
        body = [cell for cell in second.table.cells if cell.row > drop]
        rows = second.table.rows - drop
        top = [cell for cell in body if cell.row == drop + 1]
        above = self._cells_at_end()
        skipped: set[int] = set()
        if top and not top[0].text and any(cell.text for cell in top):
            if self._is_cut(top, above):
                self._mend(top, above)
                body, rows, drop = body[len(top) :], rows - 1, drop + 1
            else:
                skipped = self._lengthen(top, above)
        offset = self._rows - drop
        self._cells += [
            Cell(cell.row + offset, cell.column, cell.text, cell.rowspan, cell.colspan)
            for cell in body
            if not (cell.row == drop + 1 and cell.column in skipped)
        ]
        self._full = {(row + offset, column) for row, column in second.full if row > drop}
        self._rows += rows
        self._last = second

    def _cells_at_end(self) -> dict[int, int]:
        """Indexes of the cells that reach the last row, by column."""
        found: dict[int, int] = {}
        wanted = sum(1 for cell in self._last.table.cells if cell.row + cell.rowspan > self._last.table.rows)
        for index in range(len(self._cells) - 1, -1, -1):
            cell = self._cells[index]
            if cell.row + cell.rowspan > self._rows:
                found[cell.column] = index
                if len(found) == wanted:
                    break
        return found

    def _is_cut(self, top: Sequence[Cell], above: Mapping[int, int]) -> bool:
        """Whether the first row of the new page is the rest of the last row: all its text goes on from full lines."""
        for cell in top:
            up = self._cells[above[cell.column]] if cell.column in above else None
            if cell.rowspan > 1 or up is None or up.colspan != cell.colspan:
                return False
            if cell.text and (up.row, up.column) not in self._full:
                return False
        return True

    def _mend(self, top: Sequence[Cell], above: Mapping[int, int]) -> None:
        for cell in top:
            index = above[cell.column]
            self._cells[index] = replace(self._cells[index], text=self._cells[index].text + cell.text)

    def _lengthen(self, top: Sequence[Cell], above: Mapping[int, int]) -> set[int]:
        """Let the cells above the leading blanks go on over them; the columns of these blanks."""
        columns: set[int] = set()
        for cell in top:
            up = self._cells[above[cell.column]] if cell.column in above else None
            if cell.text or up is None or not up.text or up.colspan != cell.colspan:
                break
            self._cells[above[cell.column]] = replace(up, rowspan=up.rowspan + cell.rowspan)
            columns.add(cell.column)
        return columns
