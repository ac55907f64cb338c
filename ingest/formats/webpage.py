"""One walk over a page's elements: its visible text as paragraphs, its tables as grids."""

from __future__ import annotations

import re

from graph.tables import Table
from ingest.blocks import Block, Paragraph
from ingest.formats.gridding import Positions, build_table, drop_unused_columns
from ingest.formats.openxml import Element
from ingest.formats.webtables import cells_of, own_tables, place_cells, rows_of

_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "iframe", "object", "embed", "svg", "math", "canvas"}
    | {"button", "datalist", "audio", "video", "rt", "rp"}
)
_FIELDS = frozenset({"input", "select", "textarea"})
_UNSEEN_FIELDS = frozenset({"hidden", "password", "submit", "button", "reset", "image", "file"})
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
    }
    | {"img", "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong"}
    | {"sub", "sup", "time", "tt", "u", "var", "wbr", "ruby", "rb", "o:p"}
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_RULE = re.compile(r"(?P<selectors>[^{}@]+)\{(?P<body>[^{}]*)\}")
_CSS_CLASS = re.compile(r"(?:[a-zA-Z]+)?\.([\w-]+)")
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_CJK = r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
_WRAPPED = re.compile(rf"(?<={_CJK})[ \t]*[\r\n]\s*(?={_CJK})")
"""A line break of the source between two Chinese characters; pages are wrapped so, and mean no space by it."""
_BREAK = "\x00"
"""Stands for `<br>` while source line breaks are still being folded."""


def hiding_classes(root: Element) -> frozenset[str]:
    """The classes that the page's own style sheets hide whatever has them (`.x{display:none}`); a rule with more to its
    selector may not apply, and is passed over."""
    sheets = (_CSS_COMMENT.sub("", style.text or "") for style in root.iter("style"))
    rules = (rule for sheet in sheets for rule in _CSS_RULE.finditer(sheet) if _HIDING.search(rule["body"]))
    selectors = (one.strip() for rule in rules for one in rule["selectors"].split(","))
    return frozenset(match[1] for one in selectors if (match := _CSS_CLASS.fullmatch(one)))


def shown_value(field: Element) -> str:
    """What a field of a form shows: its text, the option chosen, ☑ or nothing for a box."""
    kind = (field.get("type") or "text").lower()
    if field.tag == "textarea":
        return (field.text or "").replace("\n", _BREAK)
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = [one for one in options if one.get("selected") is not None] or options[:1]
        return "、".join("".join(one.itertext()).strip() for one in chosen)
    if kind in ("checkbox", "radio"):
        return "☑" if field.get("checked") is not None else ""
    return "" if kind in _UNSEEN_FIELDS else field.get("value") or ""


def _folded(text: str) -> str:
    """Text as a browser shows it: runs of white space are one space, `<br>` is a line break."""
    text = _SPACE.sub(" ", _WRAPPED.sub("", text))
    return re.sub(rf" *{_BREAK} *", "\n", text).strip()


class Page:
    """Collects the blocks of a page; `hidden` counts hidden elements with text that were left out."""

    def __init__(self, hiding: frozenset[str] = frozenset()) -> None:
        self.hidden = 0
        self._hiding = hiding
        self._positions = Positions()
        self._blocks: list[Block] = []
        self._words: list[str] = []

    def blocks(self, root: Element) -> list[Block]:
        """The blocks below `root`, in order."""
        self._hiding = hiding_classes(root)
        self._walk(root, 0)
        self._flush(0)
        return self._blocks

    def _is_hidden(self, element: Element) -> bool:
        return (
            element.get("hidden") is not None
            or (element.get("aria-hidden") or "").lower() == "true"
            or bool(_HIDING.search(element.get("style") or ""))
            or (bool(self._hiding) and not self._hiding.isdisjoint((element.get("class") or "").split()))
        )

    def _flush(self, heading: int) -> None:
        """End a paragraph; two line breaks in a row end one too."""
        text = _folded("".join(self._words))
        self._words = []
        for part in re.split(r"\n{2,}", text):
            if part.strip():
                self._blocks.append(Paragraph(part.strip(), heading))

    def _walk(self, element: Element, heading: int) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _DROPPED:
            return
        if self._is_hidden(element):
            self.hidden += bool("".join(element.itertext()).strip())
            return
        if tag in _FIELDS:
            self._words.append(shown_value(element))
            return
        if tag == "br":
            self._words.append(_BREAK)
            return
        inline = tag in _INLINE
        level = _HEADINGS.get(tag, heading)
        if not inline:
            self._flush(heading)
        if tag == "table" and self._table(element):
            return
        self._words.append(element.text or "")
        for child in element:
            self._walk(child, level)
            self._words.append(child.tail or "")
        if not inline:
            self._flush(level)

    def _table(self, table: Element) -> bool:
        """Add the table; False for one that only lays out, whose content is to be walked instead."""
        rows = [row for row in rows_of(table) if not self._skips(row)]
        inner = own_tables(table)
        if _is_layout(table, rows, inner):
            return False
        placed = place_cells([[cell for cell in cells_of(row) if not self._skips(cell)] for row in rows])
        for place, cell in placed:
            place.text = self._cell_text(cell)
        places = [place for place, _ in placed]
        drop_unused_columns(places)
        title = table.find("caption")
        caption = self._cell_text(title) if title is not None and not self._is_hidden(title) else ""
        grid = build_table(places, rows=len(rows), title=caption.replace("\n", ""))
        self._blocks.append(self._positions.add(grid))
        for nested in inner:
            self._walk(nested, 0)
        return True

    def _skips(self, part: Element) -> bool:
        """Whether a row or cell is hidden; those after it move up, as in a browser."""
        if not self._is_hidden(part):
            return False
        self.hidden += bool("".join(part.itertext()).strip())
        return True

    def _cell_text(self, cell: Element) -> str:
        """A cell's own text, its paragraphs as lines; tables inside it follow the table on their own."""
        part = Page(self._hiding)
        lines = part.lines(cell)
        self.hidden += part.hidden
        return "\n".join(lines)

    def lines(self, cell: Element) -> list[str]:
        """The paragraphs of a cell, without the tables inside it."""
        self._words.append(cell.text or "")
        for child in cell:
            self._walk_in_cell(child)
            self._words.append(child.tail or "")
        self._flush(0)
        return [block.text for block in self._blocks if not isinstance(block, Table)]

    def _walk_in_cell(self, element: Element) -> None:
        if element.tag == "table":
            self._flush(0)
            return
        if not isinstance(element.tag, str) or not own_tables(element):
            self._walk(element, 0)
            return
        self._words.append(element.text or "")
        for child in element:
            self._walk_in_cell(child)
            self._words.append(child.tail or "")
        self._flush(0)


def _is_layout(table: Element, rows: list[Element], inner: list[Element]) -> bool:
    """Whether a table is there for the page's looks: one cell, said to be so, or mostly holding other tables."""
    cells = [cell for row in rows for cell in cells_of(row)]
    if len(cells) <= 1 or (table.get("role") or "").lower() in ("presentation", "none"):
        return True
    if not inner:
        return not any("".join(cell.itertext()).strip() for cell in cells)
    plain = sum(1 for cell in cells if not own_tables(cell) and "".join(cell.itertext()).strip())
    return len(rows) < 2 or plain < 4 or len(inner) * 4 > plain
