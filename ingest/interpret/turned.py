"""Tables that lie on their side: their headers stand in the first column, their names run to the right."""

from __future__ import annotations

import re

from graph.ids import normalise
from ingest.interpret.header_words import words_of
from ingest.interpret.layout import SIDE_ROLES, Layout
from ingest.interpret.sheet import Sheet
from ingest.naming.words import said
from ingest.profiling import NO_SIDE, Profile

_SPEAKS = re.compile("对口|结对|合作|协作|帮扶|支援|受援|联系|挂钩|共建|单位|部门|领导|对象|[我本方]")
_LOOKED_AT = 4
"""Rows of a first column that are looked at."""


def is_turned(sheet: Sheet, layout: Layout) -> bool:
    """Whether the headers stand in the first column instead (支援方 above 受援方, with the names to the right)."""
    words = words_of(layout.profile.columns)
    texts = [normalise(sheet.cell(row, 1).text) for row in range(layout.first, sheet.rows + 1)]
    rules = [words.plain.get(text) for text in texts]
    if len(rules) > 1 and all(
        rule is not None and rule.role not in SIDE_ROLES for rule in rules[:_LOOKED_AT]
    ):
        return True
    return _is_line_of_names(sheet, layout) and all(map(_heads, texts[:_LOOKED_AT])) and len(texts) > 1


def heads_rows(sheet: Sheet, profile: Profile) -> bool:
    """Whether the first column is header words alone, two of them of what the table relates: it lies on its side."""
    words = words_of(profile.columns)
    texts = [normalise(sheet.cell(row, 1).text) for row in range(1, sheet.rows + 1)]
    matched = [words.match((text,)) for text in texts]
    # a name ends as many headers do: 海曙区
    found = [
        one if one and (one[1] >= 1.0 or _SPEAKS.search(text)) else None
        for one, text in zip(matched, texts, strict=True)
    ]
    related = {one[0].role for one in found if one} - SIDE_ROLES
    plainly = any(one and one[1] >= 1.0 and one[0].role in related for one in found)
    return plainly and all(found) and len(related) > 1


def _heads(text: str) -> bool:
    """Whether a text says what stands beside it (共建单位, 共建内容) and names nothing."""
    return bool(text) and len(text) <= 12 and bool(_SPEAKS.search(text) or NO_SIDE.match(text))


def _is_line_of_names(sheet: Sheet, layout: Layout) -> bool:
    """Whether the cells beside the first of what would be the header are names of bodies: 县委办, 县供电公司."""
    texts = [normalise(cell.text) for cell in sheet.distinct(layout.first)[1:] if cell.text.strip()]
    plain = words_of(layout.profile.columns).plain
    return bool(texts) and all(
        text not in plain and said(text) is not None and not _SPEAKS.search(text) for text in texts
    )
