"""What a Word document's styles say of a paragraph: outline level, list, and hidden text."""

from __future__ import annotations

import re

from ingest.formats.numbering import W
from ingest.formats.openxml import Element

_HEADING = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_OFF = ("0", "false", "off", "none")


def is_on(properties: Element | None, name: str) -> bool:
    """Whether a toggle such as `vanish` is there and not switched off."""
    item = properties.find(W + name) if properties is not None else None
    return item is not None and (item.get(W + "val") or "1").lower() not in _OFF


class Styles:
    """Styles by id, with what they inherit from the style they are based on."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._headings: dict[str, int] = {}
        self._lists: dict[str, tuple[str, int] | None] = {}
        for style in root.iter(W + "style") if root is not None else ():
            self._styles[style.get(W + "styleId") or ""] = style
        self.hidden = frozenset(
            key for key, style in self._styles.items() if is_on(style.find(W + "rPr"), "vanish")
        )
        """Ids of styles whose text is hidden."""

    def _chain(self, style_id: str) -> list[Element]:
        """The style and those it is based on, nearest first; a circle ends where it closes."""
        chain: list[Element] = []
        seen: set[str] = set()
        while style_id and style_id not in seen and (style := self._styles.get(style_id)) is not None:
            seen.add(style_id)
            chain.append(style)
            base = style.find(W + "basedOn")
            style_id = (base.get(W + "val") or "") if base is not None else ""
        return chain

    def heading(self, style_id: str, properties: Element | None) -> int:
        """Outline level from 1 of a paragraph with this style and these own properties; 0 for body text."""
        own = _outline(properties)
        if own is not None:
            return own
        if style_id not in self._headings:
            self._headings[style_id] = self._style_heading(style_id)
        return self._headings[style_id]

    def _style_heading(self, style_id: str) -> int:
        for style in self._chain(style_id):
            level = _outline(style.find(W + "pPr"))
            if level is not None:
                return level
            name = style.find(W + "name")
            match = _HEADING.match((name.get(W + "val") or "") if name is not None else "")
            if match:
                return int(match[1])
        return 0

    def list_of(self, style_id: str, properties: Element | None) -> tuple[str, int] | None:
        """List id and level from 0 of a paragraph, its own before its style's; None for no list."""
        own = properties.find(W + "numPr") if properties is not None else None
        inherited = self._style_list(style_id)
        if own is None:
            return inherited
        number, level = _number(own)
        if number is None:
            return (inherited[0], level or 0) if inherited else None
        return (number, level or 0) if number != "0" else None

    def _style_list(self, style_id: str) -> tuple[str, int] | None:
        if style_id not in self._lists:
            found: tuple[str, int] | None = None
            for style in self._chain(style_id):
                item = style.find(f"{W}pPr/{W}numPr")
                number, level = _number(item) if item is not None else (None, None)
                if number is not None:
                    found = (number, level or 0) if number != "0" else None
                    break
            self._lists[style_id] = found
        return self._lists[style_id]


def _outline(properties: Element | None) -> int | None:
    item = properties.find(W + "outlineLvl") if properties is not None else None
    value = (item.get(W + "val") or "") if item is not None else ""
    if not value.isdigit():
        return None
    return int(value) + 1 if int(value) < 9 else 0


def _number(item: Element) -> tuple[str | None, int | None]:
    number, level = item.find(W + "numId"), item.find(W + "ilvl")
    depth = (level.get(W + "val") or "") if level is not None else ""
    return (number.get(W + "val") if number is not None else None), int(depth) if depth.isdigit() else None
