"""A neighbourhood: its centre in the middle, what is near in two wings that curve about it, ring by ring.

Each wing gives every node a height of its own, so that labels never meet, and each further ring stands clear
of the labels of the one before. Nodes of one type stay together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.vocabulary import TYPES
from viz.layout.columns import SLOT
from viz.layout.text import block_size, clean, wrap
from viz.links import Actor
from viz.marks import node_size
from viz.scene import Line, Node, Side

RADIUS = 7.0
CENTRE_RADIUS = 12.0
REACH = 230.0
"""Pixels from the centre to the first ring at its widest."""
GAP = 70.0
LABEL_WIDTH = 196.0


def distances(centre: str, lines: Sequence[Line]) -> tuple[dict[str, int], dict[str, str]]:
    """Steps from the centre, and the node through which each is first reached."""
    near: dict[str, list[str]] = {}
    for line in lines:
        near.setdefault(line.source, []).append(line.target)
        near.setdefault(line.target, []).append(line.source)
    steps, parent, wave = {centre: 0}, dict[str, str](), [centre]
    while wave:
        reached: list[str] = []
        for node in wave:
            for other in near.get(node, ()):
                if other not in steps:
                    steps[other] = steps[node] + 1
                    parent[other] = node
                    reached.append(other)
        wave = reached
    return steps, parent


@dataclass(slots=True)
class _Tree:
    children: dict[str, list[Actor]]

    def weight(self, actor: Actor) -> int:
        """Slots that an actor with all that hangs on it takes."""
        return max(1, sum(self.weight(child) for child in self.children.get(actor.id, ())))


def _tree(centre: str, actors: Sequence[Actor], parent: Mapping[str, str]) -> _Tree:
    types = list(TYPES)
    children: dict[str, list[Actor]] = {}
    order = {actor.id: i for i, actor in enumerate(actors)}
    for actor in sorted(actors, key=lambda a: (types.index(a.type), order[a.id])):
        if actor.id != centre:
            children.setdefault(parent.get(actor.id, centre), []).append(actor)
    return _Tree(children)


def _halves(tree: _Tree, centre: str) -> tuple[list[Actor], list[Actor]]:
    """The first ring in two wings of about the same height, in order round the centre."""
    ring = tree.children.get(centre, [])
    total, used, right = sum(map(tree.weight, ring)), 0, list[Actor]()
    for actor in ring:
        if right and used + tree.weight(actor) / 2 > total / 2:
            break
        right.append(actor)
        used += tree.weight(actor)
    return right, ring[len(right) :]


class _Wing:
    """Places one wing: `sign` is 1 to the right, -1 to the left."""

    def __init__(self, tree: _Tree, sign: int, height: float) -> None:
        self.tree, self.sign, self.height = tree, sign, max(height, 1.0)
        self.side: Side = "right" if sign > 0 else "left"
        self.nodes: list[Node] = []

    def _bend(self, y: float) -> float:
        bulge = min(110.0, self.height * 0.22)
        return bulge * (math.sqrt(max(0.0, 1 - (y / (self.height / 2 + SLOT)) ** 2)) - 1)

    def place(self, actors: Sequence[Actor], top: float, ring: int) -> None:
        for actor in actors:
            height = self.tree.weight(actor) * SLOT
            y = top + height / 2
            name, lines = clean(actor.name), wrap(actor.name, LABEL_WIDTH)
            # Lines to further rings leave outwards: a label over many of them would stand in their way.
            side: Side = "below" if self.tree.weight(actor) > 1 else self.side
            width, tall = node_size(*block_size(lines), side, RADIUS)
            reach = REACH + (ring - 1) * (LABEL_WIDTH + GAP) + self._bend(y)
            x = self.sign * (reach if side == "below" else reach - RADIUS + width / 2)
            if side == "below":
                y += tall / 2 - RADIUS
            self.nodes.append(
                Node(
                    actor.id,
                    actor.type,
                    name,
                    "\n".join(lines),
                    round(x, 2),
                    y,
                    width,
                    tall,
                    ring,
                    side=side,
                )
            )
            self.place(self.tree.children.get(actor.id, []), top, ring + 1)
            top += height


def place_neighbourhood(centre: Actor, actors: Sequence[Actor], lines: Sequence[Line]) -> tuple[Node, ...]:
    """Nodes with `column` as the number of steps from the centre."""
    _, parent = distances(centre.id, lines)
    tree = _tree(centre.id, actors, parent)
    lines_of_name = wrap(centre.name, LABEL_WIDTH)
    width, height = node_size(*block_size(lines_of_name), "below", CENTRE_RADIUS)
    middle = Node(
        centre.id,
        centre.type,
        clean(centre.name),
        "\n".join(lines_of_name),
        0.0,
        height / 2 - CENTRE_RADIUS,
        width,
        height,
        radius=CENTRE_RADIUS,
    )
    placed = [middle]
    for sign, half in zip((1, -1), _halves(tree, centre.id), strict=True):
        tall = sum(map(tree.weight, half)) * SLOT
        wing = _Wing(tree, sign, tall)
        wing.place(half if sign > 0 else half[::-1], -tall / 2, 1)
        placed += wing.nodes
    return tuple(placed)
