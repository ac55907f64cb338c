"""Every grid position has exactly one use, with a reason where it was ignored or could not be read."""

from __future__ import annotations

from dataclasses import replace

from graph.tables import Cell, Table
from graph.vocabulary import Use
from ingest.interpret.matching import Layout
from ingest.interpret.rows import Body
from ingest.interpret.sheet import Sheet, without_withheld

_OF_ROW = {
    "total": (Use.IGNORED, "total"),
    "note": (Use.IGNORED, "note"),
    "filled_by": (Use.IGNORED, "personal_data"),
    "repeated_header": (Use.IGNORED, "repeated_header"),
    "blank": (Use.IGNORED, "blank"),
}
_OF_ROLE = {
    "": (Use.IGNORED, "no_role"),
    "note": (Use.IGNORED, "note"),
    "personal": (Use.IGNORED, "personal_data"),
}
_USED = (Use.USED, None)
_BLANK = (Use.IGNORED, "blank")


def account(sheet: Sheet, layout: Layout, body: Body) -> Table:
    """The table with the use of every cell."""
    # a column between two panels belongs to neither
    of_column: dict[int, tuple[Use, str | None]] = dict.fromkeys(range(1, sheet.columns + 1), _OF_ROLE[""])
    for column in (c for panel in layout.panels for c in panel):
        of_column[column.index] = _OF_ROLE.get(column.role, _USED)
    for index in layout.marks:
        of_column[index] = _USED
    marked, under = sheet.marked, sheet.under
    cells: list[Cell] = []
    for cell in sheet.table.cells:
        use, reason = marked(cell) or _use(cell, body.kinds[cell.row], of_column[cell.column])
        below = Use.INHERITED
        if cell.rowspan > 1 or cell.colspan > 1:
            below = under(cell) or (Use.INHERITED if use is Use.USED else use)
        cells.append(Cell(cell.row, cell.column, cell.text, cell.rowspan, cell.colspan, use, reason, below))
    return replace(sheet.table, cells=tuple(cells), profile=layout.profile.name)


def _use(cell: Cell, kind: str, of_column: tuple[Use, str | None]) -> tuple[Use, str | None]:
    if kind in _OF_ROW:
        use = _OF_ROW[kind]
        return _BLANK if use[0] is Use.IGNORED and not cell.text.strip() else use
    text = cell.text
    if not text or text.isspace():
        return (Use.UNREADABLE, cell.reason) if cell.use is Use.UNREADABLE else _BLANK
    if kind != "data":
        return _USED
    if "〔已隐去" in text and not without_withheld(text):
        return Use.IGNORED, "personal_data"
    return of_column


def account_unread(table: Table, reason: str) -> Table:
    """A table of which nothing is read (of unknown kind, or derived): kept whole."""
    cells = tuple(
        replace(
            c,
            use=Use.IGNORED,
            reason=reason if c.text.strip() else "blank",
            under=Use.IGNORED,
        )
        for c in table.cells
    )
    return replace(table, cells=cells, profile=None)
