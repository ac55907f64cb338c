"""Everything in the graph, in one order on every backend: what all exports and `to_networkx` give."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from graph.model import Row
from graph.store import Statement, Store
from graph.vocabulary import DOCUMENT, RELATIONS, STATUS_LABELS, TYPES, EntityType, Relation, Status

_ENTITIES = Statement(
    """
    SELECT e.id AS id, e.type AS type, e.name AS name, e.kind AS kind, e.region AS region, e.rank AS rank,
        e.seq AS seq, e.details AS details
    FROM entity AS e
    """,
    """
    MATCH (e:Entity) RETURN e.id AS id, e.type AS type, e.name AS name, e.kind AS kind, e.region AS region,
        e.rank AS rank, e.seq AS seq, e.details AS details
    """,
)
_DOCUMENTS = Statement(
    """
    SELECT d.id AS id, d.title AS title, d.number AS number, d.date AS date, d.issuer AS issuer,
        d.programme AS programme, d.region AS region, d.status AS status, d.seq AS seq,
        d.superseded_on AS superseded_on
    FROM document AS d
    """,
    """
    MATCH (d:Document) RETURN d.id AS id, d.title AS title, d.number AS number, d.date AS date,
        d.issuer AS issuer, d.programme AS programme, d.region AS region, d.status AS status, d.seq AS seq,
        d.superseded_on AS superseded_on
    """,
)
_CLAIMS = Statement(
    """
    SELECT c.id AS id, c.type AS type, c.source AS source, c.target AS target, c.document AS document,
        c.table_no AS "table", c.row_no AS "row", c.column_no AS "column", c.text AS text, c.term AS term,
        c.direction AS direction, c.status AS status, c.valid_from AS valid_from, c.valid_to AS valid_to,
        c.citation AS "citation"
    FROM claim AS c
    """,
    """
    MATCH (a:Entity)-[c]->(b:Entity)
    RETURN c.id AS id, type(c) AS type, a.id AS source, b.id AS target, c.document AS document,
        c.table_no AS table, c.row_no AS row, c.column_no AS column, c.text AS text, c.term AS term,
        c.direction AS direction, c.status AS status, c.valid_from AS valid_from, c.valid_to AS valid_to,
        c.citation AS citation
    """,
)
_SUPERSEDES = Statement(
    """
    SELECT s.source AS source, s.target AS target FROM supersedes AS s
    JOIN document AS a ON a.id = s.source JOIN document AS b ON b.id = s.target
    """,
    "MATCH (a:Document)-[:SUPERSEDES]->(b:Document) RETURN a.id AS source, b.id AS target",
)
_ILLUSTRATIVE = Statement(
    """
    SELECT m.entity AS id FROM mention AS m JOIN document AS d ON d.id = m.document
    GROUP BY m.entity HAVING max(d.status = 'official') = 0
    """,
    """
    MATCH (d:Document)-[:MENTIONS]->(e:Entity) WITH e, collect(d.status) AS statuses
    WHERE NOT 'official' IN statuses RETURN e.id AS id
    """,
)


@dataclass(frozen=True, slots=True)
class WholeGraph:
    """Nodes (entities in official order, then documents) and links (claims, then SUPERSEDES), as flat records.

    A node has `id, type, name, label, kind, region, status, status_label` and what its type has of its own; a
    link `id, type, label, source, target, status, status_label` and its evidence. An entity is illustrative
    when neither an official document nor a gazetteer's fact names it. `link["citation"]` names the source of a
    gazetteer's fact.
    """

    version: str
    nodes: list[dict[str, Any]]
    links: list[dict[str, Any]]


def whole_graph(store: Store) -> WholeGraph:
    """Read everything."""
    version = store.version()
    entities = sorted(store.fetch(_ENTITIES, {}), key=lambda e: (e["rank"], e["seq"], e["id"]))
    documents = sorted(store.fetch(_DOCUMENTS, {}), key=lambda d: (d["date"], d["seq"], d["id"]))
    claims = sorted(store.fetch(_CLAIMS, {}), key=_place)
    known = {row[end] for row in claims if row["document"] is None for end in ("source", "target")}
    illustrative = {row["id"] for row in store.fetch(_ILLUSTRATIVE, {})} - known
    successions = sorted(store.fetch(_SUPERSEDES, {}), key=lambda s: (s["source"], s["target"]))
    return WholeGraph(
        version=version,
        nodes=[_entity(row, row["id"] in illustrative) for row in entities]
        + [_document(row) for row in documents],
        links=[_claim(row) for row in claims] + [_succession(row) for row in successions],
    )


def _place(row: Row) -> tuple[str, int, int, int, str]:
    return (row["document"] or "~", row["table"] or 0, row["row"] or 0, row["column"] or 0, row["id"])


def _status(status: str) -> dict[str, str]:
    return {"status": status, "status_label": STATUS_LABELS[Status(status)].zh}


def _entity(row: Row, illustrative: bool) -> dict[str, Any]:
    own: dict[str, str] = json.loads(row["details"])
    return {
        **own,
        "id": row["id"],
        "type": row["type"],
        "name": row["name"],
        "label": TYPES[EntityType(row["type"])].label.zh,
        "kind": row["kind"],
        "region": row["region"],
        **_status(Status.ILLUSTRATIVE if illustrative else Status.OFFICIAL),
    }


def _document(row: Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "type": "Document",
        "name": row["title"],
        "label": DOCUMENT.label.zh,
        "number": row["number"],
        "date": row["date"],
        "issuer": row["issuer"],
        "programme": row["programme"],
        "region": row["region"],
        **_status(row["status"]),
        "superseded_on": row["superseded_on"],
    }


def _claim(row: Row) -> dict[str, Any]:
    return {**row, "label": RELATIONS[Relation(row["type"])].label.zh, **_status(row["status"])}


def _succession(row: Row) -> dict[str, Any]:
    return {
        "id": f"{row['source']}→{row['target']}",
        "type": Relation.SUPERSEDES.value,
        "label": RELATIONS[Relation.SUPERSEDES].label.zh,
        "source": row["source"],
        "target": row["target"],
    }
