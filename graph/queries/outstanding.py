"""What each unit still owes: tasks by due date, gaps, names in review, announced attachments not supplied."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypedDict

from pydantic import Field

from graph.catalogue import Answer, CodeWords, Column, Parameters, Query
from graph.model import EntityRef, Evidence
from graph.queries._columns import by_evidence, column, entity_columns, evidence_columns
from graph.queries._couples import expand_rows, stands_at
from graph.queries._coverage_of import matrix_for
from graph.queries._examples import BUREAU, TASK, TASK_PROOF
from graph.queries._members import collectives_of
from graph.queries._plans import CANDIDATES, CANDIDATES_OF, PROBLEMS
from graph.queries._rows import Rows
from graph.queries._tasks import fetch_tasks, last_day, position
from graph.queries.tasks import ACTORS, taken_by
from graph.statements.claims import ROLES
from graph.statements.refs import LAST, Key, evidence, proof, ref, source_key, source_ref
from graph.statements.scope import Scope, entity_of, scope_of
from graph.vocabulary import GAP_STATES, STATES, TYPES, EntityType, Text

if TYPE_CHECKING:
    from graph.store import Store

Kind = Literal["task", "gap", "review", "attachment"]
KINDS: dict[Kind, Text] = {
    "task": Text("未了任务", "Open task"),
    "gap": Text("对口空缺", "Gap"),
    "review": Text("名称待核对", "Name in review"),
    "attachment": Text("附件未提供", "Attachment missing"),
}
GAP_WORDS = Text("缺对口{kind}（{state}）", "no {kind} as a counterpart ({state})")
REVIEW_WORDS = Text("“{printed}”待核对全称", "“{printed}” awaits review")
UNPLACED: Key = ("~~", 0, "")
"""Sorts what concerns a document, and no unit, after all units."""


class OutstandingParameters(Parameters):
    code_words: ClassVar[CodeWords] = {"kind": KINDS}

    unit: str | None = Field(None, description="只看此单位（id 或唯一名称）")
    kind: Kind | None = Field(None, description="只看此类事项")


class OutstandingRow(TypedDict):
    """One thing owed. `unit` is null for what concerns a document as a whole. `overdue`: the due date lies
    before the day asked about; documents do not say what is done, so every task in force is open."""

    unit: EntityRef | None
    kind: Kind
    label: str
    what: str
    task: EntityRef | None
    due: str
    due_date: str | None
    overdue: bool
    programme: str | None
    evidence: list[Evidence]


@dataclass(frozen=True, slots=True)
class Owed:
    """A row before it is built: `key` orders what one unit owes of one kind."""

    unit: tuple[Key, EntityRef] | None
    kind: Kind
    key: Key
    row: OutstandingRow


def ask(store: Store, params: OutstandingParameters) -> Answer:
    scope = scope_of(store, params)
    unit = entity_of(store, params.unit, "unit", ACTORS)
    found = [
        owed
        for kind, find in FINDERS.items()
        if params.kind in (None, kind)
        for owed in find(store, scope, unit)
    ]
    order = list(KINDS)
    found.sort(key=lambda o: (o.unit[0] if o.unit else UNPLACED, order.index(o.kind), o.key))
    return Answer(items=Rows(found, lambda page: [owed.row for owed in page]))


def _row(scope: Scope, kind: Kind, what: str, proofs: list[Evidence], programme: str) -> OutstandingRow:
    return {
        "unit": None,
        "kind": kind,
        "label": KINDS[kind](scope.lang),
        "what": what,
        "task": None,
        "due": "",
        "due_date": None,
        "overdue": False,
        "programme": programme or None,
        "evidence": proofs,
    }


def _tasks(store: Store, scope: Scope, unit: str | None) -> list[Owed]:
    """Tasks in force of those who lead or answer for them, the earliest due first, undated ones last."""
    ids = taken_by(store, scope, None, unit) if unit is not None else None
    tasks = {task["id"]: task for task in fetch_tasks(store, scope, ids)}
    claims = ROLES.fetch(store, scope) if ids is None else ROLES.into(store, scope, ids)
    owing = [c for c in claims if c["type"] in ("LEADS", "RESPONSIBLE_FOR") and c["target"] in tasks]
    groups: dict[tuple[str, str], list[Any]] = {}
    for row in expand_rows(store, scope, owing):
        if unit is None or stands_at(row, "source", unit):
            groups.setdefault((row["source"], row["target"]), []).append(row)
    found: list[Owed] = []
    for (_, task_id), rows in groups.items():
        task = tasks[task_id]
        details: dict[str, str] = json.loads(task["details"])
        due_date = details.get("due_date", "")
        claims_of = {row["claim"]: row for row in rows}
        row = _row(scope, "task", task["name"], proof(claims_of.values()), task["programme"])
        row["unit"] = source_ref(rows[0], scope.lang)
        row["task"] = ref(task_id, task["name"], scope.lang)
        row["due"], row["due_date"] = details.get("due", ""), due_date or None
        row["overdue"] = bool(due_date) and last_day(due_date) < scope.day
        owner = (source_key(rows[0]), source_ref(rows[0], scope.lang))
        found.append(Owed(owner, "task", (due_date or LAST, position(task)), row))
    return found


def _gaps(store: Store, scope: Scope, unit: str | None) -> list[Owed]:
    """Kinds of counterpart that a unit lacks, in the order of coverage's columns."""
    found: list[Owed] = []
    table = matrix_for(store, scope, unit)
    for row in table.only(unit):
        for number, kind in enumerate(table.columns):
            verdict = table.verdict(row.id, kind)
            if verdict.state not in GAP_STATES:
                continue
            state = STATES[verdict.state].label(scope.lang)
            label = TYPES[EntityType(kind)].label(scope.lang)
            words = GAP_WORDS(scope.lang).format(kind=label, state=state)
            owner = ref(row.id, row.name, scope.lang)
            programmes = {said["programme"] for said in verdict.rows}
            programme = programmes.pop() if len(programmes) == 1 else ""
            item = _row(scope, "gap", words, verdict.evidence(), programme)
            item["unit"] = owner
            found.append(Owed((row.key, owner), "gap", (number,), item))
    return found


