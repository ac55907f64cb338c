"""Paragraphs and tables of a Word part in document order: one walk over its XML, linear in its elements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.tables import Table
from ingest.blocks import Block, Paragraph
from ingest.gridding import Placed, build_table, drop_unused_columns
from ingest.numbering import Numbering, W
from ingest.openxml import Element
from ingest.wordstyles import Styles, is_on
from ingest.wordtext import print_paragraph

_WRAPPERS = frozenset(
    W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "body")
)
_P, _TBL, _TR, _TC = W + "p", W + "tbl", W + "tr", W + "tc"


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
    """What a cell holds: the lines of its paragraphs, and tables inside it."""

    lines: list[str] = field(default_factory=list[str])
    inner: list[Block] = field(default_factory=list[Block])


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

    def blocks(self, container: Element, origin: str = "") -> list[Block]:
        """The blocks of a body, note or text box. A table of a single cell is a frame: its content counts."""
        blocks: list[Block] = []
        carried = ""
        for child in _children(container):
            if child.tag == _TBL:
                blocks += self._table(child)
            elif child.tag == _P:
                text, boxes, heading = self._paragraph(child)
                text, carried = carried + text, ""
                if _is_mark_deleted(child):
                    carried = text
                elif text.strip():
                    blocks.append(Paragraph(text.strip(), heading, origin))
                blocks += boxes
        if carried.strip():
            blocks.append(Paragraph(carried.strip(), 0, origin))
        return blocks

    def _paragraph(self, paragraph: Element) -> tuple[str, list[Block], int]:
        """Text with its list number, the blocks of its text boxes, and its outline level."""
        properties = paragraph.find(W + "pPr")
        style = properties.find(W + "pStyle") if properties is not None else None
        style_id = (style.get(W + "val") or "") if style is not None else ""
        printed = print_paragraph(paragraph, self._styles)
        self.hidden += printed.hidden
        self.pictures += printed.pictures
        text = printed.text
        listed = self._styles.list_of(style_id, properties)
        if listed and not is_on(properties.find(W + "rPr") if properties is not None else None, "vanish"):
            text = self._numbering.next(*listed) + text
        boxes = [block for box in printed.boxes for block in self.blocks(box, "文本框")]
        return text, boxes, self._styles.heading(style_id, properties)

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
        return [build_table(placed, rows=number, title=_caption(table)), *inner]

    def _is_row_gone(self, row: Element) -> bool:
        """Deleted in tracked changes, or hidden."""
        properties = row.find(W + "trPr")
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
        properties = row.find(W + "trPr")
        column = 1 + (_int(properties.find(W + "gridBefore"), 0) if properties is not None else 0)
        here: dict[int, Placed] = {}
        last: Placed | None = None
        for cell in _children(row):
            if cell.tag != _TC:
                continue
            settings = cell.find(W + "tcPr")
            span, down, across = _spans(settings)
            content = self._cell(cell)
            text = "\n".join(content.lines).strip()
            inner += content.inner
            before = above.get(column)
            if across == "continue" and last is not None:
                last.colspan += span
                self.covered += bool(text)
            elif down == "continue" and before is not None and before.colspan == span:
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

    def _cell(self, cell: Element) -> _Content:
        content = _Content()
        carried = ""
        for child in _children(cell):
            if child.tag == _TBL:
                content.inner += self._table(child)
            elif child.tag == _P:
                text, boxes, _ = self._paragraph(child)
                text, carried = carried + text, ""
                if _is_mark_deleted(child):
                    carried = text
                else:
                    content.lines.append(text.strip())
                for block in boxes:
                    if isinstance(block, Table):
                        content.inner.append(block)
                    else:
                        content.lines.append(block.text)
        if carried.strip():
            content.lines.append(carried.strip())
        content.lines = [line for line in content.lines if line]
        return content


def _is_mark_deleted(paragraph: Element) -> bool:
    """A paragraph whose end is deleted in tracked changes runs on into the next one."""
    return paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None


def _spans(settings: Element | None) -> tuple[int, str, str]:
    """Grid columns of a cell, and its vertical and horizontal merge: `restart`, `continue` or empty."""
    if settings is None:
        return 1, "", ""
    down, across = settings.find(W + "vMerge"), settings.find(W + "hMerge")
    return (
        max(1, _int(settings.find(W + "gridSpan"), 1)),
        (down.get(W + "val") or "continue") if down is not None else "",
        (across.get(W + "val") or "continue") if across is not None else "",
    )


def _caption(table: Element) -> str:
    caption = table.find(f"{W}tblPr/{W}tblCaption")
    return (caption.get(W + "val") or "").strip() if caption is not None else ""
