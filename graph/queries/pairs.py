"""Who pairs with whom, by which printed term, and the cells that say so."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Literal, TypedDict

from pydantic import Field

from graph.catalogue import Answer, Column, Parameters, Query
from graph.model import EntityRef, Evidence, Row
from graph.queries._columns import by_evidence, column, entity_columns, evidence_columns
from graph.queries._couples import Group, expand_rows, expanded_from, fits, grouped, unique
from graph.queries._examples import DISTRICT, PARK, PROOF
from graph.queries._members import collectives_of
from graph.queries._rows import Rows
from graph.queries._sectors import focused_on
from graph.statements.claims import PAIRS
from graph.statements.refs import kind_of, proof, source_ref, target_ref
from graph.statements.scope import Scope, entity_of, scope_of
from graph.vocabulary import DIRECTIONS, Direction, Text

if TYPE_CHECKING:
    from graph.store import Store

PartnerType = Literal["Unit", "Park", "Institute", "Enterprise", "Organisation", "Collective"]
ACTORS = ("Unit", "Collective", "Park", "Institute", "Enterprise", "Organisation")


class PairParameters(Parameters):
    unit: str | None = Field(None, description="单位（id 或唯一名称），居于哪一端均可")
    counterpart: str | None = Field(None, description="对口对象（id 或唯一名称）")
    counterpart_type: PartnerType | None = Field(None, description="对口对象类型")
    sector: str | None = Field(None, description="产业领域（id 或唯一名称）：任一端以此为产业方向")


class StatedPair(TypedDict):
    """A pair as documents state it; `direction` is `mutual` or `a_to_b` (from unit to counterpart)."""

    unit: EntityRef
    counterpart: EntityRef
    programme: str | None
    term: str
    direction: str
    evidence: list[Evidence]


class PairRow(StatedPair, total=False):
    """A pair: one an ordered couple of ends, programme and printed term, however many cells state it.

    With `expand`, a member stands in for its collective, which `expanded_from` names.
    """

    expanded_from: list[EntityRef]


def ask(store: Store, params: PairParameters) -> Answer:
    scope = scope_of(store, params)
    unit = entity_of(store, params.unit, "unit", ACTORS)
    counterpart = entity_of(store, params.counterpart, "counterpart", ACTORS)
    sector = entity_of(store, params.sector, "sector", ("Sector",))
    focused = None if sector is None else focused_on(store, scope, sector)
    anchor = unit or counterpart
    stated = fetch_pairs(store, scope, focused if anchor is None else [anchor])
    rows = expand_rows(store, scope, stated, anchor)
    if unit is not None or counterpart is not None or params.counterpart_type is not None:
        kind = params.counterpart_type
        is_kind = (lambda entity: kind_of(entity) == kind) if kind is not None else None
        rows = list(filter(fits(unit, counterpart, is_kind), rows))
    if focused is not None:
        rows = [row for row in rows if row["source"] in focused or row["target"] in focused]
    return Answer(items=Rows(grouped(rows), lambda page: [item(group, scope) for group in page]))


def fetch_pairs(store: Store, scope: Scope, anchors: Collection[str] | None) -> list[Row]:
    """Claims of pairs, those with one of `anchors` at either end when they are given; on `expand` also those of
    the collectives that these belong to."""
    if anchors is None:
        return PAIRS.fetch(store, scope)
    above = collectives_of(store, scope, anchors) if scope.expand else ()
    return PAIRS.fetch(store, scope, sorted({*anchors, *above}))


def item(group: Group, scope: Scope) -> PairRow:
    """One pair with the cells that state it."""
    first = group[0]
    row: PairRow = {
        "unit": source_ref(first, scope.lang),
        "counterpart": target_ref(first, scope.lang),
        "programme": first["programme"] or None,
        "term": first["term"],
        "direction": first["direction"],
        "evidence": proof(unique(group)),
    }
    if scope.expand:
        row["expanded_from"] = expanded_from(group, scope)
    return row


QUERY = Query(
    name="pairs",
    title=Text("对口关系", "Pairs"),
    description=Text(
        "谁与谁对口：双方、合作事项、文件所用的关系用语及出处单元格。",
        "Who pairs with whom: both ends, programme, printed term and the cells that say so.",
    ),
    params=PairParameters,
    row=PairRow,
    ask=ask,
    flatten=lambda answer, params: by_evidence(answer.items),
    columns=(
        *entity_columns("unit", "单位", "Unit"),
        *entity_columns("counterpart", "对口对象", "Counterpart"),
        column("programme", "合作事项", "Programme"),
        column("term", "关系用语", "Term"),
        Column("direction", Text("方向", "Direction"), lambda row: DIRECTIONS[Direction(row["direction"])]),
        *evidence_columns(),
    ),
    example={
        "items": [
            {
                "unit": DISTRICT,
                "counterpart": PARK,
                "programme": "沪甬产业合作",
                "term": "对口联系",
                "direction": "mutual",
                "evidence": [PROOF],
            }
        ],
        "total": 1,
        "page": 1,
        "size": 50,
        "version": "1",
    },
)
