"""A web page of the documents as the same document in other formats, by a parser that is not the reader's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import html

from graph.tables import Cell, Table
from ingest.blocks import Block, Paragraph
from tests.layouts.excel import write_xlsx
from tests.layouts.word import write_docx

_WRITERS = {".docx": write_docx, ".xlsx": write_xlsx}


def laid_out(document: Path) -> Iterator[tuple[str, bytes, list[int]]]:
    """(file name, bytes, rows above each table) of the document as it is and, of a page, as Word and Excel."""
    yield document.name, document.read_bytes(), []
    if document.suffix != ".html":
        return
    page = html.fromstring(document.read_text(encoding="utf-8"))
    if page.xpath("//table//table"):
        return  # a table that lays out the page: that is what the page tries
    blocks = _blocks(page)
    for ending, write in _WRITERS.items():
        yield f"{document.stem}{ending}", write(blocks), _rows_above(blocks) if ending == ".xlsx" else []


def _rows_above(blocks: list[Block]) -> list[int]:
    """The paragraphs before each table, which a sheet holds as rows."""
    found: list[int] = []
    above = 0
    for block in blocks:
        if isinstance(block, Table):
            found.append(above)
        above = 0 if isinstance(block, Table) else above + 1
    return found


def _blocks(page: html.HtmlElement) -> list[Block]:
    return [
        _table(element) if element.tag == "table" else Paragraph(element.text_content())
        for element in page.find("body")
    ]


def _table(element: html.HtmlElement) -> Table:
    taken: set[tuple[int, int]] = set()
    cells: list[Cell] = []
    rows = element.findall(".//tr")
    for row, line in enumerate(rows, 1):
        column = 1
        for cell in line:
            while (row, column) in taken:
                column += 1
            height, width = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
            taken |= {(row + r, column + c) for r in range(height) for c in range(width)}
            for line_break in cell.findall("br"):
                line_break.tail = "\n" + (line_break.tail or "")
            cells.append(Cell(row, column, cell.text_content(), height, width))
            column += width
    return Table(len(rows), max(column for _, column in taken), tuple(cells))
