"""What documents say of units and kinds of counterpart: the coverage cells that a scope reads, in order."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Row
from graph.statements.refs import LAST, Key
from graph.statements.scope import Scope
from graph.store import Statement, Store
from graph.vocabulary import PARTNER_KINDS

_SQL_COLUMNS = """
SELECT v.unit AS unit, e.name AS name, e.rank AS rank, e.seq AS seq, e.kind AS unit_kind,
    e.region AS region, v.kind AS kind, v.state AS state, v.reason AS reason, v.document AS document,
    d.title AS document_title, d.date AS document_date, d.programme AS programme,
    v.table_no AS table_no, v.row_no AS row_no,
    v.column_no AS column_no, v.text AS text, '' AS term, v.status AS status, NULL AS citation
"""
_SQL_IN_FORCE = """
WHERE (:status = 'all' OR v.status = :status) AND d.date <= :day AND (d.superseded_on = '' OR :day < d.superseded_on)
"""
_SQL = (
    _SQL_COLUMNS
    + "FROM document AS d CROSS JOIN coverage AS v ON v.document = d.id CROSS JOIN entity AS e ON e.id = v.unit"
    + _SQL_IN_FORCE
)
_CYPHER_TAIL = """
WHERE ($status = 'all' OR v.status = $status) AND d.date <= $day AND (d.superseded_on = '' OR $day < d.superseded_on)
    AND ($programme IS NULL OR d.programme = $programme) AND ($document IS NULL OR d.id = $document)
RETURN e.id AS unit, e.name AS name, e.rank AS rank, e.seq AS seq, e.kind AS unit_kind,
    e.region AS region, v.kind AS kind, v.state AS state, v.reason AS reason, d.id AS document,
    d.title AS document_title, d.date AS document_date, d.programme AS programme,
    v.table_no AS table_no, v.row_no AS row_no,
    v.column_no AS column_no, v.text AS text, '' AS term, v.status AS status, null AS citation
"""
_CYPHER = "-[v:COVERAGE]->(e:Entity)" + _CYPHER_TAIL
EVERY = Statement(_SQL, "MATCH (d:Document)" + _CYPHER)
BY_PROGRAMME = Statement(
    _SQL + "AND d.programme = :programme AND (:document IS NULL OR d.id = :document)",
    "MATCH (d:Document {programme: $programme}) MATCH (d)" + _CYPHER,
)
BY_DOCUMENT = Statement(
    _SQL + "AND d.id = :document AND (:programme IS NULL OR d.programme = :programme)",
    "MATCH (d:Document {id: $document})" + _CYPHER,
    few=True,
)
BY_UNITS = Statement(
    _SQL_COLUMNS
    + "FROM json_each(:ids) AS i CROSS JOIN coverage AS v ON v.unit = i.value"
    + " CROSS JOIN document AS d ON d.id = v.document CROSS JOIN entity AS e ON e.id = v.unit"
    + _SQL_IN_FORCE
    + "AND (:programme IS NULL OR d.programme = :programme) AND (:document IS NULL OR d.id = :document)",
    "UNWIND $ids AS id MATCH (e:Entity {id: id})<-[v:COVERAGE]-(d:Document)" + _CYPHER_TAIL,
)
STATED_NONE = Statement(
    _SQL
    + "AND v.state = 'stated_none'"
    + " AND (:programme IS NULL OR d.programme = :programme) AND (:document IS NULL OR d.id = :document)",
    "MATCH (d:Document)-[v:COVERAGE {state: 'stated_none'}]->(e:Entity)" + _CYPHER_TAIL,
)
"""Only the cells that say there is none."""

KINDS = tuple(kind.value for kind in PARTNER_KINDS)

Place = tuple[str, int | None, int | None, int | None]
"""Document, table, row and column."""


def cell_place(row: Row) -> Key:
    """Where a cell stands; undated documents come last."""
    where = (row["table_no"] or 0, row["row_no"] or 0, row["column_no"] or 0)
    return (row["document_date"] or LAST, row["document"], *where, row["unit"], row["text"])


def fetch_cells(store: Store, scope: Scope) -> list[Row]:
    statement = EVERY
    if scope.document is not None:
        statement = BY_DOCUMENT
    elif scope.programme is not None:
        statement = BY_PROGRAMME
    return in_order(store.fetch(statement, scope.parameters()))


def fetch_denials(store: Store, scope: Scope) -> list[Row]:
    """The cells that say there is none of a kind."""
    return in_order(store.fetch(STATED_NONE, scope.parameters()))


def in_order(said: Sequence[Row]) -> list[Row]:
    """Coverage cells as documents state them."""
    return sorted(
        said, key=lambda row: (*cell_place(row), KINDS.index(row["kind"]), row["state"], row["reason"])
    )


def headers(said: Sequence[Row]) -> dict[Place, str]:
    """The kind of the column in which a cell stands; where its header names several, the first of them in
    coverage's own order."""
    found: dict[Place, str] = {}
    for row in sorted(said, key=lambda row: KINDS.index(row["kind"])):
        found.setdefault(place_of(row), row["kind"])
    return found


def place_of(row: Row) -> Place:
    return (row["document"], row["table_no"], row["row_no"], row["column_no"])


def tables_of(said: Sequence[Row]) -> dict[str, list[Row]]:
    """For each kind the tables in which it has a column, each as a row without a position in it."""
    found: dict[tuple[str, str, int | None], Row] = {}
    for row in said:
        key = (row["kind"], row["document"], row["table_no"])
        if key not in found:
            found[key] = {**row, "row_no": None, "column_no": None, "text": ""}
    tables: dict[str, list[Row]] = {}
    for (kind, _, _), row in found.items():
        tables.setdefault(kind, []).append(row)
    for rows in tables.values():
        rows.sort(key=cell_place)
    return tables
