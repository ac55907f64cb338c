"""Matrices: what a sign in a cell means, by the table's own legend, and whom the header names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.ids import normalise
from graph.vocabulary import Relation
from ingest.interpret.matching import Column, Layout
from ingest.interpret.sheet import SIGNS, Sheet
from ingest.interpret.values import Has, Value

_WORDS = {
    "牵头": Relation.LEADS,
    "主办": Relation.LEADS,
    "主责": Relation.LEADS,
    "配合": Relation.SUPPORTS,
    "协办": Relation.SUPPORTS,
    "参与": Relation.SUPPORTS,
    "责任": Relation.RESPONSIBLE_FOR,
}
HOLLOW = frozenset("□○☆△◇")
"""Signs that leave a box of a matrix open, or of which nothing tells what they mean."""
_ANY = "|".join(_WORDS)
_SIGN = "".join(re.escape(s) for s in sorted(SIGNS))
_SIGN_FIRST = re.compile(rf"(?P<sign>[{_SIGN}])(?:为|表示|代表|是|指|[:：—-])*(?P<word>{_ANY})")
_WORD_FIRST = re.compile(rf"(?P<word>{_ANY})(?:单位|部门)?(?:以|用|标|为|打|注|[:：])+(?P<sign>[{_SIGN}])")


def header_value(sheet: Sheet, layout: Layout, column: Column) -> Value:
    """The body that a matrix names in its header."""
    cell = sheet.cell(layout.last, column.index)
    return Value(Has.TEXT, cell.text.strip(), cell.text, layout.last, column.index, layout.last)


def is_legend(text: str) -> bool:
    """Whether a text says what a sign means."""
    return bool(_SIGN_FIRST.search(normalise(text)) or _WORD_FIRST.search(normalise(text)))


def legend_of(texts: Iterable[str]) -> dict[str, Relation]:
    """What each sign means: 注：★为牵头单位，☆为配合单位; the words 牵头 and 配合 speak for themselves."""
    meanings = dict(_WORDS)
    for text in texts:
        for pattern in (_SIGN_FIRST, _WORD_FIRST):
            for match in pattern.finditer(normalise(text)):
                meanings.setdefault(match["sign"], _WORDS[match["word"]])
    return meanings
