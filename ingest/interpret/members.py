"""Member lists: who belongs to a collective, named in a column, a group heading, or the title."""

from __future__ import annotations

import re

from graph.ids import entity_id
from graph.model import Entity, Name
from graph.vocabulary import EntityType, Relation, Use
from ingest.interpret.book import Book
from ingest.interpret.lookup import Lookup
from ingest.interpret.matching import Layout
from ingest.interpret.reporting import duplicate, lose, unreadable
from ingest.interpret.rows import Body
from ingest.interpret.sheet import Sheet
from ingest.interpret.values import Entry, Has
from ingest.naming.collectives import home_side, in_title

_DUTIES = "(?:主要|工作|具体)?职[责能](?:任务)?(?:分工)?"
_LIST_WORDS = re.compile(
    rf"(?:(?:成员单位|成员|组成单位|组成人员|组成)(?:[及和与]?(?:{_DUTIES}|任务分工|分工))?|(?<=[组议室班部会]){_DUTIES})?"
    r"(?:名单|一览表|清单|目录|名录|表)?(?:[(（].{1,12}[)）])?$"
)
"""What says that a title's body is followed by a list of its members: 成员单位名单, 成员单位及职责分工."""
_BARE = re.compile("(?:领导|协调|工作|专项)小组|联席会议|指挥部|委员会|理事会|工作专班|工作组|联盟")
"""What names a body of this kind, but not which."""
_NO_BODY = re.compile("成员单位|(?:关系|情况|安排|方案|计划)$")
"""What a title tells that names no body: 牵头医院与成员单位对口支援关系."""
_ATTACHMENT = re.compile(r"^附\s*件\s*\d*\s*[:：.]?\s*")


def read_members(book: Book, sheet: Sheet, layout: Layout, body: Body) -> None:
    """MEMBER_OF claims from each named unit to the collective."""
    positions = [i for i, c in enumerate(layout.panels[0]) if c.role == "member"]
    named = [i for i, c in enumerate(layout.panels[0]) if c.role == "collective"]
    columns = [panel[i] for panel in layout.panels for i in positions]
    lookup = Lookup(book, columns, {c.index: EntityType.UNIT for c in columns})
    for entry in body.entries:
        for i in positions if not entry.lost else ():
            lookup.want(entry.values[i], layout.panels[entry.panel][i].index)
    lookup.settle()
    collectives: dict[str, Entity | None] = {}
    rows: dict[tuple[str, ...], int] = {}
    for entry in body.entries:
        panel = layout.panels[entry.panel]
        if entry.lost:
            lose(book, sheet, entry, panel, entry.lost)
            continue
        said = next((entry.values[i].text for i in named if entry.values[i].has is Has.TEXT), "")
        if not any(entry.values[i].has in (Has.TEXT, Has.UNREADABLE) for i in positions):
            continue  # 组长：…, beside the lines of members
        titled = sheet.title if sheet.table.kind == "grid" else ""
        words = said or _ATTACHMENT.sub("", titled)
        if words not in collectives:
            collectives[words] = _collective(book, words)
        collective = collectives[words]
        if collective is None:
            lose(book, sheet, entry, panel, "row_ambiguous", "表题和列中都没有写明属于哪个集体")
            continue
        first = rows.setdefault((said, *(entry.values[i].text for i in positions)), entry.row)
        if first != entry.row:
            duplicate(book, entry, first)
        for i in positions:
            _belong(book, sheet, layout, lookup, entry, i, collective)


def _belong(
    book: Book, sheet: Sheet, layout: Layout, lookup: Lookup, entry: Entry, i: int, collective: Entity
) -> None:
    value, column = entry.values[i], layout.panels[entry.panel][i]
    if value.has is Has.UNREADABLE:
        unreadable(book, sheet, entry, i)
    if value.has is not Has.TEXT or value.top != entry.row:
        return
    names = lookup.names(value, column.index, entry.row)
    if not names:
        sheet.mark(entry.cells[i], Use.IGNORED, "no_name")
    for found in names:
        place = (entry.row, column.index)
        book.claim(Relation.MEMBER_OF, found.resolved.entity, collective, place, value.printed, column.header)


def _collective(book: Book, words: str) -> Entity | None:
    """The collective that a column or title names; without the words that say that it is a list."""
    scope, names = book.context.scope, book.context.names
    found = names.collective(words, scope)
    if found is not None:
        return found.entity
    name = _LIST_WORDS.sub("", words).strip()
    titled = names.collectives_in(words, scope)
    if len(titled) == 1 and any(name.endswith(word) for word in in_title(home_side(words))):
        return titled[0].entity
    if len(name) < 3 or _BARE.fullmatch(name) or _NO_BODY.search(name):
        return None
    known = names.collective(name, scope)
    if known is not None:
        return known.entity
    identifier = entity_id(EntityType.COLLECTIVE, name, scope=scope.key)
    return Entity(identifier, EntityType.COLLECTIVE, name, region=scope.region, names=(Name(name),))
