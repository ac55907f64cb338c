"""PDF with ruled tables, in the Adobe CID font that needs no font file."""

from __future__ import annotations

import io
from collections.abc import Sequence
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as RuledTable

from graph.tables import Table
from ingest.blocks import Block

FONT = "STSong-Light"
_WIDTH = 720.0
"""Points that a table is wide on a landscape page."""


def write_pdf(blocks: Sequence[Block], *, size: float = 10, repeat_rows: int = 1) -> bytes:
    """`repeat_rows` header rows are printed again on each page that a table goes on over."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    look = ParagraphStyle("body", fontName=FONT, fontSize=size, leading=size * 1.4, wordWrap="CJK")
    buffer = io.BytesIO()
    story: list[object] = []
    for block in blocks:
        if isinstance(block, Table):
            story += [_table(block, look, repeat_rows), Spacer(1, 2 * size)]
        else:
            story.append(Paragraph(escape(block.text).replace("\n", "<br/>"), look))
    margins = {"leftMargin": 50, "rightMargin": 50, "topMargin": 60, "bottomMargin": 60}
    SimpleDocTemplate(buffer, pagesize=landscape(A4), **margins).build(story)
    return buffer.getvalue()


def _table(table: Table, look: ParagraphStyle, repeat_rows: int) -> RuledTable:
    rows: list[list[object]] = [[""] * table.columns for _ in range(table.rows)]
    style: list[tuple[object, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    for cell in table.cells:
        row, column = cell.row - 1, cell.column - 1
        rows[row][column] = Paragraph(escape(cell.text).replace("\n", "<br/>"), look)
        if cell.rowspan * cell.colspan > 1:
            style.append(("SPAN", (column, row), (column + cell.colspan - 1, row + cell.rowspan - 1)))
    widths = [_WIDTH / table.columns] * table.columns
    return RuledTable(rows, colWidths=widths, style=style, repeatRows=repeat_rows)
