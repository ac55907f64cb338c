"""Entities by type, region and name; a name is found by its forms, pinyin and initials."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypedDict

from pydantic import Field

from graph.catalogue import Answer, Column, Parameters, Query
from graph.model import Row
from graph.queries._columns import column, standing_column
from graph.queries._examples import BUREAU
from graph.queries._regions import in_region
from graph.queries._rows import Rows
from graph.statements.refs import ref
from graph.statements.scope import Scope, scope_of
from graph.store import Statement
from graph.vocabulary import ORGANISATION_KINDS, UNIT_KINDS, Text

if TYPE_CHECKING:
    from graph.store import Store

Kind = Literal[
    "Unit",
    "Park",
    "Institute",
    "Enterprise",
    "Organisation",
    "Leader",
    "Task",
    "Collective",
    "Sector",
    "Region",
]

_SQL = """
SELECT e.id AS id, e.name AS name, e.kind AS kind, e.region AS region, e.rank AS rank, e.seq AS seq
FROM entity AS e
"""
_SQL_SCOPE = """
AND ((:programme IS NULL AND :document IS NULL
        AND NOT EXISTS (SELECT 1 FROM mention AS m WHERE m.entity = e.id))
    OR EXISTS (SELECT 1 FROM mention AS m CROSS JOIN document AS d ON d.id = m.document
        WHERE m.entity = e.id AND (:status = 'all' OR d.status = :status)
        AND (:programme IS NULL OR d.programme = :programme) AND (:document IS NULL OR d.id = :document)))
"""
_CYPHER_SCOPE = """
(($programme IS NULL AND $document IS NULL AND NOT EXISTS { (:Document)-[:MENTIONS]->(e) })
    OR EXISTS { MATCH (d:Document)-[:MENTIONS]->(e) WHERE ($status = 'all' OR d.status = $status)
        AND ($programme IS NULL OR d.programme = $programme) AND ($document IS NULL OR d.id = $document) })
