"""Sides of a counterpart table that a header names by a region: 宁波市, 上海对接单位, 甬方 and 沪方."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.ids import normalise
from ingest.naming.contract import Names, Scope
from ingest.naming.gazetteer import PLACE_KINDS
from ingest.profiling import NO_SIDE

_SIDE_TAIL = re.compile(r"(?:方面|一方|方|单位|地区|部门|机构|名称)+$")
_PARTY = re.compile(r"^(?P<city>[一-鿿])方(?:.{0,6}(?:单位|部门|地区|机构|企业|园区|对象|城市))?(?:名称)?$")
_LEVELS = re.compile("(?:所在|所属|设区|地级|县级|[本各城地省州区县市盟旗])+")
"""Words that only say what kind of place stands below: 城市, 所在县."""
_OURS = re.compile("^[我本](?:省|市|区|县|方)")
_BODIES = re.compile(r"(?:单位|部门|机构|园区|企业|地区|方)(?:名称)?$")
SERVES = re.compile(
    r"^(?:牵头|责任|对口|市级|市直|县级|县直|区级|区直)*(?:联系|联络|服务|对接|配合|责任|牵头|包联|帮扶|协调|保障)(?:服务|责任|协调|牵头)*"
    r"(?:部门|处室|科室|专班)(?:名称)?$"
    r"|^(?:市级|市直|县级|县直|区级|区直)?(?:联络|服务|配合|责任|牵头|协调|保障|承办|主办)(?:服务|责任|协调|牵头)*(?:单位|部门)(?:名称)?$"
)
"""Headers over units that help with a relation and are no end of it: 联系部门, 服务单位."""
_NO_CITY = frozenset(
    "我本对双各多他它该此乙甲丙丁彼己官资校院医企政军警东西南北前后上下左右受供需主客地外内大中小省市区县两三四"
)


def named_sides(headers: Iterable[str], title: str, names: Names, scope: Scope) -> frozenset[str]:
    """Those of the headers (normalised) that are nothing but the name of a side: a region's, or a city's
    one-character short form with 方 (甬方, 丽方), where gazetteers or title know one such city of the row."""
    headers = frozenset(h for h in headers if not NO_SIDE.match(h))
    parties = {header: city for header in headers if (city := _city(header))}
    told = normalise(title) + scope.region
    if not any(city in told or _known(city, names, scope) for city in parties.values()):
        parties = {}
    return frozenset(h for h in headers if h in parties or _is_region(h, names, scope))


def _is_region(header: str, names: Names, scope: Scope) -> bool:
    stem = _SIDE_TAIL.sub("", header)
    return (
        2 <= len(stem) <= 8
        and not _LEVELS.fullmatch(stem)
        and names.resolve(stem, scope).entity.kind in PLACE_KINDS
    )


def side_region(header: str, title: str, names: Names, scope: Scope) -> str | None:
    """The region whose side a header speaks of: its name; empty where the header tells that it is another than any
    known (丽方, where nothing spells 丽 out); None where it tells nothing."""
    if region := names.region_of(header):
        return region
    city = _city(normalise(header))
    if not city:
        return None
    if region := _known(city, names, scope):
        return region
    text = normalise(title)
    spelled = {names.region_of(text[at:]) for at, char in enumerate(text) if char == city}
    spelled = {region for region in spelled if region.startswith(city)}
    if len(spelled) == 1:
        return spelled.pop()
    return scope.region if scope.region.startswith(city) else ""


def oppose(headers: Iterable[str], title: str, names: Names, scope: Scope) -> bool:
    """Whether headers speak of bodies of ours and of another region (我市牵头单位, 上海对接单位): two sides."""
    regions = {
        scope.region if _OURS.match(h) else side_region(h, title, names, scope)
        for h in headers
        if _BODIES.search(h)
    }
    return bool(scope.region) and scope.region in regions and len(regions - {None}) > 1


def _city(header: str) -> str:
    match = _PARTY.match(header)
    return match["city"] if match and match["city"] not in _NO_CITY else ""


def _known(city: str, names: Names, scope: Scope) -> str:
    found = names.resolve(city, scope)
    return found.entity.name if found.known and found.entity.kind in PLACE_KINDS else ""
