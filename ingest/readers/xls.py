"""Excel 97–2003 workbooks (.xls, and .et of WPS in that format), by xlrd; as displayed, not as stored."""

from __future__ import annotations

import hashlib
from typing import Any

import xlrd
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDocError

from graph.errors import FileRejected
from graph.tables import Table
from ingest.blocks import Reader, ReadFile
from ingest.formats.cleaning import problem
from ingest.formats.gridding import Positions, TooManyPositions
from ingest.formats.numberformats import BUILTIN, display, general
from ingest.formats.sheetmarkup import MAX_FILLED
from ingest.formats.sheets import Hidden, sheet_table

_ERRORS = (
    XLRDError,
    CompDocError,
    AssertionError,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
)
"""What xlrd raises on a damaged file, beside its own errors."""


def read(data: bytes, name: str) -> ReadFile:
    """A workbook; raises FileRejected when it is broken, encrypted, too large or shows nothing."""
    hidden = Hidden()
    try:
        book = _open(data, name)
        positions = Positions()
        tables = [
            positions.add(table)
            for sheet in book.sheets()
            if (table := _sheet(book, sheet, hidden, name)) is not None
        ]
    except TooManyPositions as error:
        raise FileRejected(f"{name} 的工作表过大，请拆分后再上传。") from error
    except (*_ERRORS, UnicodeDecodeError, OverflowError, MemoryError) as error:
        raise FileRejected(f"{name} 已损坏或不完整，请在 Excel 中打开后另存为 .xlsx 再上传。") from error
    if not tables:
        raise FileRejected(f"{name} 的工作表没有可见的内容，请核对后重新上传。")
    message = hidden.message()
    return ReadFile(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format="xls",
        blocks=tuple(tables),
        problems=(problem("hidden_content", message),) if message else (),
    )


class _Silence:
    """Takes xlrd's remarks on odd files, which are for its developers."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        return None


def _open(data: bytes, name: str) -> Any:
    try:
        return xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=_Silence())
    except XLRDError as error:
        if "encrypted" in str(error).lower():
            raise FileRejected(f"{name} 已加密，请去掉密码后再上传。") from error
        raise


def _sheet(book: Any, sheet: Any, hidden: Hidden, name: str) -> Table | None:
    if sheet.visibility:
        hidden.sheets.append(sheet.name)
        return None
    texts: list[list[str]] = []
    filled = 0
    for row in range(sheet.nrows):
        line = [_text(book, cell) for cell in sheet.row(row)]
        filled += sum(map(bool, line))
        if filled > MAX_FILLED:
            limit = f"{MAX_FILLED:,}"
            raise FileRejected(
                f"{name} 的工作表“{sheet.name}”超过 {limit} 个有内容的单元格，请拆分后再上传。"
            )
        texts.append(line)
    merges = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    rows, columns = sheet.rowinfo_map, sheet.colinfo_map

    def is_row_hidden(row: int) -> bool:
        info = rows.get(row - 1)
        return info is not None and bool(info.hidden)

    def is_column_hidden(column: int) -> bool:
        info = columns.get(column - 1)
        return info is not None and (bool(info.hidden) or info.width == 0)

    return sheet_table(
        texts,
        merges,
        sheet.name,
        hidden,
        is_row_hidden=is_row_hidden,
        is_column_hidden=is_column_hidden,
    )


def _text(book: Any, cell: Any) -> str:
    """The text that a cell displays."""
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value).strip()
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(cell.value, "#N/A")
    if cell.ctype not in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return ""
    key = book.xf_list[cell.xf_index].format_key
    stated = book.format_map.get(key)
    code = BUILTIN.get(key) or (stated.format_str if stated else "General")
    if code in ("General", "@", ""):
        return general(cell.value)
    return display(cell.value, code, from_1904=bool(book.datemode))


READER = Reader("xls", (".xls", ".xlt"), read)
