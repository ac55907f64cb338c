"""Fetching claims in force with their ends and documents, by the anchor that makes it cheap.

Every statement is a literal. A family of relations has four: by ends (`ids`), by document, by programme and
all, so that an index serves each. Times are compared as text: ISO dates of year, month or day precision, and
`'2019' || '~'` sorts after every day of 2019.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString

from graph.model import Row
from graph.statements.scope import Scope
from graph.store import Statement, Store

_SQL_COLUMNS = """
SELECT c.id AS claim, c.type AS type, c.term AS term, c.direction AS direction, c.status AS status,
    c.source AS source, a.name AS source_name, a.rank AS source_rank, a.seq AS source_seq,
    c.target AS target, b.name AS target_name, b.rank AS target_rank, b.seq AS target_seq,
    c.document AS document, d.title AS document_title, d.date AS document_date, d.programme AS programme,
    c.table_no AS table_no, c.row_no AS row_no, c.column_no AS column_no, c.text AS text,
    c.citation AS citation
"""
_SQL_ENDS = """
CROSS JOIN entity AS a ON a.id = c.source CROSS JOIN entity AS b ON b.id = c.target
"""
_SQL_PROOF = """
SELECT c.id AS claim, c.source AS source, c.target AS target, c.term AS term, c.status AS status,
    c.document AS document, d.title AS document_title, d.date AS document_date,
    c.table_no AS table_no, c.row_no AS row_no, c.column_no AS column_no, c.text AS text,
    c.citation AS citation
"""
_SQL_TIES = "SELECT DISTINCT c.source AS source, c.target AS target "
_SQL_IN_FORCE = """
AND (:status = 'all' OR c.status = :status)
AND (c.valid_from = '' OR c.valid_from <= :day) AND (c.valid_to = '' OR :day <= c.valid_to || '~')
AND (c.valid_from <> '' OR d.date <= :day) AND (d.superseded_on = '' OR :day < d.superseded_on)
AND (:programme IS NULL OR d.programme = :programme) AND (:document IS NULL OR c.document = :document)
"""
_CYPHER_IN_FORCE = """
($status = 'all' OR c.status = $status)
AND (c.valid_from = '' OR c.valid_from <= $day) AND (c.valid_to = '' OR $day <= c.valid_to + '~')
AND (c.valid_from <> '' OR d.date <= $day) AND (d.superseded_on = '' OR $day < d.superseded_on)
AND ($programme IS NULL OR d.programme = $programme) AND ($document IS NULL OR c.document = $document)
"""
_CYPHER_COLUMNS = """
RETURN c.id AS claim, type(c) AS type, c.term AS term, c.direction AS direction, c.status AS status,
    a.id AS source, a.name AS source_name, a.rank AS source_rank, a.seq AS source_seq,
    b.id AS target, b.name AS target_name, b.rank AS target_rank, b.seq AS target_seq,
    c.document AS document, d.title AS document_title, d.date AS document_date, d.programme AS programme,
    c.table_no AS table_no, c.row_no AS row_no, c.column_no AS column_no, c.text AS text,
    c.citation AS citation
"""
_CYPHER_PROOF = """
RETURN c.id AS claim, a.id AS source, b.id AS target, c.term AS term, c.status AS status,
    c.document AS document, d.title AS document_title, d.date AS document_date,
    c.table_no AS table_no, c.row_no AS row_no, c.column_no AS column_no, c.text AS text,
    c.citation AS citation
