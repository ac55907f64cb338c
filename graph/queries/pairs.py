"""Who pairs with whom, by which printed term, and the cells that say so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict

from pydantic import Field

from graph.catalogue import Answer, Parameters, Query
from graph.model import EntityRef, Evidence, Row
from graph.queries._claims import PAIRS
from graph.queries._columns import by_evidence, column, entity_columns, evidence_columns
from graph.queries._examples import DISTRICT, PARK, PROOF
from graph.queries._members import Membership, collectives_of, is_collective, members
from graph.queries._refs import (
    Key,
    kind_of,
    place,
    proof,
    ref,
    source_key,
    source_ref,
    target_key,
    target_ref,
)
from graph.queries._rows import Rows
from graph.queries._scope import Scope, entity_of, scope_of
from graph.queries._sectors import focused_on
from graph.vocabulary import Text

if TYPE_CHECKING:
    from graph.store import Store

PartnerType = Literal["Unit", "Park", "Institute", "Enterprise", "Organisation", "Collective"]
ACTORS = ("Unit", "Collective", "Park", "Institute", "Enterprise", "Organisation")


class PairParameters(Parameters):
    unit: str | None = Field(None, description="单位（id 或唯一名称），居于哪一端均可")
    counterpart: str | None = Field(None, description="对口对象（id 或唯一名称）")
    counterpart_type: PartnerType | None = Field(None, description="对口对象类型")
    sector: str | None = Field(None, description="产业领域（id 或唯一名称）：任一端以此为产业方向")


class PairRow(TypedDict):
    """A pair: one an ordered couple of ends, programme and printed term, however many cells state it.

    `direction` is `mutual` or `a_to_b` (from unit to counterpart). With `expand`, a member stands in for its
    collective, which `expanded_from` names.
    """

    unit: EntityRef
    counterpart: EntityRef
    programme: str | None
    term: str
    direction: str
    evidence: list[Evidence]
    expanded_from: NotRequired[list[EntityRef]]


PairKey = tuple[str, str, str, str, str]


def ask(store: Store, params: PairParameters) -> Answer:
    scope = scope_of(store, params)
    unit = entity_of(store, params.unit, "unit", ACTORS)
    counterpart = entity_of(store, params.counterpart, "counterpart", ACTORS)
    sector = entity_of(store, params.sector, "sector", ("Sector",))
    rows = fetch_pairs(store, scope, unit or counterpart)
    focused = focused_on(store, scope, sector) if sector else None
    expansion = None
    if scope.expand:
        expansion = members(store, scope, {row[end] for row in rows for end in ("source", "target")})
    couples = [
        couple
        for row in rows
        for couple in _couples(row, scope, expansion)
        if _fits(couple, unit, counterpart, params.counterpart_type, focused)
    ]
    return Answer(items=shape(couples, scope))


def fetch_pairs(store: Store, scope: Scope, anchor: str | None) -> list[Row]:
    """Claims of pairs, those with `anchor` at either end when it is given; on `expand` also those of the
    collectives that it belongs to."""
    if anchor is None:
        return PAIRS.fetch(store, scope)
    ids = [anchor, *collectives_of(store, scope, [anchor])] if scope.expand else [anchor]
    return PAIRS.fetch(store, scope, ids)


class Couple(TypedDict):
    """A claim between two entities as they are asked for, collectives expanded or not."""

    claim: Row
    unit: EntityRef
    unit_key: Key
    counterpart: EntityRef
    counterpart_key: Key
    expanded_from: tuple[str, ...]


End = tuple[EntityRef, Key, tuple[str, ...]]


def _couples(row: Row, scope: Scope, expansion: Membership | None) -> list[Couple]:
    units: list[End] = [(source_ref(row, scope.lang), source_key(row), ())]
    partners: list[End] = [(target_ref(row, scope.lang), target_key(row), ())]
    if expansion is not None:
        units = _expanded(row["source"], units, expansion, scope)
        partners = _expanded(row["target"], partners, expansion, scope)
    return [
        {
            "claim": row,
            "unit": unit,
            "unit_key": unit_key,
            "counterpart": partner,
            "counterpart_key": partner_key,
            "expanded_from": (*unit_from, *partner_from),
        }
        for unit, unit_key, unit_from in units
        for partner, partner_key, partner_from in partners
        if unit["id"] != partner["id"]
    ]


def _expanded(end: str, printed: list[End], expansion: Membership, scope: Scope) -> list[End]:
    """The members that stand in for a collective; the collective itself where none is known."""
    if not is_collective(end):
        return printed
    found = expansion.of(end).items()
    return [
        (ref(member, row["source_name"], scope.lang), source_key(row), (end,)) for member, row in found
    ] or printed


def _fits(
    couple: Couple,
    unit: str | None,
    counterpart: str | None,
    kind: str | None,
    focused: frozenset[str] | None,
) -> bool:
    """Whether the filters let a couple through. `counterpart` and its type are those of the end opposite to
    `unit`; without `unit`, of the claim's target."""
    ends = (couple["unit"]["id"], couple["counterpart"]["id"])
    if unit is not None and unit not in ends:
        return False
    other = ends[0] if unit is not None and unit == ends[1] else ends[1]
    if counterpart is not None and other != counterpart:
        return False
    if kind is not None and kind_of(other) != kind:
        return False
    return focused is None or not focused.isdisjoint(ends)


