"""The two sides of a counterpart table: which column is the home side, which are partners, and of what kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from graph.ids import normalise
from graph.tables import Cell
from graph.vocabulary import EntityType
from ingest.interpret.book import Book
from ingest.interpret.headers import header_parts
from ingest.interpret.layout import PEOPLE, Column, Layout
from ingest.interpret.lookup import Lookup
from ingest.interpret.rows import Body
from ingest.interpret.sheet import Sheet
from ingest.interpret.sides import SERVES, side_region
from ingest.interpret.values import Has
from ingest.naming.collectives import is_collective
from ingest.naming.contract import Names
from ingest.naming.words import said
from ingest.profiling import NO_SIDE, ColumnRule

_SAMPLE = 200
"""Rows whose names are looked at to tell which column lies in the issuing region."""
_RELATED = re.compile("^(?:对口|结对|合作|协作|挂钩|联系|帮扶|支援|共建|对接)+")
_HOME = ColumnRule("home", (), fills=True)
_PARTNER = ColumnRule("counterpart", ())


@dataclass(frozen=True, slots=True)
class Ends:
    """Positions within a panel (the same in every panel). `own`: the home column of a partner that has one of its
    own (产业园区 of 结对产业园区)."""

    home: int
    partners: tuple[int, ...]
    own: Mapping[int, int] = field(default_factory=dict[int, int])

    def home_of(self, partner: int) -> int:
        return self.own.get(partner, self.home)

    @property
    def homes(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys((self.home, *(self.home_of(i) for i in self.partners))))


def find_ends(book: Book, layout: Layout, body: Body) -> Ends | None:
    """The home column is the one whose header says so, else whose names lie in the issuing region, else the
    leftmost column of names; the others are partners. None where there are no two sides."""
    panel = layout.panels[0]
    homes = [i for i, c in enumerate(panel) if c.role == "home"]
    partners = [i for i, c in enumerate(panel) if c.role == "counterpart"]
    marks = [i for i, c in enumerate(panel) if c.index in layout.marks] if len(layout.marks) > 1 else []
    home = _by_header(book, panel, homes, partners, one_way=layout.profile.name == "oneway")
    if home is None and len(partners) + (1 if marks else 0) > 1:
        home = _by_region(book, layout, body, partners)
    if home is None:
        plain = [
            i
            for i, c in enumerate(panel)
            if c.role in ("", "group") and c.header and i not in marks and not PEOPLE.search(c.header)
            if not NO_SIDE.match(c.header)
        ]
        home = next((i for i in plain if _holds_bodies(book, body, i)), None)
    if home is None:
        return None
    own = _own_sides(panel, {*homes, *partners})
    others = tuple(sorted(i for i in {*homes, *partners, *marks} - set(own.values()) if i != home))
    return Ends(home, others, {i: at for i, at in own.items() if i in others}) if others else None


def within_sides(sheet: Sheet, layout: Layout, ends: Ends) -> Ends:
    """The ends where one header spans several columns of a side (东部: 市, 区县; 西部: 州, 县市): the last column
    of each side names its unit, those before say where it lies. Columns of a kind of partner stay."""
    panel = layout.panels[0]
    spans = _spans(sheet, layout, (ends.home, *ends.partners))
    own = spans.get(ends.home)
    if own is None or all(spans.get(i) is own for i in ends.partners):
        return ends
    last = {id(cell): i for i, cell in sorted(spans.items()) if not _serves(sheet, layout, panel[i])}
    if id(own) not in last:
        return ends
    partners = [
        i for i in ends.partners if i not in spans or (last.get(id(spans[i])) == i and spans[i] is not own)
    ]
    return Ends(last[id(own)], tuple(partners), ends.own)


def _spans(sheet: Sheet, layout: Layout, columns: Iterable[int]) -> dict[int, Cell]:
    """For each column the header that spans it and others, in the lowest header row that has any."""
    panel = layout.panels[0]
    spans: dict[int, Cell] = {}
    for row in range(layout.last - 1, layout.first - 1, -1):
        for i in columns:
            cell = sheet.cell(row, panel[i].index)
            if cell.colspan > 1 and not _kind(panel[i]):
                spans[i] = cell
        if spans:
            break
    return spans


def _serves(sheet: Sheet, layout: Layout, column: Column) -> bool:
    return bool(SERVES.match(header_parts(sheet, layout.first, layout.last, column.index)[-1]))


def _kind(column: Column) -> EntityType | None:
    return column.rule.kind if column.rule is not None else None


def _by_header(
    book: Book, panel: tuple[Column, ...], homes: list[int], partners: list[int], *, one_way: bool
) -> int | None:
    """The column whose header says that it is ours: by its words, or by the issuing region's name."""
    if one_way and homes:
        return homes[0]
    own = book.context.scope.region
    names, scope = book.context.names, book.context.scope
    regions = {i: side_region(panel[i].header, book.title, names, scope) for i in (*homes, *partners)}
    ours = [i for i in (*homes, *partners) if own and regions[i] == own and _is_side(panel[i], names)]
    if len(ours) == 1 or (ours and not any(i in homes for i in ours)):
        return ours[0]
    foreign = [i for i in homes if own and regions[i] not in (None, own)]
    local = [i for i in homes if i not in foreign]
    if local:
        return local[0]
    return None


