"""Partners that could fill a gap, each with what speaks for it in words and the cells behind.

A partner of the missing kind is proposed when it shares a sector with the unit or with a partner that the unit
has, when a unit that has a partner in common with it pairs with the partner, or when a member of the same
collective does. The fewer units it serves already, the higher it stands. Weights are in `docs/queries.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from graph.model import EntityRef, Evidence, Row
from graph.queries._coverage import Matrix, Unit
from graph.queries._coverage_of import matrix_of, paired_with
from graph.queries._members import Membership, Peers, peers
from graph.queries._sectors import focuses, focusing
from graph.statements.entities import entities_by_id
from graph.statements.refs import Key, kind_of, proof, ref, source_key, target_key
from graph.statements.scope import Scope
from graph.store import Store
from graph.vocabulary import Text

MOST = 5
"""Suggestions a gap."""
PER_SECTOR, PER_NEIGHBOUR, PER_PEER = 3.0, 2.0, 1.0


class Because(TypedDict):
    """A reason (`shared_sector`, `neighbour`, `peer` or `load`) in words, with the cells behind it."""

    reason: str
    text: str
    evidence: list[Evidence]


class Suggestion(TypedDict):
    """A partner with its score and its reasons, the weightiest first."""

    counterpart: EntityRef
    score: float
    because: list[Because]


WORDS = {
    "shared_sector": Text("与该单位同以“{}”为产业方向", "focuses on {}, as the unit does"),
    "partner_sector": Text(
        "与该单位现有的对口对象{1}同以“{0}”为产业方向",
        "focuses on {0}, as {1} does, which the unit pairs with",
    ),
    "neighbour": Text(
        "已与{}对口，后者与该单位都对口{}", "paired with {}, which like the unit pairs with {}"
    ),
    "peer": Text("已与{}对口，后者与该单位同属{}", "paired with {}, which like the unit belongs to {}"),
    "load": Text("目前对口{}个单位", "serves {} units so far"),
    "idle": Text("目前没有对口单位", "serves no unit yet"),
}


Partners = dict[str, dict[str, Row]]
"""Partner → the claims that pair a unit with it, by id."""


@dataclass(slots=True)
class Ground:
    """What is known for all gaps of a page."""

    partners: dict[str, Partners] = field(default_factory=dict[str, Partners])
    """Collectives are looked through on the unit's side."""
    served: dict[str, dict[str, None]] = field(default_factory=dict[str, dict[str, None]])
    """Partner → units."""
    known: dict[str, tuple[Key, str]] = field(default_factory=dict[str, tuple[Key, str]])
    """Partner → official order and name."""
    sectors: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])
    """Entity → what it focuses on."""
    focused: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])
    """Sector → who focuses on it."""
    peers: Peers = field(default_factory=lambda: Peers({}, Membership()))


@dataclass(slots=True)
class Shared:
    """A sector that a partner shares with the unit, or with partners that the unit has."""

    name: str
    key: Key
    theirs: list[Row] = field(default_factory=list[Row])
    """What the partner focuses on."""
    mine: list[Row] = field(default_factory=list[Row])
    """What the unit itself focuses on."""
    through: dict[str, list[Row]] = field(default_factory=dict[str, list[Row]])
    """Present partner → what it focuses on."""


@dataclass(slots=True)
class Case:
    """What speaks for one partner."""

    sectors: dict[str, Shared] = field(default_factory=dict[str, Shared])
    neighbours: Partners = field(default_factory=dict[str, dict[str, Row]])
    peers: Partners = field(default_factory=dict[str, dict[str, Row]])


def suggest(
    store: Store, scope: Scope, found: Matrix, gaps: Sequence[tuple[Unit, str]]
) -> list[list[Suggestion]]:
    """Suggestions for each gap (unit, kind); `found` is the whole matrix, or that which `widened` gives."""
    if not gaps:
        return []
    ground = _ground(store, scope, found, sorted({unit.id for unit, _ in gaps}))
    order = {unit.id: (unit.key, unit.name) for unit in found.units}
    return [_for_gap(unit.id, kind, ground, order, scope) for unit, kind in gaps]


def widened(store: Store, scope: Scope, gaps: Sequence[tuple[Unit, str]]) -> Matrix:
    """As much of the matrix as speaks for or against any suggestion for these gaps: their units; the units that
    share a partner or a collective with them; and all that the partners of those serve already."""
    units, kinds = {unit.id for unit, _ in gaps}, {kind for _, kind in gaps}
    own = matrix_of(store, scope, units)
    near = paired_with(store, scope, _partners(own)).union(*peers(store, scope, units).shared.values())
    proposed = {one for one in _partners(matrix_of(store, scope, near)) if kind_of(one) in kinds}
    sectors = {row["target"] for row in focuses(store, scope, units | _partners(own))}
    proposed |= {row["source"] for row in focusing(store, scope, sectors) if kind_of(row["source"]) in kinds}
    return matrix_of(store, scope, units | near | proposed | paired_with(store, scope, proposed))


def _partners(found: Matrix) -> set[str]:
    return {partner for cell in found.cells.values() for partner, _ in cell.pairs}


def _ground(store: Store, scope: Scope, found: Matrix, units: list[str]) -> Ground:
    ground = Ground()
    for (unit, _), cell in found.cells.items():
        for other, claims in cell.partners().items():
            ground.partners.setdefault(unit, {}).setdefault(other, {}).update(claims)
            ground.served.setdefault(other, {})[unit] = None
    for row in entities_by_id(store, ground.served).values():
        ground.known[row["id"]] = ((row["rank"], row["seq"], row["id"]), row["name"])
    own = {partner for unit in units for partner in ground.partners.get(unit, ())}
    for row in focuses(store, scope, {*units, *own}):
        ground.sectors.setdefault(row["source"], []).append(row)
    sectors = {row["target"] for rows in ground.sectors.values() for row in rows}
    for row in focusing(store, scope, sectors):
        ground.focused.setdefault(row["target"], []).append(row)
        ground.known.setdefault(row["source"], (source_key(row), row["source_name"]))
    ground.peers = peers(store, scope, units)
    return ground


