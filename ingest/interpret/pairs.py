"""Counterpart tables: pairs of a row's home units with its partners, and coverage cell by cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from graph.ids import entity_id
from graph.model import Entity, Name
from graph.vocabulary import PARTNER_KINDS, RELATIONS, Direction, EntityType, Relation, State, Use
from ingest.interpret.book import Book
from ingest.interpret.couples import with_couples
from ingest.interpret.ends import Ends, expected_kinds, find_ends, within_sides
from ingest.interpret.groups import with_group_homes
from ingest.interpret.locating import without_locations
from ingest.interpret.lookup import Lookup, Named
from ingest.interpret.matching import Column, Layout
from ingest.interpret.reporting import doubt, duplicate, lose, unreadable
from ingest.interpret.rows import Body
from ingest.interpret.sheet import Sheet, is_mark
from ingest.interpret.signs import HOLLOW, header_value
from ingest.interpret.terms import direction_of, period_of, relation_word
from ingest.interpret.values import Entry, Has, Value

_SECTORS = re.compile(r"[、，,；;/\n]")
_SOURCES = RELATIONS[Relation.PAIRED_WITH].sources
_STATES = {
    Has.BLANK: (State.BLANK, "blank"),
    Has.NONE: (State.STATED_NONE, "stated_none"),
    Has.UNREADABLE: (State.UNREADABLE, "unreadable_cell"),
    Has.SHARED: (State.UNREADABLE, "row_ambiguous"),
}


def read_pairs(book: Book, sheet: Sheet, layout: Layout, body: Body) -> None:
    """PAIRED_WITH claims, coverage cells, and FOCUSES_ON of partners whose sector stands beside them."""
    layout = without_locations(book, sheet, layout, body)
    ends = find_ends(book, layout, body)
    if ends is None and (coupled := with_couples(layout, body)) is not None:
        layout, body = coupled
        ends = find_ends(book, layout, body)
    if ends is None and (grouped := with_group_homes(book, sheet, layout, body)) is not None:
        layout, body = grouped
        ends = find_ends(book, layout, body)
    if ends is None:
        for entry in body.entries:
            lose(book, sheet, entry, layout.panels[entry.panel], "row_ambiguous", "看不出哪一列是本方单位")
        return
    reader = _Reader(book, sheet, layout, body, within_sides(sheet, layout, ends))
    for entry in body.entries:
        reader.want(entry)
    reader.lookup.settle()
    for entry in body.entries:
        reader.read(entry)
    reader.finish()


class _Reader:
    def __init__(self, book: Book, sheet: Sheet, layout: Layout, body: Body, ends: Ends) -> None:
        self._book, self._sheet, self._layout, self._ends = book, sheet, layout, ends
        self._sides = (*ends.homes, *ends.partners)
        columns = [panel[i] for panel in layout.panels for i in self._sides]
        self._kinds = expected_kinds(layout, ends)
        self.lookup = Lookup(book, columns, self._kinds)
        self._by_sign = {c.index: header_value(sheet, layout, c) for c in columns if c.index in layout.marks}
        self._hollow = _hollow_signs(body, layout, self._by_sign)
        self._terms: dict[tuple[str, int], tuple[str, Direction]] = {}
        self._open: list[tuple[Entity, int, Has, tuple[int, int], str, int]] = []
        self._homes: dict[tuple[str, EntityType], int] = {}
        self._found: dict[int, dict[EntityType, None]] = {}
        self._rows: dict[tuple[str, ...], int] = {}
        self._period = period_of(sheet.title)
        roles = [column.role for column in layout.panels[0]]  # the same in every panel
        self._term_at = roles.index("term") if "term" in roles else None
        self._period_at = roles.index("period") if "period" in roles else None
        self._telling = [i for i, role in enumerate(roles) if role != "number"]
        self._home_of = {i: ends.home_of(i) for i in ends.partners}
        self._sector_after = {
            i: i + 1 for i in ends.partners if i + 1 < len(roles) and roles[i + 1] == "sector"
        }

    def want(self, entry: Entry) -> None:
        if entry.lost:
            return
        panel = self._layout.panels[entry.panel]
        for i in self._sides:
            value, index = entry.values[i], panel[i].index
            self.lookup.want(self._by_sign.get(index, value) if self._by_sign else value, index)

    def read(self, entry: Entry) -> None:
        panel = self._layout.panels[entry.panel]
        home = entry.values[self._ends.home]
        if entry.lost:
            lose(self._book, self._sheet, entry, panel, entry.lost)
            return
        if home.has is not Has.TEXT:
            if any(entry.values[i].has in (Has.TEXT, Has.SHARED) for i in self._ends.partners):
                lose(self._book, self._sheet, entry, panel, "row_ambiguous", "缺少本方单位")
            return
        units = self.lookup.names(home, panel[self._ends.home].index, entry.row)
        if not units:
            self._unnamed(entry, self._ends.home)
            return
        self._note_duplicate(entry)
        for named in units:
            self._book.entity(named.resolved.entity)
        partners = [i for i in self._ends.partners if panel[i].index not in self._by_sign]
        if self._sheet.flat and not home.inherited and doubt(self._book, self._sheet, entry, partners):
            entry = replace(
                entry, values=[replace(v, has=Has.SHARED) if v.has is Has.BLANK else v for v in entry.values]
            )
        for i in self._ends.partners:
            at = self._home_of[i]
            self._partner(entry, units if at == self._ends.home else self._own(entry, i, at), i)

    def _own(self, entry: Entry, i: int, at: int) -> list[Named]:
        """The units of a partner's own home column; a partner beside none is nobody's that can be told."""
        units = self.lookup.names(entry.values[at], self._layout.panels[entry.panel][at].index, entry.row)
        for named in units:
            self._book.entity(named.resolved.entity)
        if not units and entry.values[i].has is Has.TEXT:
            unreadable(self._book, self._sheet, entry, i, "此格左边没有写明与谁结对")
        return units

    def _unnamed(self, entry: Entry, i: int) -> None:
        self._sheet.mark(entry.cells[i], Use.IGNORED, "no_name")

    def _note_duplicate(self, entry: Entry) -> None:
        key = tuple([entry.values[i].text for i in self._telling])
        first = self._rows.setdefault(key, entry.row)
        if first != entry.row and not self._by_sign:
            duplicate(self._book, entry, first)

    def _partner(self, entry: Entry, units: Sequence[Named], i: int) -> None:
        column = self._layout.panels[entry.panel][i]
        value, home = entry.values[i], entry.values[self._home_of[i]]
        sign = self._by_sign.get(column.index)
        if sign is not None and value.text in self._hollow:
            has = Has.BLANK if value.text == "□" else Has.UNREADABLE
            value = Value(has, "", value.printed, value.row, value.column, value.top)
        if sign is not None and value.has is Has.TEXT and is_mark(value.text):
            partners = self.lookup.names(sign, column.index, self._layout.last)
        else:
            partners = self.lookup.names(value, column.index, entry.row) if sign is None else []
        if value.has is Has.TEXT and not partners:
            self._unnamed(entry, i)
            value = Value(Has.UNREADABLE, "", value.printed, value.row, value.column, value.top)
        elif value.has is Has.UNREADABLE:
            unreadable(self._book, self._sheet, entry, i)
        place = (entry.row, column.index)
        if not partners:
            for unit in units:
                one = unit.resolved.entity
                self._open.append((one, column.index, value.has, place, value.printed, home.top))
            return
        if max(home.top, value.top) == entry.row or home.inherited:
            self._pair(entry, units, partners, i, value)

    def _pair(
        self, entry: Entry, units: Sequence[Named], partners: Sequence[Named], i: int, value: Value
    ) -> None:
        column = self._layout.panels[entry.panel][i]
        term, direction = self._term(entry, column)
        period = self._period_of(entry)
        place = (entry.row, column.index)
        home = entry.values[self._home_of[i]]
        couples = _couples(units, partners, home.text + value.text)
        if not couples:
            message = "“分别”前后的个数不同，无法确定谁与谁对口，此格未读，请核对原文。"
            self._book.problem("row_ambiguous", message, *place, value.printed)
        for unit, partner in couples:
            a, b = unit.resolved.entity, partner.resolved.entity
            kind = b.type if b.type in PARTNER_KINDS else self._kinds[column.index] or EntityType.UNIT
            self._found.setdefault(column.index, {})[kind] = None
            ends = (b, a) if a.type not in _SOURCES and b.type in _SOURCES else (a, b)
            way = direction if ends == (a, b) else Direction.MUTUAL
            if self._book.claim(Relation.PAIRED_WITH, *ends, place, value.printed, term, way, period):
                self._cover(a, kind, (State.COVERED, "claim"), place, value.printed, home.top)
        if len(partners) == 1:
            self._sectors(entry, partners[0].resolved.entity, i)

    def _cover(
        self,
        unit: Entity,
        kind: EntityType,
        said: tuple[State, str],
        place: tuple[int, int],
        text: str,
        top: int,
    ) -> None:
        """One coverage cell; `top` is the row where the home cell begins: within one, 无 beside a partner is a form
        left empty, no contradiction."""
        known = self._book.coverage.get((unit.id, kind))
        if known is not None and known.state is said[0]:
            return
        first = self._homes.setdefault((unit.id, kind), top)
        if (
            known is not None
            and {known.state, said[0]} == {State.COVERED, State.STATED_NONE}
            and first != top
        ):
            message = f"“{unit.name}”在同一张表中既写明无，又写有对口对象，均予保留，请核对。"
            self._book.problem("contradiction", message, *place, text)
        self._book.cover(unit, kind, *said, place, text)

    def _term(self, entry: Entry, column: Column) -> tuple[str, Direction]:
        """The printed relation word: from the cell, else the header, else the title, else the kind of table."""
        stated = entry.values[self._term_at] if self._term_at is not None else None
        cell = stated.text if stated is not None and stated.has is Has.TEXT else ""
        key = (cell, column.index)
        if key not in self._terms:
            header = self._layout.panels[entry.panel][self._ends.home].header
            word = relation_word(cell) or relation_word(column.header, header, self._sheet.title)
            word = cell if cell and not word else word or self._layout.profile.term
            self._terms[key] = (word, direction_of(word))
        return self._terms[key]

    def _period_of(self, entry: Entry) -> tuple[str, str]:
        stated = entry.values[self._period_at] if self._period_at is not None else None
        return period_of(stated.text) if stated is not None and stated.has is Has.TEXT else self._period

    def _sectors(self, entry: Entry, partner: Entity, i: int) -> None:
        """The sector column that stands directly to the right of a partner column speaks of that partner."""
        after = self._sector_after.get(i)
        if after is None or entry.values[after].has is not Has.TEXT:
            return
        value = entry.values[after]
        column = self._layout.panels[entry.panel][after]
        for sector in _sectors_in(value.text):
            place = (entry.row, column.index)
            self._book.claim(Relation.FOCUSES_ON, partner, sector, place, value.printed, column.header)

    def finish(self) -> None:
        """Coverage of cells without a partner: of the header's kind, else of the kinds found in the column."""
        for unit, index, has, place, text, top in self._open:
            kind = self._kinds[index]
            kinds = [kind] if kind else list(self._found.get(index, {EntityType.ORGANISATION: None}))
            state, reason = _STATES[has]
            for one in kinds:
                self._cover(unit, one, (state, reason), place, text, top)
        self._contradictions()

    def _contradictions(self) -> None:
        """A支援B and B支援A in one table."""
        claims = [c for c in self._book.claims.values() if c.direction is Direction.A_TO_B]
        ways = {(c.source, c.target) for c in claims}
        for claim in claims:
            if (claim.target, claim.source) in ways and claim.row is not None:
                names = "、".join(self._book.entities[i].name for i in (claim.source, claim.target))
                message = f"{names}互为{claim.term}的双方，方向前后矛盾，均予保留，请核对。"
                self._book.problem("contradiction", message, claim.row, claim.column, claim.text)


def _couples(units: Sequence[Named], partners: Sequence[Named], text: str) -> list[tuple[Named, Named]]:
    """Each home unit with each partner; by position where the cell says 分别, and none where the numbers differ."""
    if len(units) > 1 and len(partners) > 1 and "分别" in text:
        return list(zip(units, partners, strict=True)) if len(units) == len(partners) else []
    return [(unit, partner) for unit in units for partner in partners]


@lru_cache(maxsize=4096)
def _sectors_in(text: str) -> tuple[Entity, ...]:
    parts = (part.strip() for part in _SECTORS.split(text))
    return tuple(
        Entity(entity_id(EntityType.SECTOR, part), EntityType.SECTOR, part, names=(Name(part),))
        for part in parts
        if 1 < len(part) <= 20
    )


def _hollow_signs(body: Body, layout: Layout, columns: Mapping[int, Value]) -> frozenset[str]:
    """Signs of a matrix that stand beside a filled one: □ is a box left empty, and what ○ means nothing tells."""
    used = {
        v.text
        for entry in body.entries
        for c, v in zip(layout.panels[entry.panel], entry.values, strict=True)
        if c.index in columns and v.text
    }
    return frozenset(used & HOLLOW) if used - HOLLOW else frozenset()
