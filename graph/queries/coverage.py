"""Which units have which kinds of counterpart: paired, stated as none, blank, not mentioned or unreadable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from pydantic import Field

from graph.catalogue import Answer, Parameters, Query
from graph.model import EntityRef, Evidence
from graph.queries._columns import column, entity_columns, evidence_columns
from graph.queries._coverage import Matrix, Unit
from graph.queries._coverage_of import matrix_for
from graph.queries._examples import DISTRICT
from graph.queries._rows import Rows
from graph.statements.refs import ref
from graph.statements.scope import Scope, entity_of, scope_of
from graph.vocabulary import REASONS, STATES, TYPES, EntityType, State, Text

if TYPE_CHECKING:
    from graph.store import Store

UnitKind = Literal[
    "province", "city", "district", "county", "bureau", "zone_committee", "party_organ", "other"
]


class CoverageParameters(Parameters):
    unit: str | None = Field(None, description="只看此单位（id 或唯一名称）")
    unit_kind: UnitKind | None = Field(None, description="只看此类单位")


class CoverageCellRow(TypedDict):
    """State of a cell, its reason (a key of the vocabulary), how many distinct partners cover it, the evidence."""

    count: int
    state: Literal["covered", "stated_none", "blank", "unreadable", "not_mentioned"]
    reason: str
    evidence: list[Evidence]


class CoverageRow(TypedDict):
    """A unit with its kind and one cell a column, by kind of counterpart."""

    unit: EntityRef
    unit_kind: str
    cells: dict[str, CoverageCellRow]


def ask(store: Store, params: CoverageParameters) -> Answer:
    scope = scope_of(store, params)
    unit = entity_of(store, params.unit, "unit")
    found = matrix_for(store, scope, unit)
    units = found.only(unit, params.unit_kind)
    rows = Rows(units, lambda page: [_row(found, unit, scope) for unit in page])
    return Answer(items=rows, extra={"columns": list(found.columns)})


def _row(found: Matrix, unit: Unit, scope: Scope) -> CoverageRow:
    return {
        "unit": ref(unit.id, unit.name, scope.lang),
        "unit_kind": unit.kind,
        "cells": {kind: _cell(found, unit, kind) for kind in found.columns},
    }


def _cell(found: Matrix, unit: Unit, kind: str) -> CoverageCellRow:
    verdict = found.verdict(unit.id, kind)
    return {
        "count": verdict.count,
        "state": verdict.state.value,
        "reason": verdict.reason,
        "evidence": verdict.evidence(),
    }


def flatten(answer: Answer, params: CoverageParameters) -> Sequence[dict[str, Any]]:
    """One row a cell and evidence."""
    rows: list[dict[str, Any]] = []
    for item in answer.items:
        for kind, cell in item["cells"].items():
            words = {
                "unit": item["unit"],
                "kind": TYPES[EntityType(kind)].label(params.lang),
                "state": STATES[State(cell["state"])].label(params.lang),
                "reason": REASONS[cell["reason"]](params.lang),
                "count": cell["count"],
            }
            rows.extend({**words, "proof": proof} for proof in cell["evidence"] or [None])
    return rows


_MISSING: Evidence = {
    "document": "doc:甬政办发〔2019〕32号",
    "document_title": "关于印发推进沪甬产业合作工作方案的通知",
    "table": None,
    "row": None,
    "column": None,
    "text": "对口联系计划表（详见附件2）",
    "term": "",
    "status": "official",
    "source": None,
}

QUERY = Query(
    name="coverage",
    title=Text("对口覆盖", "Coverage"),
    description=Text(
        "各单位是否已有园区、科研机构、企业等对口对象；没有时，文件是写明无、留空、未提及，还是原文不全。",
        "Which units have which kinds of counterpart and, where not, what the documents say.",
    ),
    params=CoverageParameters,
    row=CoverageRow,
    ask=ask,
    member="rows",
    extra={"columns": list[str]},
    flatten=flatten,
    columns=(
        *entity_columns("unit", "单位", "Unit"),
        column("kind", "对口对象类型", "Kind of counterpart"),
        column("state", "情形", "State"),
        column("reason", "依据", "Reason"),
        column("count", "对口对象数", "Counterparts"),
        *evidence_columns(),
    ),
    example={
        "rows": [
            {
                "unit": DISTRICT,
                "unit_kind": "district",
                "cells": {
                    "Park": {
                        "count": 0,
                        "state": "unreadable",
                        "reason": "attachment_missing",
                        "evidence": [_MISSING],
                    }
                },
            }
        ],
        "columns": ["Park"],
        "total": 1,
        "page": 1,
        "size": 50,
        "version": "1",
    },
)
