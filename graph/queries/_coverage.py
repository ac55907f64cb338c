"""The coverage of units by kinds of counterpart: who is counted, in which state, and why.

Coverage, gaps and outstanding all read the same matrix, made here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from graph.model import Evidence, Row
from graph.queries._members import Membership, is_collective, members
from graph.statements.claims import PAIRS
from graph.statements.refs import LAST, Key, evidence, kind_of, proof
from graph.statements.scope import Scope
from graph.store import Statement, Store
from graph.vocabulary import PARTNER_KINDS, EntityType, State

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
)
BY_UNITS = Statement(
    _SQL_COLUMNS
    + "FROM json_each(:ids) AS i CROSS JOIN coverage AS v ON v.unit = i.value"
    + " CROSS JOIN document AS d ON d.id = v.document CROSS JOIN entity AS e ON e.id = v.unit"
    + _SQL_IN_FORCE
    + "AND (:programme IS NULL OR d.programme = :programme) AND (:document IS NULL OR d.id = :document)",
    "UNWIND $ids AS id MATCH (e:Entity {id: id})<-[v:COVERAGE]-(d:Document)" + _CYPHER_TAIL,
)

STATES = {state: rank for rank, state in enumerate(State)}
KINDS = tuple(kind.value for kind in PARTNER_KINDS)

Place = tuple[str, int | None, int | None, int | None]
"""Document, table, row and column."""


@dataclass(slots=True)
class Cell:
    """What is known of one unit and one kind."""

    partners: dict[str, dict[str, Row]] = field(default_factory=dict[str, dict[str, Row]])
    """Partner → the claims in force that pair it with the unit, by id."""
    direct: bool = False
    """Whether a claim names the unit itself, not only a collective that it belongs to."""
    said: list[Row] = field(default_factory=list[Row])
    """The coverage cells that speak of it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    state: State
    reason: str
    count: int
    rows: tuple[Row, ...]
    """What proves it: the claims, or the coverage cells of the state that holds."""

    def evidence(self) -> list[Evidence]:
        if self.state is State.COVERED:
            return proof(self.rows)
        return [evidence(row) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Unit:
    id: str
    name: str
    kind: str
    region: str
    key: Key


@dataclass(frozen=True, slots=True)
class Matrix:
    """Units in official order × kinds; `cells` by (unit, kind)."""

    units: Sequence[Unit]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], Cell]
    tables: dict[str, list[Row]]
    """One row a (document, table) that speaks of a kind, by kind, in order: what does not mention a unit."""
    membership: Membership
    claims: Sequence[Row]
    """The pairs in force that were counted."""

    def only(self, unit: str | None = None, kind: str | None = None) -> list[Unit]:
        """Units that are `unit`, or members of it where it is a collective, and are of that kind."""
        wanted = None if unit is None else {unit, *self.membership.of(unit)}
        return [
            row
            for row in self.units
            if (wanted is None or row.id in wanted) and (kind is None or row.kind == kind)
        ]

    def verdict(self, unit: str, kind: str) -> Verdict:
        """The state of a cell: a claim in force, else the strongest of what documents in force say."""
        cell = self.cells.get((unit, kind))
        if cell is not None and cell.partners:
            reason = "claim" if cell.direct else "via_collective"
            claims = {key: row for rows in cell.partners.values() for key, row in rows.items()}
            return Verdict(State.COVERED, reason, len(cell.partners), tuple(claims.values()))
        said = [] if cell is None else [row for row in cell.said if row["state"] != State.COVERED]
        if said:
            state = min((State(row["state"]) for row in said), key=STATES.__getitem__)
            rows = sorted((row for row in said if row["state"] == state), key=_cell_place)
            return Verdict(state, rows[0]["reason"], 0, tuple(rows))
        if cell is not None and cell.said:
            lapsed = tuple(sorted(cell.said, key=_cell_place))
            return Verdict(State.NOT_MENTIONED, "not_in_force", 0, lapsed)
        return self._unlisted(kind)

    def _unlisted(self, kind: str) -> Verdict:
        """What holds of a unit that no table with a column of the kind lists: not mentioned, or, where no
        such table is there to look into, unreadable."""
        tables = self.tables.get(kind, [])
        present = tuple(row for row in tables if row["table_no"] is not None)
        if present or not tables:
            return Verdict(State.NOT_MENTIONED, "unit_not_listed", 0, present)
        return Verdict(State.UNREADABLE, tables[0]["reason"], 0, tuple(tables))


