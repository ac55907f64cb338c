"""The workbooks of a briefing: the annex for people, and the pair list, which `coopgraph ingest` reads again."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from graph.vocabulary import STATES, EntityType
from viz.briefing import Briefing
from viz.briefing_heads import HEADINGS, SAID, head
from viz.briefing_tables import (
    KIND_HEADS,
    kind_words,
    kinds_paired,
    mark_of,
    names,
    reason_words,
    sources,
    state_words,
    suggestion_words,
)
from viz.layout.text import clean, text_width
from viz.paper.making import PROGRAM, how_words
from viz.paper.packing import sealed

LONGEST = 32_767
"""Characters that a cell holds (https://support.microsoft.com, Excel specifications)."""
LINE = 15.0
"""Points of one line of a row."""
Value = str | int | None


class Book:
    """A workbook of sheets that print on A4 across, their headers frozen and filtered. Text is never a formula."""

    def __init__(self, title: str, how: str, lang: str = "zh") -> None:
        self._lang, self._title = lang, clean(title)
        self._out = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        self._book: Any = xlsxwriter.Workbook(self._out, options)
        self._book.set_properties(
            {
                "title": clean(title)[:250], "author": PROGRAM, "comments": clean(how_words(how)),
                "created": datetime(2000, 1, 1),
            }
        )  # fmt: skip
        self.head = self._book.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "bg_color": "#E8EDF2"}
        )
        rule = {"text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": "#DEDAD0"}
        self.body = self._book.add_format(rule)
        self.number = self._book.add_format({**rule, "align": "center"})
        self.title = self._book.add_format({"bold": True, "font_size": 14, "valign": "vcenter"})
        self.states = {
            spec.sign: self._book.add_format({"font_color": spec.colour, "bold": spec.sign != "●"})
            for spec in STATES.values()
        }

    def add(
        self,
        name: str,
        head: Sequence[str],
        widths: Sequence[int],
        rows: Sequence[Sequence[Value]],
        *,
        title: str = "",
    ) -> None:
        """A sheet; with a title it stands in the first row, over the header."""
        sheet = self._book.add_worksheet(name)
        top = 1 if title else 0
        if title:
            sheet.merge_range(0, 0, 0, len(head) - 1, "", self.title)
            sheet.write_string(0, 0, clean(title), self.title)
        for column, (text, width) in enumerate(zip(head, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(top, column, text, self.head)
        for number, row in enumerate(rows, top + 1):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(number, column, value, self.number)
                elif value:
                    sheet.write_string(number, column, clean(value)[:LONGEST], self.body)
                else:
                    sheet.write_blank(number, column, None, self.body)
            tall = max((_lines(v, w) for v, w in zip(row, widths, strict=True)), default=1)
            sheet.set_row(number, LINE * tall)
        last = max(top + 1, top + len(rows))
        sheet.autofilter(top, 0, last, len(head) - 1)
        sheet.freeze_panes(top + 1, 1)
        for sign, look in self.states.items():
            rule = {"type": "text", "criteria": "begins with", "value": sign, "format": look}
            sheet.conditional_format(top + 1, 0, last, len(head) - 1, rule)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(top)
        # An ampersand begins a code of its own in headers (ECMA-376, 18.3.1.39); they hold 255 characters.
        sheet.set_header(f"&L{self._title[:100].replace('&', '&&')}&R{name}")
        sheet.set_footer(SAID["page"](self._lang))

    def save(self) -> bytes:
        self._book.close()
        return sealed(self._out.getvalue())


def _lines(value: Value, width: int) -> int:
    """Lines that a text takes in a column of that many Latin characters."""
    return 1 if not isinstance(value, str) else max(1, -(-round(text_width(value, 2.0)) // width))


def annex(brief: Briefing, how: str) -> bytes:
    """Pairs, coverage, gaps, tasks and sources, a sheet each."""
    lang = brief.params.lang
    book = Book(brief.title, how, lang)
    pairs = [
        (
            p["unit"]["name"], kind_words(p["counterpart"]["type"], lang), p["counterpart"]["name"], p["term"],
            p["programme"] or "", len(p["evidence"]), mark_of(p),
        )
        for p in brief.pairs
    ]  # fmt: skip
    columns = head(lang, "unit", "kind", "counterpart", "relation", "programme", "claims", "mark")
    book.add(HEADINGS["pair_list"](lang), columns, (20, 12, 34, 14, 26, 10, 8), pairs)
    _add_coverage(book, brief)
    gaps = [
        (
            g["unit"]["name"], kind_words(g["counterpart_type"], lang), state_words(g["state"], lang),
            reason_words(g["reason"], lang), suggestion_words(g, lang, reasons=None),
        )
        for g in brief.gaps
    ]  # fmt: skip
    columns = head(lang, "unit", "lacks", "state", "reason", "suggestions")
    book.add(HEADINGS["gaps"](lang), columns, (20, 12, 18, 24, 50), gaps)
    _add_tasks(book, brief)
    columns = head(lang, "document", "table", "row", "column", "fact", "text", "mark")
    book.add(HEADINGS["sources"](lang), columns, (44, 6, 6, 6, 40, 40, 8), sources(brief))
    return book.save()


def _add_coverage(book: Book, brief: Briefing) -> None:
    lang = brief.params.lang
    kinds = [kind_words(kind, lang) for kind in brief.kinds]
    cells: list[tuple[Value, ...]] = []
    for row in brief.coverage:
        found = [row["cells"][kind] for kind in brief.kinds]
        words = (_cell_words(cell, lang) for cell in found)
        cells.append((row["unit"]["name"], *words, *(cell["count"] for cell in found)))
    counts = [SAID["count_of"](lang).format(kind=kind) for kind in kinds]
    widths = (20, *(22 for _ in kinds), *(10 for _ in kinds))
    book.add(HEADINGS["coverage"](lang), (*head(lang, "unit"), *kinds, *counts), widths, cells)


def _add_tasks(book: Book, brief: Briefing) -> None:
    """Tasks, and liaisons where there are any."""
    lang = brief.params.lang
    tasks = [
        (
            t["number"], t["title"], names(t["leaders"], lang), names(t["lead"], lang), names(t["support"], lang),
            names(t["responsible"], lang), t["due"], mark_of(t),
        )
        for t in brief.tasks
    ]  # fmt: skip
    columns = head(lang, "number", "task", "leaders", "lead", "support", "responsible", "due", "mark")
    book.add(HEADINGS["tasks"](lang), columns, (8, 40, 14, 24, 30, 24, 14, 8), tasks)
    if brief.liaisons:
        liaisons = [
            (
                x["leader"]["name"], x["counterpart"]["name"], kind_words(x["counterpart"]["type"], lang),
                x["term"], mark_of(x),
            )
            for x in brief.liaisons
        ]  # fmt: skip
        columns = head(lang, "leader", "contact", "kind", "relation", "mark")
        book.add(HEADINGS["liaisons"](lang), columns, (14, 34, 12, 14, 8), liaisons)


def _cell_words(cell: Any, lang: str) -> str:
    return f"{state_words(cell['state'], lang)}" + (f" {cell['count']}" if cell["count"] else "")


def pair_list(brief: Briefing, how: str) -> bytes:
    """One pair a row, the counterpart under its kind: a counterpart table like those that are ingested.

    The title names the region that all home units share; where there are several, each name does.
    """
    heads = kinds_paired(brief)
    regions = {brief.regions.get(pair["unit"]["id"], "") for pair in brief.pairs}
    shared = regions.pop() if len(regions) == 1 else ""
    rows: list[tuple[Value, ...]] = []
    for pair in brief.pairs:
        column = KIND_HEADS[EntityType(pair["counterpart"]["type"])]
        partner = [pair["counterpart"]["name"] if head == column else None for head in heads]
        name, region = pair["unit"]["name"], brief.regions.get(pair["unit"]["id"], "")
        home = name if shared or name.startswith(region) else f"{region}{name}"
        rows.append((home, *partner, pair["term"]))
    mark = "（示例）" if any(mark_of(pair) for pair in brief.pairs) else ""
    book = Book(brief.title, how)
    columns = ("单位", *heads, "关系")
    widths = (20, *(34 for _ in heads), 14)
    title = f"{shared}{brief.params.programme or ''}对口清单{mark}"
    book.add("对口清单", columns, widths, rows, title=title)
    return book.save()