def _reviews(store: Store, scope: Scope, unit: str | None) -> list[Owed]:
    """Names that await a decision, under the entity as which they stand in the graph."""
    if unit is None:
        rows = store.fetch(CANDIDATES, scope.parameters())
    else:
        own = [unit, *collectives_of(store, scope, [unit])] if scope.expand else [unit]
        rows = store.fetch(CANDIDATES_OF, {**scope.parameters(), "ids": sorted(set(own))})
    found: list[Owed] = []
    for row in rows:
        words = REVIEW_WORDS(scope.lang).format(printed=row["printed"])
        item = _row(scope, "review", words, [evidence(row)], row["programme"])
        owner = None
        if row["name"] is not None:
            entity = ref(row["entity"], row["name"], scope.lang)
            owner = ((row["rank"], row["seq"], row["entity"]), entity)
            item["unit"] = entity
        found.append(Owed(owner, "review", (*_place(row), row["candidate"]), item))
    return found


def _attachments(store: Store, scope: Scope, unit: str | None) -> list[Owed]:
    """Announced attachments that no file brought; they are owed by no unit."""
    if unit is not None:
        return []
    rows = store.fetch(PROBLEMS, {**scope.parameters(), "codes": ["attachment_missing"]})
    return [
        Owed(
            None,
            "attachment",
            (*_place(row), row["seq"]),
            _row(scope, "attachment", row["message"], [evidence(row)], row["programme"]),
        )
        for row in rows
    ]


def _place(row: Any) -> Key:
    where = (row["table_no"] or 0, row["row_no"] or 0, row["column_no"] or 0)
    return (row["document_date"] or LAST, row["document"], *where)


def flatten(answer: Answer, params: OutstandingParameters) -> Sequence[dict[str, Any]]:
    return by_evidence(answer.items)


FINDERS: dict[Kind, Callable[[Store, Scope, str | None], list[Owed]]] = {
    "task": _tasks,
    "gap": _gaps,
    "review": _reviews,
    "attachment": _attachments,
}

QUERY = Query(
    name="outstanding",
    title=Text("待办事项", "Outstanding"),
    description=Text(
        "各单位未了的任务（按期限）、对口空缺、待核对的名称，以及文件所称而未提供的附件。",
        "Open tasks by due date, gaps, names in review and missing attachments.",
    ),
    params=OutstandingParameters,
    row=OutstandingRow,
    ask=ask,
    flatten=flatten,
    columns=(
        *entity_columns("unit", "单位", "Unit"),
        column("label", "事项", "Kind"),
        column("what", "内容", "What"),
        column("due", "期限", "Due"),
        column("due_date", "到期日", "Due date"),
        Column("overdue", Text("已过期", "Overdue"), lambda row: row["overdue"]),
        column("programme", "合作事项", "Programme"),
        *evidence_columns(),
    ),
    example={
        "items": [
            {
                "unit": BUREAU,
                "kind": "task",
                "label": "未了任务",
                "what": TASK["name"],
                "task": TASK,
                "due": "2020年底",
                "due_date": "2020",
                "overdue": True,
                "programme": "沪甬产业合作",
                "evidence": [TASK_PROOF],
            }
        ],
        "total": 1,
        "page": 1,
        "size": 50,
        "version": "1",
    },
)
