"""The lists of a briefing as tables: pairs, gaps, tasks, sources; the same rows for Word, slides and workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph.model import Evidence
from graph.vocabulary import (
    ILLUSTRATIVE_MARK,
    PARTNER_KINDS,
    REASONS,
    STATES,
    TYPES,
    EntityType,
    State,
    Status,
)
from viz.briefing import Briefing
from viz.briefing_heads import HEADINGS, SAID, head, joined
from viz.layout.text import ELLIPSIS
from viz.matrix import state_keys
from viz.paper.coverage_slides import coverage_grid
from viz.paper.grid import Cell, Grid, Row
from viz.paper.listing import cell_words, places
from viz.paper.theme import SOFT
from viz.scene import Scene
from viz.words import partner_label

Item = Mapping[str, Any]
LONGEST_FACT = 160
"""Characters by which the annex says what a cell states: the names stand whole in the lists, the cell beside it."""
KIND_HEADS = {
    EntityType.PARK: "对口园区",
    EntityType.INSTITUTE: "对口科研机构",
    EntityType.ENTERPRISE: "对口企业",
    EntityType.UNIT: "对口单位",
    EntityType.COLLECTIVE: "对口单位",
    EntityType.ORGANISATION: "对口机构",
}
"""Headers of the pair list by kind of counterpart: words that reading a counterpart table knows again."""


def names(refs: Sequence[Item], lang: str) -> str:
    return joined(lang, (ref["name"] for ref in refs), "and")


def is_illustrative(item: Item) -> bool:
    return any(e["status"] == Status.ILLUSTRATIVE for e in item["evidence"])


def mark_of(item: Item) -> str:
    return ILLUSTRATIVE_MARK if is_illustrative(item) else ""


def kind_words(kind: str, lang: str) -> str:
    return TYPES[EntityType(kind)].label(lang)


def filled(grid: Grid) -> Grid:
    """The table without columns in which nothing stands."""
    rows = [row for row in grid.rows if not row.heading]
    kept = [i for i in range(len(grid.head)) if any(row.cells[i].text for row in rows)]
    if not rows or len(kept) == len(grid.head):
        return grid
    head = tuple(grid.head[i] for i in kept)
    cells = (
        row if row.heading else replace(row, cells=tuple(row.cells[i] for i in kept)) for row in grid.rows
    )
    return replace(grid, head=head, rows=tuple(cells))


def matrix_grid(scene: Scene) -> Grid:
    """The coverage matrix, with what its signs mean under it."""
    keys = (f"{key.sign} {key.label} {key.count}" for key in state_keys(scene))
    note = SAID["signs"](scene.lang).format(keys=joined(scene.lang, keys))
    return replace(coverage_grid(scene), caption=HEADINGS["matrix"](scene.lang), note=note)


def shared_region(brief: Briefing) -> str:
    """The region of all home units; empty where there are several."""
    regions = {brief.regions.get(pair["unit"]["id"], "") for pair in brief.pairs}
    return regions.pop() if len(regions) == 1 else ""


def pairs_title(brief: Briefing) -> str:
    """What the list of pairs is called: with the region, by which its short names are known again when it is read."""
    mark = SAID["mark"]("zh") if any(map(is_illustrative, brief.pairs)) else ""
    return f"{shared_region(brief)}{brief.params.programme or ''}对口清单{mark}"


def pair_grid(brief: Briefing) -> Grid:
    """One row a pair: home unit, counterpart and its kind, the printed term, where it stands."""
    lang = brief.params.lang
    rows = [
        Row(
            (
                Cell(pair["unit"]["name"]),
                Cell(kind_words(pair["counterpart"]["type"], lang), SOFT),
                Cell(pair["counterpart"]["name"]),
                Cell(pair["term"]),
                Cell(places(pair["evidence"], lang), SOFT),
            )
        )
        for pair in brief.pairs
    ]
    columns = head(lang, "unit", "kind", "counterpart", "relation", "evidence")
    caption = pairs_title(brief) if lang == "zh" else HEADINGS["pair_list"](lang)
    return Grid(HEADINGS["pair_list"](lang), columns, tuple(rows), caption=caption)


def suggestion_words(gap: Item, lang: str, *, reasons: int | None = 1) -> str:
    """Who could fill the gap, and why: with the weightiest reasons, or all of them for None."""

    def why(suggestion: Item) -> str:
        told = suggestion["because"][:reasons]
        return SAID["inner"](lang).format(text=joined(lang, (b["text"] for b in told), "comma"))

    return joined(lang, (f"{s['counterpart']['name']}{why(s)}" for s in gap["suggestions"][:2]))


def gap_grid(brief: Briefing) -> Grid:
    """One row a known gap, with what the document says and who could fill it."""
    lang = brief.params.lang
    rows = [
        Row(
            (
                Cell(gap["unit"]["name"]),
                Cell(partner_label(gap["counterpart_type"])(lang)),
                Cell(state_words(gap["state"], lang), STATES[State(gap["state"])].colour),
                Cell(places(gap["evidence"], lang), SOFT),
                Cell(suggestion_words(gap, lang)),
            )
        )
        for gap in brief.gaps
    ]
    columns = head(lang, "unit", "lacks", "state", "evidence", "suggestions")
    grid = Grid(HEADINGS["gaps"](lang), columns, tuple(rows), caption=HEADINGS["gap_list"](lang))
    considered = any(gap["suggestions"] for gap in brief.gaps)
    return filled(replace(grid, note=SAID["considered"](lang) if considered else ""))


def state_words(state: str, lang: str) -> str:
    return f"{STATES[State(state)].sign} {STATES[State(state)].label(lang)}"


def reason_words(reason: str, lang: str) -> str:
    return REASONS[reason](lang) if reason in REASONS else reason


def task_grid(brief: Briefing) -> Grid:
    lang = brief.params.lang
    rows = [
        Row(
            (
                Cell(task["number"]),
                Cell(task["title"]),
                Cell(names(task["leaders"], lang)),
                Cell(names(task["lead"] or task["responsible"], lang)),
                Cell(names(task["support"], lang)),
                Cell(task["due"]),
            )
        )
        for task in brief.tasks
    ]
    columns = head(lang, "number", "task", "leaders", "lead_or_responsible", "support", "due")
    name = HEADINGS["tasks"](lang)
    return filled(Grid(name, columns, tuple(rows), caption=name))


def liaison_grid(brief: Briefing) -> Grid:
    """One row a leader and what he or she is in touch with."""
    lang = brief.params.lang
    rows = [
        Row(
            (
                Cell(item["leader"]["name"]),
                Cell(item["counterpart"]["name"]),
                Cell(kind_words(item["counterpart"]["type"], lang), SOFT),
                Cell(places(item["evidence"], lang), SOFT),
            )
        )
        for item in brief.liaisons
    ]
    columns = head(lang, "leader", "contact", "kind", "evidence")
    name = HEADINGS["liaisons"](lang)
    return Grid(name, columns, tuple(rows), caption=name)


def stated(brief: Briefing) -> Iterator[tuple[str, Evidence]]:
    """(what is stated, the cell that states it) of all that the briefing shows, in its order."""
    lang = brief.params.lang
    for pair in brief.pairs:
        for evidence in pair["evidence"]:
            yield f"{pair['unit']['name']} — {pair['counterpart']['name']}", evidence
    for task in brief.tasks:
        for evidence in task["evidence"]:
            yield SAID["task"](lang).format(title=task["title"]), evidence
    for item in brief.liaisons:
        for evidence in item["evidence"]:
            ends = {"leader": item["leader"]["name"], "contact": item["counterpart"]["name"]}
            yield SAID["liaison"](lang).format(**ends), evidence
    for gap in brief.gaps:
        for evidence in gap["evidence"]:
            kind = partner_label(gap["counterpart_type"])(lang)
            yield SAID["gap"](lang).format(unit=gap["unit"]["name"], kind=kind), evidence


def sources(brief: Briefing) -> list[tuple[str, int | None, int | None, int | None, str, str, str]]:
    """(document, table, row, column, fact, cell as printed, 示例) by document, table, row and column."""
    rows: dict[tuple[Any, ...], None] = {}
    for fact, e in stated(brief):
        title = e["document_title"] or e["document"] or e["source"] or ""
        mark = ILLUSTRATIVE_MARK if e["status"] == Status.ILLUSTRATIVE else ""
        rows.setdefault((title, e["table"], e["row"], e["column"], fact, e["text"], mark))
    order: Any = sorted(rows, key=lambda r: (r[0], r[1] or 0, r[2] or 0, r[3] or 0, r[4]))
    return order


def source_grid(brief: Briefing) -> Grid:
    """The annex of sources: documents as headings, under them table, row and what stands there."""
    lang = brief.params.lang
    rows: list[Row] = []
    document = None
    for title, table, row, column, fact, text, mark in sources(brief):
        if title != document:
            rows.append(Row((Cell(f"《{title}》", bold=True),), heading=True))
            document = title
        place = cell_words(table, row, column, lang) or SAID["body"](lang)
        said = fact if len(fact) <= LONGEST_FACT else f"{fact[: LONGEST_FACT - 1]}{ELLIPSIS}"
        rows.append(Row((Cell(place), Cell(said), Cell(text), Cell(mark))))
    columns = head(lang, "place", "fact", "text", "mark")
    return filled(Grid(HEADINGS["sources"](lang), columns, tuple(rows)))


def kinds_paired(brief: Briefing) -> list[str]:
    """Headers of the pair list, of the kinds that occur."""
    found = {EntityType(pair["counterpart"]["type"]) for pair in brief.pairs}
    order = [*PARTNER_KINDS, EntityType.COLLECTIVE]
    return list(dict.fromkeys(KIND_HEADS[kind] for kind in order if kind in found))
