"""Fetching the pairs that one document states, whether or not it is still in force."""

from __future__ import annotations

from graph.model import Row
from graph.store import Statement, Store

PAIRS_OF = Statement(
    """
    SELECT c.id AS claim, c.type AS type, c.term AS term, c.direction AS direction, c.status AS status,
        c.source AS source, a.name AS source_name, a.rank AS source_rank, a.seq AS source_seq,
        c.target AS target, b.name AS target_name, b.rank AS target_rank, b.seq AS target_seq,
        c.document AS document, d.title AS document_title, d.date AS document_date,
        c.table_no AS table_no, c.row_no AS row_no, c.column_no AS column_no, c.text AS text,
        c.citation AS citation
    FROM document AS d CROSS JOIN claim AS c ON c.document = d.id
    CROSS JOIN entity AS a ON a.id = c.source CROSS JOIN entity AS b ON b.id = c.target
    WHERE d.id = :document AND +c.type = 'PAIRED_WITH'
    """,
    """
    MATCH (d:Document {id: $document}) MATCH (a:Entity)-[c:PAIRED_WITH]->(b:Entity)
    WHERE c.document = $document
    RETURN c.id AS claim, type(c) AS type, c.term AS term, c.direction AS direction, c.status AS status,
        a.id AS source, a.name AS source_name, a.rank AS source_rank, a.seq AS source_seq,
        b.id AS target, b.name AS target_name, b.rank AS target_rank, b.seq AS target_seq,
        c.document AS document, d.title AS document_title, d.date AS document_date,
        c.table_no AS table_no, c.row_no AS row_no, c.column_no AS column_no, c.text AS text,
        c.citation AS citation
    """,
)


def stated_pairs(store: Store, document: str) -> list[Row]:
    """The document's pairs in official order of their units, then as printed."""
    rows = store.fetch(PAIRS_OF, {"document": document})
    return sorted(
        rows,
        key=lambda r: (
            r["source_rank"],
            r["source_seq"],
            r["table_no"],
            r["row_no"],
            r["column_no"],
            r["claim"],
        ),
    )
