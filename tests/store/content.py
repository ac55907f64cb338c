"""All that a store holds, in a form that is equal where the content is."""

from __future__ import annotations

from typing import Any

from graph.store import Statement, Store

STATEMENTS = {
    "entities": Statement(
        "SELECT id, type, name, kind, region, rank, details FROM entity",
        "MATCH (e:Entity) RETURN e.id AS id, e.type AS type, e.name AS name, e.kind AS kind,"
        " e.region AS region, e.rank AS rank, e.details AS details",
    ),
    "order": Statement(
        "SELECT id, seq FROM entity UNION ALL SELECT id, seq FROM document",
        "MATCH (e) WHERE e:Entity OR e:Document RETURN e.id AS id, e.seq AS seq",
    ),
    "names": Statement(
        "SELECT entity, text, kind, folded, pinyin, initials, length, head, tail, grams FROM name",
        "MATCH (e:Entity)-[:HAS_NAME]->(n:Name) RETURN e.id AS entity, n.text AS text, n.kind AS kind,"
        " n.folded AS folded, n.pinyin AS pinyin, n.initials AS initials, n.length AS length,"
        " n.head AS head, n.tail AS tail, n.grams AS grams",
    ),
    "claims": Statement(
        "SELECT * FROM claim",
        "MATCH (a:Entity)-[c]->(b:Entity) RETURN c.id AS id, type(c) AS type, a.id AS source, b.id AS target,"
        " c.document AS document, c.table_no AS table_no, c.row_no AS row_no, c.column_no AS column_no,"
        " c.text AS text, c.term AS term, c.direction AS direction, c.status AS status,"
        " c.valid_from AS valid_from, c.valid_to AS valid_to, c.citation AS citation",
    ),
    "background": Statement(
        "SELECT document, claim FROM background",
        "MATCH ()-[c]->() WHERE c.holders IS NOT NULL UNWIND c.holders AS document"
        " RETURN document, c.id AS claim",
    ),
    "mentions": Statement(
        "SELECT document, entity, place FROM mention",
        "MATCH (d:Document)-[m:MENTIONS]->(e:Entity)"
        " RETURN d.id AS document, e.id AS entity, m.place AS place",
    ),
    "coverage": Statement(
        "SELECT * FROM coverage",
        "MATCH (d:Document)-[v:COVERAGE]->(e:Entity) RETURN d.id AS document, e.id AS unit, v.kind AS kind,"
        " v.state AS state, v.reason AS reason, v.text AS text, v.table_no AS table_no, v.row_no AS row_no,"
        " v.column_no AS column_no, v.status AS status",
    ),
    "problems": Statement(
        "SELECT * FROM problem",
        "MATCH (:Document)-[:HAS_PROBLEM]->(p:Problem) RETURN p.document AS document, p.seq AS seq,"
        " p.code AS code, p.severity AS severity, p.table_no AS table_no, p.row_no AS row_no,"
        " p.column_no AS column_no, p.message AS message, p.text AS text",
    ),
    "superseded": Statement(
        "SELECT id, superseded_on FROM document",
        "MATCH (d:Document) RETURN d.id AS id, d.superseded_on AS superseded_on",
    ),
}
LEFT_OVER = Statement(
    """
    SELECT (SELECT count(*) FROM name WHERE entity NOT IN (SELECT id FROM entity))
      + (SELECT count(*) FROM claim WHERE source NOT IN (SELECT id FROM entity)
            OR target NOT IN (SELECT id FROM entity))
      + (SELECT count(*) FROM claim WHERE document IS NULL AND id NOT IN (SELECT claim FROM background))
      + (SELECT count(*) FROM background WHERE claim NOT IN (SELECT id FROM claim))
      + (SELECT count(*) FROM name_grams) - (SELECT count(*) FROM name)
      + (SELECT count(*) FROM file WHERE document NOT IN (SELECT id FROM document)) AS n
    """,
    """
    MATCH (n) WHERE NOT n:Store AND NOT n:Alias AND NOT n:Decision AND NOT n:Document AND NOT (n)--()
    RETURN count(n) AS n
    """,
)
"""Rows that belong to nothing: always 0."""


def content(store: Store) -> dict[str, Any]:
    """Everything but times and the version, sorted; also checks that nothing is left over."""
    assert store.fetch(LEFT_OVER, {}) == [{"n": 0}]
    held: dict[str, Any] = {
        name: sorted((tuple(sorted(row.items())) for row in store.fetch(statement, {})), key=repr)
        for name, statement in STATEMENTS.items()
    }
    documents = store.documents()
    held["documents"] = [(d.document, d.receipt, d.superseded_by) for d in documents]
    held["files"] = [store.files(d.document.id) for d in documents]
    held["tables"] = [store.table(d.document.id, 1) for d in documents]
    held["aliases"] = store.aliases()
    held["candidates"] = store.candidates()
    held["decisions"] = store.decisions()
    return held
