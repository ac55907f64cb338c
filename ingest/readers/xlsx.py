"""Excel workbooks (.xlsx): values by calamine, what surrounds them by the sheets' XML; as displayed, not as stored.

Each visible sheet is a table, titled by its name where that says something. Rows and columns are those of the
sheet (see `ingest/formats/sheets.py`), so evidence is found in Excel at the same place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

from graph.errors import FileRejected
from graph.tables import Table
from ingest.blocks import Reader, ReadFile
from ingest.formats.cleaning import problem
from ingest.formats.gridding import Positions, TooManyPositions
from ingest.formats.numberformats import display, general
from ingest.formats.openxml import Element, Package
from ingest.formats.sheetmarkup import Markup, S, number_formats, read_markup, string_sizes
from ingest.formats.sheets import Hidden, sheet_table

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Value = int | float | str | bool | datetime | date | time | timedelta | None


def read(data: bytes, name: str) -> ReadFile:
    """A workbook; raises FileRejected when it is broken, encrypted, too large or shows nothing."""
    package = Package(data, name)
    main = package.main_part("xl/workbook.xml")
    workbook = package.parse(main)
    if workbook is None:
        raise FileRejected(f"{name} 缺少工作簿部分，文件不完整，请重新取得后再上传。")
    relations = package.relations(main)
    parts = {relation.kind: relation.target for relation in relations.values()}
    formats = number_formats(package, parts.get("styles", ""))
    hidden = Hidden()
    visible: list[tuple[str, str]] = []
    for sheet in workbook.iter(S + "sheet"):
        title = sheet.get("name") or ""
        relation = relations.get(sheet.get(_R) or "")
        if relation is None or relation.kind != "worksheet":
            continue
        if sheet.get("state") in ("hidden", "veryHidden"):
            hidden.sheets.append(title)
        else:
            visible.append((title, relation.target))
    # before calamine inflates them without a limit
    strings = string_sizes(package, parts.get("sharedStrings", ""))
    markups = [(title, read_markup(package, part, formats, title, strings)) for title, part in visible]
    tables = _tables(data, name, markups, hidden, from_1904=_is_from_1904(workbook))
    if not tables:
        raise FileRejected(f"{name} 的工作表没有可见的内容，请核对后重新上传。")
    message = hidden.message()
    return ReadFile(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        format="xlsx",
        blocks=tuple(tables),
        properties=package.properties(),
        problems=(problem("hidden_content", message),) if message else (),
    )


def _is_from_1904(workbook: Element) -> bool:
    settings = workbook.find(S + "workbookPr")
    return settings is not None and settings.get("date1904") in ("1", "true")


def _tables(
    data: bytes, name: str, markups: Sequence[tuple[str, Markup]], hidden: Hidden, *, from_1904: bool
) -> list[Table]:
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        tables: list[Table] = []
        positions = Positions()
        for title, markup in markups:
            values = workbook.get_sheet_by_name(title).to_python(skip_empty_area=False) if markup.rows else []
            texts = _texts(values, markup, from_1904=from_1904)
            table = sheet_table(
                texts,
                markup.merges,
                title,
                hidden,
                is_row_hidden=markup.hidden_rows.__contains__,
                is_column_hidden=markup.is_column_hidden,
            )
            if table is not None:
                tables.append(positions.add(table))
    except (CalamineError, OSError, ValueError) as error:
        if isinstance(error, TooManyPositions):
            raise FileRejected(f"{name} 的工作表过大，请拆分后再上传。") from error
        raise FileRejected(f"{name} 已损坏，请在 Excel 中打开修复后另存再上传。") from error
    return tables


def _texts(values: Sequence[Sequence[Value]], markup: Markup, *, from_1904: bool) -> list[list[str]]:
    """Each value as its cell displays it."""
    texts = [[v.strip() if isinstance(v, str) else _text(v) for v in line] for line in values]
    for (row, column), (code, raw) in markup.formatted.items():
        if row <= len(texts) and column <= len(texts[row - 1]):
            try:
                texts[row - 1][column - 1] = display(float(raw), code, from_1904=from_1904)
            except ValueError:
                continue
    for (row, column), text in markup.errors.items():
        if row <= len(texts) and column <= len(texts[row - 1]):
            texts[row - 1][column - 1] = text
    return texts


def _text(value: Value) -> str:
    """A value that has no format of its own."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return general(value)
    if isinstance(value, datetime):
        day = f"{value.year}/{value.month}/{value.day}"
        return day if value.time() == time() else f"{day} {value:%H:%M:%S}"
    if isinstance(value, date):
        return f"{value.year}/{value.month}/{value.day}"
    return "" if value is None else str(value)


READER = Reader("xlsx", (".xlsx", ".xlsm", ".xltx", ".xltm"), read)
