"""What stands around an entity, one to three steps away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from pydantic import Field

from graph.catalogue import Answer, Parameters, Query
from graph.errors import NotFound
from graph.model import EntityRef
from graph.queries._columns import by_evidence, column, entity_columns, evidence_columns
from graph.queries._examples import BUREAU, TASK, TASK_PROOF
from graph.queries._network import LARGEST, EdgeRow, Walk, too_large
from graph.statements.entities import entities_by_id
from graph.statements.refs import ref
from graph.statements.scope import path_entity, scope_of
from graph.vocabulary import RELATIONS, Relation, Text

if TYPE_CHECKING:
    from graph.store import Store


class NeighbourhoodParameters(Parameters):
    id: str = Field(description="对象的编号（id），或唯一名称")
    depth: int = Field(1, ge=1, le=3, description="步数，1 至 3")


class NodeRow(EntityRef):
    """An entity and how many steps away it stands."""

    distance: int


class NeighbourhoodRow(TypedDict):
    """Nodes by distance, then in official order; the edges between all of them that were met on the way."""

    nodes: list[NodeRow]
    edges: list[EdgeRow]


def ask(store: Store, params: NeighbourhoodParameters) -> Answer:
    scope = scope_of(store, params)
    centre = path_entity(store, params.id)
    row = entities_by_id(store, [centre]).get(centre)
    if row is None:
        raise NotFound(f"没有编号为“{params.id}”的对象。", parameter="id", near=[])
    walk = Walk(store, scope)
    walk.keys[centre] = (row["rank"], row["seq"], centre)
    walk.refs[centre] = ref(centre, row["name"], scope.lang)
    distance = {centre: 0}
    frontier = {centre}
    for step in range(1, params.depth + 1):
        frontier = walk.step(frontier, frozenset({centre})) - distance.keys()
        distance.update(dict.fromkeys(frontier, step))
        if len(distance) > LARGEST:
            raise too_large(len(distance), "depth", "减小步数 depth，或加上 programme、document 筛选")
    nodes = sorted(distance, key=lambda node: (distance[node], walk.keys[node]))
    body: NeighbourhoodRow = {
        "nodes": [_node(walk, node, distance[node]) for node in nodes],
        "edges": walk.edges((node, other) for node in distance for other in walk.beside.get(node, ())),
    }
    return Answer(body=body)


def _node(walk: Walk, node: str, distance: int) -> NodeRow:
    entity = walk.refs[node]
    return {
        "id": entity["id"],
        "type": entity["type"],
        "name": entity["name"],
        "label": entity["label"],
        "distance": distance,
    }


def flatten(answer: Answer, params: NeighbourhoodParameters) -> list[dict[str, Any]]:
    body = answer.body or {}
    nodes = {node["id"]: node for node in body["nodes"]}
    rows = [
        {
            **edge,
            "source": nodes[edge["source"]],
            "target": nodes[edge["target"]],
            "relation": RELATIONS[Relation(edge["type"])].label(params.lang),
        }
        for edge in body["edges"]
    ]
    return by_evidence(rows)


QUERY = Query(
    name="neighbourhood",
    path="/neighbourhood/{id}",
    title=Text("周边关系", "Neighbourhood"),
    description=Text(
        "一个对象周围一至三步内的对象与关系；不经由地区与产业领域相连。",
        "Entities and relations within one to three steps; never through regions or sectors.",
    ),
    params=NeighbourhoodParameters,
    row=NeighbourhoodRow,
    ask=ask,
    listed=False,
    flatten=flatten,
    columns=(
        *entity_columns("source", "起点", "Source"),
        column("relation", "关系", "Relation"),
        *entity_columns("target", "终点", "Target"),
        column("count", "出处数", "Claims"),
        *evidence_columns(),
    ),
    example={
        "nodes": [{**BUREAU, "distance": 0}, {**TASK, "distance": 1}],
        "edges": [
            {
                "source": BUREAU["id"],
                "target": TASK["id"],
                "type": "LEADS",
                "count": 1,
                "evidence": [TASK_PROOF],
            }
        ],
        "version": "1",
    },
)
