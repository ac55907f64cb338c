"""Both sides of a pair in one cell (结对关系: 海平区——木川县), where no column holds one side."""

from __future__ import annotations

from dataclasses import replace

from ingest.interpret.headers import are_couples, couple, says_couples
from ingest.interpret.matching import Column, Layout
from ingest.interpret.rows import Body
from ingest.interpret.values import Entry, Has, Value
from ingest.profiling import ColumnRule

_SIDE = ColumnRule("counterpart", ())


def with_couples(layout: Layout, body: Body) -> tuple[Layout, Body] | None:
    """The layout and body with a column for each side; None where no column holds couples in all its cells."""
    panel = layout.panels[0]
    at = next((i for i, c in enumerate(panel) if says_couples(c.header) and _holds(body, i)), None)
    if at is None or len(layout.panels) > 1:
        return None
    first = replace(panel[at], rule=_SIDE)
    sides = (*panel[:at], first, *panel[at + 1 :], Column(first.index, _SIDE, first.header))
    entries = [_parted(entry, at) for entry in body.entries]
    return replace(layout, panels=(sides,)), replace(body, entries=entries)


def _holds(body: Body, i: int) -> bool:
    return are_couples([e.values[i].text for e in body.entries if e.values[i].has is Has.TEXT])


def _parted(entry: Entry, at: int) -> Entry:
    value = entry.values[at]
    one, other = couple(value.text) if value.has is Has.TEXT else ("", "")
    sides = [_side(value, one), _side(value, other)]
    values = [*entry.values[:at], sides[0], *entry.values[at + 1 :], sides[1]]
    return replace(entry, values=values, cells=[*entry.cells, entry.cells[at]])


def _side(value: Value, text: str) -> Value:
    return Value(value.has, text, value.printed, value.row, value.column, value.top)
