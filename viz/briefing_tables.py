"""The lists of a briefing as tables: pairs, gaps, tasks, sources; the same rows for Word, slides and workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from viz.paper.grid import Cell, Grid, Row
from viz.paper.listing import places
from viz.paper.theme import SOFT

Item = Mapping[str, Any]
KIND_HEADS = {
    EntityType.PARK: "对口园区",
    EntityType.INSTITUTE: "对口科研机构",
    EntityType.ENTERPRISE: "对口企业",
    EntityType.UNIT: "对口单位",
    EntityType.COLLECTIVE: "对口单位",
    EntityType.ORGANISATION: "对口机构",
}
"""Headers of the pair list by kind of counterpart: words that reading a counterpart table knows again."""


def names(refs: Sequence[Item]) -> str:
    return "、".join(ref["name"] for ref in refs)


def is_illustrative(item: Item) -> bool:
    return any(e["status"] == Status.ILLUSTRATIVE for e in item["evidence"])


def mark_of(item: Item) -> str:
    return ILLUSTRATIVE_MARK if is_illustrative(item) else ""


def pair_grid(brief: Briefing) -> Grid:
    """One row a pair: home unit, counterpart and its kind, the printed term, where it stands."""
    rows = [
        Row(
            (
                Cell(pair["unit"]["name"]),
                Cell(pair["counterpart"]["label"], SOFT),
                Cell(pair["counterpart"]["name"]),
                Cell(pair["term"]),
                Cell(places(pair["evidence"], "zh"), SOFT),
            )
        )
        for pair in brief.pairs
    ]
    return Grid(
        "对口清单", ("单位", "类型", "对口对象", "关系", "依据"), (1.2, 0.8, 1.8, 0.9, 2.4), tuple(rows)
    )


def suggestion_words(gap: Item) -> str:
    """Who could fill the gap, and why, in a few words."""
    return "；".join(
        f"{s['counterpart']['name']}（{'，'.join(because['text'] for because in s['because'])}）"
        for s in gap["suggestions"][:2]
    )


def gap_grid(brief: Briefing) -> Grid:
    """One row a known gap, with what the document says and who could fill it."""
    rows = [
        Row(
            (
                Cell(gap["unit"]["name"]),
                Cell(TYPES[EntityType(gap["counterpart_type"])].label.zh),
                Cell(state_words(gap["state"]), STATES[State(gap["state"])].colour),
                Cell(places(gap["evidence"], "zh"), SOFT),
                Cell(suggestion_words(gap)),
            )
        )
        for gap in brief.gaps
    ]
    head = ("单位", "缺少", "情形", "依据", "可考虑")
    return Grid("缺口", head, (1.2, 0.8, 1.1, 1.9, 2.1), tuple(rows))


def state_words(state: str) -> str:
    return f"{STATES[State(state)].sign} {STATES[State(state)].label.zh}"


def reason_words(reason: str) -> str:
    return REASONS[reason].zh if reason in REASONS else reason


def task_grid(brief: Briefing) -> Grid:
    rows = [
        Row(
            (
                Cell(task["number"]),
                Cell(task["title"]),
                Cell(names(task["leaders"])),
                Cell(names(task["lead"] or task["responsible"])),
                Cell(names(task["support"])),
                Cell(task["due"]),
            )
        )
        for task in brief.tasks
    ]
    head = ("序号", "任务", "牵头领导", "牵头或责任单位", "配合单位", "期限")
    return Grid("任务分工", head, (0.5, 2.4, 0.9, 1.4, 1.8, 0.9), tuple(rows))


def liaison_grid(brief: Briefing) -> Grid:
    """One row a leader and what he or she is in touch with."""
    rows = [
        Row(
            (
                Cell(item["leader"]["name"]),
                Cell(item["counterpart"]["name"]),
                Cell(item["counterpart"]["label"], SOFT),
                Cell(places(item["evidence"], "zh"), SOFT),
            )
        )
        for item in brief.liaisons
    ]
    return Grid("挂钩联系", ("领导", "联系对象", "类型", "依据"), (1.0, 1.8, 0.8, 2.6), tuple(rows))


def stated(brief: Briefing) -> Iterator[tuple[str, Evidence]]:
    """(what is stated, the cell that states it) of all that the briefing shows, in its order."""
    for pair in brief.pairs:
        for evidence in pair["evidence"]:
            yield f"{pair['unit']['name']} — {pair['counterpart']['name']}", evidence
    for task in brief.tasks:
        for evidence in task["evidence"]:
            yield f"任务：{task['title']}", evidence
    for item in brief.liaisons:
        for evidence in item["evidence"]:
            yield f"{item['leader']['name']} 联系 {item['counterpart']['name']}", evidence
    for gap in brief.gaps:
        for evidence in gap["evidence"]:
            label = TYPES[EntityType(gap["counterpart_type"])].label.zh
            yield f"{gap['unit']['name']} 缺{label}", evidence


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
    rows: list[Row] = []
    document = None
    for title, table, row, column, fact, text, mark in sources(brief):
        if title != document:
            rows.append(Row((Cell(f"《{title}》", bold=True),), heading=True))
            document = title
        place = f"表{table} 第{row}行第{column}列" if row and column else f"表{table}" if table else "正文"
        rows.append(Row((Cell(place), Cell(fact), Cell(text), Cell(mark))))
    return Grid("来源", ("位置", "内容", "原文", "示例"), (1.3, 2.4, 2.4, 0.5), tuple(rows))


def kinds_paired(brief: Briefing) -> list[str]:
    """Headers of the pair list, of the kinds that occur."""
    found = {EntityType(pair["counterpart"]["type"]) for pair in brief.pairs}
    order = [*PARTNER_KINDS, EntityType.COLLECTIVE]
    return list(dict.fromkeys(KIND_HEADS[kind] for kind in order if kind in found))
