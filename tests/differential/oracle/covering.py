"""Coverage, gaps and what could fill them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from tests.differential.oracle.world import PARTNER_KINDS, STATES, Record, World, kind_of


@dataclass
class Cover:
    columns: list[str]
    units: list[str]
    verdicts: dict[tuple[str, str], tuple[str, str, int, list[tuple[Any, ...]]]]
    partners: dict[str, dict[str, list[Record]]]


def header_kinds(said: list[Record]) -> dict[Any, str]:
    """Kind of the column in which a place stands: the first, in coverage's order, where it has several."""
    spots: dict[Any, set[str]] = defaultdict(set)
    for v in said:
        spots[v["document"], v["table_no"], v["row_no"], v["column_no"]].add(v["kind"])
    return {spot: min(kinds, key=PARTNER_KINDS.index) for spot, kinds in spots.items()}


def cover(world: World) -> Cover:
    said = world.said()
    columns = [k for k in PARTNER_KINDS if any(v["kind"] == k for v in said)]
    spoken: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for cell in said:
        inside = world.members(cell["unit"]) if kind_of(cell["unit"]) == "Collective" else []
        for unit in inside or [cell["unit"]]:
            spoken[unit, cell["kind"]].append(cell)
    units = sorted({unit for unit, _ in spoken}, key=world.key)
    headed = header_kinds(said)
    pairs_ = world.current("PAIRED_WITH")
    verdicts: dict[tuple[str, str], tuple[str, str, int, list[tuple[Any, ...]]]] = {}
    partners: dict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for unit in units:
        own = {unit} | world.collectives(unit)
        covering: dict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
        direct: set[str] = set()
        for claim in pairs_:
            for near, far in (("source", "target"), ("target", "source")):
                if claim[near] not in own or claim[far] == unit:
                    continue
                kinds = [kind_of(claim[far])]
                if kinds == ["Collective"]:
                    inner = {kind_of(m) for m in world.members(claim[far])} & set(PARTNER_KINDS)
                    spot = (claim["document"], claim["table_no"], claim["row_no"], claim["column_no"])
                    header = headed.get(spot) if near == "source" else None
                    kinds = list(inner) or [header or "Organisation"]
                for kind in kinds:
                    covering[kind][claim[far]].append(claim)
                    partners[unit][claim[far]].append(claim)
                    if claim[near] == unit:
                        direct.add(kind)
        for kind in columns:
            verdicts[unit, kind] = _verdict(
                world, spoken.get((unit, kind), []), covering[kind], kind in direct,
                [v for v in said if v["kind"] == kind],
            )  # fmt: skip
    return Cover(columns, units, verdicts, partners)


def _verdict(
    world: World,
    cells: list[Record],
    covering: dict[str, list[Record]],
    direct: bool,
    tables: list[Record],
) -> tuple[str, str, int, list[tuple[Any, ...]]]:
    if covering:
        claims = {c["id"]: c for rows in covering.values() for c in rows}
        reason = "claim" if direct else "via_collective"
        return ("covered", reason, len(covering), world.cells(claims.values()))
    order = lambda v: (world.place(v), v["unit"], v["text"], v["reason"])  # noqa: E731 — an order used twice below
    others = [v for v in cells if v["state"] != "covered"]
    if others:
        state = min((v["state"] for v in others), key=STATES.index)
        proof = sorted((v for v in others if v["state"] == state), key=order)
        return (state, proof[0]["reason"], 0, _spots(proof))
    if cells:
        return ("not_mentioned", "not_in_force", 0, _spots(sorted(cells, key=order)))
    whole = {(v["document"], v["table_no"]): v for v in reversed(tables)}
    there = [v for v in whole.values() if v["table_no"] is not None]
    state, reason = ("not_mentioned", "unit_not_listed") if there else ("unreadable", "")
    proof = [{**v, "row_no": None, "column_no": None, "text": ""} for v in there or whole.values()]
    return (state, reason, 0, _spots(sorted(proof, key=lambda v: world.place(v))))


def _spots(cells: list[Record]) -> list[tuple[Any, ...]]:
    return [(v["document"], v["table_no"], v["row_no"], v["column_no"], v["text"]) for v in cells]


def coverage(world: World, given: Record) -> list[tuple[Any, ...]]:
    found = cover(world)
    return [
        (unit, [(kind, *found.verdicts[unit, kind]) for kind in found.columns])
        for unit in wanted_units(world, found, given)
    ]