RETURN e.id AS id, e.name AS name, e.kind AS kind, e.region AS region, e.rank AS rank, e.seq AS seq
"""
EVERY = Statement(_SQL + "WHERE 1 " + _SQL_SCOPE, "MATCH (e:Entity) WHERE " + _CYPHER_SCOPE)
BY_TYPE = Statement(
    _SQL + "WHERE e.type = :type " + _SQL_SCOPE,
    "MATCH (e:Entity {type: $type}) WHERE " + _CYPHER_SCOPE,
)
BY_IDS = Statement(
    _SQL + "WHERE e.id IN (SELECT value FROM json_each(:ids)) " + _SQL_SCOPE,
    "UNWIND $ids AS id MATCH (e:Entity {id: id}) WHERE " + _CYPHER_SCOPE,
)


ILLUSTRATIVE = Statement(
    """
    SELECT i.value AS id FROM json_each(:ids) AS i
    WHERE EXISTS (SELECT 1 FROM mention AS m WHERE m.entity = i.value)
        AND NOT EXISTS (SELECT 1 FROM mention AS m CROSS JOIN document AS d ON d.id = m.document
            WHERE m.entity = i.value AND d.status = 'official')
        AND NOT EXISTS (SELECT 1 FROM claim AS c WHERE c.source = i.value AND c.document IS NULL)
        AND NOT EXISTS (SELECT 1 FROM claim AS c WHERE c.target = i.value AND c.document IS NULL)
    """,
    """
    UNWIND $ids AS id MATCH (e:Entity {id: id})
    WHERE EXISTS { (:Document)-[:MENTIONS]->(e) }
        AND NOT EXISTS { (:Document {status: 'official'})-[:MENTIONS]->(e) }
        AND NOT EXISTS { MATCH (e)-[c]-(:Entity) WHERE c.document IS NULL }
    RETURN e.id AS id
    """,
)
"""Those of `ids` that only illustrative documents name, and no gazetteer."""


class EntitiesParameters(Parameters):
    type: Kind | None = Field(None, description="对象类型")
    q: str | None = Field(None, max_length=200, description="名称、简称、拼音或首字母")
    region: str | None = Field(None, description="所属地区（id 或名称），含其下级地区")


Found = tuple[Row, str | None, str | None]
"""A fetched entity, the name that answered `q`, and how."""


class EntitiesRow(TypedDict):
    """An entity found. `matched` is the name that answered `q`, and `match` how (exact, prefix, alias,
    pinyin, initials, part, similar); both null without `q`. `illustrative`: only illustrative documents, and no
    gazetteer, name it."""

    id: str
    type: str
    name: str
    label: str
    kind: str
    region: str
    matched: str | None
    match: str | None
    illustrative: bool


def ask(store: Store, params: EntitiesParameters) -> Answer:
    scope = scope_of(store, params)
    inside = in_region(store, params.region) if params.region is not None else None
    if params.q is not None and params.q.strip():
        return _answer(store, scope, _found(store, scope, params, inside))
    parameters = scope.parameters()
    if params.type is None:
        rows = store.fetch(EVERY, parameters)
    else:
        rows = store.fetch(BY_TYPE, {**parameters, "type": params.type})
    if inside is not None:
        rows = [row for row in rows if inside(row["id"], row["region"])]
    rows.sort(key=lambda row: (row["rank"], row["seq"], row["id"]))
    return _answer(store, scope, [(row, None, None) for row in rows])


def _found(
    store: Store,
    scope: Scope,
    params: EntitiesParameters,
    inside: Callable[[str, str], bool] | None,
) -> list[Found]:
    """What `q` finds, the best first."""
    from graph.search import search

    hits = search(store, params.q or "", kinds=(params.type,) if params.type else ())
    known = store.fetch(BY_IDS, {**scope.parameters(), "ids": [hit.id for hit in hits]}) if hits else []
    rows = {row["id"]: row for row in known}
    return [
        (rows[hit.id], hit.matched, hit.tier.name.lower())
        for hit in hits
        if hit.id in rows and (inside is None or inside(hit.id, rows[hit.id]["region"]))
    ]


def _answer(store: Store, scope: Scope, found: Sequence[Found]) -> Answer:
    def build(page: Sequence[Found]) -> list[EntitiesRow]:
        ids = [row["id"] for row, _, _ in page]
        samples = {row["id"] for row in store.fetch(ILLUSTRATIVE, {"ids": ids})} if ids else set[str]()
        return [_item(one, scope, one[0]["id"] in samples) for one in page]

    return Answer(items=Rows(found, build))


def _item(found: Found, scope: Scope, illustrative: bool) -> EntitiesRow:
    row, matched, match = found
    return {
        **ref(row["id"], row["name"], scope.lang),
        "kind": row["kind"],
        "region": row["region"],
        "matched": matched,
        "match": match,
        "illustrative": illustrative,
    }


_KINDS: Mapping[str, Text] = UNIT_KINDS | ORGANISATION_KINDS
"""Regions have the kinds of units."""

QUERY = Query(
    name="entities",
    title=Text("对象", "Entities"),
    description=Text(
        "按类型、地区与名称查找；名称可写全称、简称、曾用名、拼音、首字母，容一字之误。",
        "Entities by type, region and name: full, short or former name, pinyin, initials, one wrong character.",
    ),
    params=EntitiesParameters,
    row=EntitiesRow,
    ask=ask,
    columns=(
        column("name", "名称", "Name"),
        column("label", "类型", "Type"),
        Column("kind", Text("细类", "Kind"), lambda row: _KINDS.get(row["kind"], row["kind"])),
        column("region", "地区", "Region"),
        column("matched", "匹配的名称", "Matched name"),
        standing_column(),
        column("id", "编号", "Id"),
    ),
    example={
        "items": [
            {
                **BUREAU,
                "kind": "bureau",
                "region": "宁波市",
                "matched": "市经信局",
                "match": "alias",
                "illustrative": False,
            }
        ],
        "total": 1,
        "page": 1,
        "size": 50,
        "version": "1",
    },
)
