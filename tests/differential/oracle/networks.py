"""Neighbourhoods, paths and centrality, by NetworkX."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import networkx as nx

from tests.differential.oracle.world import COOPERATION, Record, World, kind_of


def network_claims(world: World) -> list[Record]:
    """All relations in force; gazetteers' hold in every scope."""
    return [
        c
        for c in world.claims
        if world.dated(c)
        and (
            c["document"] is None
            or (
                world.status in ("all", c["status"])
                and world.in_scope(c["document"])
                and not world.replaced(c["document"])
            )
        )
    ]


def _closed(entity: str, *ends: str) -> bool:
    return kind_of(entity) in ("Region", "Sector") and entity not in ends


def neighbourhood(world: World, given: Record) -> tuple[Any, ...]:
    centre, depth = given["id"], given.get("depth", 1)
    claims = network_claims(world)
    distance = {centre: 0}
    for step in range(1, depth + 1):
        edge = {n for n, d in distance.items() if d == step - 1 and not _closed(n, centre)}
        for claim in claims:
            for near, far in (("source", "target"), ("target", "source")):
                if claim[near] in edge:
                    distance.setdefault(claim[far], step)
    walked = {n for n, d in distance.items() if d < depth and not _closed(n, centre)}
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    for claim in claims:
        if claim["source"] in walked or claim["target"] in walked:
            counts[claim["source"], claim["target"], claim["type"]] += 1
    nodes = sorted(distance.items(), key=lambda item: (item[1], world.key(item[0])))
    edges = sorted(counts.items(), key=lambda e: (world.key(e[0][0]), world.key(e[0][1]), e[0][2]))
    return (nodes, [(*ends, count) for ends, count in edges])


def paths(world: World, given: Record) -> list[list[str]]:
    source, target = given["source"], given["target"]
    graph = nx.Graph()
    for claim in network_claims(world):
        if not _closed(claim["source"], source, target) and not _closed(claim["target"], source, target):
            graph.add_edge(claim["source"], claim["target"])
    if (
        source == target
        or source not in graph
        or target not in graph
        or not nx.has_path(graph, source, target)
    ):
        return []
    found = [list(p) for p in nx.all_shortest_paths(graph, source, target)]
    if len(found[0]) - 1 > given.get("max_length", 4):
        return []
    return sorted(found, key=lambda path: [world.key(node) for node in path])[:100]


def centrality(world: World, given: Record) -> list[tuple[str, float]]:
    graph = nx.Graph()
    for claim in world.expanded(world.current(*COOPERATION)):
        if claim["source"] != claim["target"]:
            graph.add_edge(claim["source"], claim["target"])
    measure = given.get("measure", "degree")
    values: dict[str, float] = {n: float(d) for n, d in graph.degree()}
    if measure == "betweenness":
        values = {n: round(v, 6) for n, v in nx.betweenness_centrality(graph).items()}
    if measure == "articulation":
        before = nx.number_connected_components(graph) if graph else 0
        values = {}
        for point in nx.articulation_points(graph):
            rest = graph.copy()
            rest.remove_node(point)
            values[point] = float(nx.number_connected_components(rest) - before + 1)
    return sorted(values.items(), key=lambda item: (-item[1], world.key(item[0])))