def shape(couples: Sequence[Couple], scope: Scope) -> Rows[list[Couple], PairRow]:
    """Couples as pairs in official order: unit, then as printed, then counterpart."""
    groups: dict[PairKey, list[Couple]] = {}
    for couple in couples:
        claim = couple["claim"]
        key = (
            couple["unit"]["id"],
            couple["counterpart"]["id"],
            claim["programme"],
            claim["term"],
            claim["direction"],
        )
        groups.setdefault(key, []).append(couple)
    ordered = sorted(groups.values(), key=_order)
    return Rows(ordered, lambda page: [_item(group, scope) for group in page])


def _order(group: list[Couple]) -> Key:
    first = group[0]
    where = min(place(couple["claim"])[:5] for couple in group)
    claim = first["claim"]
    ends = (first["unit_key"], where, first["counterpart_key"])
    return (*ends, claim["programme"], claim["term"], claim["direction"])


def _item(group: list[Couple], scope: Scope) -> PairRow:
    first = group[0]
    item: PairRow = {
        "unit": first["unit"],
        "counterpart": first["counterpart"],
        "programme": first["claim"]["programme"] or None,
        "term": first["claim"]["term"],
        "direction": first["claim"]["direction"],
        "evidence": proof({couple["claim"]["claim"]: couple["claim"] for couple in group}.values()),
    }
    if scope.expand:
        item["expanded_from"] = expanded_from(group, scope)
    return item


def expanded_from(group: Sequence[Couple], scope: Scope) -> list[EntityRef]:
    """The collectives that the couples were expanded from, in order."""
    found: dict[str, tuple[Key, EntityRef]] = {}
    for couple in group:
        row = couple["claim"]
        if row["source"] in couple["expanded_from"]:
            found[row["source"]] = (source_key(row), source_ref(row, scope.lang))
        if row["target"] in couple["expanded_from"]:
            found[row["target"]] = (target_key(row), target_ref(row, scope.lang))
    return [entity for _, entity in sorted(found.values(), key=lambda pair: pair[0])]


QUERY = Query(
    name="pairs",
    title=Text("对口关系", "Pairs"),
    description=Text(
        "谁与谁对口：双方、合作事项、文件所用的关系用语及出处单元格。",
        "Who pairs with whom: both ends, programme, printed term and the cells that say so.",
    ),
    params=PairParameters,
    row=PairRow,
    ask=ask,
    flatten=lambda answer, params: by_evidence(answer.items),
    columns=(
        *entity_columns("unit", "单位", "Unit"),
        *entity_columns("counterpart", "对口对象", "Counterpart"),
        column("programme", "合作事项", "Programme"),
        column("term", "关系用语", "Term"),
        column("direction", "方向", "Direction"),
        *evidence_columns(),
    ),
    example={
        "items": [
            {
                "unit": DISTRICT,
                "counterpart": PARK,
                "programme": "沪甬产业合作",
                "term": "对口联系",
                "direction": "mutual",
                "evidence": [PROOF],
            }
        ],
        "total": 1,
        "page": 1,
        "size": 50,
        "version": "1",
    },
)
