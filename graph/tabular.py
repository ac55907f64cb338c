"""Tables as CSV or as a workbook: any answer, from the columns that its query names. Equal rows give equal bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from graph.errors import TooLarge

if TYPE_CHECKING:
    from graph.catalogue import Answer, P, Query

Value = str | int | float | bool | None

RISKY = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula
(https://owasp.org/www-community/attacks/CSV_Injection)."""
LONGEST = 32_767
"""Characters that a cell of a workbook holds (https://support.microsoft.com, Excel specifications)."""
MOST_ROWS = 1_048_575
"""Rows that a sheet holds below its header (the same source)."""
WIDTHS = (8, 60)
"""Least and greatest width of a column, in characters of Latin size."""
LONG, TALLEST = 900, 300.0
"""Characters of a text that would make its row higher than a printed page, and points of that row: the cell holds the
text whole."""
A3, A4 = 8, 9
"""Their numbers among papers (ECMA-376, 18.3.1.63)."""
MOST_ON_A4 = 200
"""Characters of all columns together up to which A4 across is readable: at two thirds of the size."""
SAMPLE = 200
"""Rows looked at to choose a column's width."""
YES_NO = {"zh": ("是", "否"), "en": ("yes", "no")}


def rows_of(query: Query[P], params: P, answer: Answer) -> Iterator[list[Value]]:
    """The rows of an answer, without the header, one value a column."""
    for row in query.flatten(answer, params):
        yield [column.shown(row, params.lang) for column in query.columns]


def titles_of(query: Query[P], params: P) -> list[str]:
    """Titles of the columns in the language asked for."""
    return [column.title(params.lang) for column in query.columns]


def harmless(text: str) -> str:
    """Text that no spreadsheet runs: an apostrophe before what would begin a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


def to_csv(query: Query[P], params: P, answer: Answer) -> bytes:
    """CSV (RFC 4180) in UTF-8 with BOM, so that Excel reads Chinese."""
    return csv_bytes(titles_of(query, params), rows_of(query, params, answer), params.lang)


def to_xlsx(query: Query[P], params: P, answer: Answer) -> bytes:
    """A workbook of one sheet: numbers as numbers, text as text, header frozen, with a filter."""
    title = query.title(params.lang)
    return workbook_bytes(title, [(title, titles_of(query, params), rows_of(query, params, answer))])


def csv_bytes(titles: Sequence[str], rows: Iterable[Sequence[Value]], lang: str = "zh") -> bytes:
    """CSV (RFC 4180) in UTF-8 with BOM; text that a spreadsheet would run gets an apostrophe before it."""
    words = YES_NO[lang]

    def written(value: Value) -> Value:
        if isinstance(value, bool):
            return words[0] if value else words[1]
        return harmless(value) if isinstance(value, str) else value

    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(title) for title in titles])
    for row in rows:
        writer.writerow([written(value) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def workbook_bytes(
    title: str, sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Value]]]], **options: bool
) -> bytes:
    """A workbook of sheets (name, titles of the columns, rows), each with its header frozen and a filter.

    `options` go to xlsxwriter. Raises TooLarge for more rows than a sheet holds.
    """
    import xlsxwriter

    out = io.BytesIO()
    given = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, **options}
    book = xlsxwriter.Workbook(out, given)
    book.set_properties({"title": title, "created": datetime(2000, 1, 1)})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for name, titles, rows in sheets:
        sheet = book.add_worksheet(_sheet_name(name))
        _set_up_print(sheet, wide=_fill(sheet, titles, rows, head, body) > MOST_ON_A4)
    book.close()
    return out.getvalue()


def _fill(sheet: Any, titles: Sequence[str], rows: Iterable[Sequence[Value]], head: Any, body: Any) -> int:
    """Write the rows; gives the width of all columns in characters."""
    for number, text in enumerate(titles):
        sheet.write_string(0, number, text, head)
    widths = [_width(text) for text in titles]
    count = 0
    for count, row in enumerate(rows, 1):
        if count > MOST_ROWS:
            raise TooLarge(
                f"工作表最多容纳 {MOST_ROWS:,} 行，放不下全部内容，请缩小范围或改用 CSV。", limit=MOST_ROWS
            )
        for number, value in enumerate(row):
            _write(sheet, count, number, value, body)
            if isinstance(value, str) and len(value) > LONG:
                sheet.set_row(count, TALLEST)
            if count <= SAMPLE and value is not None:
                widths[number] = max(widths[number], _width(str(value)))
    widths = [min(max(width, WIDTHS[0]), WIDTHS[1]) for width in widths]
    for number, width in enumerate(widths):
        sheet.set_column(number, number, width)
    sheet.freeze_panes(1, 0)
    if titles:
        sheet.autofilter(0, 0, count, len(titles) - 1)
    return sum(widths)


def _set_up_print(sheet: Any, *, wide: bool) -> None:
    """On A4 across, wide ones on A3: all columns on one page, the header again on each, its number below."""
    sheet.set_landscape()
    sheet.set_paper(A3 if wide else A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L&A&R&P / &N")


def _write(sheet: Any, row: int, column: int, value: Value, style: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, str):
        text = value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"
        sheet.write_string(row, column, text, style)
    else:
        sheet.write_number(row, column, value, style)


def _width(text: str) -> int:
    """Width of the longest line, Chinese characters taken for two, and a margin."""
    return max((sum(2 if ord(c) > 0x2E80 else 1 for c in line) for line in text.split("\n")), default=0) + 2


def _sheet_name(title: str) -> str:
    """At most 31 characters, none of those that Excel refuses."""
    return "".join(c for c in title if c not in "[]:*?/\\'")[:31] or "Sheet1"
