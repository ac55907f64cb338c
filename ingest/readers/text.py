"""Plain text and Markdown: one paragraph a line, and the tables that text can hold (see `ingest/formats/barred.py`).

Consecutive lines with tabs are a table as copied from Word or Excel, Markdown pipe tables and lines of cells
with bars are tables; a table that a page flattened to one bare cell a line is recognised later.
"""

from __future__ import annotations

import hashlib
import re

from graph.errors import FileRejected
from graph.tables import table_of_rows
from ingest.blocks import Block, Paragraph, Reader, ReadFile
from ingest.formats.barred import read_barred
from ingest.formats.continuing import join_continued
from ingest.formats.decoding import decode

MAX_LINES = 500_000
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def read(data: bytes, name: str) -> ReadFile:
    """A text file; raises FileRejected when it is no text, has none or too many lines."""
    text, problems = decode(data, name)
    if text.count("\n") > MAX_LINES:
        raise FileRejected(f"{name} 超过 {MAX_LINES:,} 行，请拆分后再上传。")
    blocks = join_continued(blocks_of_text(text))
    if not blocks:
        raise FileRejected(f"{name} 没有文字内容，请核对后重新上传。")
    return ReadFile(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format="text",
        blocks=tuple(blocks),
        problems=tuple(problems),
    )


def blocks_of_text(text: str) -> list[Block]:
    """Paragraphs and tables of a text, in order; blank lines only separate."""
    lines = _LINE_BREAKS.sub("\n", text).split("\n")
    blocks: list[Block] = []
    start = 0
    while start < len(lines):
        if found := _tabbed(lines, start) or read_barred(lines, start):
            table, start = found
            blocks.append(table)
            continue
        line = lines[start].strip()
        start += 1
        if line:
            blocks.append(_paragraph(line))
    return blocks


def _paragraph(line: str) -> Paragraph:
    heading = _HEADING.match(line)
    level = len(heading[1]) if heading else 0
    return Paragraph(_EMPHASIS.sub(r"\2", heading[2] if heading else line), level)


def _tabbed(lines: list[str], start: int) -> tuple[Block, int] | None:
    """A table of at least two lines of cells separated by tabs, and the line after it."""
    rows: list[list[str]] = []
    at = start
    while at < len(lines):
        cells, after = _cells_of_line(lines, at)
        filled = sum(1 for cell in cells if cell)
        if len(cells) < 2 or (filled < 2 and not (rows and len(cells) == len(rows[0]))):
            break
        rows.append(cells)
        at = after
    return (table_of_rows(rows), at) if len(rows) >= 2 else None


def _cells_of_line(lines: list[str], at: int) -> tuple[list[str], int]:
    """The cells of one row and the line after it.

    Excel quotes a cell that holds a line break when it is pasted as text; such a row goes on over lines.
    """
    row = lines[at]
    if "\t" not in row and not row.startswith('"'):
        return [], at + 1
    end = at + 1
    if re.search(r'(^|\t)"', row):
        while row.count('"') % 2 and end < min(len(lines), at + 50):
            row += "\n" + lines[end]
            end += 1
        if row.count('"') % 2:
            row, end = lines[at], at + 1
    if "\t" not in row:
        return [], at + 1
    cells = [_unquoted(cell).strip() for cell in _split_tabs(row)]
    return cells, end


def _split_tabs(row: str) -> list[str]:
    """Cells between tabs; a tab inside quotes belongs to its cell."""
    cells: list[str] = []
    for piece in row.split("\t"):
        if cells and cells[-1].startswith('"') and cells[-1].count('"') % 2:
            cells[-1] += "\t" + piece
        else:
            cells.append(piece)
    return cells


def _unquoted(cell: str) -> str:
    if len(cell) >= 2 and cell.startswith('"') and cell.endswith('"') and ("\n" in cell or '""' in cell):
        return cell[1:-1].replace('""', '"')
    return cell


READER = Reader("text", (".txt", ".md", ".markdown"), read)