"""
_CYPHER_TIES = "RETURN DISTINCT a.id AS source, b.id AS target"


@dataclass(frozen=True, slots=True)
class _Columns:
    """What is selected of a claim, and the joins that this needs."""

    sql: LiteralString
    joins: LiteralString
    cypher: LiteralString


_WHOLE = _Columns(_SQL_COLUMNS, _SQL_ENDS, _CYPHER_COLUMNS)
_PROOF = _Columns(_SQL_PROOF, "", _CYPHER_PROOF)
_TIES = _Columns(_SQL_TIES, "", _CYPHER_TIES)


@dataclass(frozen=True, slots=True)
class ClaimStatements:
    """The reads of one family of relations."""

    by_ends: Statement
    """Claims with an end in `ids`."""
    by_targets: Statement
    """Claims whose target is in `ids`."""
    by_document: Statement
    by_programme: Statement
    every: Statement

    def fetch(self, store: Store, scope: Scope, ids: Sequence[str] | None = None) -> list[Row]:
        """Claims in force within the scope; only those with an end in `ids` when these are given."""
        if ids is not None:
            return store.fetch(self.by_ends, {**scope.parameters(), "ids": list(ids)}) if ids else []
        statement = self.every
        if scope.document is not None:
            statement = self.by_document
        elif scope.programme is not None:
            statement = self.by_programme
        return store.fetch(statement, scope.parameters())

    def into(self, store: Store, scope: Scope, ids: Sequence[str]) -> list[Row]:
        """Claims in force whose target is in `ids`."""
        return store.fetch(self.by_targets, {**scope.parameters(), "ids": list(ids)}) if ids else []


_DOCUMENT = "MATCH (d:Document {id: c.document}) WHERE "
_ITS_DOCUMENT = "MATCH (d:Document {id: c.document}) USING INDEX d:Document(id) WHERE "
"""For a few claims: the hint keeps the server from reading all documents where there are not many."""


def claims_of_documents(pattern: LiteralString) -> LiteralString:
    """Cypher for the claims of documents `d`: type by type, since an index of claims is of one type."""
    each: list[LiteralString] = [
        "MATCH (a:Entity)-[c:" + kind + "]->(b:Entity) WHERE c.document = d.id RETURN a, c, b"
        for kind in pattern.split("|")
    ]
    return "CALL (d) { " + " UNION ALL ".join(each) + " } WITH a, b, c, d "


def _by_ends(types: LiteralString, pattern: LiteralString, columns: _Columns) -> Statement:
    """Claims that start or end at any of the entities."""
    return Statement(
        columns.sql
        + "FROM (SELECT id FROM claim WHERE source IN (SELECT value FROM json_each(:ids)) AND type IN ("
        + types
        + ") UNION SELECT id FROM claim WHERE target IN (SELECT value FROM json_each(:ids)) AND type IN ("
        + types
        + ")) AS n CROSS JOIN claim AS c ON c.id = n.id CROSS JOIN document AS d ON d.id = c.document"
        + columns.joins
        + " WHERE 1 "
        + _SQL_IN_FORCE,
        "UNWIND $ids AS id MATCH (:Entity {id: id})-[c:"
        + pattern
        + "]-() WITH DISTINCT c, startNode(c) AS a, endNode(c) AS b "
        + _ITS_DOCUMENT
        + _CYPHER_IN_FORCE
        + columns.cypher,
    )


def _by_targets(types: LiteralString, pattern: LiteralString, columns: _Columns) -> Statement:
    """Claims that end at any of the entities."""
    return Statement(
        columns.sql
        + "FROM claim AS c CROSS JOIN document AS d ON d.id = c.document"
        + columns.joins
        + " WHERE c.target IN (SELECT value FROM json_each(:ids)) AND c.type IN ("
        + types
        + ")"
        + _SQL_IN_FORCE,
        "UNWIND $ids AS id MATCH (a:Entity)-[c:"
        + pattern
        + "]->(b:Entity {id: id}) "
        + _ITS_DOCUMENT
        + _CYPHER_IN_FORCE
        + columns.cypher,
    )


def _by_document(types: LiteralString, pattern: LiteralString, columns: _Columns) -> Statement:
    """Claims of a document."""
    return Statement(
        columns.sql
        + "FROM document AS d CROSS JOIN claim AS c ON c.document = d.id"
        + columns.joins
        + " WHERE d.id = :document AND +c.type IN ("
        + types
        + ")"
        + _SQL_IN_FORCE,
        "MATCH (d:Document {id: $document}) "
        + claims_of_documents(pattern)
        + "WHERE "
        + _CYPHER_IN_FORCE
        + columns.cypher,
        few=True,
    )


def _by_programme(types: LiteralString, pattern: LiteralString, columns: _Columns) -> Statement:
    """Claims of the documents of a programme."""
    return Statement(
        columns.sql
        + "FROM document AS d CROSS JOIN claim AS c ON c.document = d.id"
        + columns.joins
        + " WHERE d.programme = :programme AND +c.type IN ("
        + types
        + ")"
        + _SQL_IN_FORCE,
        "MATCH (d:Document {programme: $programme}) "
        + claims_of_documents(pattern)
        + "WHERE "
        + _CYPHER_IN_FORCE
        + columns.cypher,
    )


def _every(types: LiteralString, pattern: LiteralString, columns: _Columns) -> Statement:
    """All claims."""
    return Statement(
        columns.sql
        + "FROM claim AS c CROSS JOIN document AS d ON d.id = c.document"
        + columns.joins
        + " WHERE +c.type IN ("
        + types
        + ")"
        + _SQL_IN_FORCE,
        "MATCH (a:Entity)-[c:" + pattern + "]->(b:Entity) " + _DOCUMENT + _CYPHER_IN_FORCE + columns.cypher,
    )


def claim_statements(
    types: LiteralString, pattern: LiteralString, columns: _Columns = _WHOLE
) -> ClaimStatements:
    """Statements of a family: `types` as SQL strings (`'LEADS', 'SUPPORTS'`), `pattern` as Cypher types."""
    return ClaimStatements(
        by_ends=_by_ends(types, pattern, columns),
        by_targets=_by_targets(types, pattern, columns),
        by_document=_by_document(types, pattern, columns),
        by_programme=_by_programme(types, pattern, columns),
        every=_every(types, pattern, columns),
    )


PAIRS = claim_statements("'PAIRED_WITH'", "PAIRED_WITH")
PROVEN_PAIRS = claim_statements("'PAIRED_WITH'", "PAIRED_WITH", _PROOF)
"""Of pairs only who pairs with whom and where that stands: no names, programme or direction."""
LIAISONS = claim_statements("'LIAISES_WITH'", "LIAISES_WITH")
ROLES = claim_statements(
    "'LEADS', 'SUPPORTS', 'RESPONSIBLE_FOR', 'OVERSEES'", "LEADS|SUPPORTS|RESPONSIBLE_FOR|OVERSEES"
)
COOPERATING: LiteralString = "PAIRED_WITH|LIAISES_WITH|LEADS|SUPPORTS|RESPONSIBLE_FOR|OVERSEES"
"""Cypher's pattern of the relations that make cooperation."""
EVERY_RELATION: LiteralString = COOPERATING + "|MEMBER_OF|LOCATED_IN|FOCUSES_ON"
"""That of all that are claims: every relation between entities."""
_COOPERATION = (
    "'PAIRED_WITH', 'LIAISES_WITH', 'LEADS', 'SUPPORTS', 'RESPONSIBLE_FOR', 'OVERSEES'",
    COOPERATING,
)
COOPERATION = claim_statements(*_COOPERATION)
TIES = claim_statements(*_COOPERATION, _TIES)
"""Of cooperation only who is tied to whom, each couple once: `source` and `target`."""
