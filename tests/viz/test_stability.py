"""The same data give the same picture: in any process, with any seed of hashing, from either store."""

from __future__ import annotations

import os
import subprocess
import sys
from bisect import bisect_left, insort
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.store import Change, Store
from graph.vocabulary import EntityType, Relation
from tests.parts import ROOT
from tests.viz.plans import generated, revised, small_pairs, tasks_reading
from tests.viz.test_layout import home
from viz.layout.bridge import place_bridge
from viz.links import Actor, Link, plot
from viz.registry import find_view
from viz.scene import Line, Node

DRAWN: tuple[tuple[str, dict[str, object]], ...] = (
    ("network", {"status": "all"}),
    ("network", {"grouped": "always"}),
    ("network", {"grouped": "always", "open": "宁波市 · 单位"}),
    ("bridge", {"status": "all"}),
    ("tasks", {}),
    ("neighbourhood", {"id": "市经信局", "depth": 3}),
    ("changes", {}),
    ("coverage", {}),
)
READINGS = (small_pairs(), tasks_reading(), generated(40, 90), revised())

PRINT = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from graph.backends.embedded import EmbeddedStore
from tests.viz.test_stability import drawn
store = EmbeddedStore(Path({folder!r}), timeout=30.0)
print(drawn(store))
"""


def drawn(store: Store) -> str:
    """Everything of every view that decides how it looks."""
    said: list[str] = []
    for name, given in DRAWN:
        view = find_view(name)
        scene = view.build(store, view.params.model_validate(given))
        said.append(f"{name} {given} {scene.headings}")
        said += [
            f"{n.id} {n.x!r} {n.y!r} {n.width!r} {n.height!r} {n.side} {n.label!r} {n.group}"
            for n in scene.nodes
        ]
        said += [f"{e.source} {e.target} {e.type} {e.count} {e.term} {e.change}" for e in scene.lines]
        if scene.matrix:
            said += [f"{row.id} {row.group} {list(row.cells.items())}" for row in scene.matrix.rows]
    return "\n".join(said)


def test_every_view_is_the_same_in_every_process(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path, timeout=30.0)
    store.apply(Change(readings=READINGS))
    here = drawn(store)
    store.close()
    script = PRINT.format(root=str(ROOT), folder=str(tmp_path))
    for seed in ("0", "1", "4242"):
        run = subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        )
        assert run.stdout.strip() == here.strip(), seed
    assert here.count("\n") > 200


@pytest.mark.neo4j
def test_both_stores_give_the_same_pictures(embedded_store: Store, neo4j_store: Store) -> None:
    for store in (embedded_store, neo4j_store):
        store.apply(Change(readings=READINGS))
    assert drawn(embedded_store) == drawn(neo4j_store)


def crossings(left: dict[str, int], right: dict[str, int], lines: Sequence[Line]) -> int:
    """Pairs of lines that cross, for orders of both columns: inversions, counted by insertion."""
    ends = sorted((left[line.source], right[line.target]) for line in lines)
    seen: list[int] = []
    found = 0
    for _, target in ends:
        found += len(seen) - bisect_left(seen, target + 1)
        insort(seen, target)
    return found


def column(nodes: Sequence[Node], index: int) -> dict[str, int]:
    stand = sorted((n for n in nodes if n.column == index), key=lambda n: n.y)
    return {node.id: place for place, node in enumerate(stand)}


def by_barycentre(
    left: dict[str, int], right: dict[str, int], nodes: Sequence[Node], lines: Sequence[Line]
) -> dict[str, int]:
    """Partners by type, then the mean of their home units' places (Sugiyama, Tagawa and Toda, "Methods for visual
    understanding of hierarchical system structures", IEEE SMC 11, 1981): the rule to measure against."""
    places: dict[str, list[int]] = {}
    for line in lines:
        places.setdefault(line.target, []).append(left[line.source])
    kinds: dict[EntityType, int] = {}
    types = {node.id: node.type for node in nodes}
    for node in right:
        kinds.setdefault(types[node], len(kinds))
    order = sorted(right, key=lambda i: (kinds[types[i]], sum(places[i]) / len(places[i]), right[i]))
    return {node: place for place, node in enumerate(order)}


@pytest.mark.parametrize("seed", range(8))
def test_crossings_are_about_as_few_as_by_barycentres_and_fewer_than_unsorted(seed: int) -> None:
    draw = Random(seed)
    kinds = (EntityType.PARK, EntityType.INSTITUTE, EntityType.ENTERPRISE)
    partners = [Actor(f"p:{i:03}", kinds[i % 3], f"机构{i}") for i in range(30)]
    near = draw.sample(range(30), 30)
    pairs = {(a, near[min(29, max(0, a + draw.randrange(-3, 4)))]) for a in range(30) for _ in range(3)}
    links = [Link(home(a), partners[b], Relation.PAIRED_WITH) for a, b in sorted(pairs)]
    homes = list({link.source.id: link.source for link in links}.values())
    found = list({link.target.id: link.target for link in links}.values())
    nodes, _, lines = place_bridge(homes, found, plot(links, undirected=False).lines)
    left, right = column(nodes, 0), column(nodes, 1)
    ours = crossings(left, right, lines)
    oracle = crossings(left, by_barycentre(left, right, nodes, lines), lines)
    types = list(dict.fromkeys(n.type for n in sorted(nodes, key=lambda n: n.y) if n.column == 1))
    by_name = sorted(found, key=lambda a: (types.index(a.type), a.id))
    unsorted = crossings(left, {a.id: i for i, a in enumerate(by_name)}, lines)
    assert ours <= 1.15 * oracle
    assert ours < unsorted


def test_crossings_are_counted_right() -> None:
    def line(a: str, b: str) -> Line:
        return Line(a, b, Relation.PAIRED_WITH, "", False, 1, False)

    left, right = {"a": 0, "b": 1, "c": 2}, {"x": 0, "y": 1, "z": 2}
    assert crossings(left, right, [line("a", "x"), line("b", "y"), line("c", "z")]) == 0
    assert crossings(left, right, [line("a", "z"), line("b", "y"), line("c", "x")]) == 3
    assert crossings(left, right, [line("a", "x"), line("a", "y"), line("b", "x"), line("b", "y")]) == 1
