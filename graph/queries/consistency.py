"""Contradictions between documents, each with both cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, TypedDict

from pydantic import Field

from graph.catalogue import Answer, CodeWords, Column, Parameters, Query
from graph.model import EntityRef, Evidence
from graph.queries._columns import by_evidence, column, evidence_columns, names
from graph.queries._contradictions import (
    Contradiction,
    Kind,
    Side,
    denied_pairs,
    differing_cells,
    dropped_pairs,
    task_conflicts,
)
from graph.queries._examples import TASK, TASK_PROOF
from graph.queries._rows import Rows
from graph.statements.refs import ref
from graph.statements.scope import Scope, scope_of
from graph.vocabulary import Text

if TYPE_CHECKING:
    from graph.store import Store

KINDS: dict[Kind, Text] = {
    "task_leaders": Text("同一任务牵头领导不同", "One task, different leaders"),
    "task_leads": Text("同一任务牵头单位不同", "One task, different leading units"),
    "pair_dropped": Text("原有对口在新文件中不见", "Pair absent from the successor"),
    "stated_none_but_paired": Text("写明无而另有对口", "Stated as none, yet paired"),
    "cells_differ": Text("同一单元格前后不一", "Copies of a cell differ"),
}
FINDERS: tuple[tuple[Callable[[Store, Scope], list[Contradiction]], tuple[Kind, ...]], ...] = (
    (task_conflicts, ("task_leaders", "task_leads")),
    (dropped_pairs, ("pair_dropped",)),
    (denied_pairs, ("stated_none_but_paired",)),
    (differing_cells, ("cells_differ",)),
)
"""What looks for contradictions, with the kinds that it finds."""
SAYS = Text("《{title}》写{names}", "“{title}” has {names}")
NOTHING = Text("“无”", "none")
SILENT = Text("没有提到", "no mention")


class ConsistencyParameters(Parameters):
    code_words: ClassVar[CodeWords] = {"kind": KINDS}

    kind: Kind | None = Field(None, description="只看此类矛盾")


class SideRow(TypedDict):
    """What one document says, in words, and its cells."""

    document: str
    document_title: str
    says: list[str]
    evidence: list[Evidence]


class ConsistencyRow(TypedDict):
    """A contradiction: what it is about, why it is one in words, and both sides (one side only for
    `cells_differ`, whose copies are of one table)."""

    kind: Kind
    label: str
    entities: list[EntityRef]
    programme: str | None
    because: str
    sides: list[SideRow]


def ask(store: Store, params: ConsistencyParameters) -> Answer:
    scope = scope_of(store, params)
    wanted = tuple(KINDS) if params.kind is None else (params.kind,)
    asked = [find for find, kinds in FINDERS if not set(wanted).isdisjoint(kinds)]
    found = [c for find in asked for c in find(store, scope) if c.kind in wanted]
    order = {kind: place for place, kind in enumerate(KINDS)}
    found.sort(key=lambda c: (order[c.kind], c.key))
    return Answer(items=Rows(found, lambda page: [_item(c, scope) for c in page]))


def _item(found: Contradiction, scope: Scope) -> ConsistencyRow:
    label = KINDS[found.kind](scope.lang)
    sides = found.sides()
    words = [_words(side, found.kind, scope.lang) for side in sides]
    return {
        "kind": found.kind,
        "label": label,
        "entities": [ref(entity, name, scope.lang) for entity, name in found.subject],
        "programme": found.programme or None,
        "because": found.note or f"{label}：{'；'.join(words)}",
        "sides": [
            {
                "document": side.document,
                "document_title": side.title,
                "says": list(side.names),
                "evidence": list(side.evidence),
            }
            for side in sides
        ],
    }


def _words(side: Side, kind: Kind, lang: str) -> str:
    said = "、".join(side.names)
    if not said:
        said = (NOTHING if kind == "stated_none_but_paired" else SILENT)(lang)
    return SAYS(lang).format(title=side.title, names=said)


def flatten(answer: Answer, params: ConsistencyParameters) -> list[dict[str, Any]]:
    return [
        {**row, "says": "、".join(row["says"])}
        for item in answer.items
        for row in by_evidence([{**item, **side} for side in item["sides"]])
    ]


QUERY = Query(
    name="consistency",
    title=Text("前后矛盾", "Consistency"),
    description=Text(
        "文件之间的矛盾：同一任务牵头不同、原有对口在新文件中不见、写明无而另有对口；各附两处单元格。",
        "Contradictions between documents, each with both cells.",
    ),
    params=ConsistencyParameters,
    row=ConsistencyRow,
    ask=ask,
    flatten=flatten,
    columns=(
        column("label", "矛盾", "Contradiction"),
        Column("entities", Text("对象", "Entities"), lambda row: names(row["entities"])),
        column("programme", "合作事项", "Programme"),
        column("because", "说明", "Because"),
        column("says", "此文件所写", "This document says"),
        *evidence_columns(),
    ),
    example={
        "items": [
            {
                "kind": "task_leaders",
                "label": "同一任务牵头领导不同",
                "entities": [TASK, {**TASK, "id": "task:甬政办发〔2020〕8号/t1r2"}],
                "programme": "沪甬产业合作",
                "because": "同一任务牵头领导不同：《工作方案》写陈炳荣；《实施意见》写陈仲朝",
                "sides": [
                    {
                        "document": TASK_PROOF["document"],
                        "document_title": "工作方案",
                        "says": ["陈炳荣"],
                        "evidence": [{**TASK_PROOF, "text": "陈炳荣"}],
                    },
                    {
                        "document": "doc:甬政办发〔2020〕8号",
                        "document_title": "实施意见",
                        "says": ["陈仲朝"],
                        "evidence": [{**TASK_PROOF, "document": "doc:甬政办发〔2020〕8号", "text": "陈仲朝"}],
                    },
                ],
            }
        ],
        "total": 1,
        "page": 1,
        "size": 50,
        "version": "1",
    },
)
