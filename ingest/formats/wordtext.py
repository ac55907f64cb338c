"""The text of one Word paragraph as it prints: tracked changes accepted, hidden text left out."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.formats.numbering import W
from ingest.formats.openxml import Element
from ingest.formats.wordstyles import Styles, is_on

_R, _T, _RPR, _PPR = W + "r", W + "t", W + "rPr", W + "pPr"
_VANISH, _RSTYLE, _RFONTS, _ASCII = W + "vanish", W + "rStyle", W + "rFonts", W + "ascii"
_MARKS = frozenset(W + name for name in ("bookmarkStart", "bookmarkEnd", "proofErr"))
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset(
    {
        W + "del",
        W + "moveFrom",
        _PPR,
        _RPR,
        W + "rt",  # reading aids above a character
        W + "instrText",
        W + "delText",
        W + "footnoteReference",
        W + "endnoteReference",
    }
)
_WRITTEN = {W + "tab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": "\t"}
_SYMBOLS = {
    "wingdings": {
        0xFC: "✓",
        0xFB: "✗",
        0xFE: "☑",
        0xFD: "☒",
        0xA8: "□",
        0x6F: "□",
        0x6C: "●",
        0x6E: "■",
        0xAB: "★",
    },
    "wingdings 2": {0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x51: "☒", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x97: "●"},
}
"""Signs of the symbol fonts with which offices tick boxes, by code; others have no text."""


@dataclass(slots=True)
class Printed:
    """What a paragraph prints: its text, and the contents of text boxes anchored in it."""

    parts: list[str] = field(default_factory=list[str])
    boxes: list[Element] = field(default_factory=list[Element])
    pictures: int = 0
    hidden: int = 0
    """Characters of hidden text that were left out."""

    @property
    def text(self) -> str:
        return "".join(self.parts)


def plain_text(paragraph: Element, styles: Styles) -> tuple[str, Element | None] | None:
    """Text and properties of a paragraph of nothing but plain runs, as nearly all in tables are; None for others."""
    text = ""
    properties = None
    for child in paragraph:
        tag = child.tag
        if tag == _R:
            for item in child:
                kind = item.tag
                if kind == _T:
                    text += item.text or ""
                elif kind != _RPR or _tells(item, styles):
                    return None
        elif tag == _PPR:
            properties = child
        elif tag not in _MARKS:
            return None
    return text, properties


def _tells(properties: Element, styles: Styles) -> bool:
    """Whether a run's look may change what its text says: hidden, or in a font of symbols."""
    for item in properties:
        tag = item.tag
        if tag == _VANISH or (tag == _RSTYLE and styles.hidden):
            return True
        if tag == _RFONTS and (item.get(_ASCII) or "").lower() in _SYMBOLS:
            return True
    return False


def print_paragraph(paragraph: Element, styles: Styles) -> Printed:
    """The paragraph's text without its list number."""
    printed = Printed()
    _walk(paragraph, printed, styles)
    return printed


def _walk(node: Element, printed: Printed, styles: Styles) -> None:
    for child in node:
        tag = child.tag
        if tag == _R:
            _run(child, printed, styles)
        elif tag == _T:
            printed.parts.append(child.text or "")
        elif tag in _SKIPPED or not isinstance(tag, str):
            continue
        elif tag in _WRITTEN:
            printed.parts.append(_WRITTEN[tag])
        elif tag == W + "br":
            printed.parts.append("" if child.get(W + "type") in ("page", "column") else "\n")
        elif tag == W + "sym":
            printed.parts.append(_symbol(child.get(W + "font") or "", child.get(W + "char") or ""))
        elif tag == W + "txbxContent":
            printed.boxes.append(child)
        elif tag == _MC + "AlternateContent":
            # Both branches say the same, for newer and for older programs.
            branch = child.find(_MC + "Choice")
            branch = branch if branch is not None else child.find(_MC + "Fallback")
            if branch is not None:
                _walk(branch, printed, styles)
        else:
            printed.pictures += tag.endswith(("}blip", "}imagedata"))
            _walk(child, printed, styles)


def _run(run: Element, printed: Printed, styles: Styles) -> None:
    properties = run.find(_RPR)
    if properties is None:
        _walk(run, printed, styles)
        return
    style = properties.find(_RSTYLE)
    own = properties.find(_VANISH)
    by_style = own is None and style is not None and style.get(W + "val") in styles.hidden
    if by_style or is_on(properties, "vanish"):
        printed.hidden += sum(len(t.text or "") for t in run.iter(_T))
        return
    fonts = properties.find(_RFONTS)
    font = ((fonts.get(_ASCII) or "") if fonts is not None else "").lower()
    begin = len(printed.parts)
    _walk(run, printed, styles)
    if font in _SYMBOLS:
        text = "".join(printed.parts[begin:])
        signs = _SYMBOLS[font]
        printed.parts[begin:] = [c if c in _SIGNS else signs.get(ord(c) & 0xFF, "") for c in text]


_SIGNS = frozenset(sign for signs in _SYMBOLS.values() for sign in signs.values())


def _symbol(font: str, code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    signs = _SYMBOLS.get(font.lower())
    if signs is not None:
        return signs.get(number & 0xFF, "")
    return chr(number) if number < 0xD800 else ""
