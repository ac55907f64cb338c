"""The coverage matrix of a few units, fetched from them outwards: what it costs depends on what is said of them,
not on how large the graph is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from graph.model import Row
from graph.queries._coverage import Matrix, assembled, ends_of, matrix, of_unknown_kind
from graph.queries._coverage_cells import BY_UNITS, KINDS, headers, in_order, tables_of
from graph.queries._members import collectives_by_member, is_collective, members
from graph.statements.claims import PROVEN_PAIRS
from graph.statements.scope import Scope
from graph.store import Statement, Store

COLUMNS = Statement(
    """
    SELECT k.value AS kind FROM json_each(:kinds) AS k
    WHERE EXISTS (SELECT 1 FROM coverage AS v WHERE v.kind = k.value) AND EXISTS (
        SELECT 1 FROM document AS d CROSS JOIN coverage AS v ON v.document = d.id AND v.kind = k.value
        WHERE (:status = 'all' OR v.status = :status) AND d.date <= :day
            AND (d.superseded_on = '' OR :day < d.superseded_on)
            AND (:programme IS NULL OR d.programme = :programme) AND (:document IS NULL OR d.id = :document))
    """,
    """
    UNWIND $kinds AS kind CALL (kind) {
        MATCH (d:Document)-[v:COVERAGE {kind: kind}]->() USING INDEX v:COVERAGE(kind)
        WHERE ($status = 'all' OR v.status = $status) AND d.date <= $day
            AND (d.superseded_on = '' OR $day < d.superseded_on)
            AND ($programme IS NULL OR d.programme = $programme) AND ($document IS NULL OR d.id = $document)
        RETURN 1 AS found LIMIT 1
    } RETURN kind
    """,
)
"""Kinds that a table in the scope has a column of. A kind that no table has is not looked for in each document."""

HEADERS = Statement(
    """
    SELECT DISTINCT v.document AS document, v.table_no AS table_no, v.row_no AS row_no,
        v.column_no AS column_no, v.kind AS kind
    FROM json_each(:ids) AS i CROSS JOIN document AS d ON d.id = i.value
    CROSS JOIN coverage AS v ON v.document = d.id
    WHERE (:status = 'all' OR v.status = :status) AND d.date <= :day
        AND (d.superseded_on = '' OR :day < d.superseded_on)
        AND (:programme IS NULL OR d.programme = :programme) AND (:document IS NULL OR d.id = :document)
    """,
    """
    UNWIND $ids AS id MATCH (d:Document {id: id})-[v:COVERAGE]->(:Entity)
    WHERE ($status = 'all' OR v.status = $status) AND d.date <= $day
        AND (d.superseded_on = '' OR $day < d.superseded_on)
        AND ($programme IS NULL OR d.programme = $programme) AND ($document IS NULL OR d.id = $document)
    RETURN DISTINCT d.id AS document, v.table_no AS table_no, v.row_no AS row_no,
        v.column_no AS column_no, v.kind AS kind
    """,
)
"""Where in the documents stand columns of which kinds."""

TABLES = Statement(
    """
    SELECT unit, kind, state, reason, document, document_title, document_date, programme, table_no,
        NULL AS row_no, NULL AS column_no, '' AS text, '' AS term, status, NULL AS citation
    FROM (
        SELECT v.*, d.title AS document_title, d.date AS document_date, d.programme AS programme,
            row_number() OVER (PARTITION BY v.document, v.kind, v.table_no ORDER BY ifnull(v.row_no, 0),
                ifnull(v.column_no, 0), v.unit, v.text, v.state, v.reason) AS place
        FROM document AS d CROSS JOIN coverage AS v ON v.document = d.id
        WHERE v.kind IN (SELECT value FROM json_each(:kinds)) AND (:status = 'all' OR v.status = :status)
            AND d.date <= :day AND (d.superseded_on = '' OR :day < d.superseded_on)
            AND (:programme IS NULL OR d.programme = :programme) AND (:document IS NULL OR d.id = :document)
    ) WHERE place = 1
    """,
    """
    MATCH (d:Document)-[v:COVERAGE]->(e:Entity)
    WHERE v.kind IN $kinds AND ($status = 'all' OR v.status = $status) AND d.date <= $day
        AND (d.superseded_on = '' OR $day < d.superseded_on)
        AND ($programme IS NULL OR d.programme = $programme) AND ($document IS NULL OR d.id = $document)
    WITH d, v, e.id AS unit ORDER BY coalesce(v.row_no, 0), coalesce(v.column_no, 0), unit, v.text, v.state, v.reason
    WITH d, v.kind AS kind, v.table_no AS table_no, head(collect([unit, v.state, v.reason, v.status])) AS first
    RETURN first[0] AS unit, kind, first[1] AS state, first[2] AS reason, d.id AS document,
        d.title AS document_title, d.date AS document_date, d.programme AS programme, table_no,
        null AS row_no, null AS column_no, '' AS text, '' AS term, first[3] AS status, null AS citation
    """,
)
"""The tables of the scope that have columns of the kinds, each by the first cell in it."""


def matrix_for(store: Store, scope: Scope, unit: str | None) -> Matrix:
    """The matrix in which a unit, or the members of a collective, can be looked up; the whole one for none."""
    if unit is None:
        return matrix(store, scope)
    found = matrix_of(store, scope, [unit])
    columns = {row["kind"] for row in store.fetch(COLUMNS, {**scope.parameters(), "kinds": list(KINDS)})}
    unsaid = {kind for kind in columns for row in found.units if (row.id, kind) not in found.cells}
    tables = store.fetch(TABLES, {**scope.parameters(), "kinds": sorted(unsaid)}) if unsaid else []
    return replace(
        found, columns=tuple(kind for kind in KINDS if kind in columns), tables=tables_of(in_order(tables))
    )


def matrix_of(store: Store, scope: Scope, ids: Collection[str]) -> Matrix:
    """The rows of the matrix that stand for `ids`, and for members of the collectives among them: their cells
    are as in the whole matrix; its columns and tables are those that speak of them."""
    inside = members(store, scope, ids)
    rows = {*ids, *(member for one in ids if is_collective(one) for member in inside.of(one))}
    above = collectives_by_member(store, scope, rows)
    speaking = sorted(rows.union(*above.values()))
    said = in_order(store.fetch(BY_UNITS, {**scope.parameters(), "ids": speaking}))
    claims = PROVEN_PAIRS.fetch(store, scope, speaking) if said else []
    membership = members(store, scope, ends_of(claims).union(speaking))
    unknown = of_unknown_kind(claims, membership)
    return assembled(said, claims, membership, headers(_beside(store, scope, unknown)), rows)


def _beside(store: Store, scope: Scope, claims: Sequence[Row]) -> list[Row]:
    """The coverage cells of the documents that state the claims."""
    documents = sorted({claim["document"] for claim in claims})
    return store.fetch(HEADERS, {**scope.parameters(), "ids": documents}) if documents else []


def paired_with(store: Store, scope: Scope, partners: Collection[str]) -> set[str]:
    """All that pair with one of the partners, and those who do so through a collective."""
    claims = PROVEN_PAIRS.fetch(store, scope, sorted(partners))
    others = {claim["target"] for claim in claims if claim["source"] in partners}
    others |= {claim["source"] for claim in claims if claim["target"] in partners}
    membership = members(store, scope, others)
    return others.union(*(membership.everything_in(one) for one in others if is_collective(one)))
