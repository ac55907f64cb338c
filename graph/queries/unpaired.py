"""Known parks, institutes and enterprises that nobody pairs with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, TypedDict

from pydantic import Field

from graph.catalogue import Answer, Column, Parameters, Query
from graph.model import DocumentRef, EntityRef, Evidence, Row
from graph.queries._columns import by_evidence, column, entity_columns, evidence_columns
from graph.queries._examples import PARK
from graph.queries._members import collectives_by_member
from graph.queries._regions import in_region
from graph.queries._relations import RELATIONS_OF
from graph.queries._rows import Rows
from graph.statements.claims import PAIRS
from graph.statements.entities import mentioned_in
from graph.statements.refs import proof, ref
from graph.statements.scope import Scope, scope_of
from graph.store import Statement
from graph.vocabulary import Text

if TYPE_CHECKING:
    from graph.store import Store

KINDS = ("Park", "Institute", "Enterprise")

UNPAIRED = Statement(
    """
    SELECT e.id AS id, e.name AS name, e.rank AS rank, e.seq AS seq, e.region AS region
    FROM entity AS e
    WHERE e.type IN (SELECT value FROM json_each(:kinds))
        AND (NOT EXISTS (SELECT 1 FROM mention AS m WHERE m.entity = e.id)
            OR EXISTS (SELECT 1 FROM mention AS m CROSS JOIN document AS d ON d.id = m.document
                WHERE m.entity = e.id AND (:status = 'all' OR d.status = :status)))
        AND NOT EXISTS (SELECT 1 FROM claim AS c CROSS JOIN document AS d ON d.id = c.document
            WHERE c.type = 'PAIRED_WITH' AND c.target = e.id AND (:status = 'all' OR c.status = :status)
            AND (c.valid_from = '' OR c.valid_from <= :day) AND (c.valid_to = '' OR :day <= c.valid_to || '~')
            AND (c.valid_from <> '' OR d.date <= :day) AND (d.superseded_on = '' OR :day < d.superseded_on)
            AND (:programme IS NULL OR d.programme = :programme) AND (:document IS NULL OR d.id = :document))
        AND NOT EXISTS (SELECT 1 FROM claim AS c CROSS JOIN document AS d ON d.id = c.document
            WHERE c.type = 'PAIRED_WITH' AND c.source = e.id AND (:status = 'all' OR c.status = :status)
            AND (c.valid_from = '' OR c.valid_from <= :day) AND (c.valid_to = '' OR :day <= c.valid_to || '~')
            AND (c.valid_from <> '' OR d.date <= :day) AND (d.superseded_on = '' OR :day < d.superseded_on)
            AND (:programme IS NULL OR d.programme = :programme) AND (:document IS NULL OR d.id = :document))
    """,
    """
    UNWIND $kinds AS kind MATCH (e:Entity {type: kind})
    WHERE (NOT EXISTS { (:Document)-[:MENTIONS]->(e) }
            OR EXISTS { MATCH (d:Document)-[:MENTIONS]->(e) WHERE $status = 'all' OR d.status = $status })
        AND NOT EXISTS { MATCH (e)-[c:PAIRED_WITH]-() MATCH (d:Document {id: c.document})
            WHERE ($status = 'all' OR c.status = $status)
            AND (c.valid_from = '' OR c.valid_from <= $day) AND (c.valid_to = '' OR $day <= c.valid_to + '~')
            AND (c.valid_from <> '' OR d.date <= $day) AND (d.superseded_on = '' OR $day < d.superseded_on)
            AND ($programme IS NULL OR d.programme = $programme) AND ($document IS NULL OR d.id = $document) }
    RETURN e.id AS id, e.name AS name, e.rank AS rank, e.seq AS seq, e.region AS region
    """,
)


class UnpairedParameters(Parameters):
    type: Literal["Park", "Institute", "Enterprise", "Organisation"] | None = Field(
        None, description="只看此类；默认园区、科研机构与企业"
    )
    region: str | None = Field(None, description="所属地区（id 或名称），含其下级地区")


class UnpairedRow(TypedDict):
    """An entity without a pair in force, itself or through a collective. `documents` name it; `evidence`: what
    else is said of it."""

    entity: EntityRef
    region: str
    documents: list[DocumentRef]
    evidence: list[Evidence]


def ask(store: Store, params: UnpairedParameters) -> Answer:
    scope = scope_of(store, params)
    inside = in_region(store, params.region) if params.region is not None else None
    kinds: list[str] = [params.type] if params.type else list(KINDS)
    rows = store.fetch(UNPAIRED, {**scope.parameters(), "kinds": kinds})
    if inside is not None:
        rows = [row for row in rows if inside(row["id"], row["region"])]
    through = paired_through(store, scope, [row["id"] for row in rows])
    rows = sorted(
        (row for row in rows if row["id"] not in through),
        key=lambda row: (row["rank"], row["seq"], row["id"]),
    )
    return Answer(items=Rows(rows, lambda page: _items(store, scope, page)))


def paired_through(store: Store, scope: Scope, ids: Sequence[str]) -> set[str]:
    """Those of `ids` that a collective pairs with somebody."""
    belongs = collectives_by_member(store, scope, ids)
    collectives = sorted({collective for found in belongs.values() for collective in found})
    paired = {row[end] for row in PAIRS.fetch(store, scope, collectives) for end in ("source", "target")}
    return {entity for entity, found in belongs.items() if not found.isdisjoint(paired)}


def _items(store: Store, scope: Scope, page: Sequence[Row]) -> list[UnpairedRow]:
    ids = [row["id"] for row in page]
    said: dict[str, list[Row]] = {entity: [] for entity in ids}
    for claim in store.fetch(RELATIONS_OF, {**scope.parameters(), "ids": ids}) if ids else []:
        for end in ("source", "target"):
            if claim[end] in said:
                said[claim[end]].append(claim)
    documents = mentioned_in(store, scope, ids)
    return [
        {
            "entity": ref(row["id"], row["name"], scope.lang),
            "region": row["region"],
            "documents": documents.get(row["id"], []),
            "evidence": proof(said[row["id"]]),
        }
        for row in page
    ]


QUERY = Query(
    name="unpaired",
    title=Text("尚无对口的园区、机构与企业", "Unpaired"),
    description=Text(
        "已知而没有任何现行对口关系的园区、科研机构、企业，及文件对其另有何说。",
        "Known parks, institutes and enterprises that nobody pairs with, and what else is said of them.",
    ),
    params=UnpairedParameters,
    row=UnpairedRow,
    ask=ask,
    flatten=lambda answer, params: by_evidence(answer.items),
    columns=(
        *entity_columns("entity", "对象", "Entity"),
        column("region", "地区", "Region"),
        Column(
            "documents",
            Text("提到它的文件", "Documents"),
            lambda row: "、".join(document["title"] for document in row["documents"]),
        ),
        *evidence_columns(),
    ),
    example={
        "items": [{"entity": PARK, "region": "上海市", "documents": [], "evidence": []}],
        "total": 1,
        "page": 1,
        "size": 50,
        "version": "1",
    },
)
