"""All that a leader or a unit oversees, leads, supports, answers for, pairs with and is in touch with."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypedDict

from pydantic import Field

from graph.catalogue import Answer, Parameters, Query
from graph.errors import InvalidParameter, NotFound
from graph.model import EntityRef, Evidence, Row
from graph.queries import liaisons, pairs
from graph.queries._columns import by_evidence, column, entity_columns, evidence_columns
from graph.queries._couples import expand_rows, expanded_from, fits, grouped, unique
from graph.queries._examples import LEADER, TASK, TASK_PROOF
from graph.queries._members import collectives_of
from graph.queries._tasks import position
from graph.statements.claims import COOPERATION
from graph.statements.entities import entities_by_id
from graph.statements.refs import Key, place, proof, ref, target_ref
from graph.statements.scope import Scope, path_entity, scope_of
from graph.vocabulary import RELATIONS, Relation, Text

if TYPE_CHECKING:
    from graph.store import Store

CARRIERS = ("Leader", "Unit", "Collective", "Park", "Institute", "Enterprise", "Organisation")
ROLES = {
    "oversees": Relation.OVERSEES,
    "leads": Relation.LEADS,
    "supports": Relation.SUPPORTS,
    "responsible": Relation.RESPONSIBLE_FOR,
}
"""Member of the answer → relation."""


class PortfolioParameters(Parameters):
    id: str = Field(description="领导或单位的编号（id），或唯一名称")


class CarriedTask(TypedDict):
    """A task with its due date; `expanded_from`: the collectives through which it falls to the unit."""

    task: EntityRef
    due: str
    due_date: str | None
    programme: str | None
    evidence: list[Evidence]
    expanded_from: list[EntityRef]


class PortfolioRow(TypedDict):
    """Tasks by role, pairs and liaisons, each in official order, with the number of all."""

    entity: EntityRef
    oversees: list[CarriedTask]
    leads: list[CarriedTask]
    supports: list[CarriedTask]
    responsible: list[CarriedTask]
    pairs: list[pairs.PairRow]
    liaisons: list[liaisons.LiaisonRow]
    count: int


def ask(store: Store, params: PortfolioParameters) -> Answer:
    scope = scope_of(store, params)
    entity = path_entity(store, params.id)
    row = entities_by_id(store, [entity]).get(entity)
    if row is None:
        raise NotFound(f"没有编号为“{params.id}”的对象。", parameter="id", near=[])
    if row["type"] not in CARRIERS:
        raise InvalidParameter(
            f"“{row['name']}”不是领导、单位、园区、机构或企业，没有承担的事项。",
            parameter="id",
            allowed=CARRIERS,
        )
    ids = [entity, *collectives_of(store, scope, [entity])] if scope.expand else [entity]
    claims = COOPERATION.fetch(store, scope, ids)
    tasks = entities_by_id(store, {c["target"] for c in claims if c["target"].startswith("task:")})
    roles = {
        member: _tasks([c for c in claims if c["type"] == relation], tasks, entity, scope)
        for member, relation in ROLES.items()
    }
    couples = expand_rows(store, scope, [c for c in claims if c["type"] == Relation.PAIRED_WITH])
    links = expand_rows(store, scope, [c for c in claims if c["type"] == Relation.LIAISES_WITH])
    paired = [pairs.item(group, scope) for group in grouped(filter(fits(entity, None), couples))]
    linked = [liaisons.item(group, scope) for group in grouped(filter(fits(entity, None), links))]
    body: PortfolioRow = {
        "entity": ref(entity, row["name"], scope.lang),
        "oversees": roles["oversees"],
        "leads": roles["leads"],
        "supports": roles["supports"],
        "responsible": roles["responsible"],
        "pairs": paired,
        "liaisons": linked,
        "count": sum(map(len, roles.values())) + len(paired) + len(linked),
    }
    return Answer(body=body)


def _tasks(claims: Sequence[Row], tasks: dict[str, Row], entity: str, scope: Scope) -> list[CarriedTask]:
    """Tasks in the order of their tables; a claim of a collective says so."""
    groups: dict[str, list[Row]] = {}
    for claim in claims:
        if claim["source"] != entity:
            key = (claim["source_rank"], claim["source_seq"], claim["source"])
            claim: Row = {**claim, "through": ((key, claim["source"], claim["source_name"]),)}
        groups.setdefault(claim["target"], []).append(claim)
    for group in groups.values():
        group.sort(key=place)
    ordered = sorted(groups.values(), key=lambda group: _place(group[0], tasks))
    return [_task(group, tasks, scope) for group in ordered]


def _place(claim: Row, tasks: dict[str, Row]) -> Key:
    task = tasks[claim["target"]]
    return position({**task, "document": claim["document"], "document_date": claim["document_date"]})


def _task(group: list[Row], tasks: dict[str, Row], scope: Scope) -> CarriedTask:
    first = group[0]
    details: dict[str, str] = json.loads(tasks[first["target"]]["details"])
    return {
        "task": target_ref(first, scope.lang),
        "due": details.get("due", ""),
        "due_date": details.get("due_date") or None,
        "programme": first["programme"] or None,
        "evidence": proof(unique(group)),
        "expanded_from": expanded_from(group, scope),
    }


def flatten(answer: Answer, params: PortfolioParameters) -> list[dict[str, Any]]:
    body = answer.body or {}
    rows: list[dict[str, Any]] = []
    for member, relation in ROLES.items():
        label = RELATIONS[relation].label(params.lang)
        rows += [{**item, "relation": label, "with": item["task"]} for item in body[member]]
    me = body["entity"]["id"]
    far: tuple[tuple[str, Relation, Callable[[Any], EntityRef]], ...] = (
        ("pairs", Relation.PAIRED_WITH, lambda i: i["counterpart"] if i["unit"]["id"] == me else i["unit"]),
        (
            "liaisons",
            Relation.LIAISES_WITH,
            lambda i: i["counterpart"] if i["leader"]["id"] == me else i["leader"],
        ),
    )
    for member, relation, other in far:
        label = RELATIONS[relation].label(params.lang)
        rows += [{**item, "relation": label, "with": other(item)} for item in body[member]]
    return by_evidence([{**row, "entity": body["entity"]} for row in rows])


QUERY = Query(
    name="portfolio",
    path="/portfolio/{id}",
    title=Text("承担事项", "Portfolio"),
    description=Text(
        "一位领导或一个单位牵头、配合、负责、对口与联系的全部事项。",
        "All that a leader or a unit oversees, leads, supports, pairs and liaises with.",
    ),
    params=PortfolioParameters,
    row=PortfolioRow,
    ask=ask,
    listed=False,
    flatten=flatten,
    columns=(
        *entity_columns("entity", "领导或单位", "Entity"),
        column("relation", "关系", "Relation"),
        *entity_columns("with", "事项或对象", "With"),
        column("term", "关系用语", "Term"),
        column("due", "期限", "Due"),
        column("due_date", "到期日", "Due date"),
        column("programme", "合作事项", "Programme"),
        *evidence_columns(),
    ),
    example={
        "entity": LEADER,
        "oversees": [
            {
                "task": TASK,
                "due": "",
                "due_date": None,
                "programme": "沪甬产业合作",
                "evidence": [{**TASK_PROOF, "column": 4, "text": "陈炳荣", "term": "牵头领导"}],
                "expanded_from": [],
            }
        ],
        "leads": [],
        "supports": [],
        "responsible": [],
        "pairs": [],
        "liaisons": [],
        "count": 1,
        "version": "1",
    },
)
