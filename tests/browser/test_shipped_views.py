"""Views of the shipped examples and of a plan of 300 units, as a reader first sees them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.store import Store
from graph.vocabulary import EntityType
from tests.api.conftest import EXAMPLES, settings_in
from tests.browser.waiting import VIEW, painted
from tests.viz.plans import generated, pair, partner, small_pairs, store_with
from viz.registry import find_view
from viz.rendering import render
from viz.scene import Scene

pytestmark = pytest.mark.browser

Box = list[float]


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    from ingest.library import Library

    folder: Path = tmp_path_factory.mktemp("shipped")
    examples = EmbeddedStore(folder / "examples", timeout=30)
    Library(examples, settings_in(folder / "examples")).ingest_paths(EXAMPLES)
    plan = store_with(folder / "plan", generated(300, 600))
    yield {"examples": examples, "plan": plan}
    examples.close()
    plan.close()


def scene_of(store: Store, view: str, **given: object) -> Scene:
    found = find_view(view)
    return found.build(store, found.params.model_validate(given))


def boxes_drawn(page: Any) -> dict[str, Box]:
    return page.evaluate(f"Object.fromEntries({VIEW}.labelRects)")


def scroll_to(page: Any, top: float) -> None:
    page.evaluate(
        f"""top => new Promise(done => {{
            {VIEW}.canvas.scrollTop = top;
            requestAnimationFrame(() => requestAnimationFrame(() => done(0)));
        }})""",
        top,
    )


def meeting(boxes: dict[str, Box]) -> list[tuple[str, str]]:
    return [
        (a, b)
        for (a, p), (b, q) in combinations(boxes.items(), 2)
        if p[0] < q[0] + q[2] and q[0] < p[0] + p[2] and p[1] < q[1] + q[3] and q[1] < p[1] + p[3]
    ]


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
@pytest.mark.parametrize(
    ("store", "view", "given"),
    [
        ("examples", "bridge", {}),
        ("examples", "bridge", {"status": "all"}),
        ("examples", "bridge", {"status": "all", "lang": "en"}),
        ("examples", "tasks", {"status": "all"}),
        ("plan", "bridge", {}),
    ],
)
def test_every_label_is_drawn_and_none_meets_another_from_top_to_end(
    stores: dict[str, Store],
    new_page: Any,
    file_of: Callable[[bytes, str], str],
    store: str,
    view: str,
    given: dict[str, object],
    size: tuple[int, int],
) -> None:
    scene = scene_of(stores[store], view, **given)
    assert scene.nodes
    page = new_page(width=size[0], height=size[1])
    page.goto(file_of(render(scene, "html"), "view.html"))
    painted(page)
    seen: set[str] = set()
    height, all_of_it = page.evaluate(f"[{VIEW}.canvas.clientHeight, {VIEW}.canvas.scrollHeight]")
    top = 0.0
    while True:
        scroll_to(page, top)
        boxes = boxes_drawn(page)
        assert not meeting(boxes)
        seen |= boxes.keys()
        if top + height >= all_of_it:
            break
        top += height * 0.8
    assert seen == {node.id for node in scene.nodes}


@pytest.mark.parametrize("view", ["bridge", "tasks", "network", "neighbourhood", "coverage"])
def test_a_sealed_file_says_all_and_asks_nobody(
    stores: dict[str, Store], new_page: Any, file_of: Callable[[bytes, str], str], view: str
) -> None:
    given = {"status": "all", **({"id": "unit:北仑区"} if view == "neighbourhood" else {})}
    scene = scene_of(stores["examples"], view, **given)
    file = render(scene, "html")
    page = new_page(offline=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    address = file_of(file, "sealed.html")
    page.goto(address)
    page.wait_for_timeout(300)
    assert asked == [address]
    said = page.locator(".cg-view").inner_text()
    assert scene.caption.data_date in said
    assert "状态：正式与示例" in said
    assert ("示例" in page.locator(".cg-title").inner_text()) == scene.caption.illustrative
    assert all(source in said for source in scene.caption.sources[:3])
    assert page.locator(".cg-legend .cg-key").count() >= 1
    if scene.matrix:
        page.locator(".cg-matrix summary").first.click()
        assert page.locator(".cg-why:visible").count() == 1
        assert len(file) < 100_000
        return
    painted(page)
    data = page.evaluate("document.querySelector('.cg-data').textContent")
    rows = page.evaluate("document.querySelector('.cg-table').outerHTML")
    assert len(file) - len(data.encode()) - len(rows.encode()) < 1_000_000
    page.locator(".cg-canvas").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    shown = page.locator(".cg-panel").inner_text()
    texts = [e[4] for edge in json.loads(data)["edges"] for e in edge["evidence"] if e[4]]
    assert any(f"“{text}”" in shown for text in texts)
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    assert page.locator(".cg-table tbody tr").count() == len(scene.lines)
    assert page.locator(".cg-table").is_visible()
    assert asked == [address]


@pytest.mark.parametrize(("width", "height"), [(480, 320), (640, 420), (390, 760)])
def test_no_label_of_a_network_is_cut_off_in_a_small_frame(
    stores: dict[str, Store], new_page: Any, file_of: Callable[[bytes, str], str], width: int, height: int
) -> None:
    page = new_page(width=width, height=height)
    scene = scene_of(stores["examples"], "network", status="all")
    page.goto(file_of(render(scene, "html", mode="embed"), "frame.html"))
    painted(page)
    wide, high = page.evaluate(f"[{VIEW}.canvas.clientWidth, {VIEW}.canvas.clientHeight]")
    boxes = boxes_drawn(page)
    assert len(boxes) > 8
    for x, y, w, h in boxes.values():
        assert x >= 0 and y >= 0 and x + w <= wide and y + h <= high


@pytest.mark.parametrize("view", ["tasks", "bridge"])
def test_a_phone_shows_all_columns_at_once(
    stores: dict[str, Store], new_page: Any, file_of: Callable[[bytes, str], str], view: str
) -> None:
    page = new_page(width=358, height=420)
    scene = scene_of(stores["examples"], view, status="all")
    page.goto(file_of(render(scene, "html", mode="embed"), "frame.html"))
    painted(page)
    assert page.evaluate(f"{VIEW}.canvas.scrollWidth <= {VIEW}.canvas.clientWidth")
    boxes = boxes_drawn(page)
    assert len(boxes) > 8
    assert not meeting(boxes)
    wide = page.evaluate(f"{VIEW}.canvas.clientWidth")
    assert all(x >= 0 and x + w <= wide for x, _, w, _ in boxes.values())
    drawn = page.evaluate(f"{VIEW}.order.map(n => [n.name, n.lines.join('')])")
    assert all(name.endswith(label) for name, label in drawn)  # broken, never shortened
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    sheets = page.locator(".cg-sheet").count()
    assert sheets == (1 if view == "tasks" else 2)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(f"{VIEW}.canvas.scrollWidth <= {VIEW}.canvas.clientWidth")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_timeout(200)
    labels = {node.id: node.label.split("\n") for node in scene.nodes}
    assert page.evaluate(f"Object.fromEntries({VIEW}.order.map(n => [n.id, n.lines]))") == labels


def test_labels_of_a_dense_network_leave_marks_free_but_name_the_hubs(
    stores: dict[str, Store], new_page: Any, file_of: Callable[[bytes, str], str]
) -> None:
    page = new_page(width=1280, height=800)
    page.goto(file_of(render(scene_of(stores["plan"], "network"), "html"), "network.html"))
    painted(page)
    boxes = boxes_drawn(page)
    assert not meeting(boxes)
    places: dict[str, tuple[float, float]] = page.evaluate(
        f"""Object.fromEntries({VIEW}.order.map(n => {{
            const at = {VIEW}.network.canvasToDOM({{ x: n.x, y: n.y }});
            return [n.id, [at.x, at.y]];
        }}))"""
    )
    covering = {
        label
        for label, (x, y, w, h) in boxes.items()
        for node, (a, b) in places.items()
        if node != label and x < a < x + w and y < b < y + h
    }
    by_ties: list[str] = page.evaluate(f"{VIEW}.order.map(n => n.id)")
    most = set(by_ties[: len(by_ties) // 50])
    assert covering <= most
    assert len(most & boxes.keys()) >= len(most) / 2


def heights_drawn(page: Any) -> dict[str, tuple[int, float]]:
    """Column, and pixels from the top of the picture to each mark as drawn."""
    return page.evaluate(
        f"""() => {{
            const view = {VIEW};
            const top = view.canvas.scrollTop;
            const y = n => view.network.canvasToDOM({{ x: n.x, y: n.y }}).y + top;
            return Object.fromEntries(view.order.map(n => [n.id, [n.homeX, y(n)]]));
        }}"""
    )


def slot_drawn(heights: dict[str, tuple[int, float]], column: int) -> float:
    """Pixels between two neighbours of a column where they stand widest."""
    stand = sorted(y for x, y in heights.values() if x == column)
    return max(b - a for a, b in pairwise(stand))


@pytest.mark.parametrize("added", [(0, 1), (6, 9), (3, None)])
def test_a_pair_that_comes_in_moves_what_is_drawn_by_a_slot_at_most(
    tmp_path: Path, new_page: Any, file_of: Callable[[bytes, str], str], added: tuple[int, int | None]
) -> None:
    before = small_pairs()
    units = [e for e in before.entities if e.type is EntityType.UNIT]
    partners = [e for e in before.entities if e.type is not EntityType.UNIT]
    home = units[added[0]]
    other = partner(EntityType.PARK, "上海新来园区") if added[1] is None else partners[added[1]]
    claim = pair(before.document.id, home, other, added[0] + 2)
    known = {e.id: e for e in (*before.entities, other)}
    after = replace(
        before, entities=tuple(known.values()), mentions=tuple(known), claims=(*before.claims, claim)
    )
    assert claim.id not in {c.id for c in before.claims}
    drawn: list[dict[str, tuple[int, float]]] = []
    for number, reading in enumerate((before, after)):
        store = store_with(tmp_path / str(number), reading)
        page = new_page()
        page.goto(file_of(render(scene_of(store, "bridge"), "html"), f"{number}.html"))
        painted(page)
        drawn.append(heights_drawn(page))
        store.close()
    for node, (column, y) in drawn[0].items():
        if node not in (home.id, other.id):
            assert abs(drawn[1][node][1] - y) <= slot_drawn(drawn[1], column) + 1, node
