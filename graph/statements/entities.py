"""Fetching entities by id, with their details and names."""

from __future__ import annotations

from collections.abc import Collection

from graph.model import DocumentRef, Row
from graph.statements.refs import LAST
from graph.statements.scope import Scope
from graph.store import Statement, Store

BY_IDS = Statement(
    """
    SELECT e.id AS id, e.name AS name, e.type AS type, e.kind AS kind, e.region AS region, e.rank AS rank,
        e.seq AS seq, e.details AS details
    FROM json_each(:ids) AS i CROSS JOIN entity AS e ON e.id = i.value
    """,
    """
    UNWIND $ids AS id MATCH (e:Entity {id: id})
    RETURN e.id AS id, e.name AS name, e.type AS type, e.kind AS kind, e.region AS region, e.rank AS rank,
        e.seq AS seq, e.details AS details
    """,
)
NAMES = Statement(
    "SELECT n.text AS text, n.kind AS kind FROM name AS n WHERE n.entity = :id",
    "MATCH (:Entity {id: $id})-[:HAS_NAME]->(n:Name) RETURN n.text AS text, n.kind AS kind",
)
ALIASES = Statement(
    "SELECT old FROM alias WHERE entity = :id AND NOT EXISTS (SELECT 1 FROM entity AS e WHERE e.id = old)",
    """
    MATCH (l:Alias {entity: $id}) WHERE NOT EXISTS { (:Entity {id: l.old}) } RETURN l.old AS old
    """,
)
MENTIONS = Statement(
    """
    SELECT m.entity AS entity, d.id AS id, d.title AS title, d.date AS date
    FROM json_each(:ids) AS i CROSS JOIN mention AS m ON m.entity = i.value
    CROSS JOIN document AS d ON d.id = m.document WHERE :status = 'all' OR d.status = :status
    """,
    """
    UNWIND $ids AS id MATCH (d:Document)-[:MENTIONS]->(e:Entity {id: id})
    WHERE $status = 'all' OR d.status = $status
    RETURN e.id AS entity, d.id AS id, d.title AS title, d.date AS date
    """,
)


def entities_by_id(store: Store, ids: Collection[str]) -> dict[str, Row]:
    """Entities by id; those that don't stand are left out."""
    if not ids:
        return {}
    return {row["id"]: row for row in store.fetch(BY_IDS, {"ids": sorted(ids)})}


def mentioned_in(store: Store, scope: Scope, ids: Collection[str]) -> dict[str, list[DocumentRef]]:
    """The documents that name each entity, by date; superseded ones included."""
    if not ids:
        return {}
    rows = store.fetch(MENTIONS, {"status": scope.status, "ids": sorted(ids)})
    found: dict[str, list[DocumentRef]] = {}
    for row in sorted(rows, key=lambda row: (row["date"] or LAST, row["id"])):
        found.setdefault(row["entity"], []).append({"id": row["id"], "title": row["title"]})
    return found
