"""Partners that could fill a gap, each with what speaks for it in words and the cells behind.

A partner of the missing kind is proposed when it shares a sector with the unit, when a unit that has a partner
in common with it pairs with the partner, or when a member of the same collective does. The fewer units it
serves already, the higher it stands. Weights are in `docs/queries.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from graph.model import EntityRef, Evidence, Row
from graph.queries._coverage import Matrix, Unit
from graph.queries._coverage_of import matrix_of, paired_with
from graph.queries._members import peers
from graph.queries._sectors import focuses, focusing
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
    "shared_sector": Text("同以“{}”为产业方向", "both focus on {}"),
    "neighbour": Text("已与有共同对口对象的{}对口", "paired with {}, which shares a counterpart"),
    "peer": Text("已与同属一个集体称谓的{}对口", "paired with {}, of the same collective"),
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
    peers: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    """Unit → units of the same collectives."""


@dataclass(slots=True)
class Case:
    """What speaks for one partner."""

    sectors: dict[str, tuple[Row, Row]] = field(default_factory=dict[str, tuple[Row, Row]])
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
    near = paired_with(store, scope, _partners(own)).union(*peers(store, scope, units).values())
    proposed = {one for one in _partners(matrix_of(store, scope, near)) if kind_of(one) in kinds}
    sectors = {row["target"] for row in focuses(store, scope, units)}
    proposed |= {row["source"] for row in focusing(store, scope, sectors) if kind_of(row["source"]) in kinds}
    return matrix_of(store, scope, units | near | proposed | paired_with(store, scope, proposed))


def _partners(found: Matrix) -> set[str]:
    return {partner for cell in found.cells.values() for partner in cell.partners}


def _ground(store: Store, scope: Scope, found: Matrix, units: list[str]) -> Ground:
    ground = Ground()
    for (unit, _), cell in found.cells.items():
        for other, claims in cell.partners.items():
            ground.partners.setdefault(unit, {}).setdefault(other, {}).update(claims)
            ground.served.setdefault(other, {})[unit] = None
    for claim in found.claims:
        ground.known[claim["target"]] = (target_key(claim), claim["target_name"])
        ground.known[claim["source"]] = (source_key(claim), claim["source_name"])
    for row in focuses(store, scope, units):
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
    for focus in ground.sectors.get(unit, ()):
        for row in ground.focused.get(focus["target"], ()):
            cases.setdefault(row["source"], Case()).sectors[focus["target"]] = (focus, row)
    neighbours = {other for partner in own for other in ground.served[partner]} & order.keys()
    for other in sorted((neighbours | ground.peers[unit] & order.keys()) - {unit}):
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
    return [_suggestion(partner, wanted[partner], ground, order, scope) for partner in ranked[:MOST]]


def _score(partner: str, case: Case, ground: Ground) -> float:
    score = PER_SECTOR * len(case.sectors)
    score += PER_NEIGHBOUR if case.neighbours else 0.0
    score += PER_PEER if case.peers else 0.0
    return round(score + 1 / (1 + len(ground.served.get(partner, ()))), 3)


def _suggestion(
    partner: str, case: Case, ground: Ground, order: dict[str, tuple[Key, str]], scope: Scope
) -> Suggestion:
    because: list[Because] = []
    for _, (mine, theirs) in sorted(case.sectors.items(), key=lambda item: target_key(item[1][0])):
        text = WORDS["shared_sector"](scope.lang).format(mine["target_name"])
        because.append({"reason": "shared_sector", "text": text, "evidence": proof([mine, theirs])})
    for reason, group in (("neighbour", case.neighbours), ("peer", case.peers)):
        if group:
            units = sorted(group, key=lambda unit: order[unit][0])
            named = "、".join(order[unit][1] for unit in units)
            claims = {key: row for unit in units for key, row in group[unit].items()}
            text = WORDS[reason](scope.lang).format(named)
            because.append({"reason": reason, "text": text, "evidence": proof(claims.values())})
    served = len(ground.served.get(partner, ()))
    text = WORDS["load" if served else "idle"](scope.lang).format(served)
    claims = {
        key: row
        for unit in ground.served.get(partner, ())
        for key, row in ground.partners[unit][partner].items()
    }
    because.append({"reason": "load", "text": text, "evidence": proof(claims.values())})
    return {
        "counterpart": ref(partner, ground.known[partner][1], scope.lang),
        "score": _score(partner, case, ground),
        "because": because,
    }
