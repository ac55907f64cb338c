"""A workbook for people: typed sheets whose headers are frozen and filtered, which print on A4 across. Text is never a
formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from graph.vocabulary import STATES, Text
from viz.layout.text import clean, text_width
from viz.paper.making import PROGRAM, how_words
from viz.paper.packing import sealed

LONGEST = 32_767
"""Characters that a cell holds (https://support.microsoft.com, Excel specifications)."""
LINE, AIR = 15.0, 4.0
"""Points of one line of a row, and what stands over and under it."""
MOST_LINES = 14
"""Lines of a row that are shown: a longer text stands whole in its cell, whose row would not fit a printed page."""
A4 = 9
FONTS = {"zh": "宋体", "en": "Calibri"}
PAGE = Text("&C第 &P 页，共 &N 页", "&CPage &P of &N")
Value = str | int | None


class Book:
    """A workbook; its `title` stands over every printed page."""

    def __init__(self, title: str, how: str, lang: str = "zh") -> None:
        self._lang, self._title = lang, clean(title)
        self._out = io.BytesIO()
        self._look: dict[str, Any] = {"font_name": FONTS[lang], "font_size": 11}
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_format_properties": self._look,
        }
        self._book: Any = xlsxwriter.Workbook(self._out, options)
        self._book.set_properties(
            {
                "title": clean(title)[:250], "author": PROGRAM, "comments": clean(how_words(how)),
                "created": datetime(2000, 1, 1),
            }
        )  # fmt: skip
        self._head = self._format(text_wrap=True, bold=True, valign="vcenter", bottom=1, bg_color="#E8EDF2")
        rule = {"text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": "#DEDAD0"}
        self._body, self._number = self._format(**rule), self._format(**rule, align="center")
        self._heading = self._format(bold=True, font_size=14, valign="vcenter", text_wrap=True)
        self._words = self._format(text_wrap=True, valign="top")
        self._states = {
            spec.sign: self._book.add_format({"font_color": spec.colour, "bold": spec.sign != "●"})
            for spec in STATES.values()
        }

    def _format(self, **look: Any) -> Any:
        return self._book.add_format({**self._look, **look})

    def add_words(self, name: str, texts: Sequence[str], width: int) -> None:
        """A sheet of paragraphs one under another under the workbook's title, `width` Latin characters wide."""
        sheet = self._book.add_worksheet(name)
        sheet.set_column(0, 0, width)
        sheet.hide_gridlines(2)
        for number, text in enumerate((self._title, *texts)):
            sheet.write_string(number, 0, clean(text)[:LONGEST], self._words if number else self._heading)
            sheet.set_row(number, _height([text], [width]) if number else 2 * LINE)
        self._set_up_print(sheet, name)

    def add(
        self,
        name: str,
        head: Sequence[str],
        widths: Sequence[int],
        rows: Sequence[Sequence[Value]],
        *,
        title: str = "",
    ) -> None:
        """A sheet; with a title it stands in the first row, over the header. `widths` are in Latin characters."""
        sheet = self._book.add_worksheet(name)
        top = 1 if title else 0
        if title:
            sheet.merge_range(0, 0, 0, len(head) - 1, "", self._heading)
            sheet.write_string(0, 0, clean(title), self._heading)
            sheet.set_row(0, 2 * LINE)
        for column, (text, width) in enumerate(zip(head, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(top, column, text, self._head)
        sheet.set_row(top, _height(head, widths))
        for number, row in enumerate(rows, top + 1):
            self._write(sheet, number, row)
            sheet.set_row(number, _height(row, widths))
        last = max(top + 1, top + len(rows))
        sheet.autofilter(top, 0, last, len(head) - 1)
        sheet.freeze_panes(top + 1, 1)
        for sign, look in self._states.items():
            rule = {"type": "text", "criteria": "begins with", "value": sign, "format": look}
            sheet.conditional_format(top + 1, 0, last, len(head) - 1, rule)
        sheet.repeat_rows(top)
        self._set_up_print(sheet, name)

    def _write(self, sheet: Any, number: int, row: Sequence[Value]) -> None:
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(number, column, value, self._number)
            elif value:
                sheet.write_string(number, column, clean(value)[:LONGEST], self._body)
            else:
                sheet.write_blank(number, column, None, self._body)

    def _set_up_print(self, sheet: Any, name: str) -> None:
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        # An ampersand begins a code of its own in headers (ECMA-376, 18.3.1.39); they hold 255 characters.
        sheet.set_header(f"&L{self._title[:100].replace('&', '&&')}&R{name}")
        sheet.set_footer(PAGE(self._lang))

    def save(self) -> bytes:
        self._book.close()
        return sealed(self._out.getvalue())


def _height(row: Sequence[Value], widths: Sequence[int]) -> float:
    """Points of a row with all its lines, up to the most that are shown."""
    lines = max((_lines(v, w) for v, w in zip(row, widths, strict=True)), default=1)
    return LINE * min(lines, MOST_LINES) + AIR


def _lines(value: Value, width: int) -> int:
    """Lines that a text takes in a column of that many Latin characters; the cell's margins take one."""
    return 1 if not isinstance(value, str) else max(1, -(-round(text_width(value, 2.0)) // (width - 1)))
