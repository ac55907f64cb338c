"""Collective words of official documents: 各区县(市)政府, 有关区县(市)政府, 各有关单位, 区直各部门."""

from __future__ import annotations

import re
from functools import lru_cache

from graph.ids import normalise

_AREA = r"(?:县级市|区|县|市|旗)"
_AREAS = re.compile(
    rf"(?P<which>各(?:有关|相关)?|有关|相关|全市各|市内各|所有)(?P<areas>{_AREA}(?:[、,]?\(?{_AREA}(?:[、,]{_AREA})*\)?|[、,]{_AREA})*)"
    r"(?P<body>党委(?:和)?|党委、)?(?P<government>人民政府|政府)?"
)
_ZONES = re.compile(
    r"(?:各)?(?:有关|相关)?(?:开发园区|开发区|功能区|功能园区|产业园区|园区|管理区)(?:\(?管委会\)?|管理委员会)?"
)
_BODIES = (
    r"单位|部门|委办局|委、办、局|街道|乡镇|镇\(?街道\)?|镇乡|镇|民主党派|企业|园区|高校|院校|科研院所|医院|银行|协会|专班|牵头单位|责任单位|成员单位|"
    r"处室|科室|党组|地|方面|直属机构|直属单位|金融机构|国有企业|人民团体|社会团体|民主党派.{2,8}委|人民政府|政府|管委会|办事处|局|委|办"
)
_GENERAL = re.compile(
    rf"^(?:(?:全)?[省市区县州]|[省市区县州](?:直|级|属)|.{{1,8}}[省市区县])?(?:直|级|属)?(?:.{{0,10}}?)"
    rf"(?:各|有关|相关)(?:有关|相关|项目|配合|直属)?.{{0,8}}?(?:{_BODIES})(?:\(.*\))?$"
)
_FIXED = re.compile(r"^(?:[省市区县]级|[省市区县]直|[省市]属)(?:相关|有关)?(?:部门|单位|机关|企业)$")
_SUFFIX = re.compile(
    r"^(?P<named>.+?)等(?P<which>相关|有关|各)?(?P<body>(?:县级市|区|县|市)(?:人民政府|政府)?)$"
)


@lru_cache(maxsize=20_000)
def area_key(text: str) -> str | None:
    """One key for all ways to write a collective of districts: 各区、县(市)人民政府 → `各:区县市`, or None.

    各 speaks of all; 有关 and 相关 of some, so they are kept apart.
    """
    match = _AREAS.fullmatch(normalise(text))
    if match is None:
        return None
    areas = [a for a in re.findall(_AREA, match["areas"]) if a]
    some = "有关" if re.search("有关|相关", match["which"]) else "各"
    order = {"区": 0, "县": 1, "旗": 1, "县级市": 2, "市": 2}
    names = {0: "区", 1: "县", 2: "市"}
    if (
        not match["government"]
        and len(set(areas)) == 1
        and "政府" not in text
        and areas[0] == "市"
        and some == "有关"
    ):
        return None
    return f"{some}:{''.join(names[n] for n in sorted({order[a] for a in areas}))}"


def area_kinds(key: str) -> frozenset[str]:
    """Kinds of place of which a key of all areas speaks; empty when it speaks of some only."""
    if not key.startswith("各:"):
        return frozenset()
    words = key.removeprefix("各:")
    kinds = {"district"} if "区" in words else set[str]()
    return frozenset(kinds | ({"county"} if "县" in words or "市" in words else set()))


@lru_cache(maxsize=20_000)
def is_collective(text: str) -> bool:
    """Whether these words name several bodies without naming each."""
    clean = normalise(text)
    if area_key(clean) is not None or _FIXED.match(clean):
        return True
    if "等" in clean:
        return False
    return bool(re.search("各|有关|相关", clean)) and bool(_GENERAL.match(clean))


def home_side(title: str) -> str:
    """What stands before 与, 同 or 对口 in a title: the side whose plan it is."""
    return re.split(r"与|同|对口|挂钩|联系|结对", normalise(title), maxsplit=1)[0]


def in_title(side: str) -> list[str]:
    """The collective words in the home side of a title, in order: 各区县(市), 开发园区."""
    found: list[tuple[int, str]] = []
    taken: set[int] = set()
    for pattern in (_AREAS, _ZONES):
        for match in pattern.finditer(side):
            span = set(range(match.start(), match.end()))
            if match.group() and not span & taken:
                taken |= span
                found.append((match.start(), match.group()))
    return [text for _, text in sorted(found)]


def named_with_rest(text: str) -> tuple[str, str] | None:
    """浦东新区等相关区政府 → (浦东新区, 相关区政府): a named member and the collective it stands for."""
    match = _SUFFIX.match(normalise(text))
    if match is None or match["named"].endswith(":"):
        return None
    printed = (text[:at] for at, char in enumerate(text) if char == "等")
    named = next((one for one in printed if normalise(one) == match["named"]), match["named"])
    return named.strip(), f"{match['which'] or '相关'}{match['body']}"
