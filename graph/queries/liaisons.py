"""Which leader is in touch with (挂钩联系) whom, and the cells that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from pydantic import Field

from graph.catalogue import Answer, Parameters, Query
from graph.model import EntityRef, Evidence, Row
from graph.queries._columns import by_evidence, column, entity_columns, evidence_columns
from graph.queries._couples import Group, expand_rows, expanded_from, grouped, stands_at, unique
from graph.queries._examples import DISTRICT, LEADER, PROOF
from graph.queries._members import collectives_of
from graph.queries._rows import Rows
from graph.statements.claims import LIAISONS
from graph.statements.refs import proof, source_ref, target_ref
from graph.statements.scope import Scope, entity_of, scope_of
from graph.vocabulary import Text

if TYPE_CHECKING:
    from graph.store import Store

PARTNERS = ("Unit", "Collective", "Park", "Institute", "Enterprise", "Organisation")


class LiaisonParameters(Parameters):
    leader: str | None = Field(None, description="领导（id 或唯一名称）")
    with_: str | None = Field(None, alias="with", description="联系的对象（id 或唯一名称）")


class StatedLiaison(TypedDict):
    """A leader and what he or she is in touch with, by programme and printed term."""

    leader: EntityRef
    counterpart: EntityRef
    programme: str | None
    term: str
    evidence: list[Evidence]


class LiaisonRow(StatedLiaison, total=False):
    """A liaison. With `expand`, a member stands in for its collective, which `expanded_from` names."""

    expanded_from: list[EntityRef]


def ask(store: Store, params: LiaisonParameters) -> Answer:
    scope = scope_of(store, params)
    leader = entity_of(store, params.leader, "leader", ("Leader",))
    counterpart = entity_of(store, params.with_, "with", PARTNERS)
    rows = expand_rows(store, scope, fetch_liaisons(store, scope, leader, counterpart))
    kept = [
        row
        for row in rows
        if leader in (None, row["source"]) and (counterpart is None or stands_at(row, "target", counterpart))
    ]
    return Answer(items=Rows(grouped(kept), lambda page: [item(group, scope) for group in page]))


def fetch_liaisons(store: Store, scope: Scope, leader: str | None, counterpart: str | None) -> list[Row]:
    """Claims of liaison by the anchor that is given; on `expand` also those with the collectives that the
    counterpart belongs to."""
    if leader is not None:
        return LIAISONS.fetch(store, scope, [leader])
    if counterpart is None:
        return LIAISONS.fetch(store, scope)
    ids = [counterpart, *collectives_of(store, scope, [counterpart])] if scope.expand else [counterpart]
    return LIAISONS.fetch(store, scope, ids)


def item(group: Group, scope: Scope) -> LiaisonRow:
    first = group[0]
    row: LiaisonRow = {
        "leader": source_ref(first, scope.lang),
        "counterpart": target_ref(first, scope.lang),
        "programme": first["programme"] or None,
        "term": first["term"],
        "evidence": proof(unique(group)),
    }
    if scope.expand:
        row["expanded_from"] = expanded_from(group, scope)
    return row


QUERY = Query(
    name="liaisons",
    title=Text("挂钩联系", "Liaisons"),
    description=Text(
        "哪位领导挂钩联系哪些单位、园区、机构或企业，及出处单元格。",
        "Which leader is in touch with which units, parks, institutes and enterprises.",
    ),
    params=LiaisonParameters,
    row=LiaisonRow,
    ask=ask,
    flatten=lambda answer, params: by_evidence(answer.items),
    columns=(
        *entity_columns("leader", "领导", "Leader"),
        *entity_columns("counterpart", "联系对象", "Counterpart"),
        column("programme", "合作事项", "Programme"),
        column("term", "关系用语", "Term"),
        *evidence_columns(),
    ),
    example={
        "items": [
            {
                "leader": LEADER,
                "counterpart": DISTRICT,
                "programme": "沪甬产业合作",
                "term": "挂钩联系",
                "evidence": [{**PROOF, "text": "江北区", "term": "挂钩联系"}],
            }
        ],
        "total": 1,
        "page": 1,
        "size": 50,
        "version": "1",
    },
)
