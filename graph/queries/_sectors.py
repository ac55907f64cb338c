"""Which entities focus on which sectors, by claims of documents and gazetteers."""

from __future__ import annotations

from collections.abc import Collection

from graph.model import Row
from graph.statements.scope import Scope
from graph.store import Statement, Store

_SQL = """
SELECT c.id AS claim, c.source AS source, a.name AS source_name, a.rank AS source_rank,
    a.seq AS source_seq, c.target AS target, b.name AS target_name,
    b.rank AS target_rank, b.seq AS target_seq, c.document AS document, d.title AS document_title,
    d.date AS document_date, c.table_no AS table_no, c.row_no AS row_no, c.column_no AS column_no,
    c.text AS text, c.term AS term, c.status AS status, c.citation AS citation
FROM claim AS c LEFT JOIN document AS d ON d.id = c.document
JOIN entity AS a ON a.id = c.source JOIN entity AS b ON b.id = c.target
WHERE c.type = 'FOCUSES_ON' AND (:status = 'all' OR c.document IS NULL OR c.status = :status)
    AND (c.valid_from = '' OR c.valid_from <= :day) AND (c.valid_to = '' OR :day <= c.valid_to || '~')
    AND (d.id IS NULL OR ((c.valid_from <> '' OR d.date <= :day) AND (d.superseded_on = '' OR :day < d.superseded_on)))
"""
_CYPHER = """
OPTIONAL MATCH (d:Document {id: c.document})
WITH a, b, c, d WHERE ($status = 'all' OR c.document IS NULL OR c.status = $status)
    AND (c.valid_from = '' OR c.valid_from <= $day) AND (c.valid_to = '' OR $day <= c.valid_to + '~')
    AND (d IS NULL OR ((c.valid_from <> '' OR d.date <= $day) AND (d.superseded_on = '' OR $day < d.superseded_on)))
RETURN c.id AS claim, a.id AS source, a.name AS source_name, a.rank AS source_rank,
    a.seq AS source_seq, b.id AS target, b.name AS target_name,
    b.rank AS target_rank, b.seq AS target_seq, c.document AS document, d.title AS document_title,
    d.date AS document_date, c.table_no AS table_no, c.row_no AS row_no, c.column_no AS column_no,
    c.text AS text, c.term AS term, c.status AS status, c.citation AS citation
"""
OF_SOURCES = Statement(
    _SQL + "AND c.source IN (SELECT value FROM json_each(:ids))",
    "UNWIND $ids AS id MATCH (a:Entity {id: id})-[c:FOCUSES_ON]->(b:Entity)" + _CYPHER,
)
OF_SECTORS = Statement(
    _SQL + "AND c.target IN (SELECT value FROM json_each(:ids))",
    "UNWIND $ids AS id MATCH (a:Entity)-[c:FOCUSES_ON]->(b:Entity {id: id})" + _CYPHER,
)


EVERY = Statement(_SQL, "MATCH (a:Entity)-[c:FOCUSES_ON]->(b:Entity)" + _CYPHER)


def all_focuses(store: Store, scope: Scope) -> list[Row]:
    """All claims of what anything focuses on."""
    return store.fetch(EVERY, scope.parameters())


def focused_on(store: Store, scope: Scope, sector: str) -> frozenset[str]:
    """Ids of all that focus on a sector."""
    rows = store.fetch(OF_SECTORS, {**scope.parameters(), "ids": [sector]})
    return frozenset(row["source"] for row in rows)


def focusing(store: Store, scope: Scope, sectors: Collection[str]) -> list[Row]:
    """Claims of all that focus on one of the sectors."""
    if not sectors:
        return []
    return store.fetch(OF_SECTORS, {**scope.parameters(), "ids": sorted(sectors)})


def focuses(store: Store, scope: Scope, ids: Collection[str]) -> list[Row]:
    """Claims of what the given entities focus on."""
    if not ids:
        return []
    return store.fetch(OF_SOURCES, {**scope.parameters(), "ids": sorted(ids)})
