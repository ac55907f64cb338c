"""The network: force-directed within each component (rustworkx, seeded), labels kept apart, components packed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import rustworkx

from viz.layout.separate import Array, pack, push_apart, settle
from viz.layout.text import block_size, clean, wrap
from viz.links import Actor
from viz.marks import node_size
from viz.scene import Line, Node

SEED = 20190326
LABEL_WIDTH = 118.0
MARGIN = (14.0, 10.0)
"""Free room around each box, across and down."""
COMPONENT_GAP = 46.0
EXACT = 220
"""Size up to which a component is laid out by all its distances, which takes cubic time."""
ASPECT = 1.8
EVEN = 0.6
KEPT = 24
"""Pictures whose positions are kept in memory."""
SPREAD = 2.4
"""Area of a component by the area of its boxes."""


def degrees(count: int, ends: Sequence[tuple[int, int]]) -> list[int]:
    found = [0] * count
    for a, b in ends:
        found[a] += 1
        found[b] += 1
    return found


def _components(count: int, ends: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Indices by component, largest first, then by first member."""
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(count))
    graph.add_edges_from_no_data(list(ends))
    found = [sorted(part) for part in rustworkx.connected_components(graph)]
    return sorted(found, key=lambda part: (-len(part), part[0]))


def _forces(size: int, ends: Sequence[tuple[int, int]]) -> Array:
    """Positions of one component about the origin, by forces: by the distances in the graph (Kamada and Kawai)
    where that is quick enough, else by springs (Fruchterman and Reingold)."""
    if size == 1:
        return np.zeros((1, 2))
    if size == 2:
        return np.array(((-0.5, 0.0), (0.5, 0.0)))
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(size))
    graph.add_edges_from_no_data(list(ends))
    spiral = [(math.sqrt(i + 0.5), i * 2.399963) for i in range(size)]
    start = {i: (r * math.cos(angle), r * math.sin(angle)) for i, (r, angle) in enumerate(spiral)}
    if size <= EXACT:
        layout = rustworkx.kamada_kawai_layout(graph, pos=start)
    else:
        rounds = 150 if size < 800 else 60
        layout = rustworkx.spring_layout(graph, pos=start, k=1.0, num_iter=rounds, seed=SEED)
    found = np.array([layout[i] for i in range(size)], dtype=np.float64)
    return found - found.mean(axis=0)


def _level(shape: Array) -> Array:
    """The positions turned so that their longer axis lies level, the first node to the upper left."""
    if len(shape) < 3:
        return shape
    _, axes = np.linalg.eigh(shape.T @ shape)
    turned: Array = shape @ axes[:, ::-1]
    return turned * np.where(turned[0] > 0, -1.0, 1.0)


def _evened(shape: Array) -> Array:
    """A large component spread more evenly: each coordinate half its own, half its rank, so that the crowded
    middle that springs leave gives its labels room while the order of places stays."""
    if len(shape) <= EXACT:
        return shape
    ranks = shape.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / (len(shape) - 1) - 0.5
    extent = shape.max(axis=0) - shape.min(axis=0)
    return (1 - EVEN) * shape + EVEN * ranks * extent


def _scaled(shape: Array, sizes: Array) -> Array:
    """The positions in pixels: spread to about the proportions of a screen, so that boxes fill about half of the
    area they stand in."""
    if len(shape) == 1:
        return shape
    extent = shape.max(axis=0) - shape.min(axis=0)
    longest = float(extent.max())
    extent = np.maximum(extent, 0.3 * longest)
    stretch = min(1.6, max(1.0, ASPECT / float(extent[0] / extent[1])))
    area = float((sizes[:, 0] * sizes[:, 1]).sum()) * SPREAD
    factor = math.sqrt(area / float(extent[0] * extent[1] * stretch))
    return shape * np.array((factor * stretch, factor))


def place_component(sizes: Array, ends: Sequence[tuple[int, int]]) -> Array:
    """Centres of one component's boxes, none overlapping, its top-left corner at the origin."""
    degree = degrees(len(sizes), ends)
    roomy = sizes + np.array(MARGIN)
    centres = push_apart(_scaled(_evened(_level(_forces(len(sizes), ends))), roomy), roomy)
    priority = sorted(range(len(sizes)), key=lambda i: (-degree[i], i))
    centres = settle(centres, roomy, priority)
    return centres - (centres - sizes / 2).min(axis=0)


def _boxed(actors: Sequence[Actor], degree: Sequence[int], members: Mapping[str, int]) -> list[Node]:
    """Nodes of their size, still without a place: marks grow with the logarithm of what they join or hold."""
    nodes: list[Node] = []
    for actor, edges in zip(actors, degree, strict=True):
        lines = wrap(actor.name, LABEL_WIDTH)
        held = members.get(actor.id, 0)
        radius = min(34.0, 12 + 2.2 * math.log2(held)) if held else min(15.0, 6 + 1.4 * math.log2(1 + edges))
        width, height = node_size(*block_size(lines), "below", radius)
        label = "\n".join(lines)
        name = clean(actor.name)
        nodes.append(Node(actor.id, actor.type, name, label, 0, 0, width, height, radius=radius))
    return nodes


def place_network(
    actors: Sequence[Actor], lines: Sequence[Line], *, members: Mapping[str, int] | None = None
) -> tuple[Node, ...]:
    """Nodes at their final places, the picture centred on the origin. `members` tells how many entities stand
    behind an actor that is a group."""
    if not actors:
        return ()
    index = {actor.id: i for i, actor in enumerate(actors)}
    ends = list(dict.fromkeys((index[line.source], index[line.target]) for line in lines))
    boxed = _boxed(actors, degrees(len(actors), ends), members or {})
    centres = place_boxes(np.array([(n.width, n.height) for n in boxed]), ends)
    return tuple(
        replace(node, x=round(float(x), 2), y=round(float(y), 2))
        for node, (x, y) in zip(boxed, centres, strict=True)
    )


def place_boxes(sizes: Array, ends: Sequence[tuple[int, int]]) -> Array:
    """Centres of boxes joined by `ends` (pairs of indices). Kept for the last few pictures, by all that decides
    them, so that the same data under another theme, filter of words or format are not laid out again."""
    return _kept(sizes.tobytes(), tuple(ends)).copy()


@lru_cache(maxsize=KEPT)
def _kept(sizes: bytes, ends: tuple[tuple[int, int], ...]) -> Array:
    return _components_placed(np.frombuffer(sizes, dtype=np.float64).reshape(-1, 2), ends)


def _components_placed(sizes: Array, ends: Sequence[tuple[int, int]]) -> Array:
    """Components placed one by one, then packed about the origin."""
    parts = _components(len(sizes), ends)
    owner = {member: number for number, part in enumerate(parts) for member in part}
    inner: list[list[tuple[int, int]]] = [[] for _ in parts]
    local = {member: i for part in parts for i, member in enumerate(part)}
    for a, b in ends:
        inner[owner[a]].append((local[a], local[b]))
    placed = [place_component(sizes[part], inner[i]) for i, part in enumerate(parts)]
    extents: list[tuple[float, float]] = []
    for part, centres in zip(parts, placed, strict=True):
        width, height = (centres + sizes[part] / 2).max(axis=0)
        extents.append((float(width), float(height)))
    result = np.zeros_like(sizes)
    for part, centres, corner in zip(parts, placed, pack(extents, gap=COMPONENT_GAP), strict=True):
        result[part] = centres + np.array(corner)
    low, high = (result - sizes / 2).min(axis=0), (result + sizes / 2).max(axis=0)
    return result - (low + high) / 2
