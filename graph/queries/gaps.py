"""Units that lack a kind of counterpart, what the documents say of it, and who could fill the gap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from pydantic import Field

from graph.catalogue import Answer, Column, Query
from graph.model import EntityRef, Evidence
from graph.queries._columns import by_evidence, column, entity_columns, evidence_columns
from graph.queries._coverage import Unit, Verdict
from graph.queries._coverage_of import matrix_for
from graph.queries._examples import DISTRICT, PARK, PROOF
from graph.queries._rows import Rows
from graph.queries._suggestions import Suggestion, suggest, widened
from graph.queries.coverage import CoverageParameters
from graph.statements.refs import ref
from graph.statements.scope import Scope, entity_of, scope_of
from graph.vocabulary import GAP_STATES, REASONS, STATES, TYPES, EntityType, State, Text

if TYPE_CHECKING:
    from graph.store import Store

Gap = tuple[Unit, str, Verdict]
FEW = 10
"""Units for one gap shown, from which on it is quicker to fetch what speaks of the gaps than to look through all."""


class GapParameters(CoverageParameters):
    counterpart_type: Literal["Park", "Institute", "Enterprise", "Unit", "Organisation"] | None = Field(
        None, description="只看缺这一类对口对象的"
    )
    state: Literal["stated_none", "blank", "not_mentioned"] | None = Field(
        None, description="文件写明无、留空或未提及"
    )


class GapRow(TypedDict):
    """A unit without a kind of counterpart. `suggestions`: partners of that kind, the best first, each with
    its reasons; empty where nothing speaks for any."""

    unit: EntityRef
    counterpart_type: str
    state: Literal["stated_none", "blank", "not_mentioned"]
    reason: str
    evidence: list[Evidence]
    suggestions: list[Suggestion]


def ask(store: Store, params: GapParameters) -> Answer:
    scope = scope_of(store, params)
    unit = entity_of(store, params.unit, "unit")
    found = matrix_for(store, scope, unit)
    kinds = [k for k in found.columns if params.counterpart_type in (None, k)]
    gaps: list[Gap] = []
    unverified = 0
    for row in found.only(unit, params.unit_kind):
        for kind in kinds:
            verdict = found.verdict(row.id, kind)
            unverified += verdict.state is State.UNREADABLE
            if verdict.state in GAP_STATES and params.state in (None, verdict.state):
                gaps.append((row, kind, verdict))

    def build(page: Sequence[Gap]) -> list[GapRow]:
        asked = [(gap[0], gap[1]) for gap in page]
        few = unit is not None or FEW * len(page) < len(found.units)
        around = widened(store, scope, asked) if few else found
        proposed = suggest(store, scope, around, asked)
        return [_item(gap, suggestions, scope) for gap, suggestions in zip(page, proposed, strict=True)]

    return Answer(items=Rows(gaps, build), extra={"unverified": unverified})


def _item(gap: Gap, suggestions: list[Suggestion], scope: Scope) -> GapRow:
    unit, kind, verdict = gap
    state: Any = verdict.state.value
    return {
        "unit": ref(unit.id, unit.name, scope.lang),
        "counterpart_type": kind,
        "state": state,
        "reason": verdict.reason,
        "evidence": verdict.evidence(),
        "suggestions": suggestions,
    }


def flatten(answer: Answer, params: GapParameters) -> list[dict[str, Any]]:
    words = [
        {
            **item,
            "kind": TYPES[EntityType(item["counterpart_type"])].label(params.lang),
            "state_text": STATES[State(item["state"])].label(params.lang),
            "reason_text": REASONS[item["reason"]](params.lang),
        }
        for item in answer.items
    ]
    return by_evidence(words)


def _suggested(row: Any) -> str:
    return "；".join(
        f"{s['counterpart']['name']}（{'，'.join(because['text'] for because in s['because'])}）"
        for s in row["suggestions"]
    )


QUERY = Query(
    name="gaps",
    title=Text("对口空缺", "Gaps"),
    description=Text(
        "哪些单位缺哪一类对口对象，文件怎么说，可考虑谁；原文不全的另计为待核实。",
        "Which units lack which kind of counterpart, what documents say, and who could fill the gap.",
    ),
    params=GapParameters,
    row=GapRow,
    ask=ask,
    extra={"unverified": int},
    beside={"unverified": Text("另有 {n} 处待核实，不计入空缺", "{n} more to verify, not counted as gaps")},
    flatten=flatten,
    columns=(
        *entity_columns("unit", "单位", "Unit"),
        column("kind", "所缺类型", "Missing kind"),
        column("state_text", "情形", "State"),
        column("reason_text", "依据", "Reason"),
        Column("suggestions", Text("可考虑的对象", "Suggestions"), _suggested),
        *evidence_columns(),
    ),
    example={
        "items": [
            {
                "unit": DISTRICT,
                "counterpart_type": "Park",
                "state": "blank",
                "reason": "blank",
                "evidence": [{**PROOF, "text": "", "term": ""}],
                "suggestions": [
                    {
                        "counterpart": PARK,
                        "score": 2.5,
                        "because": [
                            {
                                "reason": "neighbour",
                                "text": "已与有共同对口对象的海曙区对口",
                                "evidence": [PROOF],
                            }
                        ],
                    }
                ],
            }
        ],
        "total": 1,
        "page": 1,
        "size": 50,
        "version": "1",
        "unverified": 0,
    },
)
