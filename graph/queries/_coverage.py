"""The coverage of units by kinds of counterpart: who is counted, in which state, and why.

Coverage, gaps and outstanding all read the same matrix, made here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.model import Evidence, Row
from graph.queries._coverage_cells import (
    KINDS,
    Place,
    cell_place,
    fetch_cells,
    headers,
    place_of,
    tables_of,
)
from graph.queries._members import Membership, is_collective, members
from graph.statements.claims import PROVEN_PAIRS
from graph.statements.refs import Key, evidence, kind_of, proof
from graph.statements.scope import Scope
from graph.store import Store
from graph.vocabulary import EntityType, State

STATES = {state: rank for rank, state in enumerate(State)}


@dataclass(slots=True)
class Cell:
    """What is known of one unit and one kind."""

    pairs: list[tuple[str, Row]] = field(default_factory=list[tuple[str, Row]])
    """Partners with the claims in force that pair them with the unit; one may come in more than one way."""
    direct: bool = False
    """Whether a claim names the unit itself, not only a collective that it belongs to."""
    said: list[Row] = field(default_factory=list[Row])
    """The coverage cells that speak of it."""

    def partners(self) -> dict[str, dict[str, Row]]:
        """Partner → the claims in force that pair it with the unit, by id."""
        found: dict[str, dict[str, Row]] = {}
        for partner, claim in self.pairs:
            found.setdefault(partner, {})[claim["claim"]] = claim
        return found


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
        if cell is not None and cell.pairs:
            reason = "claim" if cell.direct else "via_collective"
            claims = {claim["claim"]: claim for _, claim in cell.pairs}
            count = len({partner for partner, _ in cell.pairs})
            return Verdict(State.COVERED, reason, count, tuple(claims.values()))
        said = [] if cell is None else [row for row in cell.said if row["state"] != State.COVERED]
        if said:
            state = min((State(row["state"]) for row in said), key=STATES.__getitem__)
            rows = sorted((row for row in said if row["state"] == state), key=cell_place)
            return Verdict(state, rows[0]["reason"], 0, tuple(rows))
        if cell is not None and cell.said:
            lapsed = tuple(sorted(cell.said, key=cell_place))
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


def matrix(store: Store, scope: Scope) -> Matrix:
    """The coverage matrix of a scope."""
    said = fetch_cells(store, scope)
    claims = PROVEN_PAIRS.fetch(store, scope) if said else []
    membership = members(store, scope, ends_of(claims).union(row["unit"] for row in said))
    headed = headers(said) if of_unknown_kind(claims, membership) else {}
    return assembled(said, claims, membership, headed)


def ends_of(claims: Iterable[Row]) -> set[str]:
    """The entities at either end of the claims."""
    return {claim["source"] for claim in claims}.union(claim["target"] for claim in claims)


def of_unknown_kind(claims: Iterable[Row], membership: Membership) -> list[Row]:
    """The claims whose target is a collective without known members: of what kind it is, only the header of the
    column that it stands in may tell."""
    return [
        claim for claim in claims if is_collective(claim["target"]) and not membership.of(claim["target"])
    ]


def assembled(
    said: Sequence[Row],
    claims: Sequence[Row],
    membership: Membership,
    headed: Mapping[Place, str],
    rows: Collection[str] | None = None,
) -> Matrix:
    """The matrix that cells (in order) and claims make; of `rows` (ids) only, when these are given. `headed` are the
    kinds of the columns in which those stand whose own kind is unknown."""
    cells: dict[tuple[str, str], Cell] = {}
    units: dict[str, Unit] = {}
    for row in said:
        if row["unit"] in units:
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
    )


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
        if is_collective(end):
            covered = [u for u in (end, *membership.everything_in(end)) if u in units and u != other]
        else:
            covered = [end] if end in units and end != other else []
        if not covered:
            continue
        header = headed.get(place_of(claim)) if headed and end == source else None
        for kind in partner_kinds(other, membership, header):
            for unit in covered:
                cell = _cell(cells, unit, kind)
                cell.pairs.append((other, claim))
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
