"""What the library asks the store: the claims of a document, which ids stand, who mentions an entity."""

from __future__ import annotations

from collections.abc import Iterable

from graph.model import Claim, Document, Entity
from graph.statements.revisions import StatedClaim, stated_claim, stated_rows
from graph.store import Statement, Store, StoredDocument
from graph.vocabulary import EntityType

_ARRIVED = Statement(
    sql="SELECT id, seq FROM document",
    cypher="MATCH (d:Document) RETURN d.id AS id, d.seq AS seq",
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
_MENTIONED_IN = Statement(
    sql="SELECT document, entity FROM mention WHERE entity IN (SELECT value FROM json_each(:ids))",
    cypher="MATCH (d:Document)-[:MENTIONS]->(e:Entity) WHERE e.id IN $ids"
    " RETURN d.id AS document, e.id AS entity",
)
_NAMED = Statement(
    sql="SELECT id, type, name, kind, region, seq FROM entity"
    " WHERE type IN (SELECT value FROM json_each(:types))"
    " AND EXISTS (SELECT 1 FROM mention WHERE mention.entity = entity.id)",
    cypher="MATCH (e:Entity) WHERE e.type IN $types AND EXISTS { (:Document)-[:MENTIONS]->(e) }"
    " RETURN e.id AS id, e.type AS type, e.name AS name, e.kind AS kind, e.region AS region, e.seq AS seq",
)
_OTHER_NAMES = Statement(
    sql="SELECT n.entity AS id, n.text AS text FROM name AS n JOIN entity AS e ON e.id = n.entity"
    " WHERE e.type = 'Unit' AND n.kind IN ('alias', 'former')",
    cypher="MATCH (e:Unit)-[:HAS_NAME]->(n:Name) WHERE n.kind IN ['alias', 'former']"
    " RETURN e.id AS id, n.text AS text",
)
_NAMES = Statement(
    sql="SELECT id, name FROM entity WHERE id IN (SELECT value FROM json_each(:ids))",
    cypher="MATCH (e:Entity) WHERE e.id IN $ids RETURN e.id AS id, e.name AS name",
)


def stored_claims(store: Store, document: Document) -> dict[str, StatedClaim]:
    """The claims of a stored document by id, by table, row and column."""
    return {row["claim"]: stated_claim(row) for row in stated_rows(store, document.id)}


def claims_of(
    document: Document, claims: Iterable[Claim], entities: Iterable[Entity]
) -> dict[str, StatedClaim]:
    """The claims of a reading in the same form and order."""
    names = {entity.id: entity.name for entity in entities}
    ordered = sorted(claims, key=lambda c: (c.table or 0, c.row or 0, c.column or 0, c.id))
    return {
        c.id: stated_claim(
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
                "document": document.id,
                "document_title": document.title,
                "citation": None,
            }
        )
        for c in ordered
    }


def in_order_of_arrival(store: Store) -> list[StoredDocument]:
    """All documents, in the order in which they first came."""
    arrived = {row["id"]: row["seq"] for row in store.fetch(_ARRIVED, {})}
    return sorted(store.documents(), key=lambda one: arrived.get(one.document.id, len(arrived)))


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


def mentioned_in(store: Store, ids: Iterable[str]) -> dict[str, list[str]]:
    """Those of the entities that each document mentions, by the documents' ids."""
    wanted = sorted(set(ids))
    found: dict[str, list[str]] = {}
    for row in store.fetch(_MENTIONED_IN, {"ids": wanted}) if wanted else ():
        found.setdefault(row["document"], []).append(row["entity"])
    return {document: sorted(found[document]) for document in sorted(found)}


def named_entities(store: Store, types: Iterable[EntityType]) -> list[Entity]:
    """Entities of these types that documents name, in order of first appearance, without their details."""
    rows = store.fetch(_NAMED, {"types": [kind.value for kind in types]})
    return [
        Entity(row["id"], EntityType(row["type"]), row["name"], row["kind"], row["region"])
        for row in sorted(rows, key=lambda row: (row["seq"], row["id"]))
    ]


def other_names(store: Store) -> list[tuple[str, str]]:
    """Units with the names that they have beside their own: (id, other name)."""
    return sorted((row["id"], row["text"]) for row in store.fetch(_OTHER_NAMES, {}))


def names_of(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """Names of the entities that stand under these ids."""
    wanted = sorted(set(ids))
    return {row["id"]: row["name"] for row in store.fetch(_NAMES, {"ids": wanted})} if wanted else {}
