"""PDF files by pdfplumber: ruled tables, joined over pages, and the text outside them.

Each page's characters and lines are worked out once; cells get their characters by place, for pdfplumber's own
extraction looks through all characters for every row.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pdfplumber
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from graph.errors import FileRejected
from graph.model import Problem
from graph.tables import Table
from ingest.blocks import Block, Paragraph, Reader, ReadFile
from ingest.formats.cleaning import problem
from ingest.formats.continuing import is_continuation_title
from ingest.formats.gridding import TooManyPositions
from ingest.formats.pdftables import RuledTable, TableOverPages, distribute, ruled_table
from ingest.formats.pdftext import (
    Line,
    is_page_number,
    is_upright,
    joined,
    lines_of,
    paragraphs_of,
    right_edge,
)
from ingest.formats.pdfturning import upright_page

MAX_PAGES = 2_000
_PROPERTIES = {"Title": "title", "Subject": "subject", "Keywords": "keywords"}
_MANY_CURVES = 200
"""A page without characters but with more curves than this is text turned into outlines."""


@dataclass(slots=True)
class _Document:
    """What the pages so far gave."""

    blocks: list[Paragraph | TableOverPages] = field(default_factory=list["Paragraph | TableOverPages"])
    pictures: list[int] = field(default_factory=list[int])
    is_open: bool = False
    """Whether the last paragraph ended at a page's end with a full line."""


def read(data: bytes, name: str) -> ReadFile:
    """A PDF file; raises FileRejected when it is broken, encrypted or blank. Pages that are pictures are reported;
    a file of nothing else is `scanned`."""
    document = _Document()
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            properties = _properties(pdf.metadata)
            if len(pdf.pages) > MAX_PAGES:
                raise FileRejected(f"{name} 超过 {MAX_PAGES} 页，请拆分后再上传。")
            for page in map(upright_page, pdf.pages):
                _read_page(page, document)
                page.close()
    except FileRejected:
        raise
    except PdfminerException as error:
        if "password" in repr(error).lower():
            raise FileRejected(f"{name} 已加密，请去掉密码后再上传。") from error
        raise FileRejected(f"{name} 已损坏或不完整，请重新取得文件后再上传。") from error
    except (TooManyPositions, RecursionError) as error:
        raise FileRejected(f"{name} 中的表格过大，请拆分后再上传。") from error
    except Exception as error:  # pdfminer raises whatever comes on broken files
        raise FileRejected(f"{name} 已损坏或不完整，请重新取得文件后再上传。") from error
    blocks: list[Block] = [b.table() if isinstance(b, TableOverPages) else b for b in document.blocks]
    if not blocks and not document.pictures:
        raise FileRejected(f"{name} 没有文字内容，请核对后重新上传。")
    return ReadFile(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format="pdf",
        blocks=tuple(blocks),
        properties=properties,
        problems=tuple(_problems(document, blocks)),
        scanned=not blocks,
    )


def _properties(metadata: Mapping[str, object]) -> dict[str, str]:
    values = {key: metadata.get(name) for name, key in _PROPERTIES.items()}
    return {key: value.strip() for key, value in values.items() if isinstance(value, str) and value.strip()}


def _problems(document: _Document, blocks: Sequence[Block]) -> list[Problem]:
    found: list[Problem] = []
    if document.pictures and blocks:
        pages = "、".join(str(page) for page in document.pictures[:20])
        more = "等" if len(document.pictures) > 20 else ""
        found.append(problem("file_unreadable", f"第{pages}{more}页是图片，没有可读取的文字，请提供文字版。"))
    texts = [b.text for b in blocks if isinstance(b, Paragraph)]
    texts += [cell.text for b in blocks if isinstance(b, Table) for cell in b.cells]
    count = sum(text.count("\ufffd") for text in texts)
    if count:
        message = f"有{count}个字的字体未嵌入编码，无法辨认，以“\ufffd”代替，请核对原文。"
        found.append(problem("unreadable_cell", message))
    return found


def _read_page(page: Page, document: _Document) -> None:
    number = page.page_number
    chars = [char for char in page.chars if is_upright(char)]
    if not any(char["text"].strip() for char in chars):
        if page.images or len(page.curves) > _MANY_CURVES:
            document.pictures.append(number)
        return
    found = [table for table in page.find_tables() if len(table.cells) > 1]
    boxes = [cell for table in found for cell in table.cells]
    contents, outside = distribute(chars, boxes)
    tables: list[RuledTable] = []
    at = 0
    for table in found:
        count = len(table.cells)
        if any(contents[at : at + count]):
            tables.append(ruled_table(table.cells, contents[at : at + count], number))
        at += count
    lines = [
        line for line in lines_of(outside) if not (is_page_number(line.text) and _is_at_margin(line, page))
    ]
    right = right_edge(lines, float(page.width))
    _add_in_order(sorted(tables, key=lambda table: table.top), lines, right, document)


def _is_at_margin(line: Line, page: Page) -> bool:
    height = float(page.height)
    return line.bottom < 0.12 * height or line.top > 0.86 * height


def _add_in_order(tables: Sequence[RuledTable], lines: list[Line], right: float, document: _Document) -> None:
    """The page's text and tables from top to bottom, after those of the pages before."""
    left = min((line.x0 for line in lines), default=0.0)
    first = True
    rest = lines
    for table in (*tables, None):
        above = rest if table is None else [line for line in rest if line.top < table.top]
        rest = [] if table is None else [line for line in rest if line.top >= table.top]
        _add_paragraphs(above, left, right, document, goes_on=first)
        first = first and not above
        if table is not None:
            _add_table(table, document)
            first = False
    document.is_open = (
        bool(lines) and not _ends_with_table(tables, lines) and right - lines[-1].x1 < lines[-1].size
    )


def _ends_with_table(tables: Sequence[RuledTable], lines: Sequence[Line]) -> bool:
    return bool(tables) and tables[-1].top > lines[-1].top


def _add_paragraphs(
    lines: Sequence[Line], left: float, right: float, document: _Document, *, goes_on: bool
) -> None:
    texts = paragraphs_of(lines, right)
    before = document.blocks[-1] if document.blocks else None
    may_go_on = bool(texts) and goes_on and document.is_open and lines[0].x0 - left < lines[0].size
    if may_go_on and isinstance(before, Paragraph):
        document.blocks[-1] = Paragraph(joined(before.text, texts.pop(0)))
    document.blocks += [Paragraph(text) for text in texts]


def _add_table(table: RuledTable, document: _Document) -> None:
    """A table with the same columns and nothing but 续表 between goes on from the page before."""
    blocks = document.blocks
    caption = blocks[-1] if blocks else None
    titled = isinstance(caption, Paragraph) and is_continuation_title(caption.text)
    before = blocks[-2] if titled and len(blocks) > 1 else caption
    if isinstance(before, TableOverPages) and before.goes_on_in(table):
        if titled:
            del blocks[-1]
        before.add(table)
    else:
        blocks.append(TableOverPages(table))


READER = Reader("pdf", (".pdf",), read)
