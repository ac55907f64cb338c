"""How wide the columns of a table are: as their texts ask for it, whatever the language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import sqrt

from viz.layout.text import clean, text_width

SAMPLE = 500
"""Rows that are measured."""
NAME, MOST = 5, 100
"""Chinese characters of a short name, which no column breaks; and for which a column asks at most."""
USUAL = 0.9
"""The share of a column's texts that stand in one line where there is room."""
_WORD = re.compile(r"[\x21-\x7e\u00c0-\u024f]+")
"""What stands together: a word in Latin letters, a number."""
LONGEST_WORD = 14
"""Latin characters of a word that is kept whole: longer ones are addresses and commands."""


def fitted(
    head: Sequence[str], rows: Sequence[Sequence[str]], room: float, *, size: float, padding: float
) -> list[float]:
    """Points of each column, `room` together: first each title, name and word in one line, the rest as the texts ask.

    `size` is the text's in points, `padding` what stands beside it in a cell.
    """
    least: list[float] = []
    asked: list[float] = []
    for number, title in enumerate(head):
        texts = [clean(row[number][:400]) for row in rows[:SAMPLE] if len(row) > number and row[number]]
        widths = sorted(text_width(text, size) for text in texts)
        usual = widths[round((len(widths) - 1) * USUAL)] if widths else 0.0
        words = max((_longest_word(text, size) for text in texts), default=0.0)
        # A title is set in bold.
        least.append(max(text_width(title, size) * 1.08, min(usual, NAME * size), words) + padding)
        asked.append(max(least[-1], min(usual, MOST * size) + padding))
    if sum(asked) <= room:
        return [room * one / sum(asked) for one in asked]
    if sum(least) >= room:
        return [room * one / sum(least) for one in least]
    return _shared(least, asked, room)


def _shared(least: Sequence[float], asked: Sequence[float], room: float) -> list[float]:
    """Columns that ask for no more than an even share get it; the others share what is left, longer ones more of it,
    though not in proportion: five times the text is some lines more, not five times the column."""
    given = dict.fromkeys(range(len(asked)), 0.0)
    open_columns, left = set(given), room
    while open_columns:
        weights = {i: sqrt(asked[i]) for i in open_columns}
        even, total = left / len(open_columns), sum(weights.values())
        settled = {i: asked[i] for i in open_columns if asked[i] <= even}
        if not settled:
            settled = {i: least[i] for i in open_columns if left * weights[i] / total <= least[i]}
        if not settled:
            settled = {i: left * weights[i] / total for i in open_columns}
        given.update(settled)
        open_columns -= set(settled)
        left -= sum(settled.values())
    scale = room / sum(given.values())
    return [given[i] * scale for i in range(len(asked))]


def _longest_word(text: str, size: float) -> float:
    words = (word for word in _WORD.findall(text) if len(word) <= LONGEST_WORD)
    return max((text_width(word, size) for word in words), default=0.0)
