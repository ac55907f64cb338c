"""DOCX as Word writes it: gridSpan and vMerge, one paragraph a line of a cell."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from graph.tables import Cell, Table
from ingest.blocks import Block


def write_docx(blocks: Sequence[Block]) -> bytes:
    document = docx.Document()
    for block in blocks:
        if isinstance(block, Table):
            document.add_paragraph("")._p.addnext(_table(block))
        elif block.heading:
            document.add_heading(block.text, block.heading)
        else:
            document.add_paragraph(block.text)
    document.add_paragraph("")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _table(table: Table):
    element = OxmlElement("w:tbl")
    element.append(OxmlElement("w:tblPr"))
    grid = OxmlElement("w:tblGrid")
    for _ in range(table.columns):
        grid.append(OxmlElement("w:gridCol"))
    element.append(grid)
    for number, line in enumerate(table.grid(), 1):
        row = OxmlElement("w:tr")
        for column, cell in enumerate(line, 1):
            if column == cell.column:
                row.append(_cell(cell, is_first=number == cell.row))
        element.append(row)
    return element


def _cell(cell: Cell, *, is_first: bool):
    element = OxmlElement("w:tc")
    settings = OxmlElement("w:tcPr")
    if cell.colspan > 1:
        span = OxmlElement("w:gridSpan")
        span.set(qn("w:val"), str(cell.colspan))
        settings.append(span)
    if cell.rowspan > 1:
        merge = OxmlElement("w:vMerge")
        if is_first:
            merge.set(qn("w:val"), "restart")
        settings.append(merge)
    element.append(settings)
    for line in (cell.text if is_first else "").split("\n"):
        paragraph, run, text = OxmlElement("w:p"), OxmlElement("w:r"), OxmlElement("w:t")
        text.text = line
        text.set(qn("xml:space"), "preserve")
        run.append(text)
        paragraph.append(run)
        element.append(paragraph)
    return element
