"""Names in a cell: where one ends and the next begins, what is a mark and what is a remark."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.naming.collectives import is_collective, named_with_rest
from ingest.naming.contract import Piece, Split
from ingest.naming.person_names import is_person
from ingest.naming.placelabels import with_places
from ingest.naming.separators import (
    BRACKETS,
    ORDINAL,
    REPEATS,
    ROLE_BEFORE,
    STATED_NONE,
    Knows,
    plain,
    separate,
)
from ingest.naming.words import said

_ROLE_AFTER = re.compile(
    r"\s*[(（](?P<role>牵头|配合|主办|协办|参与)(?:单位|部门)?[)）]\s*$|(?<=..)(?P<bare>牵头|配合)(?:负责|落实)?\s*$"
)
_BY_DUTY = re.compile(
    r"(?<=..)(?:等(?:有关|相关)?(?:单位|部门)?)?(?:按|依)照?(?:各自)?职责(?:分工)?(?:分别|抓好)?(?:负责|落实|推进)$"
)
_STARS = re.compile(r"[(（]?[*＊★☆※▲△●]+[)）]?")
"""Signs that mark a name (*为牵头单位) and belong to none."""
_ROLES = {"主办": "牵头", "协办": "配合", "参与": "配合", "协同": "配合", "责任": ""}
_OPEN = re.compile(
    r"(?<=..)等(?:有?(?:\d+|[一二两三四五六七八九十]+)[余多]?[个家所户](?:有关|相关)?[一-鿿]{0,4}"
    r"|(?:有关|相关)?(?:单位|部门|企业|地区|地|园区|高校|院所|机构)?)\s*[。.]?\s*$"
)
_NOTE = re.compile(r"^(?P<name>.+?)\s*[(（](?P<note>[^()（）]*)[)）]$")
_TWO_ZONES = re.compile(
    r"^(?P<name>[^()（）]{2,})[(（](?P<note>[^()（）]{3,})[)）](?P<body>管委会|管理委员会|党工委)$"
)
"""One zone under two names, and its committee: 宁波国家高新区（宁波新材料科技城）管委会."""
_WITHHELD = re.compile(r"〔已隐去:[^〕]*〕")
_JOINING = "及和与暨"
_AREA_LIST = re.compile(r"^(?:各|有关|相关|各有关|各相关)(?:县级市|区|县|市|旗)$")
_AREA_REST = re.compile(r"^(?:县级市|区|县|市|旗)(?:[(（].{1,8}[)）])?(?:人民政府|政府)?$")
_OFFICES = re.compile(r"[各直级].{0,4}(?:委|部|办|局)$")
_BARE_BODY = re.compile(r"^(?:[区县市])?(?:人民政府|政府|管委会|党委|办事处)$")
_OF_NAME = frozenset(
    {"集团", "控股", "市", "县", "区", "县、区", "市、区", "县、市", "筹", "园区", "本级", "含"}
)
_ENDS = re.compile(r"[^市区县]{2,12}?(?:局|委员会|发改委|办公室|管委会)(?=市|区|县|宁波|上海)")
_LONGEST_RUN, _LONGEST_NAME = 120, 24


def split_names(text: str, knows: Knows) -> Split:
    """The names in a cell, in order, each as printed.

    Splits at 、，,；;/ and line breaks outside brackets; at 及, 和 and 与 only where both sides stay names;
    a run without separators only where `knows` knows every part.
    """
    text = _WITHHELD.sub(" ", text)
    if not text.strip():
        return Split(())
    if STATED_NONE.match(text):
        return Split((), stated_none=True)
    if REPEATS.match(text):
        return Split((), repeats=True)
    pieces: list[Piece] = []
    open_list = glued = False
    role = ""
    for part in _whole_collectives(separate(with_places(text), knows)):
        role, part = _without_mark(part, role)
        part = _BY_DUTY.sub("", _STARS.sub(" ", part).strip())
        if not part or STATED_NONE.match(part):
            continue
        part, ends_open = _without_open(part, knows)
        open_list |= ends_open
        part, own, spreads = _without_role(part, knows)
        part, ends_open = _without_open(part, knows) if own else (part, False)
        open_list |= ends_open
        found, is_glued = _pieces(part, own or role, knows)
        if spreads:
            pieces = _spread(pieces, own)
        pieces += found
        glued |= is_glued
    return Split(tuple(pieces), open_list=open_list, glued=glued)


def _without_mark(part: str, role: str) -> tuple[str, str]:
    """The role that counts from here on, and the part without 牵头单位： and ordinals at its front."""
    for _ in range(2):
        part = ORDINAL.sub("", part).strip()
        marked = ROLE_BEFORE.match(part)
        if marked is not None:
            word = marked["role"] or marked["bracketed"]
            role = _ROLES.get(word, word)
            part = part[marked.end() :]
    return role, part.strip()


def _without_role(part: str, knows: Knows) -> tuple[str, str, bool]:
    """The part without （牵头） or 牵头 at its end, that role, and whether it speaks for the names before too
    (市发改委、市科技局配合)."""
    match = _ROLE_AFTER.search(part)
    if match is None or knows(part):
        return part, "", False
    word = match["role"] or match["bare"]
    return part[: match.start()].strip(), _ROLES.get(word, word), match["bare"] is not None


def _spread(pieces: list[Piece], role: str) -> list[Piece]:
    """Give a closing role to the names before it that have none, back to the last one that has."""
    spread = list(pieces)
    for at in range(len(spread) - 1, -1, -1):
        if spread[at].role:
            break
        spread[at] = replace(spread[at], role=role)
    return spread


def _whole_collectives(parts: list[str]) -> list[str]:
    """各区、县级市, 各区县(市)党委、政府 and 市级各委、办、局 are each one collective."""
    whole: list[str] = []
    for part in parts:
        before = plain(whole[-1]) if whole else ""
        areas = _AREA_LIST.match(before) and _AREA_REST.match(plain(part))
        offices = _OFFICES.search(before) and part in {"委", "办", "局", "厅", "室"}
        bodies = re.match("各|有关|相关", before) and _BARE_BODY.match(plain(part))
        if whole and (areas or offices or bodies):
            whole[-1] = f"{whole[-1]}、{part}"
        else:
            whole.append(part)
    return whole


def _without_open(part: str, knows: Knows) -> tuple[str, bool]:
    """Without a trailing 等, and whether there was one; 高等 and 平等 are words."""
    match = _OPEN.search(part)
    if match is None or named_with_rest(part) is not None or knows(part):
        return part, False
    if part[match.start() - 1] in "平高中初对同优" and part[match.start() :].strip("。. ") != "等":
        return part, False
    return part[: match.start()].strip(), True


def _pieces(part: str, role: str, knows: Knows) -> tuple[list[Piece], bool]:
    """The pieces of one part between separators, and whether it is a run that could not be split."""
    part = part.strip(" 　。.:：")
    if not part:
        return [], False
    named = named_with_rest(part)
    if named is not None and not knows(part):
        return [Piece(text, role) for text in named], False
    if knows(part) or is_collective(part):
        return [Piece(part, role)], False
    joined = _joined(part, knows)
    if joined is not None:
        return [piece for text in joined for piece in _pieces(text, role, knows)[0]], False
    noted = _noted(part)
    if noted is not None:
        return [Piece(noted[0], role, noted[1])], False
    run = unglue(part, knows)
    if run is not None:
        return [Piece(text, role) for text in run], False
    return [Piece(part, role)], _looks_glued(part)


def _noted(part: str) -> tuple[str, str] | None:
    """A name and the remark after it: 市经信局(张三), 市经信局 张三; brackets that belong to a name stay."""
    words = part.split()
    if len(words) == 2 and is_person(words[1]) and said(plain(words[0])) is not None:
        return words[0], words[1]
    committee = _TWO_ZONES.match(part)
    if committee is not None and said(plain(committee["note"])) is not None:
        return committee["name"] + committee["body"], committee["note"] + committee["body"]
    match = _NOTE.match(part)
    if match is None or not match["note"].strip() or plain(match["note"]) in _OF_NAME:
        return None
    name = match["name"].strip()
    if re.search("区县$|县$", name[-3:]) and name[0] in "各有相":
        return None
    return (name, match["note"].strip()) if said(plain(name)) is not None else None


def _joined(part: str, knows: Knows) -> list[str] | None:
    """Both sides of 及, 和 or 与 where each stays a name; None inside 经济和信息化局."""
    depth = 0
    for at, char in enumerate(part):
        depth += (char in BRACKETS) - (char in BRACKETS.values())
        if char not in _JOINING or depth > 0:
            continue
        left, right = part[:at].rstrip("以").strip(), part[at + 1 :].strip()
        if _is_name(left, knows) and _is_name(right, knows):
            return [left, right]
    return None


def _is_name(text: str, knows: Knows) -> bool:
    clean = plain(text)
    if len(clean) < 2:
        return False
    if knows(text) or is_collective(text):
        return True
    return said(clean) is not None and (len(clean) > 2 or clean[0] in "省市区县")


def unglue(part: str, knows: Knows) -> list[str] | None:
    """The names of a run without separators, when each is known and one way uses the fewest of them."""
    if knows(part):
        return None
    words = part.split()
    if len(words) > 1 and all(_is_name(word, knows) for word in words):
        return words
    text = plain(part)
    if not 4 <= len(text) <= _LONGEST_RUN:
        return None
    best: list[tuple[int, int, int]] = [(0, 1, 0)] + [(0, 0, 0)] * len(text)
    for end in range(2, len(text) + 1):
        for start in range(max(0, end - _LONGEST_NAME), end - 1):
            count, ways, _ = best[start]
            if not ways or not knows(text[start:end]):
                continue
            if not best[end][1] or count + 1 < best[end][0]:
                best[end] = (count + 1, ways, start)
            elif count + 1 == best[end][0]:
                best[end] = (count + 1, best[end][1] + ways, best[end][2])
    if best[-1][1] != 1 or best[-1][0] < 2:
        return None
    found: list[str] = []
    end = len(text)
    while end:
        start = best[end][2]
        found.append(text[start:end])
        end = start
    return found[::-1]


def _looks_glued(part: str) -> bool:
    """A run such as 市财政局市教育局: one body's ending word, then another body's beginning."""
    return bool(_ENDS.search(plain(part))) and said(plain(part)) is not None
