"""A table while it is read: its grid, and what became of each cell."""

from __future__ import annotations

import re

from graph.tables import Cell, Table
from graph.vocabulary import Use

SIGNS = frozenset("√✓✔☑●○◎◆◇★☆▲△■□✅")
_MARKS = SIGNS | {"牵头", "配合", "责任", "主办", "协办", "参与", "主责"}
_WITHHELD = re.compile(r"〔已隐去[:：][^〕]*〕")
_DAMAGED = re.compile(r"^[□▯■�]{2,}$|�|^#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)$")


def is_mark(text: str) -> bool:
    """Whether a text is a sign, or a word for a role, that stands for yes in a matrix."""
    return text in _MARKS


def without_withheld(text: str) -> str:
    """The text without the marks of withheld personal data."""
    return _WITHHELD.sub("", text).strip(" \n:：;；,，、") if "〔已隐去" in text else text


def is_damaged(text: str) -> bool:
    """Whether a text is one that no reader can make out (□□□, replacement characters, #REF! of a formula)."""
    return bool(text) and ("\ufffd" in text or (text[0] in "□▯■#" and bool(_DAMAGED.match(text))))


class Sheet:
    """The grid of one table, rows and columns from 1, and the use of each cell by its top-left position. `flat`: the
    format keeps no merges."""

    def __init__(self, table: Table, *, flat: bool = False) -> None:
        self.table = table
        self.flat = flat
        self.rows = table.rows
        self.columns = table.columns
        self.grid = table.grid()
        self.title = table.title
        self._uses: dict[tuple[int, int], tuple[Use, str | None]] = {}
        self._under: dict[tuple[int, int], Use] = {}

    def cell(self, row: int, column: int) -> Cell:
        return self.grid[row - 1][column - 1]

    def distinct(self, row: int) -> list[Cell]:
        """The cells that cover a row, each once, from left to right."""
        line = self.grid[row - 1]
        return [cell for at, cell in enumerate(line) if at == 0 or line[at - 1] is not cell]

    def mark_columns(self, first: int) -> frozenset[int]:
        """Columns that hold only signs and blanks from row `first` on, and at least one sign."""
        found: set[int] = set()
        for c in range(self.columns):
            signs = False
            for line in self.grid[first - 1 :]:
                cell = line[c]
                text = cell.text.strip()
                if not text or cell.colspan == self.columns:
                    continue
                if not is_mark(text):
                    signs = False
                    break
                signs = True
            if signs:
                found.add(c + 1)
        return frozenset(found)

    def mark(self, cell: Cell, use: Use, reason: str | None = None) -> None:
        """Say what became of a cell; the last word holds."""
        self._uses[(cell.row, cell.column)] = (use, reason)

    def mark_under(self, cell: Cell, use: Use) -> None:
        self._under[(cell.row, cell.column)] = use

    def marked(self, cell: Cell) -> tuple[Use, str | None] | None:
        return self._uses.get((cell.row, cell.column))

    def under(self, cell: Cell) -> Use | None:
        return self._under.get((cell.row, cell.column))
