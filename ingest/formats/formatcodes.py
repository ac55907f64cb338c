"""Number format codes of spreadsheets, cut into sections and tokens (ECMA-376 part 1 §18.8.31)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Token(NamedTuple):
    """`kind`: literal, digits, percent, dates, general, text (`@`) or bracket (colour, condition, DBNum, [h])."""

    kind: str
    text: str


_TOKEN = re.compile(
    r"""
      "(?P<quoted>[^"]*)"?
    | \\(?P<escaped>.)
    | (?P<blank>[_*].)
    | \[(?P<bracket>[^\]]*)\]
    | (?P<general>General|G/通用格式)
    | (?P<half>上午/下午|AM/PM|A/P)
    | (?P<dates>(?:y+|m+|d+|h+|s+(?:\.0+)?|e+|a{3,4}|g+|b{2,4}))
    | (?P<digits>[0\#?][0\#?,.]*(?:E[+-][0\#?]+)?(?:\s*/\s*[0-9\#?]+)?|\.[0\#?]+)
    | (?P<percent>%)
    | (?P<text>@)
    | (?P<other>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r'"[^"]*"?|\\.|\[[^\]]*\]|;|.', re.DOTALL)
_MAX_CODE = 512


def sections(code: str) -> list[str]:
    """The parts of a code between semicolons that are neither quoted, escaped nor in brackets."""
    parts = [""]
    for match in _SECTION.finditer(code[:_MAX_CODE]):
        if match[0] == ";":
            parts.append("")
        else:
            parts[-1] += match[0]
    return parts


def tokens(section: str) -> Iterator[Token]:
    """The tokens of one section; alignment (`_x`, `*x`) and colours are left out."""
    for match in _TOKEN.finditer(section):
        kind = match.lastgroup or "other"
        text = match[kind]
        if kind in ("quoted", "escaped", "other"):
            yield Token("literal", text)
        elif kind == "bracket":
            yield from _bracket(text)
        elif kind == "half":
            yield Token("dates", text.upper())
        elif kind == "dates":
            yield Token("dates", text.lower())
        elif kind != "blank":
            yield Token(kind, text)


def _bracket(text: str) -> Iterator[Token]:
    if text.startswith("$"):
        sign, _, locale = text[1:].partition("-")
        if sign:
            yield Token("literal", sign)
        if locale.upper() in ("F800", "F400"):
            yield Token("bracket", locale.upper())
    elif re.fullmatch(r"h+|m+|s+", text, re.IGNORECASE):
        yield Token("dates", f"[{text.lower()}]")
    elif text.lower().startswith("dbnum"):
        yield Token("bracket", f"DBNum{text[5:6]}")
    else:
        yield Token("bracket", text)
