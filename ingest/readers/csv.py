"""Comma- and tab-separated values, in whatever encoding the office's Excel wrote them."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from graph.errors import FileRejected
from graph.tables import table_of_rows
from ingest.blocks import Reader, ReadFile
from ingest.formats.decoding import decode
from ingest.formats.gridding import MAX_POSITIONS
from ingest.formats.sheetmarkup import MAX_FILLED

_DELIMITERS = ",\t;|，"
_SEP = re.compile(r"^sep=(.)\r?\n", re.IGNORECASE)
_LONGEST_CELL = 10_000_000
_MAX_LINES = 2_000_000
"""Lines, blank ones among them; what may be filled of them is less."""


def read(data: bytes, name: str) -> ReadFile:
    """One table without merges; short rows are filled with empty cells on the right, blank rows at the end cut.

    Raises FileRejected for what is no text, is empty, or has more cells than a sheet may.
    """
    text, problems = decode(data, name)
    text = text.replace("\0", "")
    if text.count("\n") > _MAX_LINES:
        raise FileRejected(f"{name} 超过 {_MAX_LINES:,} 行，请拆分后再上传。")
    separator = _SEP.match(text)
    if separator:
        text = text[separator.end() :]
    delimiter = separator[1] if separator else find_delimiter(text, name)
    rows = _rows(text, delimiter, name)
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise FileRejected(f"{name} 没有内容，请核对后重新上传。")
    width = max(max((n for n, cell in enumerate(row, 1) if cell), default=0) for row in rows)
    if width * len(rows) > MAX_POSITIONS or sum(sum(map(bool, row)) for row in rows) > MAX_FILLED:
        raise FileRejected(f"{name} 超过 {MAX_FILLED:,} 个有内容的单元格，请拆分后再上传。")
    return ReadFile(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format="csv",
        blocks=(table_of_rows([row[:width] for row in rows]),),
        problems=tuple(problems),
    )


def find_delimiter(text: str, name: str) -> str:
    """The delimiter that cuts the first rows into the most even number of cells; by the ending where none does."""
    sample = text[:100_000]
    best, best_score = "", 0.0
    for delimiter in _DELIMITERS:
        widths = [len(row) for row in _parse(sample, delimiter) if any(cell.strip() for cell in row)][:50]
        if len(widths) == 0 or max(widths) < 2:
            continue
        common = max(set(widths), key=widths.count)
        score = widths.count(common) / len(widths) if common > 1 else 0.01
        if score > best_score + 0.2:
            best, best_score = delimiter, score
    return best or ("\t" if PurePosixPath(name).suffix.lower() == ".tsv" else ",")


def _parse(text: str, delimiter: str) -> Iterable[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _rows(text: str, delimiter: str, name: str) -> list[list[str]]:
    try:
        return [[_shown(cell) for cell in row] for row in _parse(text, delimiter)]
    except csv.Error as error:
        raise FileRejected(f"{name} 的引号或分隔符有误，请在 Excel 中打开后另存再上传。") from error


def _shown(cell: str) -> str:
    """The cell without the formula that keeps leading zeros when Excel opens it (`="007"`), and without the tab or
    apostrophe that systems write before long numbers for the same end."""
    text = cell.strip()
    if text.startswith('="') and text.endswith('"'):
        return text[2:-1]
    if text.startswith("'") and text[1:].isdigit():
        return text[1:]
    return text


READER = Reader("csv", (".csv", ".tsv"), read)
