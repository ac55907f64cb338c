"""The workbooks of a briefing: the annex for people, and the pair list, which `coopgraph ingest` reads again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph.vocabulary import STATES, EntityType
from viz.briefing import Briefing
from viz.briefing_heads import HEADINGS, SAID, head, joined
from viz.briefing_tables import (
    KIND_HEADS,
    kind_words,
    kinds_paired,
    mark_of,
    names,
    pairs_title,
    reason_words,
    shared_region,
    sources,
    state_words,
    suggestion_words,
)
from viz.paper.book import Book, Value
from viz.words import dateline, partner_label

LONG = 400
"""Characters of a cell from which its sheet shows only how it begins."""
ABOUT = 110
"""Latin characters of a line of the first sheet."""


def annex(brief: Briefing, how: str) -> bytes:
    """What it is, then pairs, coverage, gaps, tasks and sources, a sheet each; a list of nothing has none."""
    lang = brief.params.lang
    book = Book(brief.title + (SAID["mark"](lang) if brief.illustrative else ""), how, lang)
    lists = [
        one
        for one in (_pairs(brief), _coverage(brief), _gaps(brief), *_tasks(brief), _sources(brief))
        if one.rows
    ]
    _add_about(book, brief, how, lists)
    for one in lists:
        book.add(one.name, one.head, one.widths, one.rows)
    return book.save()


@dataclass(frozen=True, slots=True)
class List:
    """A sheet before it is written."""

    name: str
    head: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[Value]]


def _add_about(book: Book, brief: Briefing, how: str, lists: Sequence[List]) -> None:
    """The first sheet: from when the data are, the figures, which lists there are, what signs mean."""
    lang = brief.params.lang
    counted = (SAID["sheet"](lang).format(name=one.name, n=len(one.rows)) for one in lists)
    told = joined(lang, counted, "and")
    signs = (f"{spec.sign} {spec.label(lang)}" for spec in STATES.values())
    texts = [
        dateline(brief.day, lang),
        *brief.summary,
        *((SAID["sheets"](lang).format(sheets=told),) if told else ()),
        *((SAID["sheet_signs"](lang).format(signs=joined(lang, signs)),) if brief.coverage else ()),
        *((SAID["long_cells"](lang),) if any(_is_long(one) for one in lists) else ()),
        f"{SAID['made'](lang)}{how}",
    ]
    book.add_words(SAID["about"](lang), texts, ABOUT)


def _is_long(one: List) -> bool:
    return any(isinstance(value, str) and len(value) > LONG for row in one.rows for value in row)


def _pairs(brief: Briefing) -> List:
    lang = brief.params.lang
    pairs = [
        (
            p["unit"]["name"], kind_words(p["counterpart"]["type"], lang), p["counterpart"]["name"], p["term"],
            p["programme"] or "", len(p["evidence"]), mark_of(p),
        )
        for p in brief.pairs
    ]  # fmt: skip
    columns = head(lang, "unit", "kind", "counterpart", "relation", "programme", "claims", "mark")
    return List(HEADINGS["pair_list"](lang), columns, (24, 12, 38, 14, 30, 11, _mark(lang)), pairs)


def _mark(lang: str) -> int:
    """Width of the column of 示例, by its title."""
    return 8 if lang == "zh" else 13


def _gaps(brief: Briefing) -> List:
    lang = brief.params.lang
    gaps = [
        (
            g["unit"]["name"], partner_label(g["counterpart_type"])(lang), state_words(g["state"], lang),
            reason_words(g["reason"], lang), suggestion_words(g, lang, reasons=None),
        )
        for g in brief.gaps
    ]  # fmt: skip
    columns = head(lang, "unit", "lacks", "state", "reason", "suggestions")
    return List(HEADINGS["gaps"](lang), columns, (24, 14, 18, 24, 56), gaps)


def _sources(brief: Briefing) -> List:
    lang = brief.params.lang
    columns = head(lang, "document", "table", "row", "column", "fact", "text", "mark")
    return List(HEADINGS["sources"](lang), columns, (44, 7, 7, 8, 40, 36, _mark(lang)), sources(brief))


def _coverage(brief: Briefing) -> List:
    lang = brief.params.lang
    kinds = [partner_label(kind)(lang) for kind in brief.kinds]
    cells: list[tuple[Value, ...]] = []
    for row in brief.coverage:
        found = [row["cells"][kind] for kind in brief.kinds]
        words = (_cell_words(cell, lang) for cell in found)
        cells.append((row["unit"]["name"], *words, *(cell["count"] for cell in found)))
    counts = [SAID["count_of"](lang).format(kind=kind) for kind in kinds]
    widths = (24, *(20 for _ in kinds), *(12 for _ in kinds))
    return List(HEADINGS["coverage"](lang), (*head(lang, "unit"), *kinds, *counts), widths, cells)


def _tasks(brief: Briefing) -> tuple[List, List]:
    """Tasks, and liaisons."""
    lang = brief.params.lang
    tasks = [
        (
            t["number"], t["title"], names(t["leaders"], lang), names(t["lead"], lang), names(t["support"], lang),
            names(t["responsible"], lang), t["due"], mark_of(t),
        )
        for t in brief.tasks
    ]  # fmt: skip
    columns = head(lang, "number", "task", "leaders", "lead", "support", "responsible", "due", "mark")
    liaisons = [
        (
            x["leader"]["name"], x["counterpart"]["name"], kind_words(x["counterpart"]["type"], lang),
            x["term"], mark_of(x),
        )
        for x in brief.liaisons
    ]  # fmt: skip
    heads = head(lang, "leader", "contact", "kind", "relation", "mark")
    return (
        List(HEADINGS["tasks"](lang), columns, (8, 38, 14, 24, 28, 20, 12, _mark(lang)), tasks),
        List(HEADINGS["liaisons"](lang), heads, (16, 38, 14, 16, _mark(lang)), liaisons),
    )


def _cell_words(cell: Any, lang: str) -> str:
    return f"{state_words(cell['state'], lang)}" + (f" {cell['count']}" if cell["count"] else "")


def pair_list(brief: Briefing, how: str) -> bytes:
    """One pair a row, the counterpart under its kind: a counterpart table like those that are ingested.

    The title names the region that all home units share; where there are several, each name does.
    """
    heads = kinds_paired(brief)
    shared = shared_region(brief)
    rows: list[tuple[Value, ...]] = []
    for pair in brief.pairs:
        column = KIND_HEADS[EntityType(pair["counterpart"]["type"])]
        partner = [pair["counterpart"]["name"] if head == column else None for head in heads]
        name, region = pair["unit"]["name"], brief.regions.get(pair["unit"]["id"], "")
        home = name if shared or name.startswith(region) else f"{region}{name}"
        rows.append((home, *partner, pair["term"]))
    book = Book(brief.title + (SAID["mark"]("zh") if brief.illustrative else ""), how)
    columns = ("单位", *heads, "关系")
    widths = (20, *(34 for _ in heads), 14)
    book.add("对口清单", columns, widths, rows, title=pairs_title(brief))
    return book.save()
