"""Tables that text holds with bars: Markdown pipe tables, rows of cells copied from a page with `|` between or
after them, and the same with one cell a line.

In the last form pages end each cell with ` |` and write a bare `|` where a merged cell goes on from above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from itertools import pairwise
from math import gcd

from graph.tables import Table, table_of_rows
from ingest.formats.gridding import Placed, build_table

_RULE = re.compile(r"^\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?$")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_BAR = re.compile(r"(?<!\\)[|｜]")
_MOST_COLUMNS = 40
_NUMBER = re.compile(r"^\d{1,4}$")


def read_barred(lines: Sequence[str], start: int) -> tuple[Table, int] | None:
    """The table of bars that begins at `lines[start]` and the line after it, or None."""
    if not _BAR.search(lines[start]):
        return None
    return _pipe_table(lines, start) or _cell_a_line(lines, start)


def _cells(line: str, *, enclosed: bool) -> list[str]:
    """The cells of a line; a bar at its end closes the last cell, one at its start only where lines are enclosed."""
    parts = _BAR.split(line.strip())
    if enclosed and parts and not parts[0].strip():
        parts = parts[1:]
    if parts and not parts[-1].strip():
        parts = parts[:-1]
    return [_text(part) for part in parts]


def _text(part: str) -> str:
    plain = _EMPHASIS.sub(r"\2", _BREAK.sub("\n", part.replace("\\|", "|")))
    return plain.strip()


def _pipe_table(lines: Sequence[str], start: int) -> tuple[Table, int] | None:
    """Lines of at least two cells each; the rule under a Markdown header is no row."""
    rows: list[list[str]] = []
    ruled = False
    enclosed = lines[start].lstrip().startswith(("|", "｜"))
    at = start
    while at < len(lines):
        line = lines[at].strip()
        if len(rows) == 1 and not ruled and _RULE.match(line):
            ruled = True
        elif not _BAR.search(line) or len(cells := _cells(line, enclosed=enclosed)) < 2:
            break
        else:
            rows.append(cells)
        at += 1
    barred_ends = all(line.strip().endswith(("|", "｜")) for line in lines[start:at])
    if len(rows) < 2 and not ruled:
        return None
    if not ruled and not barred_ends and len({len(row) for row in rows}) > 1:
        return None
    return table_of_rows(rows), at


def _cell_a_line(lines: Sequence[str], start: int) -> tuple[Table, int] | None:
    """A run of lines that each end with a bar, cut into rows where that can be told for certain.

    The rows begin at the numbers 1, 2, 3 …; their distance gives the columns. A header row with fewer cells
    than columns has one cell that spans the difference, above cells of the row below it.
    """
    stream: list[str] = []
    at = start
    while at < len(lines) and (not lines[at].strip() or lines[at].strip().endswith(("|", "｜"))):
        if lines[at].strip():
            stream += [_text(part) for part in _BAR.split(lines[at].strip())[:-1]]
        at += 1
    columns, first, header = _shape(stream)
    if not header:
        return None
    body = stream[first:]
    placed: list[Placed] = [*header]
    top = max((cell.row + cell.rowspan - 1 for cell in header), default=0)
    above: dict[int, Placed] = {}
    for index in range(0, len(body), columns):
        row = top + 1 + index // columns
        for column, text in enumerate(body[index : index + columns], 1):
            if not text and column in above:
                above[column].rowspan += 1
                continue
            above[column] = Placed(row, column, text)
            placed.append(above[column])
    return build_table(placed, columns=columns), at


def _shape(stream: Sequence[str]) -> tuple[int, int, list[Placed]]:
    """Columns, the index of the first row's number, and the header; an empty header when these cannot be told.

    The distances of the numbers are multiples of the columns; the largest divisor fits under which the header can be
    laid out and each row begins with a number or goes on with a merge.
    """
    places: list[int] = []
    for index, text in enumerate(stream):
        if _NUMBER.match(text) and int(text) == len(places) + 1:
            places.append(index)
    if len(places) < 2:
        return 0, 0, []
    first = places[0]
    distance = reduce(gcd, (b - a for a, b in pairwise(places)))
    for columns in range(min(distance, _MOST_COLUMNS), 1, -1):
        if distance % columns:
            continue
        header = _header_rows(stream[:first], columns)
        starts = set(range(first, len(stream), columns))
        if header and all(not stream[start] or start in places for start in starts):
            return columns, first, header
    return 0, 0, []


def _header_rows(words: Sequence[str], columns: int) -> list[Placed] | None:
    """One or two header rows; None when the words cannot be laid out in only one way."""
    if len(words) == columns:
        return [Placed(1, column, word) for column, word in enumerate(words, 1)]
    below = list(words[-columns:])
    upper = list(words[: len(words) - columns])
    kept = next((index for index, word in enumerate(below) if word), columns)
    spanning = len(upper) - kept
    if not upper or kept == columns or spanning not in (1, columns - kept):
        return None
    placed = [Placed(1, column, word, rowspan=2) for column, word in enumerate(upper[:kept], 1)]
    width = columns - kept if spanning == 1 else 1
    placed += [Placed(1, kept + 1 + i * width, word, 1, width) for i, word in enumerate(upper[kept:])]
    placed += [Placed(2, column, word) for column, word in enumerate(below, 1) if column > kept]
    return placed