def _cell_place(row: Row) -> Key:
    where = (row["table_no"] or 0, row["row_no"] or 0, row["column_no"] or 0)
    return (row["document_date"] or LAST, row["document"], *where, row["unit"], row["text"])


def fetch_cells(store: Store, scope: Scope) -> list[Row]:
    statement = EVERY
    if scope.document is not None:
        statement = BY_DOCUMENT
    elif scope.programme is not None:
        statement = BY_PROGRAMME
    return in_order(store.fetch(statement, scope.parameters()))


def in_order(said: Sequence[Row]) -> list[Row]:
    """Coverage cells as documents state them."""
    return sorted(
        said, key=lambda row: (*_cell_place(row), KINDS.index(row["kind"]), row["state"], row["reason"])
    )


def matrix(store: Store, scope: Scope) -> Matrix:
    """The coverage matrix of a scope."""
    said = fetch_cells(store, scope)
    claims = PAIRS.fetch(store, scope) if said else []
    ends = {row[end] for row in claims for end in ("source", "target")}
    membership = members(store, scope, ends | {row["unit"] for row in said})
    return assembled(said, claims, membership, headers(said))


def assembled(
    said: Sequence[Row],
    claims: Sequence[Row],
    membership: Membership,
    headed: Mapping[Place, str],
    rows: Collection[str] | None = None,
) -> Matrix:
    """The matrix that cells (in order) and claims make; of `rows` (ids) only, when these are given."""
    cells: dict[tuple[str, str], Cell] = {}
    units: dict[str, Unit] = {}
    for row in said:
        if row["unit"] in units and not is_collective(row["unit"]):
            _cell(cells, row["unit"], row["kind"]).said.append(row)
            continue
        for unit in _rows_of(row, membership):
            if rows is None or unit.id in rows:
                units.setdefault(unit.id, unit)
                _cell(cells, unit.id, row["kind"]).said.append(row)
    for claim in claims:
        _count(claim, units, cells, membership, headed)
    columns = {row["kind"] for row in said}
    return Matrix(
        units=sorted(units.values(), key=lambda unit: unit.key),
        columns=tuple(kind for kind in KINDS if kind in columns),
        cells=cells,
        tables=tables_of(said),
        membership=membership,
        claims=claims,
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


def _cell(cells: dict[tuple[str, str], Cell], unit: str, kind: str) -> Cell:
    known = cells.get((unit, kind))
    if known is None:
        known = cells[unit, kind] = Cell()
    return known


def _rows_of(row: Row, membership: Membership) -> list[Unit]:
    """The units that a coverage cell speaks of: the members of a collective, as far as any are known."""
    found = membership.of(row["unit"]) if is_collective(row["unit"]) else {}
    if found:
        return [
            Unit(member, said["source_name"], said["source_kind"], said["source_region"], _member_key(said))
            for member, said in found.items()
        ]
    key = (row["rank"], row["seq"], row["unit"])
    return [Unit(row["unit"], row["name"], row["unit_kind"], row["region"], key)]


def _member_key(said: Row) -> Key:
    return (said["source_rank"], said["source_seq"], said["source"])


def _count(
    claim: Row,
    units: dict[str, Unit],
    cells: dict[tuple[str, str], Cell],
    membership: Membership,
    headed: Mapping[Place, str],
) -> None:
    """Let a claim cover the units at either end of it, through collectives too."""
    source, target = claim["source"], claim["target"]
    for end, other in ((source, target), (target, source)):
        within = (end, *membership.everything_in(end)) if is_collective(end) else (end,)
        covered = [unit for unit in within if unit in units and unit != other]
        if not covered:
            continue
        header = headed.get(place_of(claim)) if end == source else None
        for kind in partner_kinds(other, membership, header):
            for unit in covered:
                cell = _cell(cells, unit, kind)
                cell.partners.setdefault(other, {})[claim["claim"]] = claim
                cell.direct = cell.direct or unit == end


def partner_kinds(partner: str, membership: Membership, header: str | None) -> tuple[str, ...]:
    """The kinds that a partner counts as: its type; for a collective those of its members, else that of the
    column it stands in, else Organisation."""
    kind = kind_of(partner)
    if kind != EntityType.COLLECTIVE:
        return (kind,)
    found = {kind_of(member) for member in membership.of(partner)}
    known = tuple(k for k in KINDS if k in found)
    return known or (header or EntityType.ORGANISATION.value,)


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
        rows.sort(key=_cell_place)
    return tables
