"""Walking the graph outwards from entities. Regions and sectors are never walked through: everything lies in
a region, and a shared one is no connection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypedDict

from graph.errors import TooLarge
from graph.model import EntityRef, Evidence, Row
from graph.queries._relations import RELATIONS_OF
from graph.statements.claims import COOPERATION
from graph.statements.refs import Key, proof, source_key, source_ref, target_key, target_ref
from graph.statements.scope import Scope
from graph.store import Store

LARGEST = 5000
"""Nodes that an answer about a network may hold."""
ENDS_ONLY = ("region:", "sector:")


class EdgeRow(TypedDict):
    """Claims of one relation between two nodes, in the direction in which they are stated."""

    source: str
    target: str
    type: str
    count: int
    evidence: list[Evidence]


class Walk:
    """Claims met while walking, with the order and reference of every node met."""

    def __init__(self, store: Store, scope: Scope) -> None:
        self._store, self._scope = store, scope
        self._met: set[str] = set()
        self.keys: dict[str, Key] = {}
        self.refs: dict[str, EntityRef] = {}
        self.beside: dict[str, dict[str, list[Row]]] = {}
        """Node → node beside it → the claims between them, in both directions."""

    def step(self, nodes: Iterable[str], start: frozenset[str]) -> set[str]:
        """Fetch all claims of the nodes; regions and sectors only where they are a start. What stands beside."""
        ids = sorted(node for node in nodes if node in start or not node.startswith(ENDS_ONLY))
        if not ids:
            return set()
        for row in self._store.fetch(RELATIONS_OF, {**self._scope.parameters(), "ids": ids}):
            if row["claim"] not in self._met:
                self._met.add(row["claim"])
                self._meet(row)
        return {other for node in ids for other in self.beside.get(node, ())}

    def _meet(self, row: Row) -> None:
        source, target = row["source"], row["target"]
        self.beside.setdefault(source, {}).setdefault(target, []).append(row)
        self.beside.setdefault(target, {}).setdefault(source, []).append(row)
        if source not in self.keys:
            self.keys[source], self.refs[source] = source_key(row), source_ref(row, self._scope.lang)
        if target not in self.keys:
            self.keys[target], self.refs[target] = target_key(row), target_ref(row, self._scope.lang)

    def edges(self, couples: Iterable[tuple[str, str]]) -> list[EdgeRow]:
        """The claims between couples of nodes as edges, in official order of their ends."""
        groups: dict[tuple[str, str, str], list[Row]] = {}
        for couple in {(min(a, b), max(a, b)) for a, b in couples}:
            for row in self.beside.get(couple[0], {}).get(couple[1], ()):
                groups.setdefault((row["source"], row["target"], row["type"]), []).append(row)
        ordered = sorted(groups, key=lambda edge: (self.keys[edge[0]], self.keys[edge[1]], edge[2]))
        return [
            {
                "source": edge[0],
                "target": edge[1],
                "type": edge[2],
                "count": len(groups[edge]),
                "evidence": proof(groups[edge]),
            }
            for edge in ordered
        ]


def too_large(count: int, parameter: str, advice: str) -> TooLarge:
    """The refusal of a network that is too large, naming the filter to add."""
    return TooLarge(
        f"结果超过 {LARGEST} 个节点（{count} 个），请{advice}。",
        parameter=parameter,
        filter=parameter,
        limit=LARGEST,
    )


def cooperation_edges(store: Store, scope: Scope) -> Sequence[Row]:
    """All claims of cooperation (pairs, liaisons, task roles) in the scope."""
    return COOPERATION.fetch(store, scope)
