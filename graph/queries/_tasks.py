"""Fetching tasks in force: a task stands as long as the document that states it."""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections.abc import Sequence

from graph.model import Row
from graph.statements.refs import LAST, Key
from graph.statements.scope import Scope
from graph.store import Statement, Store

_SQL_COLUMNS = """
SELECT e.id AS id, e.name AS name, e.rank AS rank, e.seq AS seq, e.details AS details, d.id AS document,
    d.title AS document_title, d.date AS document_date, d.programme AS programme, d.status AS status
"""
_SQL_IN_FORCE = """
AND e.type = 'Task' AND (:status = 'all' OR d.status = :status)
AND d.date <= :day AND (d.superseded_on = '' OR :day < d.superseded_on)
AND (:programme IS NULL OR d.programme = :programme) AND (:document IS NULL OR d.id = :document)
"""
_CYPHER_TAIL = """
WHERE ($status = 'all' OR d.status = $status) AND d.date <= $day AND (d.superseded_on = '' OR $day < d.superseded_on)
AND ($programme IS NULL OR d.programme = $programme) AND ($document IS NULL OR d.id = $document)
RETURN e.id AS id, e.name AS name, e.rank AS rank, e.seq AS seq, e.details AS details, d.id AS document,
    d.title AS document_title, d.date AS document_date, d.programme AS programme, d.status AS status
"""
BY_IDS = Statement(
    _SQL_COLUMNS
    + """FROM json_each(:ids) AS i CROSS JOIN mention AS m ON m.entity = i.value
    CROSS JOIN document AS d ON d.id = m.document CROSS JOIN entity AS e ON e.id = m.entity WHERE 1 """
    + _SQL_IN_FORCE,
    "UNWIND $ids AS id MATCH (e:Entity:Task {id: id})<-[:MENTIONS]-(d:Document)" + _CYPHER_TAIL,
)
BY_DOCUMENT = Statement(
    _SQL_COLUMNS
    + """FROM document AS d CROSS JOIN mention AS m ON m.document = d.id
    CROSS JOIN entity AS e ON e.id = m.entity WHERE d.id = :document """
    + _SQL_IN_FORCE,
    "MATCH (d:Document {id: $document})-[:MENTIONS]->(e:Task)" + _CYPHER_TAIL,
    few=True,
)
BY_PROGRAMME = Statement(
    _SQL_COLUMNS
    + """FROM document AS d CROSS JOIN mention AS m ON m.document = d.id
    CROSS JOIN entity AS e ON e.id = m.entity WHERE d.programme = :programme """
    + _SQL_IN_FORCE,
    "MATCH (d:Document {programme: $programme})-[:MENTIONS]->(e:Task)" + _CYPHER_TAIL,
)
EVERY = Statement(
    _SQL_COLUMNS
    + """FROM entity AS e CROSS JOIN mention AS m ON m.entity = e.id
    CROSS JOIN document AS d ON d.id = m.document WHERE 1 """
    + _SQL_IN_FORCE,
    "MATCH (e:Task)<-[:MENTIONS]-(d:Document)" + _CYPHER_TAIL,
)
_POSITION = re.compile(r"/t(\d+)r(\d+)$")


def fetch_tasks(store: Store, scope: Scope, ids: Sequence[str] | None = None) -> list[Row]:
    """Tasks of documents in force within the scope; of `ids` only, when these are given. Once each: an
    entity that several documents name is the first's."""
    parameters = scope.parameters()
    if ids is not None:
        rows = store.fetch(BY_IDS, {**parameters, "ids": list(ids)}) if ids else []
    elif scope.document is not None:
        rows = store.fetch(BY_DOCUMENT, parameters)
    elif scope.programme is not None:
        rows = store.fetch(BY_PROGRAMME, parameters)
    else:
        rows = store.fetch(EVERY, parameters)
    found: dict[str, Row] = {}
    for row in sorted(rows, key=position):
        found.setdefault(row["id"], row)
    return list(found.values())


def position(task: Row) -> Key:
    """Where a task stands: rank, document date, document, table, row, id."""
    place = _POSITION.search(task["id"])
    table, row = (int(place[1]), int(place[2])) if place else (0, 0)
    return (task["rank"], task["document_date"] or LAST, task["document"], table, row, task["id"])


def last_day(moment: str) -> str:
    """The last day of an ISO date of year, month or day precision: of `2024-02` it is `2024-02-29`."""
    if len(moment) == len("2024"):
        return f"{moment}-12-31"
    if len(moment) == len("2024-02"):
        return f"{moment}-{monthrange(int(moment[:4]), int(moment[5:]))[1]}"
    return moment


def due_day(task: Row) -> str:
    """The last day on which a task is in time; empty where it has no due date that can be told."""
    due = json.loads(task["details"]).get("due_date")
    return last_day(due) if due else ""
