"""Columns that only say where the names beside them lie, or of what class they are: 设区市 before 山区县, 市(州) before
医院名称, 乡镇 before 村; 企业, 街道（镇）.

Such a column is no side of a pair: 青岛市 is not paired with the 市南区 that lies in it, nor a hospital with its
prefecture. Two columns are of one side when one header spans them, when their headers differ only in the level of
place (支援市, 支援区), or when the finer one's header prints no word of relation.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from graph.ids import normalise
from ingest.interpret.book import Book
from ingest.interpret.headers import header_parts
from ingest.interpret.matching import Column, Layout
from ingest.interpret.rows import Body
from ingest.interpret.sheet import Sheet
from ingest.interpret.sides import SERVES
from ingest.interpret.terms import relation_word
from ingest.interpret.values import Has
from ingest.naming.words import said
from ingest.profiling import ColumnRule

_SAMPLE = 100
"""Rows whose names are looked at."""
_LEVEL_WORDS = re.compile(
    r"(?:设区市|地级市|地市|市\(州\)|市州|州市|州|盟|省份|省市|省|区县\(市\)|县\(市、区\)|县\(市\)区|县市区|市县区|区县|县区|县市|市县|市|区|县|旗"
    r"|乡镇\(街道\)|镇\(街道\)|镇街|乡镇|街道|镇|乡|行政村|村\(社区\)|村居|村|社区|名称|单位)+$"
)
_CLASS = re.compile(
    r"(?:(?:[省市区县]级|[省市区县]直|中央|国有|民营|重点|经济|结对|对口|[及和与、/()])*(?:乡镇|镇街|街道|乡|镇|村|社区|居|县区|区县|部门|机关|单位|事业单位"
    r"|企业|国企|央企|公司|园区|开发区|产业园|学校|中小学|高校|院校|医院|医疗机构|卫生院|科研院所|科研机构|商会|协会|社会组织|党组织|党支部|其他)[)]?)+(?:结对|对口|类|组|间|层面)*"
)
"""What a class of bodies is called, which is no name."""
_THEIRS = re.compile("受援|受助|受扶|受帮扶|被支援|被帮扶|对接")
_KINDS = {"province": 5, "city": 4, "district": 3, "county": 3}
_SUFFIXES = (
    (5, re.compile("(?:省|自治区)$")),
    (4, re.compile("(?:州|盟|地区|市)$")),
    (3, re.compile("(?:区|县|旗)$")),
    (2, re.compile("(?:镇|乡|街道|街道办事处)$")),
    (1, re.compile("(?:村|社区|居委会|村委会)$")),
)
_OF_SIDES = frozenset({"home", "counterpart", ""})
_PLACE_OF = ColumnRule("note", (), splits=False)


def without_locations(book: Book, sheet: Sheet, layout: Layout, body: Body) -> Layout:
    """The layout with the columns that only say where names lie as notes; at least two sides stay."""
    panel = layout.panels[0]
    places = {
        i
        for i in range(len(panel))
        if _holds_classes(layout, body, i) or _locates(book, sheet, layout, body, i)
    }
    rest = [c for i, c in enumerate(panel) if i not in places and c.header and c.role in _OF_SIDES]
    if not places or len(rest) < 2:
        return layout
    panels = tuple(
        tuple(replace(c, rule=_PLACE_OF) if i in places else c for i, c in enumerate(columns))
        for columns in layout.panels
    )
    return replace(layout, panels=panels)


def _locates(book: Book, sheet: Sheet, layout: Layout, body: Body, i: int) -> bool:
    """Whether column `i` says where the names of a column beside it lie."""
    panel = layout.panels[0]
    if not _is_side(panel[i]):
        return False
    if _begins_names(layout, body, i):
        return True
    for beside in (i + 1, i - 1):
        if not (0 <= beside < len(panel) and _is_side(panel[beside])):
            continue
        spanned = _spanned(sheet, layout, panel[i], panel[beside])
        if beside < i and not spanned:
            continue
        if (spanned or _one_side(book, panel[i], panel[beside])) and _coarser(book, body, i, beside, spanned):
            return True
    return False


def _begins_names(layout: Layout, body: Body, i: int) -> bool:
    """Whether two sides stand beside column `i`, and the names of one of them begin with what it says (石林县 beside
    石林县大坪村): they lie there."""
    panel = layout.panels[0]
    sides = [k for k, c in enumerate(panel) if k != i and c.role in ("home", "counterpart")]
    rows = [e.values for e in body.entries[:_SAMPLE] if not e.lost and e.values[i].has is Has.TEXT]
    for k in sides if len(sides) > 1 else ():
        texts = [(normalise(v[i].text), normalise(v[k].text)) for v in rows if v[k].has is Has.TEXT]
        if texts and all(name.startswith(place) and name != place for place, name in texts):
            return all(any(end.search(place) for _, end in _SUFFIXES) for place, _ in texts)
    return False


def _holds_classes(layout: Layout, body: Body, i: int) -> bool:
    """Whether a column tells what kind the names beside it are of (企业, 街道（镇）) and holds no name itself."""
    if not _is_side(layout.panels[0][i]):
        return False
    values = (e.values[i] for e in body.entries[:_SAMPLE] if not e.lost)
    texts = {normalise(value.text) for value in values if value.has is Has.TEXT}
    return bool(texts) and all(map(_CLASS.fullmatch, texts))


def _is_side(column: Column) -> bool:
    """Whether a column may hold an end of pairs; columns for one kind of partner never say where others lie."""
    return bool(column.header) and column.role in _OF_SIDES and not (column.rule and column.rule.kind)


def _spanned(sheet: Sheet, layout: Layout, one: Column, other: Column) -> bool:
    tops = [header_parts(sheet, layout.first, layout.last, c.index) for c in (one, other)]
    if any(
        SERVES.match(parts[-1]) for parts in tops
    ):  # the department beside a county is no body that lies in it
        return False
    return all(len(parts) > 1 for parts in tops) and tops[0][-2] == tops[1][-2]


def _one_side(book: Book, coarse: Column, fine: Column) -> bool:
    stem = _LEVEL_WORDS.sub("", fine.header)
    if stem == _LEVEL_WORDS.sub("", coarse.header):
        return True
    if relation_word(fine.header) or _THEIRS.search(fine.header):
        return False
    return not book.context.names.region_of(fine.header)


def _coarser(book: Book, body: Body, i: int, beside: int, spanned: bool) -> bool:
    """Whether the places of one column are of a higher level than those beside; under one header the others may
    be any bodies."""
    levels = _levels_of(book)
    pairs = 0
    for entry in body.entries[:_SAMPLE]:
        a, b = entry.values[i], entry.values[beside]
        if a.has is not Has.TEXT or b.has is not Has.TEXT or entry.lost:
            continue
        pairs += 1
        above, below = levels(a.text), levels(b.text)
        if not above or (not below and not spanned) or max(below, default=0) >= min(above):
            return False
    return pairs > 0


def _levels_of(book: Book) -> Callable[[str], tuple[int, ...]]:
    names, scope = book.context.names, book.context.scope

    @cache
    def levels(text: str) -> tuple[int, ...]:
        """The level of each place in a cell, empty where any name is none."""
        found = [_level(book, piece.text) for piece in names.split(text, scope).pieces]
        return tuple(found) if all(found) else ()

    return levels


def _level(book: Book, name: str) -> int:
    kind = book.context.names.resolve(name, book.context.scope).entity.kind
    if kind in _KINDS:
        return _KINDS[kind]
    own = said(normalise(name))
    if own is None or own.kind not in {*_KINDS, "other", "zone_committee"}:
        return 0
    return next((level for level, end in _SUFFIXES if end.search(normalise(name))), 0)
