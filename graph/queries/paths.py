"""The shortest chains of relations between two entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypedDict

from pydantic import Field

from graph.catalogue import Answer, Parameters, Query
from graph.model import EntityRef
from graph.queries._columns import by_evidence, column, entity_columns, evidence_columns
from graph.queries._examples import BUREAU, LEADER, TASK, TASK_PROOF
from graph.queries._network import ENDS_ONLY, EdgeRow, Walk
from graph.queries._rows import Rows
from graph.statements.scope import entity_of, scope_of
from graph.vocabulary import RELATIONS, Relation, Text

if TYPE_CHECKING:
    from graph.store import Store

MOST = 100
"""Chains that are listed, the first in official order."""


class PathParameters(Parameters):
    source: str = Field(description="起点（id 或唯一名称）")
    target: str = Field(description="终点（id 或唯一名称）")
    max_length: int = Field(4, ge=1, le=6, description="最多几步，1 至 6")


class PathRow(TypedDict):
    """A chain: its nodes from source to target, and all edges between neighbours on it."""

    length: int
    nodes: list[EntityRef]
    edges: list[EdgeRow]


def ask(store: Store, params: PathParameters) -> Answer:
    scope = scope_of(store, params)
    source = entity_of(store, params.source, "source")
    target = entity_of(store, params.target, "target")
    assert source is not None and target is not None
    if source == target:
        return Answer(extra={"truncated": False})
    walk = Walk(store, scope)
    length = meet(walk, source, target, params.max_length)
    if length is None:
        return Answer(extra={"truncated": False})
    chains: list[list[str]] = []
    for chain in shortest(walk, source, target, length):
        chains.append(chain)
        if len(chains) > MOST:
            break
    items = Rows(chains[:MOST], lambda page: [_item(walk, chain) for chain in page])
    return Answer(items=items, extra={"truncated": len(chains) > MOST})


def meet(walk: Walk, source: str, target: str, longest: int) -> int | None:
    """Walk from both ends in turn, from the smaller frontier, until they meet; the distance, or None."""
    ends = frozenset({source, target})
    frontiers, seen = [{source}, {target}], [{source}, {target}]
    for length in range(1, longest + 1):
        near = 0 if len(frontiers[0]) <= len(frontiers[1]) else 1
        reached = passable(walk.step(frontiers[near], ends), ends) - seen[near]
        frontiers[near] = reached
        seen[near] |= reached
        if not reached:
            return None
        if not reached.isdisjoint(seen[1 - near]):
            return length
    return None


def passable(nodes: Iterable[str], ends: frozenset[str]) -> set[str]:
    """Nodes that a chain may hold: regions and sectors only as its ends."""
    return {node for node in nodes if node in ends or not node.startswith(ENDS_ONLY)}


def shortest(walk: Walk, source: str, target: str, length: int) -> Iterator[list[str]]:
    """All chains of that length, in official order of their nodes."""
    ends = frozenset({source, target})
    left = {target: 0}
    frontier = {target}
    for step in range(1, length + 1):
        reached = {other for node in frontier for other in walk.beside.get(node, ())}
        frontier = passable(reached, ends) - left.keys()
        left.update(dict.fromkeys(frontier, step))
    stack = [[source]]
    while stack:
        chain = stack.pop()
        rest = left[chain[-1]]
        if rest == 0:
            yield chain
            continue
        onward = [n for n in walk.beside[chain[-1]] if left.get(n) == rest - 1]
        stack.extend([*chain, n] for n in sorted(onward, key=walk.keys.__getitem__, reverse=True))


def _item(walk: Walk, chain: list[str]) -> PathRow:
    return {
        "length": len(chain) - 1,
        "nodes": [walk.refs[node] for node in chain],
        "edges": walk.edges(pairwise(chain)),
    }


def flatten(answer: Answer, params: PathParameters) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for number, item in enumerate(answer.items, 1):
        nodes = {node["id"]: node for node in item["nodes"]}
        for edge in item["edges"]:
            relation = RELATIONS[Relation(edge["type"])].label(params.lang)
            ends = {"source": nodes[edge["source"]], "target": nodes[edge["target"]]}
            rows.append({**edge, **ends, "relation": relation, "number": number, "length": item["length"]})
    return by_evidence(rows)


QUERY = Query(
    name="paths",
    title=Text("联系路径", "Paths"),
    description=Text(
        "两个对象之间最短的联系链条及每一步的出处；没有联系时为空。",
        "The shortest chains between two entities with the evidence of each step; empty without any.",
    ),
    params=PathParameters,
    row=PathRow,
    ask=ask,
    extra={"truncated": bool},
    beside={"truncated": Text("链条太多，只列前面的", "too many chains, only the first are listed")},
    flatten=flatten,
    columns=(
        column("number", "路径", "Path"),
        column("length", "步数", "Length"),
        *entity_columns("source", "起点", "Source"),
        column("relation", "关系", "Relation"),
        *entity_columns("target", "终点", "Target"),
        *evidence_columns(),
    ),
    example={
        "items": [
            {
                "length": 2,
                "nodes": [BUREAU, TASK, LEADER],
                "edges": [
                    {
                        "source": BUREAU["id"],
                        "target": TASK["id"],
                        "type": "LEADS",
                        "count": 1,
                        "evidence": [TASK_PROOF],
                    },
                    {
                        "source": LEADER["id"],
                        "target": TASK["id"],
                        "type": "OVERSEES",
                        "count": 1,
                        "evidence": [{**TASK_PROOF, "column": 4, "text": "陈炳荣", "term": "牵头领导"}],
                    },
                ],
            }
        ],
        "total": 1,
        "page": 1,
        "size": 50,
        "version": "1",
        "truncated": False,
    },
)
