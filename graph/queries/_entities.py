"""Fetching entities by id, with their details and names."""

from __future__ import annotations

from collections.abc import Collection

from graph.model import Row
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
    "SELECT old FROM alias WHERE entity = :id",
    "MATCH (l:Alias {entity: $id}) RETURN l.old AS old",
)
MENTIONS = Statement(
    """
    SELECT d.id AS id, d.title AS title, d.date AS date, d.status AS status FROM mention AS m
    CROSS JOIN document AS d ON d.id = m.document WHERE m.entity = :id
    """,
    """
    MATCH (d:Document)-[:MENTIONS]->(:Entity {id: $id})
    RETURN d.id AS id, d.title AS title, d.date AS date, d.status AS status
    """,
)


def entities_by_id(store: Store, ids: Collection[str]) -> dict[str, Row]:
    """Entities by id; those that don't stand are left out."""
    if not ids:
        return {}
    return {row["id"]: row for row in store.fetch(BY_IDS, {"ids": sorted(ids)})}
