"""Fetching all relations of given entities, gazetteer facts included."""

from __future__ import annotations

from graph.statements.claims import EVERY_RELATION
from graph.store import Statement

RELATIONS_OF = Statement(
    """
    SELECT c.id AS claim, c.type AS type, c.term AS term, c.direction AS direction, c.status AS status,
        c.source AS source, a.name AS source_name, a.rank AS source_rank, a.seq AS source_seq,
        c.target AS target, b.name AS target_name, b.rank AS target_rank, b.seq AS target_seq,
        c.document AS document, d.title AS document_title, d.date AS document_date,
        d.programme AS programme, c.table_no AS table_no, c.row_no AS row_no, c.column_no AS column_no,
        c.text AS text, c.citation AS citation
    FROM (SELECT id FROM claim WHERE source IN (SELECT value FROM json_each(:ids))
        UNION SELECT id FROM claim WHERE target IN (SELECT value FROM json_each(:ids))) AS n
    CROSS JOIN claim AS c ON c.id = n.id
    CROSS JOIN entity AS a ON a.id = c.source CROSS JOIN entity AS b ON b.id = c.target
    LEFT JOIN document AS d ON d.id = c.document
    WHERE (c.valid_from = '' OR c.valid_from <= :day) AND (c.valid_to = '' OR :day <= c.valid_to || '~')
        AND (d.id IS NULL OR (
            (:status = 'all' OR c.status = :status) AND (c.valid_from <> '' OR d.date <= :day)
            AND (d.superseded_on = '' OR :day < d.superseded_on)
            AND (:programme IS NULL OR d.programme = :programme)
            AND (:document IS NULL OR d.id = :document)))
    """,
    """
    UNWIND $ids AS id
    MATCH (:Entity {id: id})-[c:"""
    + EVERY_RELATION
    + """]-(:Entity)
    WITH DISTINCT c, startNode(c) AS a, endNode(c) AS b
    OPTIONAL MATCH (d:Document {id: c.document})
    WITH a, b, c, d
    WHERE (c.valid_from = '' OR c.valid_from <= $day) AND (c.valid_to = '' OR $day <= c.valid_to + '~')
        AND (d IS NULL OR (
            ($status = 'all' OR c.status = $status) AND (c.valid_from <> '' OR d.date <= $day)
            AND (d.superseded_on = '' OR $day < d.superseded_on)
            AND ($programme IS NULL OR d.programme = $programme)
            AND ($document IS NULL OR d.id = $document)))
    RETURN c.id AS claim, type(c) AS type, c.term AS term, c.direction AS direction, c.status AS status,
        a.id AS source, a.name AS source_name, a.rank AS source_rank, a.seq AS source_seq,
        b.id AS target, b.name AS target_name, b.rank AS target_rank, b.seq AS target_seq,
        c.document AS document, d.title AS document_title, d.date AS document_date,
        d.programme AS programme, c.table_no AS table_no, c.row_no AS row_no, c.column_no AS column_no,
        c.text AS text, c.citation AS citation
    """,
)
"""Columns of `_claims`, over every relation; gazetteer facts hold in every scope and under every status."""