def _for_gap(
    unit: str, kind: str, ground: Ground, order: dict[str, tuple[Key, str]], scope: Scope
) -> list[Suggestion]:
    own = ground.partners.get(unit, {})
    cases: dict[str, Case] = {}
    for mine in (unit, *own):
        for focus in ground.sectors.get(mine, ()):
            for row in ground.focused.get(focus["target"], ()):
                _share(cases.setdefault(row["source"], Case()), focus, row, unit)
    neighbours = {other for partner in own for other in ground.served[partner]} & order.keys()
    for other in sorted((neighbours | ground.peers.shared[unit].keys() & order.keys()) - {unit}):
        for partner, claims in ground.partners.get(other, {}).items():
            case = cases.setdefault(partner, Case())
            (case.neighbours if other in neighbours else case.peers)[other] = claims
    wanted = {
        partner: case
        for partner, case in cases.items()
        if kind_of(partner) == kind and partner != unit and partner not in own and partner not in order
    }
    ranked = sorted(
        wanted, key=lambda partner: (-_score(partner, wanted[partner], ground), ground.known[partner])
    )
    lang = scope.lang
    return [
        {
            "counterpart": ref(partner, ground.known[partner][1], lang),
            "score": _score(partner, wanted[partner], ground),
            "because": [
                *_by_sectors(unit, wanted[partner], ground, lang),
                *_by_neighbours(unit, wanted[partner], ground, order, lang),
                *_by_peers(unit, wanted[partner], ground, order, lang),
                _by_load(partner, ground, lang),
            ],
        }
        for partner in ranked[:MOST]
    ]


def _share(case: Case, focus: Row, row: Row, unit: str) -> None:
    sector = focus["target"]
    shared = case.sectors.setdefault(sector, Shared(focus["target_name"], target_key(focus)))
    if row not in shared.theirs:
        shared.theirs.append(row)
    if focus["source"] == unit:
        shared.mine.append(focus)
    else:
        shared.through.setdefault(focus["source"], []).append(focus)


def _score(partner: str, case: Case, ground: Ground) -> float:
    score = PER_SECTOR * len(case.sectors)
    score += PER_NEIGHBOUR if case.neighbours else 0.0
    score += PER_PEER if case.peers else 0.0
    return round(score + 1 / (1 + len(ground.served.get(partner, ()))), 3)


def _by_sectors(unit: str, case: Case, ground: Ground, lang: str) -> list[Because]:
    """A reason a sector; one that the unit itself focuses on needs no partner to speak for it."""
    reasons: list[Because] = []
    for shared in sorted(case.sectors.values(), key=lambda shared: shared.key):
        if shared.mine:
            text = WORDS["shared_sector"](lang).format(shared.name)
            rows = [*shared.mine, *shared.theirs]
        else:
            partners = _named((ground.known[partner] for partner in shared.through), lang)
            text = WORDS["partner_sector"](lang).format(shared.name, partners)
            pairs = [row for p in shared.through for row in ground.partners[unit][p].values()]
            rows = [*pairs, *(row for found in shared.through.values() for row in found), *shared.theirs]
        reasons.append(_because("shared_sector", text, rows))
    return reasons


def _by_neighbours(
    unit: str, case: Case, ground: Ground, order: dict[str, tuple[Key, str]], lang: str
) -> list[Because]:
    """What the neighbours pair with it, and the pairs that make them neighbours."""
    if not case.neighbours:
        return []
    own = ground.partners[unit]
    common = {p: None for other in case.neighbours for p in ground.partners[other] if p in own}
    rows = [row for claims in case.neighbours.values() for row in claims.values()]
    for holder in (unit, *case.neighbours):
        rows += [row for p in common for row in ground.partners[holder].get(p, {}).values()]
    neighbours = _named((order[other] for other in case.neighbours), lang)
    text = WORDS["neighbour"](lang).format(neighbours, _named((ground.known[p] for p in common), lang))
    return [_because("neighbour", text, rows)]


def _by_peers(
    unit: str, case: Case, ground: Ground, order: dict[str, tuple[Key, str]], lang: str
) -> list[Because]:
    """What the peers pair with it, and what makes them peers."""
    if not case.peers:
        return []
    belonging = [row for other in case.peers for row in ground.peers.claims(unit, other)]
    collectives = _named(((target_key(row), row["target_name"]) for row in belonging), lang)
    named = _named((order[other] for other in case.peers), lang)
    rows = [row for claims in case.peers.values() for row in claims.values()]
    return [_because("peer", WORDS["peer"](lang).format(named, collectives), [*rows, *belonging])]


def _by_load(partner: str, ground: Ground, lang: str) -> Because:
    serving = ground.served.get(partner, {})
    rows = [row for unit in serving for row in ground.partners[unit][partner].values()]
    text = WORDS["load" if serving else "idle"](lang).format(len(serving))
    return _because("load", text, rows)


def _named(names: Iterable[tuple[Key, str]], lang: str) -> str:
    """Names in official order, each once."""
    return Text("、", ", ")(lang).join(dict.fromkeys(name for _, name in sorted(names)))


def _because(reason: str, text: str, rows: Iterable[Row]) -> Because:
    return {"reason": reason, "text": text, "evidence": proof({row["claim"]: row for row in rows}.values())}
