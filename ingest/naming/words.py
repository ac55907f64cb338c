"""What a name itself says about the kind of body it names: the words at its end, and the region at its front."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from graph.vocabulary import EntityType


class Kind(NamedTuple):
    type: EntityType
    kind: str = ""


_PARTIES = (
    "民革|民盟|民建|民进|农工党|农工民主党|致公党|九三学社|台盟"
    "|中国民主同盟|中国民主建国会|中国民主促进会|中国国民党革命委员会"
)
ZONE = (
    "(?:工业区|加工区|物流区|科技城|生态城|科创基地|创新园|创意园|孵化园|创谷|智谷|开发区|高新区|经开区|开发园区|产业园区|园区|产业园|工业园|科技园|软件园|创业园|物流园|生态园|农业园|保税区|保税港区|综保区|自贸区"
    "|自由贸易试验区|示范区|试验区|先行区|合作区|度假区|商务区|港务区|港区|功能区|管理区|新片区|片区|新城|产业城|科学城"
    "|产业基地|航空基地|航天基地|创新基地|示范基地|集聚区|试验场)"
)
COMMITTEE = re.compile(rf"(?P<zone>.*(?:{ZONE}|区|园|港|基地|岛|城))(?:党工委)?(?:管委会|管理委员会|管理局)$")
"""A zone with its committee: 北仑港综合保税区管委会. 管理局 only counts after a word of `ZONE`."""

_RULES: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (rf"^(?:{_PARTIES})", Kind(EntityType.ORGANISATION, "democratic_party")),
        (r"供销(?:合作)?(?:联|总)?社$", Kind(EntityType.UNIT, "other")),
        (r"银行(?:股份)?有限(?:责任)?公司(?:.{1,10}[分支]行)?$", Kind(EntityType.ORGANISATION, "bank")),
        (
            r"公司$|集团$|\(集团\)$|控股$|股份$|有限合伙\)?$|合作社$|企业$|[^公]厂$",
            Kind(EntityType.ENTERPRISE),
        ),
        (
            r"法院$|检察院$|人大(?:常委会)?$|政协(?:办公室)?$|人民代表大会|政治协商会议",
            Kind(EntityType.UNIT, "other"),
        ),
        (r"^中国人民银行|人民银行", Kind(EntityType.UNIT, "bureau")),
        (r"银行|信用社$|信用联社$|农商行$|农信社$", Kind(EntityType.ORGANISATION, "bank")),
        (r"医院$|卫生院$|保健院$|医学中心$", Kind(EntityType.ORGANISATION, "hospital")),
        (
            r"党校$|中学$|小学$|幼儿园$|学校$|(?:职业|技师|技工|行政|社会主义).*学院$|附中$|[一二三四五六七八九十]中$",
            Kind(EntityType.ORGANISATION, "school"),
        ),
        (
            r"(?:研究|科学|设计|工程|规划|勘察|检测|农科|林科|社科|创新).{0,4}院(?:分院)?$|研究(?:总院|所|中心|分院|基地)$|大学(?:.*分校)?$"
            r"|学院$|实验室$|天文台$|设计所$|试验所$|[\d一二三四五六七八九〇○零十]+所$|技术所$|科学卓越创新中心$|卓越创新中心$|研究总院$|科研所$|中科院.*所$",
            Kind(EntityType.INSTITUTE),
        ),
        (
            r"工商联$|工商业联合会$|科协$|科学技术协会$|总工会$|妇联$|妇女联合会$|文联$|侨联$|残联$|社科联$|台联$|记协$|作协$|贸促会$|红十字会$"
            r"|计生协$|协会$|学会$|商会$|研究会$|联合会$|基金会$|促进会$|联盟$|^团[省市区县州]委$|共青团|志愿者.*会$",
            Kind(EntityType.ORGANISATION, "association"),
        ),
        (
            r"^(?:中共)?.{0,12}(?:省|市|区|县|州|旗|工)委(?:$|[^员]*(?:部|办|办公室|委|局|室|会|组|中心|党校)$)|组织部$|宣传部$|统战部$"
            r"|政法委$|纪委(?:监委)?$|编办$|台办$|党委$|党组$|党工委$|党支部$|党总支$|网信办$|直属机关工委$",
            Kind(EntityType.UNIT, "party_organ"),
        ),
        (rf"{ZONE}$", Kind(EntityType.PARK)),
        (r"新区$", Kind(EntityType.UNIT, "zone_committee")),
        (
            r"局$|委$|办$|厅$|署$|办公室$|委员会$|海关$|总队$|支队$|大队$|监察组$|指挥部$|总部$|处$|专员公署$|管理站$|公安处$"
            r"|[工农商]部$|武装部$|领导小组$|税务$",
            Kind(EntityType.UNIT, "bureau"),
        ),
        (r"街道(?:办事处)?$|[^村]镇$|乡$|社区$|村$|居委会$", Kind(EntityType.UNIT, "other")),
        (r"政府$", Kind(EntityType.UNIT, "other")),
        (r"省$|自治区$|特别行政区$", Kind(EntityType.UNIT, "province")),
        (r"自治州$|州$|盟$|地区$|[^县]市$", Kind(EntityType.UNIT, "city")),
        (r"县$|旗$|县级市$", Kind(EntityType.UNIT, "county")),
        (r"区$", Kind(EntityType.UNIT, "district")),
    )
)
_DIVISIONS = _RULES[-4:]
_GOVERNMENT = re.compile(r"^(?P<place>.{1,20}[省市区县州盟旗])(?:人民政府|市政府|区政府|县政府|政府)$")
_LOOSE = frozenset({EntityType.UNIT, EntityType.ORGANISATION})
"""Header kinds that also stand over other bodies (单位, 机构): there the name's own words decide."""


