"""How wide text is, and where Chinese lines break: by a table of advance widths, so that no font is opened.

Widths are in ems of the fonts of the interface. Ideographs, kana and full-width forms are one em in every CJK
font; for Latin letters the table holds the advances of Noto Sans CJK SC (Regular) in thousandths, and
`SLACK` covers the wider Latin of PingFang SC and Microsoft YaHei.
"""

from __future__ import annotations

import re
import unicodedata

FONT_SIZE = 13.0
"""Size of a label in pixels at zoom 1."""
LINE_HEIGHT = 16.0
SLACK = 1.06
ELLIPSIS = "…"

_ADVANCES = {
    224: " ",
    275: "ij",
    278: ",.:;",
    290: "lI|",
    324: "!f",
    340: "()[]{}-",
    385: "tr/\\",
    474: "*s\"?'z",
    510: "xcvy",
    540: "YJ",
    555: "LFke#$+0123456789<=>^~_",
    575: "agXV",
    605: "EST`ohuAnZ",
    625: "bdpqPRC",
    660: "KB",
    700: "&DG",
    745: "UNHOQ",
    815: "wM",
    946: "Wm%@",
}
_LATIN = {character: width / 1000 for width, group in _ADVANCES.items() for character in group}
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))

NEVER_FIRST = frozenset("，。、；：？！）〕】》〉”’」』％…·—,.;:?!)]}%")
"""Characters that may not begin a line (GB/T 15834—2011, §5.1)."""
NEVER_LAST = frozenset("（〔【《〈“‘「『([{")
"""Characters that may not end a line (the same section)."""
_PIECES = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,'’&+\-]*|\s+|.", re.DOTALL)


def clean(text: str) -> str:
    """Text as it may be drawn: NFC, blanks folded, without control characters and direction marks."""
    spaced = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))
    return "".join(c for c in spaced if unicodedata.category(c) not in _INVISIBLE).strip()


def char_width(character: str) -> float:
    """Advance of one character in ems."""
    known = _LATIN.get(character)
    if known is not None:
        return known * SLACK
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    return 1.0 if ord(character) > 0x2000 else 0.66 * SLACK


def text_width(text: str, size: float = FONT_SIZE) -> float:
    """Width of one line in pixels at the given size."""
    return size * sum(char_width(c) for c in text)


def shorten(text: str, width: float, size: float = FONT_SIZE) -> str:
    """The text, or as much of it as fits `width` pixels with an ellipsis."""
    if text_width(text, size) <= width:
        return text
    room = width - size
    kept = ""
    for character in text:
        room -= size * char_width(character)
        if room < 0:
            break
        kept += character
    return kept.rstrip() + ELLIPSIS


def _fill(pieces: list[str], width: float, size: float) -> list[str]:
    """Lines no wider than `width`, by the rules for the ends of lines."""
    lines: list[str] = [""]
    used = 0.0
    for piece in pieces:
        advance = text_width(piece, size)
        if used + advance > width and lines[-1]:
            line = lines[-1]
            carried = ""
            if piece in NEVER_FIRST and len(line) > 1:
                carried, line = line[-1], line[:-1]
            while line and line[-1] in NEVER_LAST and len(line) > 1:
                carried, line = line[-1] + carried, line[:-1]
            lines[-1] = line.rstrip()
            lines.append(carried)
            used = text_width(carried, size)
        if piece.isspace() and not lines[-1]:
            continue
        lines[-1] += piece
        used += advance
    return [line.rstrip() for line in lines if line.strip()]


def _pieces(text: str, width: float, size: float) -> list[str]:
    """Words of Latin letters and single ideographs; a word wider than a line falls into characters."""
    found: list[str] = []
    for match in _PIECES.finditer(text):
        piece = match.group()
        found.extend(piece if text_width(piece, size) > width else (piece,))
    return found


def wrap(text: str, width: float, *, lines: int = 2, size: float = FONT_SIZE) -> list[str]:
    """At most `lines` lines of at most `width` pixels (a closing mark may hang over); never empty.

    Lines are balanced: a name of eleven characters stands as six and five, not as ten and one. What does not
    fit ends in an ellipsis; whoever draws shows the whole name elsewhere.
    """
    shown = clean(text) or " "
    # More than the narrowest letters could fill need not be measured.
    most = max(40, round(width / size * 4)) * lines
    if len(shown) > most:
        shown = shown[:most]
    pieces = _pieces(shown, width, size)
    filled = _fill(pieces, width, size)
    if len(filled) > lines:
        rest = "".join(filled[lines - 1 :])
        return [*filled[: lines - 1], shorten(rest + ELLIPSIS, width, size).rstrip(ELLIPSIS) + ELLIPSIS]
    if len(filled) > 1:
        narrow = max(text_width(shown, size) / len(filled) + size, width * 0.5)
        balanced = _fill(_pieces(shown, narrow, size), narrow, size) if narrow < width else filled
        if len(balanced) == len(filled):
            filled = balanced
    if len(clean(text)) > len(shown):
        filled[-1] = shorten(filled[-1] + ELLIPSIS, width, size)
    return filled or [" "]


def block_size(
    lines: list[str], *, size: float = FONT_SIZE, leading: float = LINE_HEIGHT
) -> tuple[float, float]:
    """Width and height in pixels of wrapped lines."""
    return max(text_width(line, size) for line in lines), leading * len(lines)
