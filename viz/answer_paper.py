"""The DOCX of a query's answer: its rows as a table, the cells that state them, and the command that makes it again.

All of it comes from the catalogue, as CSV and XLSX do, so that a new query has it too. What only programs need (ids,
the columns of the evidence) is told as a reader takes it: places in the row, documents and cells in the annex.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from graph.catalogue import Answer, Column, Parameters, Query
from graph.errors import TooLarge
from graph.ids import normalise
from graph.model import Evidence
from graph.statements.titles import document_words
from graph.tabular import YES_NO
from graph.vocabulary import ILLUSTRATIVE_MARK, STATUS_LABELS, Status
from viz.briefing_heads import HEADINGS, SAID, head
from viz.filters import filters_in_words
from viz.layout.text import clean
from viz.paper.grid import Cell, Grid, Row
from viz.paper.listing import cell_words, places
from viz.paper.making import PROGRAM
from viz.paper.theme import SOFT
from viz.paper.word import Paper, Section, annexed, ordinal, write_paper
from viz.words import WORDS, dateline

if TYPE_CHECKING:
    from graph.store import Store

MOST_ROWS = 5_000
"""Rows of a paper: more is for a workbook."""
UPRIGHT = 7
"""Columns from which the paper lies on its long side."""
_FOR_PROGRAMS = ("_id", "_type")
_STATUS = "status"


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the table with all the cells that state it."""

    texts: tuple[str, ...]
    evidence: tuple[Evidence, ...]


def answer_docx(query: Query[Any], params: Parameters, answer: Answer, store: Store) -> bytes:
    """The paper of a whole answer. Raises TooLarge for more than `MOST_ROWS` rows."""
    lang = params.lang
    rows = list(query.flatten(answer, params))
    columns, lines = _lines(query.columns, rows, lang)
    if len(lines) > MOST_ROWS:
        raise TooLarge(
            f"Word 文件最多列 {MOST_ROWS:,} 行，放不下全部内容，请加筛选条件，或改用 XLSX。", limit=MOST_ROWS
        )
    illustrative = any(
        column.shown(row, lang) == STATUS_LABELS[Status.ILLUSTRATIVE](lang)
        for column in query.columns if column.key == _STATUS for row in rows
    )  # fmt: skip
    how = command_of(query, params)
    title = f"{params.programme} · {query.title(lang)}" if params.programme else query.title(lang)
    grid = _grid(query.title(lang), columns, lines, lang)
    sources = _source_grid(store, lines, lang)
    annex = annexed(HEADINGS["annex"](lang), sources, f"{SAID['made'](lang)}{how}")
    empty = (WORDS["empty"](lang) + WORDS["stop"](lang), WORDS["empty_hint"](lang))
    paper = Paper(
        title + (SAID["mark"](lang) if illustrative else ""),
        dateline(params.day(), lang),
        _summary(query, params, answer, len(lines), store),
        (Section(ordinal(1, WORDS["list"](lang), lang), () if lines else empty, grid=grid), annex),
        how,
        lang,
        across=len(grid.head) >= UPRIGHT,
    )
    return write_paper(paper)


def command_of(query: Query[Any], params: Parameters) -> str:
    """The command line that makes the paper again, whatever the day."""
    given = params.model_copy(update={"as_of": date.fromisoformat(params.day())})
    options: list[str] = []
    values = given.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude_none=True)
    for name, value in values.items():
        if name in ("page", "size", "format"):
            continue
        for one in value if isinstance(value, list) else [value]:
            text = str(one).lower() if isinstance(one, bool) else clean(str(one))
            options.append(f"--{name.replace('_', '-')} {shlex.quote(text)}")
    return " ".join([PROGRAM, "query", query.name, *options, f"-o {query.name}.docx"])


def _summary(
    query: Query[Any], params: Parameters, answer: Answer, count: int, store: Store
) -> tuple[str, ...]:
    """The filters in words, how many rows, and what the answer counts beside them."""
    lang = params.lang
    counts = WORDS["rows_all"](lang).format(n=count)
    facts = (filters_in_words(params, store), counts, *query.said_beside(answer, lang))
    return (WORDS["semicolon"](lang).join(fact for fact in facts if fact) + WORDS["stop"](lang),)


