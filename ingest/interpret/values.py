"""Rows as entries: what each column says in a row, under merges, repeats and blanks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from graph.tables import Cell
from graph.vocabulary import Use
from ingest.interpret.matching import Column, Layout
from ingest.interpret.sheet import Sheet, is_damaged, without_withheld
from ingest.naming.separators import STATED_NONE

REPEATS = frozenset({"同上", "同前", "〃", "″", '""', "”", "“", "”“", "″″"})
NONE = frozenset({"无", "暂无", "没有", "/", "／", "\\", "—", "——", "-", "--", "－", "–", "―", "一"})


_MAY_BE_NONE = frozenset("无没目现暂尚均不Nn")
_LONGEST_NONE = 12
"""Cells of more characters say more than that there is none."""


class Has(Enum):
    """What a cell holds."""

    TEXT = "text"
    BLANK = "blank"
    NONE = "none"
    UNREADABLE = "unreadable"
    SHARED = "shared"
    """A position beside the first under a merge sideways, whose text belongs to the first column."""


@dataclass(slots=True, eq=False)
class Value:
    """What a column says in a row. `text` is what names are read from, `printed` the cell as printed; `top` is the
    first row for which it holds: (value, value) pairs are new only where one of them begins."""

    has: Has
    text: str
    printed: str
    row: int
    column: int
    top: int
    inherited: bool = False
    doubtful: bool = False
    """Whether a blank may be the rest of a merge that the format lost: it stands below a filled cell."""


@dataclass(slots=True)
class Entry:
    """One logical row: a grid row, or its part in one of several panels. `lost` says why it cannot be read."""

    row: int
    panel: int
    values: list[Value]
    group: str = ""
    lost: str = ""
    cells: list[Cell] = field(default_factory=list[Cell])


class Filler:
    """Reads the entries of a table from top to bottom, remembering what stands above."""

    def __init__(self, sheet: Sheet, layout: Layout, rows: Sequence[int]) -> None:
        self._sheet = sheet
        self._layout = layout
        self._merges = any(
            cell.rowspan > 1 for row in rows for cell in sheet.grid[row - 1] if cell.row == row
        )
        self._known: dict[int, Value] = {}
        self._above: dict[int, Value] = {}
        self._plain: dict[str, tuple[Has, str]] = {}
        self._unfillable = {
            c.index
            for panel in layout.panels
            for c in panel
            if c.role == "home" and sum(other.role == "home" for other in panel) > 1
        }
        """Columns whose blanks stay blank; of two 本方 columns one turns out to hold the partners."""
        self._posts = {
            c.index: tuple(other.index for other in panel if other.role == "post")
            for panel in layout.panels
            for c in panel
            if c.role == "leader"
        }

    def begin_group(self) -> None:
        """Nothing above a group heading reaches below it."""
        self._above.clear()

    def entry(self, row: int, panel: int, group: str) -> Entry | None:
        """The entry of a row in a panel, or None where it says nothing of its own: all blank, but for merges that
        began above (a hidden row under a merged unit is no blank partner)."""
        columns = self._layout.panels[panel]
        line = self._sheet.grid[row - 1]
        cells = [line[c.index - 1] for c in columns]
        if not any(_says(cell, row) for cell in cells):
            return None
        values = [self._value(row, column, cell) for column, cell in zip(columns, cells, strict=True)]
        return Entry(row, panel, values, group, self._fate(columns, values, row), cells)

    def _value(self, row: int, column: Column, cell: Cell) -> Value:
        if cell.column != column.index:
            return self._sideways(row, column, cell)
        if cell.row < row and column.rule is not None and not column.rule.inherits:
            self._sheet.mark_under(cell, Use.IGNORED)
            return Value(Has.BLANK, "", "", row, column.index, row)
        known = self._known.get(id(cell)) if cell.rowspan > 1 else None
        if known is None:
            known = self._read(row, column, cell)
            if cell.rowspan > 1:
                self._known[id(cell)] = known
        if known.has is Has.TEXT:
            self._above[column.index] = known
        return known

    def _read(self, row: int, column: Column, cell: Cell) -> Value:
        if cell.use is Use.UNREADABLE:
            return Value(Has.UNREADABLE, "", cell.text, row, column.index, row)
        text = cell.text.strip()
        if plain := self._plain.get(text):
            return Value(*plain, cell.text, row, column.index, row)
        if not text:
            return self._blank(row, column, cell)
        if text in REPEATS:
            above = self._above.get(column.index)
            if above is None:
                return Value(Has.UNREADABLE, "", cell.text, row, column.index, row)
            return Value(Has.TEXT, above.text, above.printed, row, column.index, row)
        plain = self._plain[text] = _plain(text)
        return Value(*plain, cell.text, row, column.index, row)

    def _blank(self, row: int, column: Column, cell: Cell) -> Value:
        """A blank: what stands above, where the profile allows it and nothing speaks against it.

        A format that keeps merges somewhere in the table keeps them here; and where a column begins blank, its
        values may stand in the middle of what they belong to.
        """
        doubtful = self._sheet.flat and not self._merges and column.index in self._above
        blank = Value(Has.BLANK, "", "", row, column.index, row, doubtful=doubtful)
        if column.rule is None or not column.rule.fills or self._merges:
            return blank
        above = self._above.get(column.index)
        if above is None:
            self._unfillable.add(column.index)
        if above is None or column.index in self._unfillable or self._is_own(row, column):
            return blank
        self._sheet.mark(cell, Use.INHERITED)
        return Value(above.has, above.text, above.printed, above.row, above.column, above.top, inherited=True)

    def _is_own(self, row: int, column: Column) -> bool:
        """Whether the post beside a leader's blank is the row's own: a post without a name is nobody's above it."""
        posts = self._posts.get(column.index, ()) if column.role == "leader" else ()
        return any(self._sheet.cell(row, index).text.strip() for index in posts)

    def _sideways(self, row: int, column: Column, cell: Cell) -> Value:
        text = cell.text.strip()
        if not text:
            return Value(Has.BLANK, "", "", row, column.index, cell.row)
        has = Has.NONE if text in NONE else Has.SHARED
        return Value(has, "", cell.text, row, column.index, cell.row)

    def _fate(self, columns: Sequence[Column], values: Sequence[Value], row: int) -> str:
        """`row_truncated` for a row of nothing but its number, else empty."""
        own = [v.has is not Has.BLANK and not v.inherited and v.top == row for v in values]
        if not any(own):
            return ""
        numbered = all(column.role == "number" for column, is_own in zip(columns, own, strict=True) if is_own)
        if numbered and all(v.top == row for v in values if not v.inherited):
            return "row_truncated"
        unreadable = [v for v in values if v.has is Has.UNREADABLE]
        if not unreadable:
            return ""
        marked = {self._sheet.cell(row, v.column).reason for v in unreadable}
        return next((r for r in ("row_ambiguous", "row_truncated") if r in marked), "")


def _plain(text: str) -> tuple[Has, str]:
    """What a text says that repeats nothing, and what names are read from."""
    if text in NONE or (text[0] in _MAY_BE_NONE and len(text) <= _LONGEST_NONE and STATED_NONE.match(text)):
        return Has.NONE, ""
    if is_damaged(text):
        return Has.UNREADABLE, ""
    left = without_withheld(text)
    return (Has.TEXT, left) if left else (Has.BLANK, "")


def _says(cell: Cell, row: int) -> bool:
    """Whether a cell begins in the row and holds something, if only that it cannot be read."""
    if cell.row != row:
        return False
    return bool(cell.text and not cell.text.isspace()) or cell.use is Use.UNREADABLE
