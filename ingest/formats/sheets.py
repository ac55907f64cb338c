"""From a spreadsheet's displayed texts to its table: what .xlsx and .xls have in common.

The grid begins at the sheet's A1 and ends at the last row and column that show something, so a cell's row and
column in the table are those in Excel. Hidden rows and columns keep their place, without their text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from graph.tables import Table
from ingest.formats.gridding import MAX_POSITIONS, Merge, TooManyPositions, table_of_grid

_MEANINGLESS = re.compile(r"^(sheet|工作表|worksheet|表)?\s*[\d()（）]*$", re.IGNORECASE)
_EDGE_ROW, _EDGE_COLUMN = 65_536, 256
"""A merge that reaches to the edge of a sheet (.xls has the smaller one) was made by selecting whole rows or
columns; its extent says nothing of the table."""


@dataclass(slots=True)
class Hidden:
    """What was left out of one workbook, for its `hidden_content` problem."""

    sheets: list[str] = field(default_factory=list[str])
    rows: list[str] = field(default_factory=list[str])
    columns: list[str] = field(default_factory=list[str])
    covered: list[str] = field(default_factory=list[str])

    def message(self) -> str:
        """One sentence that names everything left out; empty when nothing was."""
        named = (
            ("工作表", self.sheets),
            ("隐藏的行", self.rows),
            ("隐藏的列", self.columns),
            ("合并单元格遮住的内容", self.covered),
        )
        parts = [f"{what}：{_listed(items)}" for what, items in named if items]
        return f"以下隐藏内容未读取——{'；'.join(parts)}。" if parts else ""


def _listed(items: Sequence[str]) -> str:
    shown = "、".join(items[:10])
    return f"{shown} 等{len(items)}处" if len(items) > 10 else shown


def sheet_table(
    texts: list[list[str]],
    merges: Sequence[Merge],
    name: str,
    hidden: Hidden,
    *,
    is_row_hidden: Callable[[int], bool],
    is_column_hidden: Callable[[int], bool],
) -> Table | None:
    """The table of one visible sheet, or None when it shows nothing. `texts` is changed in place.

    Raises TooManyPositions for too large a grid, and for merges that cover it many times over.
    """
    columns = max((len(line) for line in texts), default=0)
    if sum(_area(merge, len(texts), columns) for merge in merges) > 2 * MAX_POSITIONS:
        raise TooManyPositions(f"{len(merges)} merges over each other")
    hidden_rows = [row for row in range(1, len(texts) + 1) if is_row_hidden(row)]
    hidden_columns = [column for column in range(1, columns + 1) if is_column_hidden(column)]
    shown = _shown_merges(merges, frozenset(hidden_rows), frozenset(hidden_columns))
    hidden.rows += _blank_rows(texts, hidden_rows, shown, name)
    hidden.columns += _blank_columns(texts, hidden_columns, shown, name)
    hidden.covered += _blank_covered(texts, merges, name)
    rows, columns = _extent(texts, merges)
    if not rows or not columns:
        return None
    texts = [line[:columns] for line in texts[:rows]]
    texts += [[] for _ in range(rows - len(texts))]
    texts[0] = [*texts[0], *[""] * (columns - len(texts[0]))]
    title = "" if _MEANINGLESS.match(name.strip()) else name.strip()
    return table_of_grid(texts, merges, title=title, origin=name)


def _area(merge: Merge, rows: int, columns: int) -> int:
    """Positions of a merge within a grid of so many rows and columns."""
    top, left, bottom, right = merge
    return max(0, min(bottom, rows) - top + 1) * max(0, min(right, columns) - left + 1)


def _shown_merges(
    merges: Iterable[Merge], rows: frozenset[int], columns: frozenset[int]
) -> set[tuple[int, int]]:
    """Top-left positions of merges of which at least one position is visible."""
    if not rows and not columns:
        return set()
    return {
        (top, left)
        for top, left, bottom, right in merges
        if (top in rows or left in columns)
        and any(row not in rows for row in range(top, min(bottom, top + len(rows)) + 1))
        and any(column not in columns for column in range(left, min(right, left + len(columns)) + 1))
    }


def _blank_rows(
    texts: list[list[str]], rows: Sequence[int], shown: set[tuple[int, int]], name: str
) -> list[str]:
    found: list[str] = []
    for row in rows:
        line = texts[row - 1]
        kept = [text if (row, column) in shown else "" for column, text in enumerate(line, 1)]
        if kept != line:
            found.append(f"{name} 第{row}行")
        texts[row - 1] = kept
    return found


def _blank_columns(
    texts: list[list[str]], columns: Sequence[int], shown: set[tuple[int, int]], name: str
) -> list[str]:
    found: list[str] = []
    for column in columns:
        held = False
        for row, line in enumerate(texts, 1):
            if column <= len(line) and line[column - 1] and (row, column) not in shown:
                line[column - 1] = ""
                held = True
        if held:
            found.append(f"{name} 第{column}列")
    return found


def _blank_covered(texts: list[list[str]], merges: Iterable[Merge], name: str) -> list[str]:
    """Take out text under a merge beside its top-left: Excel keeps it but never shows it."""
    found: list[str] = []
    for top, left, bottom, right in merges:
        for row in range(top, min(bottom, len(texts)) + 1):
            line = texts[row - 1]
            for column in range(left, min(right, len(line)) + 1):
                if line[column - 1] and (row, column) != (top, left):
                    line[column - 1] = ""
                    found.append(f"{name} 第{row}行第{column}列")
    return found


def _extent(texts: Sequence[Sequence[str]], merges: Iterable[Merge]) -> tuple[int, int]:
    """Last row and column that show something, the extent of filled merges included."""
    rows = columns = 0
    for row, line in enumerate(texts, 1):
        last = len(line)
        while last and not line[last - 1]:
            last -= 1
        if last:
            rows, columns = row, max(columns, last)
    for top, left, bottom, right in merges:
        if top <= rows and left <= columns and left <= len(texts[top - 1]) and texts[top - 1][left - 1]:
            rows = max(rows, bottom) if bottom < _EDGE_ROW else rows
            columns = max(columns, right) if right < _EDGE_COLUMN else columns
    return rows, columns
