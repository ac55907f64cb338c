"""Partners courted by several units, units with the same partners, sectors with no pair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypedDict

from pydantic import Field

from graph.catalogue import Answer, CodeWords, Column, Parameters, Query
from graph.model import EntityRef, Evidence, Row
from graph.queries._columns import by_evidence, column, evidence_columns, names
from graph.queries._couples import expand_rows
from graph.queries._examples import DISTRICT, PARK, PROOF
from graph.queries._rows import Rows
from graph.queries._sectors import all_focuses
from graph.statements.claims import PAIRS
from graph.statements.refs import Key, proof, source_key, source_ref, target_key, target_ref
from graph.statements.scope import Scope, scope_of
from graph.vocabulary import Text

if TYPE_CHECKING:
    from graph.store import Store

Kind = Literal["shared_partner", "same_partners", "sector_without_pair"]
KINDS: dict[Kind, Text] = {
    "shared_partner": Text("一个对象对口多个单位", "Partner of several units"),
    "same_partners": Text("几个单位对口对象完全相同", "Units with the same partners"),
    "sector_without_pair": Text("产业领域尚无对口", "Sector with no pair"),
}
BECAUSE: dict[Kind, Text] = {
    "shared_partner": Text("{left}同时与{right}对口", "{left} pairs with {right}"),
    "same_partners": Text("{left}的对口对象都是{right}", "the partners of {left} are all {right}"),
    "sector_without_pair": Text(
        "{right}以{left}为产业方向，但都没有现行对口关系",
        "{right} focus on {left}, but none has a pair in force",
    ),
}


class OverlapParameters(Parameters):
    code_words: ClassVar[CodeWords] = {"kind": KINDS}

    kind: Kind | None = Field(None, description="只看此类重叠")


class OverlapRow(TypedDict):
    """An overlap. `entities` are what it is about (the partner; the units; the sector), `others` what they
    have in common (the units; the partners; who focuses on the sector); `count` how many others there are,
    units for `same_partners`."""

    kind: Kind
    entities: list[EntityRef]
    others: list[EntityRef]
    count: int
    because: str
    evidence: list[Evidence]


@dataclass(frozen=True, slots=True)
class Overlap:
    kind: Kind
    entities: tuple[str, ...]
    others: tuple[str, ...]
    count: int
    rows: Sequence[Row]


def ask(store: Store, params: OverlapParameters) -> Answer:
    scope = scope_of(store, params)
    pairs = expand_rows(store, scope, PAIRS.fetch(store, scope))
    focuses = all_focuses(store, scope)
    keys, refs = _known([*pairs, *focuses], scope)
    by_unit, by_partner = _index(pairs, "source", "target"), _index(pairs, "target", "source")
    found = [
        *_shared(by_partner, keys),
        *_same(by_unit, keys),
        *_sectors(focuses, pairs, keys),
    ]
    kept = [overlap for overlap in found if params.kind in (None, overlap.kind)]
    return Answer(items=Rows(kept, lambda page: [_item(overlap, refs, scope) for overlap in page]))


Index = dict[str, dict[str, list[Row]]]


def _index(rows: Iterable[Row], near: str, far: str) -> Index:
    index: Index = {}
    for row in rows:
        index.setdefault(row[near], {}).setdefault(row[far], []).append(row)
    return index


def _known(rows: Iterable[Row], scope: Scope) -> tuple[dict[str, Key], dict[str, EntityRef]]:
    keys: dict[str, Key] = {}
    refs: dict[str, EntityRef] = {}
    for row in rows:
        if row["source"] not in keys:
            keys[row["source"]], refs[row["source"]] = source_key(row), source_ref(row, scope.lang)
        if row["target"] not in keys:
            keys[row["target"]], refs[row["target"]] = target_key(row), target_ref(row, scope.lang)
    return keys, refs


def _ordered(entities: Iterable[str], keys: dict[str, Key]) -> tuple[str, ...]:
    return tuple(sorted(entities, key=keys.__getitem__))


def _shared(by_partner: Index, keys: dict[str, Key]) -> list[Overlap]:
    return [
        Overlap(
            "shared_partner",
            (partner,),
            _ordered(by_partner[partner], keys),
            len(by_partner[partner]),
            [row for rows in by_partner[partner].values() for row in rows],
        )
        for partner in _ordered(by_partner, keys)
        if len(by_partner[partner]) > 1
    ]


def _same(by_unit: Index, keys: dict[str, Key]) -> list[Overlap]:
    groups: dict[frozenset[str], list[str]] = {}
    for unit in _ordered(by_unit, keys):
        groups.setdefault(frozenset(by_unit[unit]), []).append(unit)
    return [
        Overlap(
            "same_partners",
            tuple(units),
            _ordered(partners, keys),
            len(units),
            [row for unit in units for rows in by_unit[unit].values() for row in rows],
        )
        for partners, units in groups.items()
        if len(units) > 1
    ]


def _sectors(focuses: Sequence[Row], pairs: Sequence[Row], keys: dict[str, Key]) -> list[Overlap]:
    paired = {row[end] for row in pairs for end in ("source", "target")}
    by_sector = _index(focuses, "target", "source")
    return [
        Overlap(
            "sector_without_pair",
            (sector,),
            _ordered(by_sector[sector], keys),
            len(by_sector[sector]),
            [row for rows in by_sector[sector].values() for row in rows],
        )
        for sector in _ordered(by_sector, keys)
        if paired.isdisjoint(by_sector[sector])
    ]


def _item(overlap: Overlap, refs: dict[str, EntityRef], scope: Scope) -> OverlapRow:
    entities = [refs[entity] for entity in overlap.entities]
    others = [refs[entity] for entity in overlap.others]
    words = BECAUSE[overlap.kind](scope.lang).format(left=names(entities), right=names(others))
    claims = {row["claim"]: row for row in overlap.rows}
    return {
        "kind": overlap.kind,
        "entities": entities,
        "others": others,
        "count": overlap.count,
        "because": words,
        "evidence": proof(claims.values()),
    }


def _names(key: str, zh: str, en: str) -> Column:
    def value(row: Any) -> str:
        return names(row[key])

    return Column(key, Text(zh, en), value)


QUERY = Query(
    name="overlap",
    title=Text("重叠与空白领域", "Overlap"),
    description=Text(
        "被多个单位对口的对象、对口对象完全相同的单位、尚无对口的产业领域。",
        "Partners of several units, units with the same partners, sectors with no pair.",
    ),
    params=OverlapParameters,
    row=OverlapRow,
    ask=ask,
    flatten=lambda answer, params: by_evidence(answer.items),
    columns=(
        Column("kind", Text("情形", "Kind"), lambda row: KINDS[row["kind"]]),
        _names("entities", "对象", "Entities"),
        _names("others", "相关对象", "Others"),
        column("count", "数量", "Count"),
        column("because", "说明", "Because"),
        *evidence_columns(),
    ),
    example={
        "items": [
            {
                "kind": "shared_partner",
                "entities": [PARK],
                "others": [DISTRICT, {**DISTRICT, "id": "unit:宁波市海曙区", "name": "海曙区"}],
                "count": 2,
                "because": "漕河泾新兴技术开发区同时与江北区、海曙区对口",
                "evidence": [PROOF],
            }
        ],
        "total": 1,
        "page": 1,
        "size": 50,
        "version": "1",
    },
)
