"""Leaders' liaison tables: each leader with each area, park and enterprise of the row, not those with each other."""

from __future__ import annotations

from graph.model import Entity
from graph.vocabulary import EntityType, Relation, Use
from ingest.interpret.book import Book
from ingest.interpret.leaders import leaders_in
from ingest.interpret.lookup import Lookup
from ingest.interpret.matching import Layout
from ingest.interpret.reporting import duplicate, lose, unreadable
from ingest.interpret.rows import Body
from ingest.interpret.sheet import Sheet
from ingest.interpret.terms import period_of, relation_word
from ingest.interpret.values import Entry, Has


def read_liaisons(book: Book, sheet: Sheet, layout: Layout, body: Body) -> None:
    """LIAISES_WITH claims from each leader of a row to each of its counterparts."""
    columns = [c for panel in layout.panels for c in panel if c.role == "counterpart"]
    lookup = Lookup(book, columns, {c.index: c.rule.kind if c.rule else None for c in columns})
    positions = [i for i, c in enumerate(layout.panels[0]) if c.role == "counterpart"]
    for entry in body.entries:
        for i in positions if not entry.lost else ():
            lookup.want(entry.values[i], layout.panels[entry.panel][i].index)
    lookup.settle()
    leaders = [i for i, c in enumerate(layout.panels[0]) if c.role == "leader"]
    known: dict[int, list[Entity]] = {}
    rows: dict[tuple[str, ...], int] = {}
    for entry in body.entries:
        panel = layout.panels[entry.panel]
        if entry.lost:
            lose(book, sheet, entry, panel, entry.lost)
            continue
        if any(entry.values[i].has is Has.TEXT for i in positions) and not any(
            entry.values[i].has in (Has.TEXT, Has.NONE) for i in leaders
        ):
            lose(book, sheet, entry, panel, "row_ambiguous", "缺少领导姓名")
            continue
        first = rows.setdefault(
            tuple(v.text for c, v in zip(panel, entry.values, strict=True) if c.role != "number"), entry.row
        )
        if first != entry.row:
            duplicate(book, entry, first)
        for i in leaders:
            if entry.values[i].has is Has.TEXT:
                people = known.get(id(entry.values[i])) if entry.values[i].top != entry.row else None
                people = people if people is not None else leaders_in(book, panel, entry, i)
                known[id(entry.values[i])] = people
                _liaise(book, sheet, layout, lookup, entry, people, i, positions)


def _liaise(
    book: Book,
    sheet: Sheet,
    layout: Layout,
    lookup: Lookup,
    entry: Entry,
    people: list[Entity],
    leader: int,
    positions: list[int],
) -> None:
    panel = layout.panels[entry.panel]
    cell = next(
        (v.text for c, v in zip(panel, entry.values, strict=True) if c.role == "term" and v.has is Has.TEXT),
        "",
    )
    span = next(
        (
            v.text
            for c, v in zip(panel, entry.values, strict=True)
            if c.role == "period" and v.has is Has.TEXT
        ),
        sheet.title,
    )
    for i in positions:
        value, column = entry.values[i], panel[i]
        if value.has is Has.UNREADABLE:
            unreadable(book, sheet, entry, i)
        if value.has is not Has.TEXT or max(entry.values[leader].top, value.top) != entry.row:
            continue
        names = lookup.names(value, column.index, entry.row)
        if not names:
            sheet.mark(entry.cells[i], Use.IGNORED, "no_name")
        word = relation_word(cell) or relation_word(column.header, panel[leader].header, sheet.title)
        for named in names:
            target = named.resolved.entity
            if target.type is EntityType.LEADER:
                continue
            for person in people:
                place = (entry.row, column.index)
                term = word or layout.profile.term
                book.claim(
                    Relation.LIAISES_WITH, person, target, place, value.printed, term, period=period_of(span)
                )
