"""Numbers of list paragraphs as Word prints them (ECMA-376 part 1 §17.9): 一、 （一） 1. ①."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ingest.formats.openxml import Element, local

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"


@dataclass(frozen=True, slots=True)
class Level:
    start: int
    fmt: str
    text: str
    """Like `（%1）`; `%n` stands for the number of level n."""
    suffix: str
    legal: bool


class Numbering:
    """Counts list paragraphs in document order."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        abstracts: dict[str, dict[int, Level]] = {}
        for item in root if root is not None else ():
            if local(item) == "abstractNum":
                abstracts[item.get(W + "abstractNumId") or ""] = _levels(item.findall(W + "lvl"))
        for item in root if root is not None else ():
            if local(item) == "num":
                self._add(item, abstracts)

    def _add(self, item: Element, abstracts: Mapping[str, dict[int, Level]]) -> None:
        number = item.get(W + "numId") or ""
        reference = _value(item, "abstractNumId")
        levels = dict(abstracts.get(reference, {}))
        starts = False
        for override in item.findall(W + "lvlOverride"):
            index = _int(override.get(W + "ilvl"), 0)
            levels |= _levels(override.findall(W + "lvl"))
            start = override.find(W + "startOverride")
            if start is not None and index in levels:
                old = levels[index]
                begin = _int(start.get(W + "val"), old.start)
                levels[index] = Level(begin, old.fmt, old.text, old.suffix, old.legal)
                starts = True
        self._levels[number] = levels
        # Lists of one abstract definition count on together, unless one of them starts anew.
        self._abstract[number] = f"num {number}" if starts else f"abstract {reference}"

    def next(self, number: str, index: int) -> str:
        """The printed number of the next paragraph of this list and level; empty for bullets and unknown lists."""
        level = self._levels.get(number, {}).get(index)
        if level is None:
            return ""
        counts = self._counts[self._abstract[number]]
        counts[index] = counts.get(index, level.start - 1) + 1
        for deeper in [i for i in counts if i > index]:
            del counts[deeper]
        if level.fmt in ("bullet", "none"):
            return level.text if level.fmt == "none" and "%" not in level.text else ""
        printed = level.text
        for i in range(index + 1):
            upper = self._levels[number].get(i, level)
            fmt = "decimal" if level.legal else upper.fmt
            printed = printed.replace(f"%{i + 1}", format_number(counts.get(i, upper.start), fmt))
        return printed + (" " if level.suffix != "nothing" and printed[-1:].isalnum() else "")


def _levels(items: list[Element]) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for item in items:
        levels[_int(item.get(W + "ilvl"), 0)] = Level(
            start=_int(_value(item, "start"), 1),
            fmt=_value(item, "numFmt") or "decimal",
            text=_value(item, "lvlText"),
            suffix=_value(item, "suff") or "tab",
            legal=item.find(W + "isLgl") is not None,
        )
    return levels


def _value(item: Element, name: str) -> str:
    child = item.find(W + name)
    return (child.get(W + "val") or "") if child is not None else ""


def _int(text: str | None, default: int) -> int:
    try:
        return int(text or "")
    except ValueError:
        return default


def format_number(number: int, fmt: str) -> str:
    """A number in one of Word's formats (ST_NumberFormat); decimal for formats that are not known."""
    if number < 0:
        return str(number)
    return _FORMATS.get(fmt, str)(number)


def _counting(number: int) -> str:
    """一 … 十 十一 … 二十 … 一百零一 … 九千九百九十九."""
    if number == 0 or number > 9999:
        return _DIGITS[0] if number == 0 else _digits(number)
    words = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            words += _DIGITS[digit] + name
        elif words and not words.endswith("零") and number:
            words += "零"
    return words[1:] if words.startswith("一十") else words


def _digits(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _legal(number: int) -> str:
    table = str.maketrans(_DIGITS + "十百千", _LEGAL + "拾佰仟")
    words = _counting(number).translate(table)
    return f"壹{words}" if words.startswith("拾") else words


def _roman(number: int) -> str:
    pairs = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
    words = ""
    for value, name in (*pairs, (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        count, number = divmod(number, value)
        words += name * min(count, 20)
    return words


def _letters(number: int) -> str:
    """a … z, aa, bb …, as Word goes on."""
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 20) if number else "0"


def _circled(number: int) -> str:
    if 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    return chr(0x3251 + number - 21) if 21 <= number <= 35 else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 1 <= number <= len(signs) else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    ),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
}
