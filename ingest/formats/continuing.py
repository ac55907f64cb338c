"""Tables that go on after a break: titled 续表, or repeating their header directly after the first part."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from graph.tables import Cell, Table
from ingest.blocks import Block, Paragraph

_CONTINUED = re.compile(r"^[(（]?(附?表\d{0,3}|附件\d{0,3})?[(（]?(续表?|接上表|接上页)\d{0,3}[)）]?[::]?$")
_TALLEST_HEADER = 12


def is_continuation_title(text: str) -> bool:
    """续表, 续表1, (续), 附表2(续): a caption that only says that the table goes on."""
    return bool(_CONTINUED.match(re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))))


def join_continued(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with each continued table joined to its first part; the repeated header and 续表 are dropped.

    A table continues the one before it when only a 续表 caption stands between and the columns are as many,
    or when nothing stands between and it begins with the same header row.
    """
    joined: list[Block] = []
    for block in blocks:
        if isinstance(block, Table):
            caption = joined[-1] if joined else None
            titled = isinstance(caption, Paragraph) and is_continuation_title(caption.text)
            before = joined[-2] if titled and len(joined) > 1 else caption
            if isinstance(before, Table) and continues(before, block, titled=titled):
                del joined[-2 if titled else -1 :]
                block = append_rows(before, block, drop=repeated_rows(before, block))
        joined.append(block)
    return joined


def continues(first: Table, second: Table, *, titled: bool = False) -> bool:
    """Whether `second` goes on where `first` ended. A title of its own begins a new table."""
    if first.columns != second.columns or (second.title and second.title != first.title):
        return False
    return titled or repeated_rows(first, second) > 0


def repeated_rows(first: Table, second: Table) -> int:
    """How many rows at the top of `second` repeat those of `first`, below a title row of `first` if need be.

    Never rows of single spanning cells alone. A header has at most `_TALLEST_HEADER` rows.
    """
    one, two = _signatures(first), _signatures(second)
    best = 0
    for skip in range(min(3, len(one))):
        count = 0
        while count < len(two) and skip + count < len(one) and one[skip + count] == two[count]:
            count += 1
        if count > best and any(len(row) > 1 for row in two[:count]):
            best = count
    return _whole_rows(second, best)


def _whole_rows(table: Table, count: int) -> int:
    """`count`, less rows that a merge from above reaches out of."""
    while count and any(c.row <= count < c.row + c.rowspan - 1 for c in table.cells):
        count -= 1
    return count


def _signatures(table: Table) -> list[list[tuple[int, int, int, str]]]:
    rows: list[list[tuple[int, int, int, str]]] = [[] for _ in range(min(table.rows, _TALLEST_HEADER))]
    for cell in table.cells:
        if cell.row > len(rows):
            break
        text = re.sub(r"\s+", "", cell.text)
        rows[cell.row - 1].append((cell.column, cell.colspan, cell.rowspan, text))
    return rows


def append_rows(first: Table, second: Table, *, drop: int = 0) -> Table:
    """`first` with the rows of `second` below it, but for the first `drop` ones."""
    moved = [
        Cell(cell.row - drop + first.rows, cell.column, cell.text, cell.rowspan, cell.colspan)
        for cell in second.cells
        if cell.row > drop
    ]
    return replace(first, rows=first.rows + second.rows - drop, cells=(*first.cells, *moved))
