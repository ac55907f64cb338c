"""Characters of a PDF page to lines, cells and paragraphs.

A PDF has only placed characters. Lines that were broken because the next character did not fit are joined again;
breaks where it would have fitted were meant, and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Char = dict[str, Any]
"""A character as pdfplumber gives it: `text`, `x0`, `x1`, `top`, `bottom`, `size` (points from the top left)."""

_NOT_AT_START = frozenset("、，。；：！？）》」』】〕”’%％,.;:!?)]}")
_PAGE_NUMBER = re.compile(
    r"^[-–—―－·\s]*(第\s*)?\d{1,4}(\s*页)?(\s*[/／]\s*(共\s*)?\d{1,4}(\s*页)?)?[-–—―－·\s]*$"
)
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_MOST_PADDING = 8.0
"""Points between a cell's border and its text; more is a matter of alignment (Word has 5.4, most others 2–6)."""


@dataclass(slots=True)
class Line:
    """One printed line. `first` is the width of the piece at its start that cannot be broken, in points."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    first: float


def text_of(char: Char) -> str:
    """A character's text; one without a mapping to Unicode is `\ufffd`."""
    text = char["text"]
    return "\ufffd" if _UNMAPPED.fullmatch(text) else text


def is_upright(char: Char) -> bool:
    """False for characters set askew, as watermarks are."""
    matrix = char.get("matrix")
    return not matrix or abs(matrix[0]) < 1e-3 or abs(matrix[1]) < abs(matrix[0]) * 0.05


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """Lines from top to bottom: characters whose middles are on one height."""
    rows: list[list[Char]] = []
    low = high = 0.0
    for char in sorted(chars, key=_middle):
        middle = _middle(char)
        if rows and low <= middle <= high:
            rows[-1].append(char)
            continue
        rows.append([char])
        half = (char["bottom"] - char["top"]) / 2 * 0.7
        low, high = middle - half, middle + half
    return [line for row in rows if (line := _line(row)) is not None]


def _middle(char: Char) -> float:
    return (char["top"] + char["bottom"]) / 2


def _line(row: list[Char]) -> Line | None:
    row.sort(key=lambda char: char["x0"])
    words: list[str] = []
    last: Char | None = None
    for char in row:
        text = text_of(char)
        if last is not None:
            if text == text_of(last) and char["x0"] - last["x0"] < 0.2 * (char["size"] or 1):
                continue  # printed twice, a hair apart, to look bold
            if char["x0"] - last["x1"] > 0.3 * (char["size"] or 1) and text != " ":
                words.append(" ")
        words.append(text)
        last = char
    text = re.sub(r" {2,}", " ", "".join(words)).strip()
    shown = [char for char in row if char["text"].strip()]
    if not text or not shown:
        return None
    return Line(
        text=text,
        x0=shown[0]["x0"],
        x1=max(char["x1"] for char in shown),
        top=min(char["top"] for char in shown),
        bottom=max(char["bottom"] for char in shown),
        size=max(char["size"] for char in shown),
        first=_unbreakable(shown),
    )


def _unbreakable(chars: Sequence[Char]) -> float:
    """Width of what had to stay together at a line's start: a Western word or number, or a Chinese character with
    the punctuation that may not begin a line."""
    end = 0
    if _is_word(chars[0]["text"]):
        while end + 1 < len(chars) and _is_word(chars[end + 1]["text"]):
            end += 1
    while end + 1 < len(chars) and chars[end + 1]["text"] in _NOT_AT_START:
        end += 1
    return chars[end]["x1"] - chars[0]["x0"]


def _is_word(text: str) -> bool:
    return text.isascii() and text.isalnum()


def cell_text(lines: Sequence[Line], left: float, right: float) -> str:
    """The text of a cell between two borders: broken lines joined, meant line breaks kept."""
    text = ""
    padding = _padding(lines, left, right)
    for before, line in zip((None, *lines), lines, strict=False):
        if before is None:
            text = line.text
        elif (right - left - 2 * padding) - (before.x1 - before.x0) >= line.first - 0.5:
            text += "\n" + line.text
        else:
            text = joined(text, line.text)
    return text


def is_full(last: Line, lines: Sequence[Line], left: float, right: float) -> bool:
    """Whether a cell's last line leaves no room for one more character, so that its text may go on elsewhere."""
    padding = _padding(lines, left, right)
    return (right - left - 2 * padding) - (last.x1 - last.x0) < last.size - 0.5


def _padding(lines: Sequence[Line], left: float, right: float) -> float:
    gaps = [min(line.x0 - left, right - line.x1) for line in lines]
    return max(0.0, min(_MOST_PADDING, *gaps)) if gaps else 0.0


def joined(first: str, second: str) -> str:
    """Two parts of a broken line: with a space only between Western words."""
    if first and second and _is_word(first[-1]) and _is_word(second[0]):
        return f"{first} {second}"
    return first + second


def is_page_number(text: str) -> bool:
    return bool(_PAGE_NUMBER.match(text))


def right_edge(lines: Sequence[Line], width: float) -> float:
    """Where full lines of a page of this width end: with its longest line, unless that falls so far short of the
    mirrored left margin that all lines must be short (a list of names)."""
    if not lines:
        return 0.0
    left = min(line.x0 for line in lines)
    longest = max(line.x1 for line in lines)
    size = max(line.size for line in lines)
    return longest if (width - left) - longest <= max(0.6 * left, 4 * size) else width - left


def paragraphs_of(lines: Sequence[Line], right: float) -> list[str]:
    """Running text: a line goes on in the next one when it is full (up to `right`) and that one is not indented, or
    when both are lines of one centred title."""
    if not lines:
        return []
    left = min(line.x0 for line in lines)
    sizes = sorted(line.size for line in lines)
    body = sizes[len(sizes) // 2]
    found = [lines[0].text]
    for before, line in pairwise(lines):
        if _goes_on(before, line, left, right) or _is_one_title(before, line, left, right, body):
            found[-1] = joined(found[-1], line.text)
        else:
            found.append(line.text)
    return found


def _goes_on(before: Line, line: Line, left: float, right: float) -> bool:
    full = right - before.x1 < line.first + 0.5 * line.size
    near = line.top - before.bottom < 1.8 * line.size
    return full and near and line.x0 - left < line.size and abs(before.size - line.size) < 0.6


def _is_one_title(before: Line, line: Line, left: float, right: float, body: float) -> bool:
    middle = (left + right) / 2
    centred = all(
        abs((each.x0 + each.x1) / 2 - middle) < each.size and each.x0 - left > each.size
        for each in (before, line)
    )
    same = abs(before.size - line.size) < 0.6 and line.size > body + 1.5
    return centred and same and line.top - before.bottom < 1.5 * line.size
