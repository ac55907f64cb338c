"""A picture's claims as a table: who, by which relation, with whom, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graph.model import Evidence
from graph.vocabulary import ILLUSTRATIVE_MARK, Status
from viz.citations import source_words
from viz.paper.grid import Cell, Grid, Row
from viz.paper.theme import SOFT
from viz.scene import Line, Scene
from viz.strokes import says
from viz.words import CHANGE_SIGNS, COLUMNS, WORDS, place_words

_ISSUED = re.compile(r".*?关于印发《?(.+?)》?的通知")
"""A notice's title: who issues, what is issued, and that it is a notice (GB/T 9704—2012, 7.3.1)."""
MOST = 3
"""Cells named as the evidence of one line; the rest are counted."""


def cell_words(table: int | None, row: int | None, column: int | None, lang: str) -> str:
    """Table, row and column; only the table where a whole table says so (a unit that it doesn't list)."""
    if table is not None and (row is None or column is None):
        return f"表{table}" if lang == "zh" else f"table {table}"
    return place_words(table, row, column, lang)


def where(evidence: Evidence, lang: str) -> str:
    """The document and cell that say so, with 示例 where it is illustrative."""
    place = cell_words(evidence["table"], evidence["row"], evidence["column"], lang)
    title = evidence["document_title"] or source_words(evidence["source"] or "", lang)
    source = document_in_short(evidence["document"], title) if evidence["document"] else title
    mark = f"（{ILLUSTRATIVE_MARK}）" if evidence["status"] == Status.ILLUSTRATIVE else ""
    blank = " " if place and (lang == "en" or not source.endswith("》")) else ""
    return f"{source}{blank}{place}{'' if mark and mark in source else mark}"


def document_in_short(document: str | None, title: str) -> str:
    """A document as rows name it, whose full title stands among the sources: by its number, where it has none by
    what it issues, else by its title."""
    number = (document or "").removeprefix("doc:")
    if number.endswith("号"):
        return number
    found = _ISSUED.fullmatch(title)
    return f"《{found[1] if found else title or number}》"


def places(evidence: Iterable[Evidence], lang: str) -> str:
    """Where the claims stand, the first few of them."""
    found = list(dict.fromkeys(where(item, lang) for item in evidence))
    rest = len(found) - MOST
    between = WORDS["semicolon"](lang)
    more = between + WORDS["more"](lang).format(n=rest) if rest > 0 else ""
    return between.join(found[:MOST]) + more


def _said(line: Line, lang: str) -> str:
    """What a line says, with what a revision did to it."""
    colon = "：" if lang == "zh" else ": "
    return f"{WORDS[line.change](lang)}{colon}{says(line, lang)}" if line.change else says(line, lang)


def change_grid(scene: Scene) -> Grid:
    """One row a line that a revision changed, with what it did to it."""
    lang, names = scene.lang, {node.id: node.name for node in scene.nodes}
    rows = [
        Row(
            (
                Cell(f"{CHANGE_SIGNS[line.change]} {WORDS[line.change](lang)}"),
                Cell(names[line.source]),
                Cell(says(line, lang)),
                Cell(names[line.target]),
                Cell(places(line.evidence, lang), SOFT),
            )
        )
        for line in scene.lines
        if line.change not in ("", "kept")
    ]
    head = (WORDS["change"](lang), WORDS["who"](lang), *(COLUMNS[i](lang) for i in (1, 2, 4)))
    return Grid(WORDS["changes"](lang), head, tuple(rows), caption=WORDS["changes"](lang))


def line_grid(scene: Scene) -> Grid:
    """One row a line of the picture."""
    names = {node.id: node.name for node in scene.nodes}
    rows = [
        Row(
            (
                Cell(names[line.source]),
                Cell(_said(line, scene.lang)),
                Cell(names[line.target]),
                Cell(places(line.evidence, scene.lang)),
            )
        )
        for line in scene.lines
    ]
    head = tuple(COLUMNS[i](scene.lang) for i in (0, 1, 2, 4))
    return Grid(WORDS["list"](scene.lang), head, tuple(rows))
