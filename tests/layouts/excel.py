"""XLSX with one sheet a table; paragraphs before a table are rows above it, merged across."""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from graph.tables import Table
from ingest.blocks import Block, Paragraph


def write_xlsx(blocks: Sequence[Block]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    look = book.add_format({"border": 1, "text_wrap": True})
    above: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            above.append(block.text)
            continue
        sheet = book.add_worksheet(block.title[:31] or None)
        _write(sheet, block, above, look)
        above = []
    book.close()
    return buffer.getvalue()


def _write(sheet, table: Table, above: Sequence[str], look) -> None:
    for row, text in enumerate(above):
        if table.columns > 1:
            sheet.merge_range(row, 0, row, table.columns - 1, text, look)
        else:
            sheet.write_string(row, 0, text, look)
    for cell in table.cells:
        row, column = len(above) + cell.row - 1, cell.column - 1
        if cell.rowspan * cell.colspan > 1:
            end = (row + cell.rowspan - 1, column + cell.colspan - 1)
            sheet.merge_range(row, column, *end, "", look)
        sheet.write_string(row, column, cell.text, look)
