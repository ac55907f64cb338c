"""Tasks: who oversees, leads, supports and is responsible, by when, and the cells that say so."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict

from pydantic import Field

from graph.catalogue import Answer, Parameters, Query
from graph.model import DocumentRef, EntityRef, Evidence, Row
from graph.queries._columns import by_evidence, column, entity_columns, evidence_columns
from graph.queries._columns import names as names_of
from graph.queries._examples import BUREAU, COLLECTIVE, LEADER, TASK, TASK_PROOF
from graph.queries._members import Membership, collectives_of, is_collective, members
from graph.queries._rows import Rows
from graph.queries._tasks import due_day, fetch_tasks, position
from graph.statements.claims import ROLES
from graph.statements.refs import Key, proof, ref, source_key, source_ref
from graph.statements.scope import Scope, entity_of, scope_of
from graph.vocabulary import Text

if TYPE_CHECKING:
    from graph.store import Store

ROLE_MEMBERS = {
    "OVERSEES": "leaders",
    "LEADS": "lead",
    "SUPPORTS": "support",
    "RESPONSIBLE_FOR": "responsible",
}
"""Relation → member of a row that lists its sources."""
ACTORS = ("Unit", "Collective", "Park", "Institute", "Enterprise", "Organisation")


class TaskParameters(Parameters):
    leader: str | None = Field(None, description="牵头领导（id 或唯一名称）")
    unit: str | None = Field(None, description="牵头、配合或责任单位（id 或唯一名称）")
    due_before: date | None = Field(None, description="在此日及以前到期的任务")


class Actor(EntityRef, total=False):
    """A unit with a part in a task; with `expand`, `expanded_from` names the collectives that it stands in for."""

    expanded_from: list[EntityRef]


class TaskRow(TypedDict):
    """A task with its people and units as printed, in the order of the table.

    `due` is as printed; `due_date` an ISO date of year, month or day precision where it can be told.
    """

    task: EntityRef
    number: str
    title: str
    content: str
    target: str
    due: str
    due_date: str | None
    document: DocumentRef
    programme: str | None
    leaders: list[EntityRef]
    lead: list[Actor]
    support: list[Actor]
    responsible: list[Actor]
    evidence: list[Evidence]


def ask(store: Store, params: TaskParameters) -> Answer:
    scope = scope_of(store, params)
    leader = entity_of(store, params.leader, "leader", ("Leader",))
    unit = entity_of(store, params.unit, "unit", ACTORS)
    ids = None
    if leader is not None or unit is not None:
        ids = taken_by(store, scope, leader, unit)
    tasks = fetch_tasks(store, scope, ids)
    if params.due_before is not None:
        tasks = [task for task in tasks if "" < due_day(task) <= params.due_before.isoformat()]
    claims = ROLES.fetch(store, scope) if ids is None else ROLES.into(store, scope, ids)
    return Answer(items=shape(store, scope, tasks, claims))


def taken_by(store: Store, scope: Scope, leader: str | None, unit: str | None) -> list[str]:
    """Ids of the tasks in which the leader and the unit have a part; with `expand` also those of the
    collectives that the unit belongs to."""
    found: list[set[str]] = []
    if leader is not None:
        rows = ROLES.fetch(store, scope, [leader])
        found.append({row["target"] for row in rows if row["type"] == "OVERSEES"})
    if unit is not None:
        ids = [unit, *collectives_of(store, scope, [unit])] if scope.expand else [unit]
        found.append({row["target"] for row in ROLES.fetch(store, scope, ids) if row["type"] != "OVERSEES"})
    return sorted(set.intersection(*found))


def shape(store: Store, scope: Scope, tasks: Sequence[Row], claims: Sequence[Row]) -> Rows[Row, TaskRow]:
    """Tasks in order of document date, table and row, with what the claims say of each."""
    by_task: dict[str, list[Row]] = {}
    for claim in claims:
        by_task.setdefault(claim["target"], []).append(claim)
    ordered = sorted(tasks, key=position)

    def build(page: Sequence[Row]) -> list[TaskRow]:
        expansion = None
        if scope.expand:
            shown = {claim["source"] for task in page for claim in by_task.get(task["id"], ())}
            expansion = members(store, scope, shown)
        return [_item(task, by_task.get(task["id"], []), scope, expansion) for task in page]

    return Rows(ordered, build)


def _item(task: Row, claims: list[Row], scope: Scope, expansion: Membership | None) -> TaskRow:
    details: dict[str, str] = json.loads(task["details"])
    parts = {
        member: _actors([c for c in claims if c["type"] == relation], scope, expansion)
        for relation, member in ROLE_MEMBERS.items()
    }
    return {
        "task": ref(task["id"], task["name"], scope.lang),
        "number": details.get("number", ""),
        "title": details.get("title") or task["name"],
        "content": details.get("content", ""),
        "target": details.get("target", ""),
        "due": details.get("due", ""),
        "due_date": details.get("due_date") or None,
        "document": {"id": task["document"], "title": task["document_title"]},
        "programme": task["programme"] or None,
        "leaders": list[EntityRef](parts["leaders"]),
        "lead": parts["lead"],
        "support": parts["support"],
        "responsible": parts["responsible"],
        "evidence": proof(claims),
    }


def printed_order(row: Row) -> Key:
    """As printed: column, then official order (a cell's names have no position of their own)."""
    return (row["column_no"] or 0, source_key(row))


def _actors(claims: list[Row], scope: Scope, expansion: Membership | None) -> list[Actor]:
    found: dict[str, Actor] = {}
    for row in sorted(claims, key=printed_order):
        source = row["source"]
        if expansion is None or not is_collective(source) or not expansion.of(source):
            found.setdefault(source, _actor(source_ref(row, scope.lang)))
            continue
        for member, said in expansion.of(source).items():
            actor = found.setdefault(member, _actor(source_ref(said, scope.lang)))
            origins = actor.setdefault("expanded_from", [])
            if source not in {origin["id"] for origin in origins}:
                origins.append(source_ref(row, scope.lang))
    return list(found.values())


def _actor(entity: EntityRef) -> Actor:
    return {"id": entity["id"], "type": entity["type"], "name": entity["name"], "label": entity["label"]}


def _joined(key: str, zh: str, en: str) -> Any:
    from graph.catalogue import Column

    return Column(key, Text(zh, en), lambda row: names_of(row[key]))


QUERY = Query(
    name="tasks",
    title=Text("任务分工", "Tasks"),
    description=Text(
        "任务、牵头领导、牵头、配合与责任单位、期限及出处单元格。",
        "Tasks with overseeing leaders, leading, supporting and responsible units, due dates and cells.",
    ),
    params=TaskParameters,
    row=TaskRow,
    ask=ask,
    flatten=lambda answer, params: by_evidence(answer.items),
    columns=(
        column("number", "序号", "No."),
        column("title", "任务", "Task"),
        _joined("leaders", "牵头领导", "Leaders"),
        _joined("lead", "牵头单位", "Lead"),
        _joined("support", "配合单位", "Support"),
        _joined("responsible", "责任单位", "Responsible"),
        column("content", "主要任务", "Content"),
        column("target", "目标", "Target"),
        column("due", "期限", "Due"),
        column("due_date", "到期日", "Due date"),
        column("programme", "合作事项", "Programme"),
        entity_columns("task", "任务", "Task")[2],
        *evidence_columns(),
    ),
    example={
        "items": [
            {
                "task": TASK,
                "number": "1",
                "title": TASK["name"],
                "content": "",
                "target": TASK["name"],
                "due": "",
                "due_date": None,
                "document": {"id": TASK_PROOF["document"], "title": TASK_PROOF["document_title"]},
                "programme": "沪甬产业合作",
                "leaders": [LEADER],
                "lead": [BUREAU],
                "support": [COLLECTIVE],
                "responsible": [],
                "evidence": [TASK_PROOF],
            }
        ],
        "total": 1,
        "page": 1,
        "size": 50,
        "version": "1",
    },
)
