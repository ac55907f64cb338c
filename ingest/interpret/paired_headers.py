"""Sides of a pair that no header word names by itself: what a header spans, and what stands beside, tells them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.interpret.headers import says_couples
from ingest.interpret.layout import PEOPLE, Column
from ingest.profiling import NO_SIDE, ColumnRule, Profile

_RELATED = re.compile(r".{0,6}(?:对口|结对|合作|协作|挂钩|联系|帮扶|支援|受援|受助|共建|对接)")
_NAMED = re.compile(r"(?:[一-鿿]{1,4})?(?:名称|全称)|单位|党组织|支部")
"""What names the body below a header that spans a side: 机关党组织: 名称, 书记."""
_HELPS = re.compile(
    r"(?:市级|市直|县级|县直|区级|区直|省级)?(?:牵头|责任|主管|承办|主办|协调|服务|联络|保障|配合|落实)+(?:单位|部门|处室)(?:名称)?"
)
"""Over units that see to a relation; beside a home column they are no end of it."""
_KINDS = {
    "银": re.compile("银行|金融机构|信用社|保险|担保"),
    "校": re.compile("高校|院校|大学|学院|学校"),
    "院": re.compile("院所|科研|研究院|医院"),
    "村": re.compile("村(?!镇银行)|社区"),
    "企": re.compile("企业|公司|集团"),
}
_TITLED = re.compile("([银校院村])(企)|(企)[联兴帮带结对扶进连]{0,2}[百千万]?([银校院村])")
"""Titles that say which two kinds are paired: 银企对接, 村企结对; a column of counties then says where they lie."""


def with_sides(
    columns: list[Column],
    headers: Sequence[tuple[str, ...]],
    profile: Profile,
    title: str,
    regions: frozenset[str],
) -> None:
    """Give the roles of home and partner that the header as a whole tells, in a table of pairs; in place.
    `regions`: headers that are nothing but the name of a side's region."""
    home = next((rule for rule in profile.columns if rule.role == "home"), None)
    partner = next((r for r in profile.columns if r.role == "counterpart" and r.kind is None), None)
    if profile.reading != "pairs" or home is None or partner is None:
        return
    sides = _titled(columns, title) or _coupled(headers) or _spanned(headers)
    if sides is not None and not _told(columns, sides):
        for i, rule in zip(sides, (home, partner), strict=True):
            kind = columns[i].rule is not None and columns[i].role == rule.role
            columns[i] = columns[i] if kind else replace(columns[i], rule=rule, weight=0.5)
        for i, column in enumerate(columns):
            if i not in sides and column.role == "home":
                columns[i] = replace(column, rule=None, weight=0.0)
    named = [parts[-1] in regions for parts in headers].count(True) > 1
    if named or any(c.role == "home" and not _HELPS.fullmatch(c.header) for c in columns):
        columns[:] = [
            replace(c, rule=None, weight=0.0) if c.role == "home" and _HELPS.fullmatch(c.header) else c
            for c in columns
        ]


def _told(columns: Sequence[Column], sides: tuple[int, int]) -> bool:
    """Whether header words name the sides by themselves (支援方, 受援方; 单位 beside 对口情况: 对口单位, 备注)."""
    roles = [columns[i].role for i in sides]
    return set(roles) == {"home", "counterpart"} or not set(roles) <= {"home", "counterpart", ""}


def _coupled(headers: Sequence[tuple[str, ...]]) -> tuple[int, int] | None:
    """The two columns below one header that speaks of both sides: 结对城市: 江海省, 北原省."""
    tops = [parts[0] if len(parts) > 1 else "" for parts in headers]
    for top in dict.fromkeys(filter(says_couples, tops)):
        below = [i for i, one in enumerate(tops) if one == top]
        if len(below) == 2 and all(_may_name(headers[i][-1]) for i in below):
            return below[0], below[1]
    return None


def _spanned(headers: Sequence[tuple[str, ...]]) -> tuple[int, int] | None:
    """The column of names below each of the only two headers that span several (机关党组织: 名称, 书记)."""
    tops = [parts[0] for parts in headers if len(parts) > 1]
    spans = list(dict.fromkeys(tops))
    if len(spans) != 2 or any(tops.count(top) < 2 for top in spans):
        return None
    named = [
        [i for i, parts in enumerate(headers) if parts[0] == top and _NAMED.fullmatch(parts[-1])]
        for top in spans
    ]
    return (named[0][0], named[1][0]) if all(len(one) == 1 for one in named) else None


def _titled(columns: Sequence[Column], title: str) -> tuple[int, int] | None:
    """The columns of the two kinds that a title pairs (银企对接: 银行名称, 对接企业); enterprises are the partners."""
    match = _TITLED.search(title)
    if match is None:
        return None
    kinds = sorted((one for one in match.groups() if one), key="企".__eq__)
    found = [
        [i for i, c in enumerate(columns) if _KINDS[kind].search(c.header) and _may_name(c.header)]
        for kind in kinds
    ]
    return (
        (found[0][0], found[1][0]) if all(len(one) == 1 for one in found) and found[0] != found[1] else None
    )


def _may_name(header: str) -> bool:
    return bool(header) and not NO_SIDE.match(header) and not PEOPLE.search(header)


def name_twin(columns: list[Column], place: range, profile: Profile) -> None:
    """Give the home role to the one column without a role whose header ends as the partners' does: 三甲医院 beside
    受援医院, 学校 beside 结对学校."""
    panel = [columns[i] for i in place]
    home: ColumnRule | None = next((rule for rule in profile.columns if rule.role == "home"), None)
    if profile.reading != "pairs" or home is None or any(c.role == "home" for c in panel):
        return
    ends = {c.header[-2:] for c in panel if c.role == "counterpart" and _RELATED.match(c.header)}
    twins = {c.header for c in panel if c.rule is None and len(c.header) > 1 and c.header[-2:] in ends}
    twins = {header for header in twins if not NO_SIDE.match(header)}
    if len(twins) == 1:
        columns[:] = [replace(c, rule=home, weight=0.5) if c.header in twins else c for c in columns]
