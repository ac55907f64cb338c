"""The marks of lists in cells: separators, ordinals, and the words for none and for the same again."""

from __future__ import annotations

import re
import unicodedata

from ingest.naming_words import said

STATED_NONE = re.compile(
    r"^\s*(?:无|暂无|没有|/|\\|—+|－+|-+|–+|―+|一—|无对应单位|N/?A)[\s。]*$", re.IGNORECASE
)
REPEATS = re.compile(r"^\s*(?:同上|同前|〃|″|\"\"|”|“”|″″|::)\s*$")
ORDINAL = re.compile(
    r"^\s*(?:[(（]\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*[)）]|\d{1,3}\s*[.．、)）](?!\d)"
    r"|[一二三四五六七八九十]{1,3}、|[①-⑳㉑-㉟❶-❿⑴-⒇⒈-⒛])\s*"
)
ROLE_BEFORE = re.compile(
    r"^\s*[(（]?(?P<role>牵头|配合|协办|主办|责任|参与|协同)(?:单位|部门|领导|责任单位)?[)）]?\s*[:：]\s*"
)
HARD = "、，,；;/\n\r|／"
BRACKETS = {"(": ")", "（": "）", "〔": "〕", "[": "]", "【": "】", "《": "》", "“": "”", "「": "」"}


def separate(text: str) -> list[str]:
    """Parts between separators that stand outside brackets. A line break inside a word is no separator."""
    text = _rejoined(text)
    parts: list[str] = [""]
    closing: list[str] = []
    for at, char in enumerate(text):
        if char in BRACKETS and BRACKETS[char] in text[at:]:
            closing.append(BRACKETS[char])
        elif closing and char == closing[-1]:
            closing.pop()
        if char in HARD and not closing and not _ordinal_comma(parts[-1], char):
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts if part.strip()]


def _ordinal_comma(before: str, char: str) -> bool:
    """一、 and 1、 are ordinals: their 、 belongs to them."""
    return char == "、" and bool(re.fullmatch(r"\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})", before))


def _rejoined(text: str) -> str:
    """Lines that a narrow cell broke inside one bracket or word are put together again (市经\\n信局)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    joined = [lines[0]]
    for line in lines[1:]:
        before = joined[-1].strip()
        if before and line.strip() and _broken(before, line.strip()):
            joined[-1] = before + line.strip()
        else:
            joined.append(line)
    return "\n".join(joined)


def _broken(before: str, after: str) -> bool:
    """Whether a line break stands inside a name: an open bracket, or a side that says no kind of body."""
    last = re.split(rf"[{re.escape(HARD)}]", before)[-1].strip()
    first = re.split(rf"[{re.escape(HARD)}]", after)[0].strip()
    if not last or not first or ORDINAL.match(after) or ROLE_BEFORE.match(after):
        return False
    if before.count("(") + before.count("（") > before.count(")") + before.count("）"):
        return True
    return (
        said(plain(last)) is None
        and said(plain(first)) is not None
        and len(first) <= 4
        and len(last) <= 6
        and (said(plain(last + first)) is not None and not re.search("[省市区县州]$", first))
    )


def plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