def wanted_units(world: World, found: Cover, given: Record) -> list[str]:
    unit, kind = given.get("unit"), given.get("unit_kind")
    wanted = None
    if unit:
        wanted = {unit, *(world.members(unit) if kind_of(unit) == "Collective" else ())}
    return [
        u
        for u in found.units
        if (wanted is None or u in wanted) and kind in (None, world.entities[u]["kind"])
    ]


def gaps(world: World, given: Record) -> list[tuple[Any, ...]]:
    found = cover(world)
    rows: list[tuple[Any, ...]] = []
    for unit in wanted_units(world, found, given):
        for kind in found.columns:
            state, reason, _, cells = found.verdicts[unit, kind]
            if state in ("covered", "unreadable") or given.get("counterpart_type") not in (None, kind):
                continue
            if given.get("state") in (None, state):
                rows.append((unit, kind, state, reason, cells, suggestions(world, found, unit, kind)))
    return rows


Reason = tuple[str, list[tuple[Any, ...]]]


def suggestions(world: World, found: Cover, unit: str, kind: str) -> list[tuple[str, float, list[Reason]]]:
    mine = found.partners.get(unit, {})
    served: dict[str, set[str]] = defaultdict(set)
    for other in found.units:
        for partner in found.partners.get(other, {}):
            served[partner].add(other)
    focusing = {claim["source"] for claim in world.background("FOCUSES_ON")}
    rows: list[tuple[float, Any, str, list[Reason]]] = []
    for partner in {*focusing, *served}:
        if kind_of(partner) != kind or partner in mine or partner in found.units:
            continue
        sectors = by_sectors(world, found, unit, partner)
        others = by_units(world, found, unit, partner)
        if sectors or others:
            score = 3 * len(sectors) + sum({"neighbour": 2, "peer": 1}[reason] for reason, _ in others)
            held = [c for other in served[partner] for c in found.partners[other][partner]]
            reasons = [*sectors, *others, ("load", cells_once(world, held))]
            rows.append(
                (-round(score + 1 / (1 + len(served[partner])), 3), world.key(partner), partner, reasons)
            )
    return [(partner, -score, reasons) for score, _, partner, reasons in sorted(rows)[:5]]


def cells_once(world: World, claims: list[Record]) -> list[tuple[Any, ...]]:
    return world.cells({c["id"]: c for c in claims}.values())


def by_sectors(world: World, found: Cover, unit: str, partner: str) -> list[Reason]:
    """One reason a sector of the partner that the unit, or else a partner of the unit, focuses on too."""
    mine = found.partners.get(unit, {})
    reasons: list[Reason] = []
    focuses = world.background("FOCUSES_ON")
    for sector in sorted({c["target"] for c in focuses if c["source"] == partner}, key=world.key):
        on = [c for c in focuses if c["target"] == sector]
        own = [c for c in on if c["source"] == unit]
        through = [c for c in on if c["source"] in mine]
        pairs = [] if own else [c for p in {c["source"] for c in through} for c in mine[p]]
        if own or through:
            theirs = [c for c in on if c["source"] == partner]
            reasons.append(("shared_sector", cells_once(world, [*(own or through), *pairs, *theirs])))
    return reasons


def by_units(world: World, found: Cover, unit: str, partner: str) -> list[Reason]:
    """What neighbours, and what peers that are no neighbours, pair with the partner."""
    mine = found.partners.get(unit, {})
    near: list[Record] = []
    beside: list[Record] = []
    membership = world.background("MEMBER_OF")
    for other in found.units:
        theirs = found.partners.get(other, {})
        if other == unit or partner not in theirs:
            continue
        common = mine.keys() & theirs.keys()
        shared = world.collectives(unit) & world.collectives(other)
        if common:
            near += [*theirs[partner], *(c for p in common for c in (*mine[p], *theirs[p]))]
        elif shared:
            inside = {c for c in shared} | {
                c["source"] for c in membership if shared & world.collectives(c["source"])
            }
            beside += theirs[partner]
            beside += [c for c in membership if c["source"] in (unit, other) and c["target"] in inside]
    reasons = [("neighbour", near), ("peer", beside)]
    return [(reason, cells_once(world, claims)) for reason, claims in reasons if claims]
