"""The printed relation word, the period and the due date of a row."""

from __future__ import annotations

import calendar
import re
from functools import lru_cache

from graph.ids import normalise
from graph.vocabulary import DIRECTED_TERMS, Direction

_PART = "对口|结对|挂钩|定点|帮扶|支援|援建|援助|扶贫|协作|合作|联系|共建"
_STRONG = re.compile(rf"(?:对口|结对|挂钩|定点)(?:{_PART})*|(?:帮扶|支援|援建|援助|扶贫)(?:{_PART})*")
_WEAK = re.compile(r"合作共建|共建|协作|合作|联系|对接")
_PASSIVE = re.compile(r"受援|[被受](?:对口)?(?:帮扶|支援|援建|援助|扶)")
_YEARS = re.compile(
    r"(?P<a>(?:19|20)\d{2})年?(?:(?P<am>\d{1,2})月)?(?:(?P<ad>\d{1,2})日)?(?:至|到|[-—–~～])+"
    r"(?P<b>(?:19|20)\d{2})年?(?:(?P<bm>\d{1,2})月)?(?:(?P<bd>\d{1,2})日)?"
)
_DUE = re.compile(
    r"^(?:于|在|力争)?(?:(?P<y>20\d{2})[年./-])?(?:(?P<m>\d{1,2})(?:月份?|[./-](?=\d)|$))?(?:(?P<d>\d{1,2})[日号]?)?(?P<end>底|末)?(?:之?前|以前|完成|前完成|底前完成)*$"
)
_HALF = re.compile(
    r"^(?:(?P<y>20\d{2})年)?(?P<part>上半年|下半年|年底|年末|第?[一二三四1-4]季度)(?:末|底)?(?:之?前|以前|完成|前完成)*$"
)
_HALVES = {"上半年": 6, "下半年": 12, "年底": 12, "年末": 12}


def relation_word(*texts: str) -> str:
    """The relation word in the first text that prints one (cell, header, title in this order), or an empty text.

    A word that says the kind of relation (对口支援, 挂钩) goes before one that every such table prints (合作园区).
    """
    for pattern in (_STRONG, _WEAK):
        for text in texts:
            found = pattern.findall(_PASSIVE.sub("", normalise(text)))
            if found:
                return max(found, key=len)
    return ""


@lru_cache(maxsize=4096)
def direction_of(term: str) -> Direction:
    """支援 and 帮扶 run one way; 结对, 对口联系 and 对口合作 are mutual."""
    return Direction.A_TO_B if any(word in term for word in DIRECTED_TERMS) else Direction.MUTUAL


@lru_cache(maxsize=4096)
def period_of(text: str) -> tuple[str, str]:
    """(from, to) of a printed span of time (2021—2025年), ISO of year, month or day; empty where none is told."""
    match = _YEARS.search(normalise(text))
    if match is None or match["b"] < match["a"]:
        return "", ""
    return _iso(match["a"], match["am"], match["ad"]), _iso(match["b"], match["bm"], match["bd"])


def _iso(year: str, month: str | None, day: str | None) -> str:
    if month is None or not 1 <= int(month) <= 12:
        return year
    return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day and 1 <= int(day) <= 31 else "")


@lru_cache(maxsize=4096)
def due_date(text: str, year: str) -> str:
    """The last day by which a printed due date falls, ISO, or empty where it cannot be told (长期坚持).

    `year` is the year of the plan, for dates without one. Month and year without 底 keep their own precision.
    """
    clean = normalise(text)
    if match := _HALF.match(clean):
        return _end_of_part(match["y"] or year, match["part"])
    match = _DUE.match(clean)
    if match is None or not (match["y"] or match["m"]):
        return ""
    at = match["y"] or year
    if not at or (match["d"] and not match["m"]):
        return ""
    if not match["m"]:
        return f"{at}-12-31" if match["end"] else at
    month = int(match["m"])
    if not 1 <= month <= 12:
        return ""
    last = calendar.monthrange(int(at), month)[1]
    if match["d"]:
        return f"{at}-{month:02d}-{int(match['d']):02d}" if 1 <= int(match["d"]) <= last else ""
    return f"{at}-{month:02d}-{last:02d}" if match["end"] else f"{at}-{month:02d}"


def _end_of_part(year: str, part: str) -> str:
    if not year:
        return ""
    quarter = re.search(r"[一二三四1-4](?=季度)", part)
    month = _HALVES.get(part) or 3 * (("一二三四".find(quarter[0]) + 1 or int(quarter[0])) if quarter else 4)
    return f"{year}-{month:02d}-{calendar.monthrange(int(year), month)[1]:02d}"
