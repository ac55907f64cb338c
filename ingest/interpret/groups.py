"""Home units that only group headings name (一、海曙区), where no column of the table does."""

from __future__ import annotations

import re
from dataclasses import replace

from graph.ids import normalise
from ingest.interpret.book import Book
from ingest.interpret.matching import Column, Layout
from ingest.interpret.rows import Body
from ingest.interpret.sheet import Sheet
from ingest.interpret.values import Entry, Has, Value
from ingest.naming.separators import ORDINAL
from ingest.naming.words import said
from ingest.profiling import ColumnRule

_COUNT = re.compile(r"\s*(?:[(（](?:共|计)?\d+.{0,4}[)）]|[:：])+\s*$")
_HOME = ColumnRule("home", ())


def with_group_homes(book: Book, sheet: Sheet, layout: Layout, body: Body) -> tuple[Layout, Body] | None:
    """The layout and body with a home column whose values are the group headings; None where these are not all
    names of bodies (一、第一批)."""
    rows = [row for row, kind in body.kinds.items() if kind == "group"]
    names: dict[int, str] = {}
    for row in rows:
        text = next(c.text.strip() for c in sheet.distinct(row) if c.text.strip())
        names[row] = _COUNT.sub("", ORDINAL.sub("", text)).strip()
    if not names or not all(_are_bodies(book, name) for name in names.values()):
        return None
    column = Column(1, _HOME, "")
    entries = [_with_home(sheet, entry, names) for entry in body.entries]
    panels = tuple((*panel, column) for panel in layout.panels)
    return replace(layout, panels=panels), replace(body, entries=entries)


def _are_bodies(book: Book, text: str) -> bool:
    scope = book.context.scope
    pieces = book.context.names.split(text, scope).pieces
    return bool(pieces) and all(
        book.context.names.resolve(piece.text, scope).known or said(normalise(piece.text)) is not None
        for piece in pieces
    )


def _with_home(sheet: Sheet, entry: Entry, names: dict[int, str]) -> Entry:
    """The entry with the nearest heading above it as its last value; rows above the first have none."""
    row = max((r for r in names if r < entry.row), default=0)
    text = names.get(row, "")
    cell = sheet.cell(row, 1) if row else entry.cells[0]
    value = Value(Has.TEXT if text else Has.BLANK, text, cell.text if row else "", row, 1, row)
    return replace(entry, values=[*entry.values, value], cells=[*entry.cells, cell])
