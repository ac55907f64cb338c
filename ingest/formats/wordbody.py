"""Paragraphs and tables of a Word part in document order: one walk over its XML, linear in its elements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.tables import Table
from ingest.blocks import Block, Paragraph
from ingest.formats.gridding import Placed, Positions, build_table, drop_unused_columns
from ingest.formats.numbering import Numbering, W
from ingest.formats.openxml import Element
from ingest.formats.wordstyles import Styles, is_on
from ingest.formats.wordtext import plain_text, print_paragraph

_WRAPPERS = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "body")
)
_P, _TBL, _TR, _TC = W + "p", W + "tbl", W + "tr", W + "tc"
_TRPR, _TCPR, _VAL = W + "trPr", W + "tcPr", W + "val"
_GRID_SPAN, _V_MERGE, _H_MERGE = W + "gridSpan", W + "vMerge", W + "hMerge"


def _children(container: Element) -> Iterator[Element]:
    """Children, looking through content controls and accepted insertions."""
    for child in container:
        if child.tag in _WRAPPERS:
            yield from _children(child)
        else:
            yield child


def _int(element: Element | None, default: int) -> int:
    value = (element.get(W + "val") or "") if element is not None else ""
    return int(value) if value.isdigit() and len(value) < 7 else default


@dataclass(slots=True)
class _Content:
    """What a cell holds: the lines of its paragraphs, tables inside it, and its properties."""

    lines: list[str] = field(default_factory=list[str])
    inner: list[Block] = field(default_factory=list[Block])
    settings: Element | None = None
    carried: str = ""
    """Text of a paragraph whose end was deleted: it runs on into the next one."""

    def text(self) -> str:
        return "\n".join(line for line in (*self.lines, self.carried.strip()) if line)


@dataclass(slots=True)
class _Read:
    """What a paragraph gives: text with its list number, blocks of its text boxes, outline level."""

    text: str
    boxes: list[Block] = field(default_factory=list[Block])
    heading: int = 0
    runs_on: bool = False
    """Its end is deleted in tracked changes, so it runs on into the next one."""


class Body:
    """Reads the block-level content of a document, its notes and text boxes."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self.hidden = 0
        """Characters of hidden text that were left out."""
        self.hidden_rows = 0
        self.covered = 0
        """Cells with text under a vertical merge, which Word does not show."""
        self.pictures = 0
        self._positions = Positions()

    def blocks(self, container: Element, origin: str = "") -> list[Block]:
        """The blocks of a body, note or text box. A table of a single cell is a frame: its content counts."""
        blocks: list[Block] = []
        carried = ""
        for child in _children(container):
            if child.tag == _TBL:
                blocks += self._table(child)
            elif child.tag == _P:
                read = self._paragraph(child)
                text, carried = carried + read.text, ""
                if read.runs_on:
                    carried = text
                elif text.strip():
                    blocks.append(Paragraph(text.strip(), read.heading, origin))
                blocks += read.boxes
        if carried.strip():
            blocks.append(Paragraph(carried.strip(), 0, origin))
        return blocks

    def _paragraph(self, paragraph: Element) -> _Read:
        plain = plain_text(paragraph, self._styles)
        if plain is not None:
            text, properties = plain
            if properties is None:
                return _Read(text)
            boxes: list[Block] = []
        else:
            properties = paragraph.find(W + "pPr")
            printed = print_paragraph(paragraph, self._styles)
            self.hidden += printed.hidden
            self.pictures += printed.pictures
            text = printed.text
            boxes = [block for box in printed.boxes for block in self.blocks(box, "文本框")]
        style = properties.find(W + "pStyle") if properties is not None else None
        style_id = (style.get(_VAL) or "") if style is not None else ""
        mark = properties.find(W + "rPr") if properties is not None else None
        listed = self._styles.list_of(style_id, properties)
        if listed and not is_on(mark, "vanish"):
            text = self._numbering.next(*listed) + text
        runs_on = mark is not None and mark.find(W + "del") is not None
        return _Read(text, boxes, self._styles.heading(style_id, properties), runs_on)

    def _table(self, table: Element) -> list[Block]:
        """The table, then the tables inside its cells."""
        placed: list[Placed] = []
        inner: list[Block] = []
        above: dict[int, Placed] = {}
        number = 0
        rows = [row for row in _children(table) if row.tag == _TR and not self._is_row_gone(row)]
        if len(rows) == 1:
            cells = [cell for cell in _children(rows[0]) if cell.tag == _TC]
            if len(cells) == 1:
                return self.blocks(cells[0])
        for number, row in enumerate(rows, 1):
            above = self._row(row, number, above, placed, inner)
        if not placed:
            return inner
        drop_unused_columns(placed)
        return [self._positions.add(build_table(placed, rows=number, title=_caption(table))), *inner]

    def _is_row_gone(self, row: Element) -> bool:
        """Deleted in tracked changes, or hidden."""
        properties = row.find(_TRPR)
        if properties is None:
            return False
        if is_on(properties, "hidden"):
            self.hidden_rows += 1
            return True
        return properties.find(W + "del") is not None

    def _row(
        self,
        row: Element,
        number: int,
        above: dict[int, Placed],
        placed: list[Placed],
        inner: list[Block],
    ) -> dict[int, Placed]:
        """Place the cells of a row; gives the cells that a merge in the next row may go on from, by column."""
        properties = row.find(_TRPR)
        column = 1 + (_int(properties.find(W + "gridBefore"), 0) if properties is not None else 0)
        here: dict[int, Placed] = {}
        last: Placed | None = None
        for cell in _children(row):
            if cell.tag != _TC:
                continue
            content = _Content()
            self._fill(content, cell)
            inner += content.inner
            span, down, across = _spans(content.settings)
            text = content.text()
            before = above.get(column) if down == "continue" else None
            if across == "continue" and last is not None:
                last.colspan += span
                self.covered += bool(text)
            elif before is not None and before.colspan == span:
                before.rowspan += 1
                here[column] = last = before
                self.covered += bool(text)
            else:
                last = Placed(number, column, text, 1, span)
                placed.append(last)
                if down:
                    here[column] = last
            column += span
        return here

    def _fill(self, content: _Content, container: Element) -> None:
        """Add what a cell, or a content control in it, holds."""
        for child in container:
            tag = child.tag
            if tag == _P:
                read = self._paragraph(child)
                text, content.carried = content.carried + read.text, ""
                if read.runs_on:
                    content.carried = text
                else:
                    content.lines.append(text.strip())
                for block in read.boxes:
                    if isinstance(block, Table):
                        content.inner.append(block)
                    else:
                        content.lines.append(block.text)
            elif tag == _TCPR:
                content.settings = child
            elif tag == _TBL:
                content.inner += self._table(child)
            elif tag in _WRAPPERS:
                self._fill(content, child)


def _spans(settings: Element | None) -> tuple[int, str, str]:
    """Grid columns of a cell, and its vertical and horizontal merge: `restart`, `continue` or empty."""
    span, down, across = 1, "", ""
    for item in settings if settings is not None else ():
        tag = item.tag
        if tag == _GRID_SPAN:
            span = max(1, _int(item, 1))
        elif tag == _V_MERGE:
            down = item.get(_VAL) or "continue"
        elif tag == _H_MERGE:
            across = item.get(_VAL) or "continue"
    return span, down, across


def _caption(table: Element) -> str:
    caption = table.find(f"{W}tblPr/{W}tblCaption")
    return (caption.get(W + "val") or "").strip() if caption is not None else ""
