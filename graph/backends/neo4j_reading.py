"""The reads of the Neo4j store beside its queries."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, LiteralString

from graph.backends.rows import document_of
from graph.model import Decision
from graph.store import StoredDocument

_WITH_SUCCESSORS: LiteralString = """
OPTIONAL MATCH (s:Document)-[:SUPERSEDES]->(d)
WITH d, s ORDER BY s.date, s.id
WITH d, collect(s.id) AS successors
RETURN properties(d) AS row, successors ORDER BY d.date, d.id"""
DOCUMENTS: LiteralString = "MATCH (d:Document)" + _WITH_SUCCESSORS
DOCUMENT: LiteralString = "MATCH (d:Document {id: $document})" + _WITH_SUCCESSORS
FILES: LiteralString = """
MATCH (:Document {id: $document})-[:HAS_FILE]->(f:File)
RETURN f.name AS name, f.sha256 AS sha256, f.content AS content ORDER BY f.seq"""
FILE_OWNER: LiteralString = """
MATCH (f:File {sha256: $sha256})<-[:HAS_FILE]-(d:Document) RETURN d.id AS id ORDER BY d.seq LIMIT 1"""
TABLE: LiteralString = """
MATCH (:Document {id: $document})-[:HAS_TABLE]->(t:SourceTable {number: $number}) RETURN t.content AS content"""
RESOLVE: LiteralString = """
OPTIONAL MATCH (e:Entity {id: $id})
OPTIONAL MATCH (a:Alias {old: $id})
OPTIONAL MATCH (t:Entity {id: a.entity})
WITH coalesce(e.id, t.id) AS id WHERE id IS NOT NULL
RETURN id"""
REDIRECTS: LiteralString = """
MATCH (a:Alias) WHERE NOT EXISTS { MATCH (:Entity {id: a.old}) }
RETURN a.old AS old, a.entity AS entity ORDER BY old"""
CANDIDATES: LiteralString = """
MATCH (d:Document)-[:HAS_CANDIDATE]->(c:Candidate)
RETURN properties(c) AS row ORDER BY d.date, d.id, c.table_no, c.row_no, c.column_no, c.id"""
DECISIONS: LiteralString = "MATCH (n:Decision) RETURN properties(n) AS row ORDER BY n.decided, n.candidate"
KEYS: LiteralString = """
MATCH (n) WHERE elementId(n) IN $ids AND n.id IS NOT NULL RETURN elementId(n) AS server, toString(n.id) AS id"""


def stored_document(found: Mapping[str, Any]) -> StoredDocument:
    """The record of a row of DOCUMENTS."""
    row: dict[str, Any] = {"number": None, **found["row"]}
    return StoredDocument(
        document=document_of(row, row["supersedes"]),
        receipt=json.loads(row["receipt"]),
        superseded_by=tuple(found["successors"]),
        added=row["added"],
        fingerprint=row["fingerprint"],
    )


def decision(found: Mapping[str, Any]) -> Decision:
    """The record of a row of DECISIONS; a rejection has no entity."""
    row = found["row"]
    return Decision(
        row["candidate"], row["printed"], row["scope"], row.get("entity"), row["user"], row["decided"]
    )


def first_id(rows: Sequence[Mapping[str, Any]]) -> str | None:
    """The id of the first row, None when there is none."""
    return rows[0]["id"] if rows else None