def _own_sides(panel: tuple[Column, ...], columns: set[int]) -> dict[int, int]:
    """Columns by the one whose header they repeat behind a word of relation: 结对产业园区 pairs our 产业园区."""
    ours = {panel[i].header: i for i in sorted(columns, reverse=True)}
    found: dict[int, int] = {}
    for i in columns:
        stem = _RELATED.sub("", panel[i].header)
        if stem != panel[i].header and stem in ours:
            found[i] = ours[stem]
    return found


def _holds_bodies(book: Book, body: Body, i: int) -> bool:
    """Whether most texts of a column are names of bodies: 合作内容 is no side of a pair."""
    scope, names = book.context.scope, book.context.names
    texts = {e.values[i].text for e in body.entries[:_SAMPLE] if e.panel == 0 and e.values[i].has is Has.TEXT}
    pieces = [piece.text for text in texts for piece in names.split(text, scope).pieces]
    bodies = sum(
        said(normalise(one)) is not None or is_collective(one) or names.resolve(one, scope).known
        for one in pieces
    )
    return bool(pieces) and bodies * 2 > len(pieces)


def _is_side(column: Column, names: Names) -> bool:
    """与宁波市对口的单位 speaks of the other side."""
    return not column.header.startswith(("与", "和", "同", "对口", "对接"))


def _by_region(book: Book, layout: Layout, body: Body, partners: list[int]) -> int | None:
    own = book.context.scope.region
    panel = layout.panels[0]
    columns = [replace(panel[i], rule=None) for i in partners]
    lookup = Lookup(book, columns, {})
    sample = [e for e in body.entries[:_SAMPLE] if not e.lost and e.panel == 0]
    for entry in sample:
        for i in partners:
            lookup.want(entry.values[i], panel[i].index)
    lookup.settle()
    inside: Counter[int] = Counter()
    named: Counter[int] = Counter()
    for entry in sample:
        for i in partners:
            for found in lookup.peek(entry.values[i], panel[i].index):
                named[i] += 1
                entity = found.resolved.entity
                inside[i] += bool(own) and found.resolved.known and own in (entity.region, entity.name)
    best = max(partners, key=lambda i: (inside[i] / named[i] if named[i] else 0.0, -i), default=None)
    if best is not None and inside[best] * 2 > named[best]:
        return best
    return next((i for i in partners if named[i]), None)


def expected_kinds(layout: Layout, ends: Ends) -> dict[int, EntityType | None]:
    """What each column's header expects, by column: units at home, the header's kind for partners."""
    kinds: dict[int, EntityType | None] = {}
    for panel in layout.panels:
        kinds.update({panel[at].index: EntityType.UNIT for at in ends.homes})
        for i in ends.partners:
            rule = panel[i].rule
            kinds[panel[i].index] = rule.kind if rule is not None and rule.role == "counterpart" else None
    return kinds
