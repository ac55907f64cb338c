"""How much there is: entities by type, claims in force by relation, documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from graph.catalogue import Answer, Parameters, Query
from graph.queries._columns import column
from graph.statements.claims import EVERY_RELATION
from graph.statements.scope import scope_of
from graph.store import Statement
from graph.vocabulary import RELATIONS, TYPES, Relation, Text

if TYPE_CHECKING:
    from graph.store import Store

ENTITIES = Statement(
    """
    SELECT e.type AS type, count(*) AS n FROM entity AS e
    WHERE (:programme IS NULL AND :document IS NULL
            AND NOT EXISTS (SELECT 1 FROM mention AS m WHERE m.entity = e.id))
        OR EXISTS (SELECT 1 FROM mention AS m CROSS JOIN document AS d ON d.id = m.document
            WHERE m.entity = e.id AND (:status = 'all' OR d.status = :status)
            AND (:programme IS NULL OR d.programme = :programme) AND (:document IS NULL OR d.id = :document))
    GROUP BY e.type
    """,
    """
    MATCH (e:Entity)
    WHERE ($programme IS NULL AND $document IS NULL AND NOT EXISTS { (:Document)-[:MENTIONS]->(e) })
        OR EXISTS { MATCH (d:Document)-[:MENTIONS]->(e) WHERE ($status = 'all' OR d.status = $status)
            AND ($programme IS NULL OR d.programme = $programme) AND ($document IS NULL OR d.id = $document) }
    RETURN e.type AS type, count(*) AS n
    """,
)
CLAIMS = Statement(
    """
    SELECT c.type AS type, count(*) AS n FROM claim AS c LEFT JOIN document AS d ON d.id = c.document
    WHERE (:status = 'all' OR c.status = :status)
        AND (c.valid_from = '' OR c.valid_from <= :day) AND (c.valid_to = '' OR :day <= c.valid_to || '~')
        AND (d.id IS NULL OR ((c.valid_from <> '' OR d.date <= :day)
            AND (d.superseded_on = '' OR :day < d.superseded_on)))
        AND (:programme IS NULL OR d.programme = :programme) AND (:document IS NULL OR d.id = :document)
    GROUP BY c.type
    """,
    "MATCH (:Entity)-[c:"
    + EVERY_RELATION
    + """]->(:Entity)
    OPTIONAL MATCH (d:Document {id: c.document})
    WITH c, d WHERE ($status = 'all' OR c.status = $status)
        AND (c.valid_from = '' OR c.valid_from <= $day) AND (c.valid_to = '' OR $day <= c.valid_to + '~')
        AND (d IS NULL OR ((c.valid_from <> '' OR d.date <= $day)
            AND (d.superseded_on = '' OR $day < d.superseded_on)))
        AND ($programme IS NULL OR d.programme = $programme) AND ($document IS NULL OR d.id = $document)
    RETURN type(c) AS type, count(*) AS n
    """,
)
DOCUMENTS = Statement(
    """
    SELECT count(*) AS documents,
        (SELECT count(*) FROM supersedes AS s JOIN document AS d ON d.id = s.source
            JOIN document AS o ON o.id = s.target
            WHERE (:status = 'all' OR d.status = :status) AND (:programme IS NULL OR d.programme = :programme)
            AND (:document IS NULL OR d.id = :document)) AS supersedes
    FROM document AS d WHERE (:status = 'all' OR d.status = :status)
        AND (:programme IS NULL OR d.programme = :programme) AND (:document IS NULL OR d.id = :document)
    """,
    """
    OPTIONAL MATCH (d:Document) WHERE ($status = 'all' OR d.status = $status)
        AND ($programme IS NULL OR d.programme = $programme) AND ($document IS NULL OR d.id = $document)
    RETURN count(d) AS documents, coalesce(sum(COUNT { (d)-[:SUPERSEDES]->(:Document) }), 0) AS supersedes
    """,
)


class StatsRow(TypedDict):
    """Counts: entities by type, claims in force by relation, documents (superseded ones included)."""

    entities: dict[str, int]
    relations: dict[str, int]
    documents: int


def ask(store: Store, params: Parameters) -> Answer:
    scope = scope_of(store, params).parameters()
    entities = {row["type"]: row["n"] for row in store.fetch(ENTITIES, scope)}
    claims = {row["type"]: row["n"] for row in store.fetch(CLAIMS, scope)}
    (totals,) = store.fetch(DOCUMENTS, scope)
    claims[Relation.SUPERSEDES.value] = totals["supersedes"]
    body: StatsRow = {
        "entities": {kind.value: entities.get(kind.value, 0) for kind in TYPES},
        "relations": {relation.value: claims.get(relation.value, 0) for relation in Relation},
        "documents": totals["documents"],
    }
    return Answer(body=body)


def flatten(answer: Answer, params: Parameters) -> list[dict[str, Any]]:
    body = answer.body or {}
    labels = {kind.value: spec.label for kind, spec in TYPES.items()} | {
        relation.value: spec.label for relation, spec in RELATIONS.items()
    }
    counts = {**body["entities"], **body["relations"]}
    rows: list[dict[str, Any]] = [
        {"key": key, "label": labels[key](params.lang), "count": n} for key, n in counts.items()
    ]
    total = Text("文件", "Documents")(params.lang)
    return [*rows, {"key": "Document", "label": total, "count": body["documents"]}]


QUERY = Query(
    name="stats",
    title=Text("数量概览", "Counts"),
    description=Text(
        "各类对象、现行关系与文件的数量；机构名录带入的成员与地区也计入。",
        "How many entities, relations in force and documents there are, gazetteer facts included.",
    ),
    params=Parameters,
    row=StatsRow,
    ask=ask,
    listed=False,
    flatten=flatten,
    columns=(
        column("key", "类别", "Key"),
        column("label", "名称", "Label"),
        column("count", "数量", "Count"),
    ),
    example={
        "entities": {"Unit": 5, "Leader": 2, "Task": 3, "Collective": 2},
        "relations": {"LEADS": 4, "SUPPORTS": 5, "OVERSEES": 3, "PAIRED_WITH": 0},
        "documents": 1,
        "version": "1",
    },
)