def _lines(columns: Sequence[Column], rows: Sequence[Any], lang: str) -> tuple[list[Column], list[_Line]]:
    """The columns that a reader needs and that hold anything, and the rows: those of one fact are one, with all
    its evidence."""
    proved = any(column.key.startswith("evidence_") for column in columns)
    own = [column for column in columns if not column.key.startswith("evidence_")]
    told = [column for column in own if not (proved and column.key == _STATUS)]

    ids = {column.key.removesuffix("_id"): column for column in own if column.key.endswith("_id")}

    def fact(row: Any) -> tuple[str, ...]:
        texts = (_text(column.shown(row, lang), lang) for column in told)
        return tuple(
            _told_apart(text, str(ids[column.key].value(row))) if column.key in ids else text
            for column, text in zip(told, texts, strict=True)
        )

    found: list[_Line] = []
    for texts, same in groupby(rows, key=fact):
        cells = [row.get("proof") for row in same] if proved else []
        found.append(_Line(texts, tuple(cell for cell in cells if cell)))
    kept = [
        number
        for number, column in enumerate(told)
        if column.key != "id" and not column.key.endswith(_FOR_PROGRAMS)
        and (not found or any(line.texts[number] for line in found))
    ]  # fmt: skip
    return [told[n] for n in kept], [_Line(tuple(ln.texts[n] for n in kept), ln.evidence) for ln in found]


def _told_apart(name: str, entity: str) -> str:
    """A name as it is told from others of the same: the id of a place that shares its name says whose it is."""
    full = entity.partition(":")[2]
    return full if full != normalise(name) and full.endswith(normalise(name)) else name


def _text(value: object, lang: str) -> str:
    """A value as it is read on paper, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES_NO[lang][0 if value else 1]
    return f"{value:g}" if isinstance(value, float) else str(value)


def _grid(name: str, columns: Sequence[Column], lines: Sequence[_Line], lang: str) -> Grid:
    """The rows numbered, each with where it stands."""
    proved = any(line.evidence for line in lines)
    titles = [
        WORDS["row_number"](lang),
        *(c.title(lang) for c in columns),
        *((WORDS["stated_at"](lang),) if proved else ()),
    ]
    rows = [
        [str(number), *line.texts, *([places(line.evidence, lang)] if proved else [])]
        for number, line in enumerate(lines, 1)
    ]
    soft = {0, len(titles) - 1 if proved else 0}
    cells = (Row(tuple(Cell(t, SOFT) if i in soft else Cell(t) for i, t in enumerate(row))) for row in rows)
    return Grid(name, tuple(titles), tuple(cells))


def _source_grid(store: Store, lines: Sequence[_Line], lang: str) -> Grid:
    """Documents as headings, under them each cell once, with the numbers of the rows that it states."""
    stated: dict[tuple[Any, ...], tuple[Evidence, list[str]]] = {}
    for number, line in enumerate(lines, 1):
        for e in line.evidence:
            key = (_title(e), e["table"] or 0, e["row"] or 0, e["column"] or 0, e["text"], e["status"])
            stated.setdefault(key, (e, []))[1].append(str(number))
    rows = list(_source_rows(store, [stated[key] for key in sorted(stated)], lang))
    columns = (*head(lang, "place"), WORDS["rows_stated"](lang), *head(lang, "text", "mark"))
    return Grid(HEADINGS["sources"](lang), columns, tuple(rows))


def _source_rows(store: Store, stated: Sequence[tuple[Evidence, list[str]]], lang: str) -> Iterator[Row]:
    for _, cells in groupby(stated, key=lambda one: _title(one[0])):
        inside = list(cells)
        yield Row((Cell(_document(store, inside[0][0]), bold=True),), heading=True)
        for e, numbers in inside:
            place = cell_words(e["table"], e["row"], e["column"], lang)
            mark = ILLUSTRATIVE_MARK if e["status"] == Status.ILLUSTRATIVE else ""
            named = SAID["and"](lang).join(dict.fromkeys(numbers))
            yield Row(
                (
                    Cell(place or (SAID["body"](lang) if e["document"] else "—")),
                    Cell(named),
                    Cell(e["text"]),
                    Cell(mark),
                )
            )


def _title(e: Evidence) -> str:
    return e["document_title"] or e["document"] or e["source"] or ""


def _document(store: Store, e: Evidence) -> str:
    """A document as sources name it; a gazetteer by its name."""
    stored = store.document(e["document"]) if e["document"] else None
    if stored:
        return document_words(stored.document.title, stored.document.number)
    return f"《{_title(e)}》" if e["document"] else _title(e)
