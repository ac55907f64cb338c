"""Tables that stand one below the other in one grid, as on a sheet: each with its own title and header.

A new table begins below a blank row or a row of one text, with a row of header words that is not the header above
again; without a blank row and a title a header that comes again belongs to the same table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.ids import normalise
from graph.tables import Cell, Table
from ingest.interpret.header_words import words_of
from ingest.profiling import Profile

_LONGEST_HEADER = 20
_MOST_TITLES = 3
_NOT_ABOVE = re.compile(r"^(?:注|备注|说明|附注|填表|填报|制表|审核|联系人|[合总小共]\s*计)")
"""Rows of one text that close the table above and head none."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of several tables of a grid; `above` is the number of the grid's rows that stand above it."""

    table: Table
    above: int


def part_stacked(table: Table, profiles: Sequence[Profile]) -> list[Part]:
    """The tables of a grid from top to bottom; the table itself where it is one."""
    if table.kind != "grid" or table.columns < 2:
        return [Part(table, 0)]
    texts = Counter(cell.row for cell in table.cells if cell.text and not cell.text.isspace())
    first = next((row for row in range(1, table.rows + 1) if texts[row] > 1), table.rows)
    below = [row for row in range(first + 2, table.rows) if texts[row] > 1 and texts[row - 1] < 2]
    if not below:
        return [Part(table, 0)]
    rows = _rows(table, {first, *below, *_above(texts, below)})
    starts = [1]
    for row in below:
        start = _start(texts, rows, row, first)
        again = _words(rows[row]) == _words(rows[first])
        titled = texts[row - 1] == 1 and start > 1 and not texts[start - 1]
        if start > starts[-1] and (titled or not again) and _heads(rows[row], profiles):
            starts.append(start)
    crossed = {r for c in table.cells if c.rowspan > 1 for r in range(c.row + 1, c.row + c.rowspan)}
    starts = [row for row in starts if row not in crossed]
    return _parts(table, starts)


def _above(texts: Counter[int], below: Sequence[int]) -> set[int]:
    return {r for row in below for r in range(max(1, row - _MOST_TITLES), row) if texts[r] == 1}


def _rows(table: Table, wanted: set[int]) -> dict[int, list[Cell]]:
    found: dict[int, list[Cell]] = {row: [] for row in wanted}
    for cell in table.cells:
        if cell.row in found and cell.text.strip():
            found[cell.row].append(cell)
    return found


def _words(cells: Sequence[Cell]) -> list[str]:
    return [normalise(cell.text) for cell in cells]


def _start(texts: Counter[int], rows: dict[int, list[Cell]], header: int, first: int) -> int:
    """The first row of the table whose header stands in row `header`: its titles above it belong to it."""
    start = header
    while start - 1 > first and header - start < _MOST_TITLES and texts[start - 1] == 1:
        if _NOT_ABOVE.match(rows[start - 1][0].text.strip()):
            break
        start -= 1
    return start


def _heads(cells: Sequence[Cell], profiles: Sequence[Profile]) -> bool:
    """Whether a row is a header: 序号 or two plain header words of one kind of table, and most of it header words."""
    texts = _words(cells)
    if any(len(text) > _LONGEST_HEADER or text.isdecimal() for text in texts) or len(set(texts)) < len(texts):
        return False
    for profile in profiles:
        found = [match for text in texts if (match := words_of(profile.columns).match((text,)))]
        plain = [rule.role for rule, weight in found if weight >= 1.0]
        if len(found) * 2 > len(texts) and len(found) > 1 and ("number" in plain or len(plain) > 1):
            return True
    return False


def _parts(table: Table, starts: Sequence[int]) -> list[Part]:
    if len(starts) < 2:
        return [Part(table, 0)]
    parts: list[Part] = []
    for start, end in zip(starts, (*starts[1:], table.rows + 1), strict=True):
        cells = tuple(
            replace(c, row=c.row - start + 1) if start > 1 else c for c in table.cells if start <= c.row < end
        )
        title = table.title if start == 1 else ""
        parts.append(Part(replace(table, rows=end - start, cells=cells, title=title), start - 1))
    return parts
