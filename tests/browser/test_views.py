"""Views as sealed files, opened from the disk in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest

from graph.backends.embedded import EmbeddedStore
from tests.browser.sealed_views import Open, label_rects, on_screen, still
from tests.browser.waiting import VIEW
from tests.viz.plans import (
    HOSTILE,
)
from viz.marks import mark_centre
from viz.registry import find_view
from viz.rendering import render

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
@pytest.mark.parametrize(
    ("view", "given"),
    [
        ("bridge", {}),
        ("bridge", {"status": "all", "theme": "dark"}),
        ("tasks", {}),
        ("bridge", {"lang": "en"}),
    ],
)
def test_no_two_labels_overlap_and_none_is_missing(
    open_view: Open, view: str, given: dict[str, object], size: tuple[int, int]
) -> None:
    page, scene = open_view(view, width=size[0], height=size[1], **given)
    rects = label_rects(page)
    scale = page.evaluate(f"{VIEW}.network.getScale()")
    below = page.evaluate(f"{VIEW}.canvas.clientHeight")
    for a, b in combinations(rects.values(), 2):
        assert not (
            a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]
        ), (a, b)
    visible = [n for n in scene.nodes if 20 < on_screen(page, n.id)[1] < below - 20]
    assert {n.id for n in visible} <= rects.keys()
    assert scale >= 0.8


@pytest.mark.parametrize(
    ("view", "store"),
    [
        ("bridge", "plan"),
        ("network", "plan"),
        ("tasks", "plan"),
        ("changes", "revision"),
        ("network", "large"),
    ],
)
def test_it_is_painted_at_its_final_positions(open_view: Open, view: str, store: str) -> None:
    page, scene = open_view(view, store)
    wanted = {n.id: mark_centre(n) for n in scene.nodes}
    for _ in range(2):
        placed = page.evaluate(f"{VIEW}.network.getPositions()")
        for node, (x, y) in wanted.items():
            assert abs(placed[node]["x"] - x) <= 1 and abs(placed[node]["y"] - y) <= 1
        page.wait_for_timeout(300)


def test_measured_widths_hold_in_the_browser(open_view: Open) -> None:
    page, _ = open_view("bridge")
    wider = page.evaluate(
        f"""() => {{
            const view = {VIEW};
            const ctx = document.createElement("canvas").getContext("2d");
            ctx.font = `400 13px ${{view.font}}`;
            return view.order.flatMap(n => n.lines.map(l => [l, ctx.measureText(l).width - n.labelWidth]))
                .filter(([, over]) => over > 1);
        }}"""
    )
    assert wider == []


def test_a_hostile_name_shows_as_text(open_view: Open) -> None:
    page, scene = open_view("bridge", "hostile")
    dialogs: list[str] = []
    page.on("dialog", lambda d: dialogs.append(d.message))
    node = next(n for n in scene.nodes if n.name == HOSTILE)
    page.mouse.click(*on_screen(page, node.id))
    page.locator(".cg-panel h2").wait_for()
    assert page.locator(".cg-panel h2").inner_text() == HOSTILE
    assert page.locator("img").count() == 0
    assert dialogs == []


def test_without_script_the_table_is_the_page(
    stores: dict[str, EmbeddedStore], new_page: Any, file_of: Callable[[bytes, str], str]
) -> None:
    view = find_view("bridge")
    scene = view.build(stores["plan"], view.params.model_validate({}))
    page = new_page(java_script_enabled=False)
    page.goto(file_of(render(scene, "html"), "plain.html"))
    assert page.locator(".cg-table").is_visible()
    assert page.locator(".cg-table tbody tr").count() == len(scene.lines)


@pytest.mark.parametrize("zoom", [0.3, 0.6, 1.0, 2.2])
def test_labels_are_readable_at_every_zoom(open_view: Open, zoom: float) -> None:
    page, _ = open_view("network", "large")
    page.evaluate(f"{VIEW}.network.moveTo({{ scale: {zoom}, animation: false }})")
    still(page)
    rects = label_rects(page)
    lines = page.evaluate(f"Object.fromEntries({VIEW}.order.map(n => [n.id, n.lines.length]))")
    assert rects
    for node, (_, _, _, height) in rects.items():
        assert height / lines[node] >= 13
    for a, b in combinations(rects.values(), 2):
        assert not (a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3])


def test_an_empty_answer_is_a_page_that_says_so(open_view: Open) -> None:
    page, _ = open_view("bridge", counterpart_type="Collective")
    assert page.locator(".cg-empty").is_visible()
    assert page.locator("canvas").count() == 0


@pytest.mark.parametrize(
    ("view", "theme"), [("bridge", "light"), ("bridge", "dark"), ("coverage", "light"), ("coverage", "dark")]
)
def test_axe_finds_nothing_serious(
    stores: dict[str, EmbeddedStore],
    new_page: Any,
    file_of: Callable[[bytes, str], str],
    view: str,
    theme: str,
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = find_view(view)
    scene = found.build(stores["plan"], found.params.model_validate({}))
    page = new_page()
    # A sealed file's policy would keep axe itself out.
    page.goto(file_of(render(scene, "html", mode="page", theme=theme), f"{view}.html"))
    page.wait_for_timeout(300)
    violations = Axe().run(page).response["violations"]
    assert [
        (v["id"], v["nodes"][0]["html"]) for v in violations if v["impact"] in ("serious", "critical")
    ] == []


def test_an_element_stands_in_a_page_under_a_strict_policy(
    stores: dict[str, EmbeddedStore], new_page: Any, file_of: Callable[[bytes, str], str]
) -> None:
    found = find_view("tasks")
    scene = found.build(stores["plan"], found.params.model_validate({}))
    policy = "default-src 'none'; script-src 'nonce-n1'; style-src 'nonce-n1'"
    element = render(scene, "html", mode="element", nonce="n1").decode()
    page = new_page()
    page.goto(
        file_of(
            f'<!doctype html><html lang="zh"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
            f'content="{policy}"><title>页</title><h1>页</h1>{element}{element}'.encode(),
            "host.html",
        )
    )
    page.locator(".cg-view.cg-on").nth(1).wait_for()
    page.wait_for_timeout(300)
    assert page.locator("canvas").count() == 2
    assert page.locator(".cg-canvas").first.bounding_box()["height"] > 200


@pytest.mark.parametrize(("width", "height"), [(640, 420), (390, 760)])
def test_a_frame_of_any_size_shows_title_picture_and_source(
    stores: dict[str, EmbeddedStore],
    new_page: Any,
    file_of: Callable[[bytes, str], str],
    width: int,
    height: int,
) -> None:
    found = find_view("bridge")
    scene = found.build(stores["plan"], found.params.model_validate({}))
    page = new_page(width=width, height=height)
    page.goto(file_of(render(scene, "html", mode="embed"), "frame.html"))
    page.locator(".cg-view.cg-on").wait_for()
    assert page.locator(".cg-title").is_visible()
    assert page.locator(".cg-sources").is_visible()
    assert page.locator(".cg-query").is_hidden()
    assert page.locator(".cg-canvas").bounding_box()["height"] > 0.5 * height
    root = "document.scrollingElement"
    assert page.evaluate(f"Math.max({root}.scrollHeight - innerHeight, {root}.scrollWidth - innerWidth)") <= 0


def test_a_tall_picture_scrolls_from_its_top_to_its_end_at_a_readable_size(open_view: Open) -> None:
    page, scene = open_view("bridge", "large")
    first = min(scene.nodes, key=lambda n: n.y)
    last = max(scene.nodes, key=lambda n: n.y)
    assert first.id in label_rects(page) and last.id not in label_rects(page)
    assert page.evaluate(f"{VIEW}.network.getScale()") >= 0.9
    page.locator(".cg-canvas").focus()
    page.evaluate(f"{VIEW}.canvas.scrollTop = {VIEW}.canvas.scrollHeight")
    still(page)
    still(page)
    assert last.id in label_rects(page) and first.id not in label_rects(page)


@pytest.mark.parametrize(
    ("width", "view", "given"),
    [(356, "bridge", {}), (620, "bridge", {}), (356, "neighbourhood", {"id": "leader:陈炳荣@宁波市"})],
)
def test_columns_draw_together_so_that_no_label_is_cut_off_in_a_narrow_frame(
    open_view: Open, width: int, view: str, given: dict[str, object]
) -> None:
    page, scene = open_view(view, width=width, height=500, **given)
    rects = label_rects(page)
    assert rects.keys() == {node.id for node in scene.nodes} or view == "bridge"  # whose end is scrolled to
    for left, _, wide, _ in rects.values():
        assert left >= 0 and left + wide <= width
