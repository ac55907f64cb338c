"""What the library asks the store: the claims of a document, which ids stand, who mentions an entity."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph.model import Claim, Document, Entity, Evidence, Row, entity_ref
from graph.store import Statement, Store
from ingest.outcomes import StatedClaim

_CLAIMS = Statement(
    sql="""
    SELECT c.id, c.type, c.source, a.name AS source_name, c.target, b.name AS target_name,
           c.table_no, c.row_no, c.column_no, c.text, c.term, c.status
    FROM claim c JOIN entity a ON a.id = c.source JOIN entity b ON b.id = c.target
    WHERE c.document = :document""",
    cypher="""
    MATCH (d:Document {id: $document})-[:MENTIONS]->(a:Entity)-[c]->(b:Entity)
    WHERE c.document = $document
    RETURN c.id AS id, type(c) AS type, a.id AS source, a.name AS source_name, b.id AS target,
           b.name AS target_name, c.table_no AS table_no, c.row_no AS row_no, c.column_no AS column_no,
           c.text AS text, c.term AS term, c.status AS status""",
)
_STANDING = Statement(
    sql="SELECT id FROM entity WHERE id IN (SELECT value FROM json_each(:ids))",
    cypher="MATCH (e:Entity) WHERE e.id IN $ids RETURN e.id AS id",
)
_VAGUE = Statement(
    sql="SELECT id FROM entity WHERE kind = 'unknown' AND id IN (SELECT value FROM json_each(:ids))",
    cypher="MATCH (e:Entity) WHERE e.id IN $ids AND e.kind = 'unknown' RETURN e.id AS id",
)
_MENTIONING = Statement(
    sql="SELECT document FROM mention WHERE entity IN (SELECT value FROM json_each(:ids))",
    cypher="MATCH (d:Document)-[:MENTIONS]->(e:Entity) WHERE e.id IN $ids RETURN DISTINCT d.id AS document",
)
_NAMES = Statement(
    sql="SELECT id, name FROM entity WHERE id IN (SELECT value FROM json_each(:ids))",
    cypher="MATCH (e:Entity) WHERE e.id IN $ids RETURN e.id AS id, e.name AS name",
)


def stored_claims(store: Store, document: Document) -> dict[str, StatedClaim]:
    """The claims of a stored document by id, by table, row and column."""
    rows = store.fetch(_CLAIMS, {"document": document.id})
    rows.sort(key=lambda r: (r["table_no"] or 0, r["row_no"] or 0, r["column_no"] or 0, r["id"]))
    return {row["id"]: _stated(row, document) for row in rows}


def claims_of(
    document: Document, claims: Iterable[Claim], entities: Iterable[Entity]
) -> dict[str, StatedClaim]:
    """The claims of a reading in the same form and order."""
    names = {entity.id: entity.name for entity in entities}
    ordered = sorted(claims, key=lambda c: (c.table or 0, c.row or 0, c.column or 0, c.id))
    return {
        c.id: _stated(
            {
                "type": c.type.value,
                "source": c.source,
                "source_name": names[c.source],
                "target": c.target,
                "target_name": names[c.target],
                "table_no": c.table,
                "row_no": c.row,
                "column_no": c.column,
                "text": c.text,
                "term": c.term,
                "status": c.status.value,
            },
            document,
        )
        for c in ordered
    }


def _stated(row: Row | dict[str, Any], document: Document) -> StatedClaim:
    return StatedClaim(
        type=row["type"],
        source=entity_ref(row["source"], row["source_name"]),
        target=entity_ref(row["target"], row["target_name"]),
        evidence=Evidence(
            document=document.id,
            document_title=document.title,
            table=row["table_no"],
            row=row["row_no"],
            column=row["column_no"],
            text=row["text"],
            term=row["term"],
            status=row["status"],
            source=None,
        ),
    )


def standing(store: Store, ids: Iterable[str]) -> set[str]:
    """Those of the ids under which an entity stands today."""
    wanted = sorted(set(ids))
    return {row["id"] for row in store.fetch(_STANDING, {"ids": wanted})} if wanted else set()


def vague(store: Store, ids: Iterable[str]) -> set[str]:
    """Those of the ids under which an organisation of unknown kind stands today."""
    wanted = sorted(set(ids))
    return {row["id"] for row in store.fetch(_VAGUE, {"ids": wanted})} if wanted else set()


def mentioning(store: Store, ids: Iterable[str]) -> set[str]:
    """Ids of the documents that mention one of the entities."""
    wanted = sorted(set(ids))
    return {row["document"] for row in store.fetch(_MENTIONING, {"ids": wanted})} if wanted else set()


def names_of(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """Names of the entities that stand under these ids."""
    wanted = sorted(set(ids))
    return {row["id"]: row["name"] for row in store.fetch(_NAMES, {"ids": wanted})} if wanted else {}
