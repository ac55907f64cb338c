"""Dates as documents print them."""

from __future__ import annotations

import re

from graph.ids import normalise

_DIGITS = dict(zip("〇零○一二三四五六七八九", [0, 0, 0, *range(1, 10)], strict=True))
_DATE = re.compile(
    r"^(?P<year>\d{4}|[〇零○一二三四五六七八九]{4})\s*年"
    r"(?:(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?:(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日)?)?(?:印发)?$"
    r"|^(?P<y>\d{4})[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?$"
)


def iso_date(text: str) -> str:
    """`2019-03-19`, `2019-03` or `2019` of a text that is a date and nothing else (2019年3月19日,
    二〇一九年三月十九日, 2019-3-19), else an empty text."""
    match = _DATE.match(normalise(text))
    if match is None:
        return ""
    parts = [match["year"] or match["y"], match["month"] or match["m"], match["day"] or match["d"]]
    year, month, day = (_number(part) if part else 0 for part in parts)
    if month > 12 or day > 31 or (parts[1] and not month):
        return ""
    return f"{year:04d}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")


def _number(text: str) -> int:
    if text.isascii():
        return int(text)
    if "十" not in text:
        return int("".join(str(_DIGITS[c]) for c in text))
    tens, _, ones = text.partition("十")
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
