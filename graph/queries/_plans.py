"""Fetching what consistency and outstanding look at beside claims: successors, problems, names in review."""

from __future__ import annotations

from graph.store import Statement

SUCCESSIONS = Statement(
    """
    SELECT o.id AS old, o.title AS old_title, o.date AS old_date, o.status AS old_status, s.id AS new,
        s.title AS new_title, s.date AS new_date, s.programme AS programme, s.status AS new_status
    FROM supersedes AS x CROSS JOIN document AS s ON s.id = x.source
    CROSS JOIN document AS o ON o.id = x.target
    WHERE (:status = 'all' OR (s.status = :status AND o.status = :status))
        AND (s.superseded_on = '' OR :day < s.superseded_on)
        AND (s.status = 'official' OR o.status = 'illustrative')
        AND (s.date = '' OR s.date <= :day)
        AND (:programme IS NULL OR s.programme = :programme) AND (:document IS NULL OR s.id = :document)
    """,
    """
    MATCH (s:Document)-[:SUPERSEDES]->(o:Document)
    WHERE ($status = 'all' OR (s.status = $status AND o.status = $status))
        AND (s.superseded_on = '' OR $day < s.superseded_on)
        AND (s.status = 'official' OR o.status = 'illustrative')
        AND (s.date = '' OR s.date <= $day)
        AND ($programme IS NULL OR s.programme = $programme) AND ($document IS NULL OR s.id = $document)
    RETURN o.id AS old, o.title AS old_title, o.date AS old_date, o.status AS old_status, s.id AS new,
        s.title AS new_title, s.date AS new_date, s.programme AS programme, s.status AS new_status
    """,
)
"""Documents in force on the day with those that they replace by then."""

PROBLEMS = Statement(
    """
    SELECT p.code AS code, p.message AS message, p.text AS text, p.table_no AS table_no, p.row_no AS row_no,
        p.column_no AS column_no, p.seq AS seq, d.id AS document, d.title AS document_title,
        d.date AS document_date, d.programme AS programme, d.status AS status, '' AS term, NULL AS citation
    FROM document AS d CROSS JOIN problem AS p ON p.document = d.id
    WHERE p.code IN (SELECT value FROM json_each(:codes)) AND (:status = 'all' OR d.status = :status)
        AND d.date <= :day AND (d.superseded_on = '' OR :day < d.superseded_on)
        AND (:programme IS NULL OR d.programme = :programme) AND (:document IS NULL OR d.id = :document)
    """,
    """
    MATCH (d:Document)-[:HAS_PROBLEM]->(p:Problem)
    WHERE p.code IN $codes AND ($status = 'all' OR d.status = $status)
        AND d.date <= $day AND (d.superseded_on = '' OR $day < d.superseded_on)
        AND ($programme IS NULL OR d.programme = $programme) AND ($document IS NULL OR d.id = $document)
    RETURN p.code AS code, p.message AS message, p.text AS text, p.table_no AS table_no, p.row_no AS row_no,
        p.column_no AS column_no, p.seq AS seq, d.id AS document, d.title AS document_title,
        d.date AS document_date, d.programme AS programme, d.status AS status, '' AS term, null AS citation
    """,
)
"""Problems of the codes in documents in force."""

_WAITING_SQL = """
SELECT k.id AS candidate, k.printed AS printed, k.entity AS entity, e.name AS name, e.rank AS rank,
    e.seq AS seq, k.table_no AS table_no, k.row_no AS row_no, k.column_no AS column_no, k.text AS text,
    d.id AS document, d.title AS document_title, d.date AS document_date, d.programme AS programme,
    d.status AS status, '' AS term, NULL AS citation
"""
_UNDECIDED_SQL = """
CROSS JOIN document AS d ON d.id = k.document LEFT JOIN entity AS e ON e.id = k.entity
WHERE NOT EXISTS (SELECT 1 FROM decision AS x WHERE x.candidate = k.id)
    AND (:status = 'all' OR d.status = :status) AND d.date <= :day
    AND (d.superseded_on = '' OR :day < d.superseded_on)
    AND (:programme IS NULL OR d.programme = :programme) AND (:document IS NULL OR d.id = :document)
"""
_UNDECIDED_CYPHER = """
WHERE NOT EXISTS { MATCH (x:Decision {candidate: k.id}) }
    AND ($status = 'all' OR d.status = $status) AND d.date <= $day
    AND (d.superseded_on = '' OR $day < d.superseded_on)
    AND ($programme IS NULL OR d.programme = $programme) AND ($document IS NULL OR d.id = $document)
OPTIONAL MATCH (e:Entity {id: k.entity})
RETURN k.id AS candidate, k.printed AS printed, k.entity AS entity, e.name AS name, e.rank AS rank,
    e.seq AS seq, k.table_no AS table_no, k.row_no AS row_no, k.column_no AS column_no, k.text AS text,
    d.id AS document, d.title AS document_title, d.date AS document_date, d.programme AS programme,
    d.status AS status, '' AS term, null AS citation
"""
CANDIDATES = Statement(
    _WAITING_SQL + "FROM candidate AS k " + _UNDECIDED_SQL,
    "MATCH (d:Document)-[:HAS_CANDIDATE]->(k:Candidate) " + _UNDECIDED_CYPHER,
)
"""Names that await a decision, in documents in force."""
CANDIDATES_OF = Statement(
    _WAITING_SQL
    + "FROM json_each(:ids) AS i CROSS JOIN candidate AS k ON k.entity = i.value "
    + _UNDECIDED_SQL,
    "UNWIND $ids AS id MATCH (k:Candidate {entity: id})<-[:HAS_CANDIDATE]-(d:Document) " + _UNDECIDED_CYPHER,
)
"""Those of them that stand as one of the entities."""