def is_committee(name: str) -> bool:
    """Whether it is the committee of a zone (高新区管委会)."""
    return seat(name) != name and not _GOVERNMENT.match(name)


@lru_cache(maxsize=20_000)
def seat(name: str) -> str:
    """The place or zone that acts under this name: 北仑区人民政府 → 北仑区, 高新区管委会 → 高新区; else the name."""
    government = _GOVERNMENT.match(name)
    if government is not None:
        return government["place"]
    committee = COMMITTEE.match(name)
    if committee is None or (name.endswith("管理局") and not re.search(rf"{ZONE}管理局$", name)):
        return name
    return committee["zone"]


@lru_cache(maxsize=20_000)
def said(name: str) -> Kind | None:
    """The kind that a normalised name's own words say, or None (申康医院发展中心)."""
    stem = seat(name)
    if _GOVERNMENT.match(name):
        return next((kind for pattern, kind in _DIVISIONS if pattern.search(stem)), None)
    if stem != name:
        return Kind(EntityType.UNIT, "zone_committee")
    return next((kind for pattern, kind in _RULES if pattern.search(stem)), None)


def kind_of(name: str, expected: EntityType | None) -> Kind:
    """Type and kind of a name that no gazetteer knows.

    The column header decides first (园区, 科研机构, 国有企业); under a header that only says 单位 or 机构, and
    without one, the name's own words do; else it is an Organisation of unknown kind.
    """
    own = said(name)
    if expected is None:
        return own or Kind(EntityType.ORGANISATION, "unknown")
    if own is not None and own.type is expected:
        return own
    if expected is EntityType.UNIT and own is not None and own.type is EntityType.PARK:
        return Kind(EntityType.UNIT, "zone_committee")
    if expected in _LOOSE and own is not None:
        return own
    return Kind(expected, {EntityType.UNIT: "other", EntityType.ORGANISATION: "unknown"}.get(expected, ""))


_SCOPED_BODY = re.compile(r"(?P<prefix>unit:)(?P<level>[省市区县州旗])(?P<body>.+)@(?P<region>.+(?P=level))")


def spelled_out(identifier: str) -> str | None:
    """The id that the full name has: unit:市教育局@宁波市 → unit:宁波市教育局; None where it cannot be told."""
    match = _SCOPED_BODY.fullmatch(identifier)
    return f"{match['prefix']}{match['region']}{match['body']}" if match else None


_FULL_COMPANY = re.compile(r"(?:有限公司|有限责任公司|股份公司)$")
_NATIONAL = re.compile(r"^(?:国家|国务院|中国|中共中央|中央|中华|全国)")


def is_national(name: str) -> bool:
    """Whether the name says that its body is the country's: it needs no region."""
    return bool(_NATIONAL.match(name))


def is_registered(name: str) -> bool:
    """Whether it is a company's full registered name."""
    return bool(_FULL_COMPANY.search(name))
