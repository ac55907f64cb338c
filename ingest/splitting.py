"""Names in a cell: where one ends and the next begins, what is a mark and what is a post."""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.collectives import is_collective, named_with_rest
from ingest.naming import Piece, Split
from ingest.naming_words import said
from ingest.separators import BRACKETS, ORDINAL, REPEATS, ROLE_BEFORE, STATED_NONE, plain, separate

Knows = Callable[[str], bool]

_ROLE_AFTER = re.compile(
    r"\s*[(（](?P<role>牵头|配合|主办|协办|参与)(?:单位|部门)?[)）]\s*$|(?<=.)(?P<bare>牵头)(?:负责)?\s*$"
)
_ROLES = {"主办": "牵头", "协办": "配合", "参与": "配合", "协同": "配合", "责任": ""}
_OPEN = re.compile(
    r"(?<=.)等(?:有?(?:\d+|[一二两三四五六七八九十]+)[个家])?(?:(?:有关|相关)?(?:单位|部门|企业|地区|地|园区|高校|院所|机构))?\s*[。.]?\s*$"
)
_NOTE = re.compile(r"^(?P<name>.+?)\s*[(（](?P<note>[^()（）]*)[)）]$")
_JOINING = "及和与暨"
_AREA_LIST = re.compile(r"^(?:各|有关|相关|各有关|各相关)(?:县级市|区|县|市|旗)$")
_AREA_REST = re.compile(r"^(?:县级市|区|县|市|旗)(?:[(（].{1,8}[)）])?(?:人民政府|政府)?$")
_PART_OF_NAME = re.compile(r"^(?:委|办|局|厅)$")
_PAIRED_WORD = re.compile(r"^(?:委|办|局)(?:[、](?:委|办|局))*$")


def split_names(text: str, knows: Knows) -> Split:
    """The names in a cell, in order, each as printed.

    Splits at 、，,；;/ and line breaks outside brackets; at 及, 和 and 与 only where both sides stay names;
    a run without separators only where `knows` knows every part.
    """
    if not text.strip():
        return Split(())
    if STATED_NONE.match(text):
        return Split((), stated_none=True)
    if REPEATS.match(text):
        return Split((), repeats=True)
    pieces: list[Piece] = []
    open_list = glued = False
    role = ""
    for part in _whole_collectives(separate(text)):
        marked = ROLE_BEFORE.match(part)
        if marked is not None:
            role = _ROLES.get(marked["role"], marked["role"])
            part = part[marked.end() :]
        part = ORDINAL.sub("", part).strip()
        if not part or STATED_NONE.match(part):
            continue
        part, ends_open = _without_open(part)
        open_list |= ends_open
        found, is_glued = _pieces(part, role, knows)
        pieces += found
        glued |= is_glued
    return Split(tuple(_suffixed(pieces, knows)), open_list=open_list, glued=glued)


def _whole_collectives(parts: list[str]) -> list[str]:
    """各区、县级市 and 各区、县(市)人民政府 are one collective, whose 、 does not separate names."""
    whole: list[str] = []
    for part in parts:
        if whole and _AREA_LIST.match(plain(whole[-1])) and _AREA_REST.match(plain(part)):
            whole[-1] = f"{whole[-1]}、{part}"
        elif whole and re.search(r"[各区市县]?(?:委|部)$", whole[-1]) and _PART_OF_NAME.match(part):
            whole[-1] = f"{whole[-1]}、{part}"
        else:
            whole.append(part)
    return whole


def _without_open(part: str) -> tuple[str, bool]:
    """Without a trailing 等, and whether there was one. 平等 and 高等 are words."""
    if named_with_rest(part) is not None:
        return part, False
    match = _OPEN.search(part)
    if match is None or part[match.start() - 1] in "平高中初对同优" or len(part[: match.start()]) < 2:
        return part, False
    return part[: match.start()].strip(), True


def _pieces(part: str, role: str, knows: Knows) -> tuple[list[Piece], bool]:
    """The pieces of one part between separators, and whether it is a run that could not be split."""
    after = _ROLE_AFTER.search(part)
    if after is not None and len(part[: after.start()]) > 1:
        word = after["role"] or after["bare"]
        role = _ROLES.get(word, word)
        part = part[: after.start()].strip()
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
    noted = _NOTE.match(part)
    if noted is not None and _is_note(noted["name"], noted["note"]):
        return [Piece(noted["name"].strip(), role, noted["note"].strip())], False
    run = unglue(part, knows)
    if run is not None:
        return [Piece(text, role) for text in run], False
    return [Piece(part, role)], _looks_glued(part)


def _is_note(name: str, note: str) -> bool:
    """Whether brackets at a name's end hold a remark (张三, 牵头), not a part of it (集团, 市, 上海)."""
    if note in {"集团", "控股", "市", "县", "区", "县、区", "市、区", "筹", "园区"} or not note:
        return False
    return not re.search(r"[各相有]关|区县|县$", name[-3:]) and said(plain(name)) is not None


def _joined(part: str, knows: Knows) -> list[str] | None:
    """Both sides of 及, 和 or 与 where each stays a name; None inside 经济和信息化局 or 科学技术和知识产权局."""
    depth = 0
    for at, char in enumerate(part):
        depth += char in BRACKETS
        depth -= char in BRACKETS.values()
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
    kind = said(clean)
    return kind is not None and (len(clean) > 2 or clean[0] in "省市区县")


def unglue(part: str, knows: Knows) -> list[str] | None:
    """The names of a run without separators, when every part is known and there is one way to read it."""
    text = part.strip()
    if len(text) < 4 or len(text) > 120 or knows(text):
        return None
    spaced = text.split()
    if len(spaced) > 1 and all(_is_name(word, knows) for word in spaced):
        return spaced
    clean = plain(text)
    ways: list[list[list[str]]] = [[] for _ in range(len(clean) + 1)]
    ways[0] = [[]]
    for end in range(2, len(clean) + 1):
        for start in range(max(0, end - 24), end - 1):
            if ways[start] and knows(clean[start:end]):
                ways[end] += [[*way, clean[start:end]] for way in ways[start][:2]]
    found = [way for way in ways[len(clean)] if len(way) > 1]
    return found[0] if len(found) == 1 else None


_ENDS = re.compile(
    r"(?:市|区|县)?(?:[^市区县]{2,12}?)(?:局|委员会|发改委|办公室|管委会)(?=市|区|县|宁波|上海)"
)


def _looks_glued(part: str) -> bool:
    """A run such as 市经信局市发改委: a body's ending word followed by another body's beginning."""
    return len(_ENDS.findall(plain(part))) >= 1 and said(plain(part)) is not None


def _suffixed(pieces: list[Piece], knows: Knows) -> list[Piece]:
    """梅州、清远市: each keeps its written form; nothing is put back here (resolving does)."""
    return pieces
