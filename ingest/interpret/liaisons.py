"""Leaders' liaison tables: each leader with each area, park and enterprise of the row, not those with each other."""

from __future__ import annotations

from graph.model import Entity
from graph.tables import Cell
from graph.vocabulary import Relation, Use
from ingest.interpret.book import Book
from ingest.interpret.leaders import leaders_in
from ingest.interpret.lookup import Lookup
from ingest.interpret.matching import Column, Layout
from ingest.interpret.reporting import doubt, duplicate, lose, unreadable
from ingest.interpret.rows import Body
from ingest.interpret.sheet import Sheet
from ingest.interpret.sides import SERVES
from ingest.interpret.signs import HOLLOW, header_value
from ingest.interpret.terms import period_of, relation_word
from ingest.interpret.values import Entry, Has, Value


def read_liaisons(book: Book, sheet: Sheet, layout: Layout, body: Body) -> None:
    """LIAISES_WITH claims from each leader of a row to each of its counterparts."""
    named = [i for i, c in enumerate(layout.panels[0]) if c.role == "counterpart"]
    # beside 挂钩企业 a 联系部门 serves the enterprise, and is not whom the leader liaises with
    positions = [i for i in named if not SERVES.match(layout.panels[0][i].header)] or named
    if len(layout.marks) > 1:
        positions += [i for i, c in enumerate(layout.panels[0]) if c.index in layout.marks]
    columns = [panel[i] for panel in layout.panels for i in positions]
    by_sign = {c.index: header_value(sheet, layout, c) for c in columns if c.index in layout.marks}
    lookup = Lookup(book, columns, {c.index: c.rule.kind if c.rule else None for c in columns})
    for entry in body.entries:
        for i in set(named) - set(positions):
            sheet.mark(entry.cells[i], *_unread(entry.cells[i]))
    for entry in body.entries:
        for i in positions if not entry.lost else ():
            index = layout.panels[entry.panel][i].index
            lookup.want(by_sign.get(index, entry.values[i]), index)
    lookup.settle()
    reader = _Reader(book, sheet, layout, lookup, positions, by_sign)
    for entry in body.entries:
        reader.read(entry)


def _unread(cell: Cell) -> tuple[Use, str]:
    return Use.IGNORED, "no_role" if cell.text.strip() else "blank"


class _Reader:
    def __init__(
        self,
        book: Book,
        sheet: Sheet,
        layout: Layout,
        lookup: Lookup,
        positions: list[int],
        by_sign: dict[int, Value],
    ) -> None:
        self._book, self._sheet, self._layout, self._lookup = book, sheet, layout, lookup
        self._positions, self._by_sign = positions, by_sign
        self._leaders = [i for i, c in enumerate(layout.panels[0]) if c.role == "leader"]
        self._people: dict[int, list[Entity]] = {}
        self._rows: dict[tuple[str, ...], int] = {}

    def read(self, entry: Entry) -> None:
        panel = self._layout.panels[entry.panel]
        if entry.lost:
            lose(self._book, self._sheet, entry, panel, entry.lost)
            return
        said = any(entry.values[i].has is Has.TEXT for i in self._positions)
        if said and not any(entry.values[i].has in (Has.TEXT, Has.NONE) for i in self._leaders):
            lose(self._book, self._sheet, entry, panel, "row_ambiguous", "缺少领导姓名")
            return
        if any(entry.values[i].has is Has.TEXT and not entry.values[i].inherited for i in self._leaders):
            doubt(self._book, self._sheet, entry, self._positions)
        key = tuple(v.text for c, v in zip(panel, entry.values, strict=True) if c.role != "number")
        first = self._rows.setdefault(key, entry.row)
        if first != entry.row:
            duplicate(self._book, entry, first)
        for i in self._leaders:
            if entry.values[i].has is Has.TEXT:
                self._liaise(entry, i)

    def _liaise(self, entry: Entry, leader: int) -> None:
        panel, value = self._layout.panels[entry.panel], entry.values[leader]
        if id(value) not in self._people:
            self._people[id(value)] = leaders_in(self._book, panel, entry, leader)
        for i in self._positions:
            if entry.values[i].has is Has.UNREADABLE:
                unreadable(self._book, self._sheet, entry, i)
            elif entry.values[i].has is Has.TEXT and max(value.top, entry.values[i].top) == entry.row:
                self._counterparts(entry, leader, i)

    def _counterparts(self, entry: Entry, leader: int, i: int) -> None:
        panel, value = self._layout.panels[entry.panel], entry.values[i]
        column = panel[i]
        sign = self._by_sign.get(column.index)
        if sign is not None and value.text in HOLLOW:
            if value.text != "□":  # a box left empty
                unreadable(self._book, self._sheet, entry, i, "此处的符号没有说明含义")
            return
        names = self._lookup.names(sign or value, column.index, self._layout.last if sign else entry.row)
        if not names:
            self._sheet.mark(entry.cells[i], Use.IGNORED, "no_name")
        word = relation_word(_text_of(panel, entry, "term")) or relation_word(
            column.header, panel[leader].header, self._sheet.title
        )
        term = word or self._layout.profile.term
        period = period_of(_text_of(panel, entry, "period") or self._sheet.title)
        place = (entry.row, column.index)
        for named in names:
            for person in self._people[id(entry.values[leader])]:
                target = named.resolved.entity
                self._book.claim(
                    Relation.LIAISES_WITH, person, target, place, value.printed, term, period=period
                )


def _text_of(panel: tuple[Column, ...], entry: Entry, role: str) -> str:
    """What the row's column of this role says, or an empty text."""
    found = (v.text for c, v in zip(panel, entry.values, strict=True) if c.role == role and v.has is Has.TEXT)
    return next(found, "")
