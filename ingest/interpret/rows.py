"""What each row of a table is: title, header, group heading, data, total, note."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.ids import normalise
from ingest.interpret.matching import Layout
from ingest.interpret.sheet import Sheet
from ingest.interpret.values import Entry, Filler

_TOTAL = re.compile(r"^(?:合计|总计|小计|共计|总数|合\s+计|总\s+计|小\s+计)")
_NOTE = re.compile(
    r"^(?:注|备注|说明|附注|填表说明|填报说明)\s*\d*\s*[:：.、]|^[*※★☆●○√▲△■□]\s*(?:为|表示|代表|[:：])"
)
_FILLED_BY = re.compile(
    r"^(?:填报人|填表人|制表人|填报单位|填报日期|制表|审核人?|审批|联系人|联系电话|经办人|负责人签字|填表日期)\s*[:：(（]|^〔已隐去"
)
_ORDINAL = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[部章节类组])"
)
_NUMBER = re.compile(r"^[(（]?\d{1,4}(?:[-—.]\d{1,3})?[)）.、]?$")


@dataclass(slots=True)
class Body:
    """The rows of a table by kind, and its entries panel by panel in reading order."""

    kinds: dict[int, str] = field(default_factory=dict[int, str])
    entries: list[Entry] = field(default_factory=list[Entry])
    notes: list[str] = field(default_factory=list[str])


def read_body(sheet: Sheet, layout: Layout) -> Body:
    """Classify every row and read the data rows as entries."""
    body = Body()
    for row in range(1, sheet.rows + 1):
        if row < layout.first:
            body.kinds[row] = "title"
        elif row <= layout.last:
            body.kinds[row] = "header"
    header = [normalise(c.text) for c in sheet.grid[layout.last - 1]]
    first = {normalise(c.text) for c in sheet.grid[layout.first - 1]}
    data = range(layout.last + 1, sheet.rows + 1)
    for row in data:
        body.kinds[row] = _kind(sheet, layout, row, header, first)
    rows = [row for row in data if body.kinds[row] == "data"]
    for panel in range(len(layout.panels)):
        _read_panel(sheet, layout, body, data, panel, rows)
    body.notes = [
        cell.text
        for row, kind in body.kinds.items()
        if kind == "note"
        for cell in sheet.distinct(row)
        if cell.text.strip()
    ]
    return body


def _read_panel(
    sheet: Sheet, layout: Layout, body: Body, data: Sequence[int], panel: int, rows: Sequence[int]
) -> None:
    filler = Filler(sheet, layout, rows)
    group = ""
    for row in data:
        kind = body.kinds[row]
        if kind == "group":
            group = next(c.text.strip() for c in sheet.distinct(row) if c.text.strip())
            filler.begin_group()
        elif kind == "data" and (entry := filler.entry(row, panel, group)) is not None:
            if sheet.flat and _overflows(layout, entry):
                entry.lost = entry.lost or "row_ambiguous"
            body.entries.append(entry)


def _overflows(layout: Layout, entry: Entry) -> bool:
    """Whether a line of text goes on directly behind its header's last column: one of its separators is too many, and
    from there on nothing tells which column a cell belongs to."""
    columns = layout.panels[entry.panel]
    last = max((i for i, column in enumerate(columns) if column.header), default=len(columns))
    return any(cell.text.strip() for cell in entry.cells[last + 1 : last + 2])


def _kind(sheet: Sheet, layout: Layout, row: int, header: Sequence[str], first: set[str]) -> str:
    line = sheet.grid[row - 1]
    lead = line[0]
    text = lead.text.strip()
    if text and (text[0] in "合总小共注备说附填制审联经负〔*※★☆●○√▲△■□") and (special := _special(text)):
        return special
    if lead.colspan == sheet.columns and sheet.columns > 1:
        if not text:
            return "blank"
        return "data" if lead.use is not None else "group"
    if text and normalise(text) in first and _repeats(sheet, row, header, first):
        return "repeated_header"
    if not text or (len(line) > 1 and not line[1].text):
        filled = [c for c in sheet.distinct(row) if c.text.strip()]
        if not filled:
            return "blank" if all(c.use is None for c in line) else "data"
        if len(filled) == 1 and all(c.row == row and c.rowspan == 1 for c in line):
            return _lonely(sheet, layout, filled[0].text.strip(), filled[0].column)
        if special := _special(filled[0].text.strip()):
            return special
    return "data"


def _special(text: str) -> str:
    if _TOTAL.match(text):
        return "total"
    if _NOTE.match(text):
        return "note"
    return "filled_by" if _FILLED_BY.match(text) else ""


def _repeats(sheet: Sheet, row: int, header: Sequence[str], first: set[str]) -> bool:
    texts = [normalise(c.text) for c in sheet.grid[row - 1]]
    return texts == header or ({t for t in texts if t} == {t for t in first if t} and len(first) > 1)


def _lonely(sheet: Sheet, layout: Layout, text: str, column: int) -> str:
    """A row with one text and nothing else, without a merge: a group heading whose merge was lost, or data."""
    role = next((c.role for panel in layout.panels for c in panel if c.index == column), "")
    if role == "number":
        return "data" if _NUMBER.match(normalise(text)) else "group"
    return "group" if column == 1 and _ORDINAL.match(text) else "data"
