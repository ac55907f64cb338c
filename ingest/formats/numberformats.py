"""Numbers as a spreadsheet displays them, by their format code (ECMA-376 part 1 §18.8.30–31).

Covers what Chinese offices use: digits, percent, thousands, leading zeros, literals, sections, dates and times
(Chinese ones among them), Chinese numerals. Colours, fills and padding leave no text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

from ingest.formats.dateformats import format_date, is_date_format
from ingest.formats.formatcodes import Token, sections, tokens
from ingest.formats.numbering import format_number

_DATE = 'yyyy"年"m"月"d"日"'
BUILTIN: dict[int, str] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m/d/yy",
    31: _DATE,
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""Codes that have numbers instead of text, as a Chinese Excel displays them (§18.8.30, zh-cn)."""

_CONDITION = re.compile(r"^(<=|>=|<>|<|>|=)\s*(-?[\d.]+)$")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "=": lambda a, b: a == b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<>": lambda a, b: a != b,
}
_PLACES = frozenset("0#?")


def general(value: float) -> str:
    """A number in the format General: whole numbers in full (never shortened to 1.2E+11, which would lose
    digits of a code), others to eleven characters."""
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    if abs(value) >= 1e15 or abs(value) < 1e-9:
        return f"{value:.5E}".replace(".00000E", "E")
    whole = len(str(int(abs(value))))
    text = f"{value:.{max(1, 10 - whole)}f}".rstrip("0").rstrip(".")
    return text if text not in ("-0", "") else "0"


@lru_cache(maxsize=4096)
def _parsed(code: str) -> tuple[tuple[Token, ...], ...]:
    return tuple(tuple(tokens(section)) for section in sections(code))


@lru_cache(maxsize=65536)
def display(value: float, code: str, *, from_1904: bool = False) -> str:
    """`value` as a cell of this format shows it, without the blanks that only align it.

    `from_1904` is the workbook's date system. A code that cannot be understood shows the number as General.
    """
    parts = _parsed(code)
    number, section = _choose(value, parts)
    if any(token.kind == "dates" for token in section) and is_date_format(section):
        return format_date(value, section, from_1904=from_1904)
    try:
        return _number(number, section).strip()
    except (InvalidOperation, ValueError, OverflowError):
        return general(value)


def _choose(value: float, parts: Sequence[tuple[Token, ...]]) -> tuple[float, tuple[Token, ...]]:
    """The section for a value, and the number that it prints: without sign where the section is for negatives."""
    conditions = [_condition(section) for section in parts[:3]]
    if any(conditions):
        for condition, section in zip(conditions, parts, strict=False):
            if condition is None or _COMPARE[condition[0]](value, condition[1]):
                return value, section
        return value, parts[-1]
    numeric = parts[:3]
    if value < 0 and len(numeric) > 1:
        return -value, numeric[1]
    if value == 0 and len(numeric) > 2:
        return value, numeric[2]
    return value, numeric[0]


def _condition(section: Sequence[Token]) -> tuple[str, float] | None:
    for token in section:
        match = _CONDITION.match(token.text) if token.kind == "bracket" else None
        if match:
            return match[1], float(match[2])
    return None


def _number(value: float, section: Sequence[Token]) -> str:
    chinese = next((t.text[:6] for t in section if t.kind == "bracket" and t.text.startswith("DBNum")), "")
    shown = [t for t in section if t.kind != "bracket"]
    if any(t.kind == "general" for t in shown) or not any(t.kind == "digits" for t in shown):
        if not any(t.kind in ("general", "text") for t in shown):
            return ("-" if value < 0 else "") + "".join(t.text for t in shown if t.kind == "literal")
        text = _chinese(abs(value), chinese) or general(abs(value))
        body = "".join(t.text if t.kind == "literal" else text for t in shown)
        return f"-{body}" if value < 0 else body
    if any(t.kind == "digits" and "/" in t.text for t in shown):
        return general(value)
    if chinese and all(t.text in ("0", "#") for t in shown if t.kind == "digits"):
        text = _chinese(abs(float(round(value))), chinese)
        return "".join(t.text if t.kind == "literal" else text for t in shown)
    return _digits(value, shown)


def _chinese(value: float, style: str) -> str:
    if not style or value != int(value):
        return ""
    return format_number(int(value), "chineseLegalSimplified" if style == "DBNum2" else "chineseCounting")


def _digits(value: float, shown: Sequence[Token]) -> str:
    """Fill the places of a section; literals stay where they stand between them."""
    pattern = "".join(t.text for t in shown if t.kind == "digits")
    places = re.sub(r"[^0#?.,]", "", pattern.split("E")[0])
    scale = len(places) - len(places.rstrip(","))
    percents = sum(t.text.count("%") for t in shown if t.kind == "percent")
    amount = abs(Decimal(repr(value))) * Decimal(100) ** percents / Decimal(1000) ** scale
    whole_places, _, fraction_places = places.rstrip(",").partition(".")
    exponent = ""
    if "E" in pattern:
        amount, exponent = _scientific(amount, pattern.split("E")[1])
    decimals = sum(1 for char in fraction_places if char in _PLACES)
    rounded = amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    keep = len(fraction_places.replace(",", "").rstrip("#?"))
    fraction = fraction[:keep] + fraction[keep:].rstrip("0")
    whole = whole.lstrip("0").rjust(sum(1 for char in whole_places if char == "0"), "0")
    if "," in whole_places and whole:
        whole = f"{int(whole):,}".rjust(len(whole), "0")
    text = _lay_out(shown, whole, fraction, exponent)
    return f"-{text}" if value < 0 and rounded else text


def _scientific(amount: Decimal, exponent_places: str) -> tuple[Decimal, str]:
    power = amount.adjusted() if amount else 0
    sign = "-" if power < 0 else ("+" if exponent_places.startswith("+") else "")
    width = sum(1 for char in exponent_places if char == "0")
    return amount.scaleb(-power), f"E{sign}{abs(power):0{width}d}"


def _lay_out(shown: Sequence[Token], whole: str, fraction: str, exponent: str) -> str:
    """Digits into their places from the decimal point outwards, with the literals between them."""
    places = [
        (index, char) for index, token in enumerate(shown) if token.kind == "digits" for char in token.text
    ]
    point = next((i for i, (_, char) in enumerate(places) if char in ".E"), len(places))
    left = [i for i, (_, char) in enumerate(places[:point]) if char in _PLACES]
    filled: dict[int, str] = {}
    rest = whole
    for position in reversed(left[1:]):
        filled[position] = rest[-1:]
        rest = rest[:-1]
        if rest.endswith(","):
            filled[position] = "," + filled[position]
            rest = rest[:-1]
    if left:
        filled[left[0]] = rest
    tail = (f".{fraction}" if fraction else "") + exponent
    at = 0
    words: list[str] = []
    done = False
    for token in shown:
        if token.kind != "digits":
            words.append(token.text)
            continue
        for _ in token.text:
            words.append(filled.get(at, ""))
            at += 1
            if not done and (at > point or (point == len(places) and left and at > left[-1])):
                words.append(tail)
                done = True
    return "".join(words)
