"""Placing: labels never meet, and the same data give the same picture."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.backends.embedded import EmbeddedStore
from graph.vocabulary import EntityType, Relation
from tests.parts import ROOT
from viz.layout.bridge import place_bridge
from viz.layout.columns import SLOT
from viz.layout.network import place_network
from viz.links import Actor, Link, plot
from viz.marks import label_box, node_box
from viz.registry import find_view
from viz.scene import Line, Node, Scene

KINDS = (EntityType.PARK, EntityType.INSTITUTE, EntityType.ENTERPRISE, EntityType.ORGANISATION)


def home(number: int) -> Actor:
    return Actor(
        f"unit:{number:03}区", EntityType.UNIT, f"第{number:03}区", "district", "宁波市", f"{number:03}"
    )


def partner(number: int) -> Actor:
    kind = KINDS[number % len(KINDS)]
    return Actor(f"{kind.lower()}:{number:03}", kind, f"上海第{number}对口机构有限公司")


def bridge(pairs: Sequence[tuple[int, int]]) -> tuple[Node, ...]:
    """Nodes of a bridge whose homes come in official order, as queries give them."""
    links = [Link(home(a), partner(b), Relation.PAIRED_WITH) for a, b in sorted(set(pairs))]
    homes = list({link.source.id: link.source for link in links}.values())
    partners = list({link.target.id: link.target for link in links}.values())
    return place_bridge(homes, partners, plot(links, undirected=False).lines)[0]


def order(nodes: Sequence[Node], column: int) -> list[str]:
    return [n.id for n in sorted(nodes, key=lambda n: n.y) if n.column == column]


pair_lists = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 24)), min_size=1, max_size=70)


@settings(max_examples=60, deadline=None)
@given(pair_lists, st.tuples(st.integers(0, 30), st.integers(0, 24)))
def test_adding_a_pair_moves_no_other_node_by_more_than_one_slot(
    pairs: list[tuple[int, int]], added: tuple[int, int]
) -> None:
    before, after = bridge(pairs), bridge([*pairs, added])
    own = {home(added[0]).id, partner(added[1]).id}
    for column in (0, 1):
        old, new = order(before, column), order(after, column)
        for node in old:
            if node not in own:
                assert abs(new.index(node) - old.index(node)) <= 1, node


def test_adding_a_pair_moves_labels_by_one_slot_in_pixels_at_most() -> None:
    pairs = [(a, b) for a in range(15) for b in (a % 8, 8 + a % 5)]
    before = {n.id: n for n in bridge(pairs)}
    for added in ((7, 3), (15, 2), (2, 20), (31, 24)):
        own = {home(added[0]).id, partner(added[1]).id}
        for node in bridge([*pairs, added]):
            if node.id in before and node.id not in own:
                assert abs(node.y - before[node.id].y) <= SLOT * 1.8


@settings(max_examples=40, deadline=None)
@given(pair_lists)
def test_bridge_labels_never_meet(pairs: list[tuple[int, int]]) -> None:
    assert not overlaps(bridge(pairs))


def test_a_unit_that_is_home_and_partner_stands_on_both_sides() -> None:
    a, b, c = (Actor(f"unit:{n}", EntityType.UNIT, n) for n in ("甲市", "乙市", "丙市"))
    links = [Link(a, b, Relation.PAIRED_WITH), Link(b, c, Relation.PAIRED_WITH)]
    nodes, _, lines = place_bridge([a, b], [b, c], plot(links, undirected=False).lines)
    assert [n.ref for n in nodes].count(b.id) == 2
    sides = {n.id: n.column for n in nodes}
    assert all(sides[line.source] == 0 and sides[line.target] == 1 for line in lines)


def overlaps(nodes: Sequence[Node]) -> list[tuple[str, str]]:
    return [(a.id, b.id) for a, b in combinations(nodes, 2) if label_box(a).meets(label_box(b))]


@pytest.mark.parametrize(
    ("view", "given"),
    [
        ("bridge", {}),
        ("bridge", {"status": "all"}),
        ("tasks", {}),
        ("network", {"status": "all"}),
        ("neighbourhood", {"id": "北仑区", "depth": 2}),
        ("neighbourhood", {"id": "市经信局", "depth": 3, "status": "all"}),
        ("paths", {"source": "江北区", "target": "鄞州区", "max_length": 6, "status": "all"}),
    ],
)
def test_no_two_labels_overlap(plan: EmbeddedStore, view: str, given: dict[str, object]) -> None:
    scene = draw(plan, view, given)
    assert scene.nodes
    assert not overlaps(scene.nodes)


def draw(store: EmbeddedStore, view: str, given: dict[str, object]) -> Scene:
    found = find_view(view)
    return found.build(store, found.params.model_validate(given))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=90))
def test_network_boxes_never_meet(pairs: list[tuple[int, int]]) -> None:
    drawn = plot(Link(home(a), partner(b), Relation.PAIRED_WITH) for a, b in pairs)
    nodes = place_network(drawn.actors, drawn.lines)
    assert not [(a.id, b.id) for a, b in combinations(nodes, 2) if node_box(a).meets(node_box(b))]


def test_a_thousand_labels_of_a_network_never_meet() -> None:
    lines: list[Line] = []
    drawn = plot(Link(home(i // 4), partner(i), Relation.PAIRED_WITH) for i in range(800))
    lines += drawn.lines
    lines += [
        Line(home(i).id, partner(7 * i % 800).id, Relation.PAIRED_WITH, "", False, 1, False)
        for i in range(200)
    ]
    nodes = place_network(drawn.actors, lines)
    assert len(nodes) == 1000
    assert not overlaps(nodes)


POSITIONS = """
import sys
sys.path.insert(0, {root!r})
from tests.viz.test_layout import home, partner
from graph.vocabulary import Relation
from viz.layout.network import place_network
from viz.links import Link, plot
drawn = plot(Link(home(i % 60), partner(i * 7 % 90), Relation.PAIRED_WITH) for i in range(160))
big = plot(Link(home(i % 150), partner(i * 7 % 211), Relation.PAIRED_WITH) for i in range(400))
for p in (drawn, big):
    for node in place_network(p.actors, p.lines):
        print(node.id, repr(node.x), repr(node.y))
"""


def test_positions_are_equal_between_processes() -> None:
    script = POSITIONS.format(root=str(ROOT))
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert runs[0].count("\n") > 400
