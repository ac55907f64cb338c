"""Views as sealed files, opened from the disk in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.vocabulary import Status
from tests.browser.waiting import VIEW, painted
from tests.viz.plans import (
    HOSTILE,
    generated,
    hostile_reading,
    revised,
    small_pairs,
    store_with,
    tasks_reading,
)
from viz.marks import mark_centre
from viz.registry import find_view
from viz.rendering import render
from viz.scene import Scene

pytestmark = pytest.mark.browser

Opened = tuple[Any, Scene]
Open = Callable[..., Opened]


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, EmbeddedStore]:
    folder: Path = tmp_path_factory.mktemp("stores")
    illustrative = small_pairs("甬政办发〔2020〕7号", status=Status.ILLUSTRATIVE)
    return {
        "plan": store_with(folder / "plan", small_pairs(), tasks_reading(), illustrative),
        "revision": store_with(folder / "revision", small_pairs(), revised()),
        "hostile": store_with(folder / "hostile", hostile_reading()),
        "large": store_with(folder / "large", generated(300, 600)),
    }


@pytest.fixture
def open_view(stores: dict[str, EmbeddedStore], new_page: Any, file_of: Callable[[bytes, str], str]) -> Open:
    """Draws a view of a store and opens it, painted."""

    def opened(
        view: str, store: str = "plan", *, width: int = 1280, height: int = 800, **given: object
    ) -> Opened:
        found = find_view(view)
        scene = found.build(stores[store], found.params.model_validate(given))
        page = new_page(width=width, height=height)
        page.goto(file_of(render(scene, "html", theme=str(given.get("theme", "light"))), f"{view}.html"))
        if scene.nodes:
            painted(page)
        return page, scene

    return opened


def label_rects(page: Any) -> dict[str, list[float]]:
    """Rectangles of the labels as drawn, by node id."""
    return page.evaluate(f"Object.fromEntries({VIEW}.labelRects)")


def on_screen(page: Any, node_id: str) -> tuple[float, float]:
    """Where a node's mark stands on the page."""
    x, y = page.evaluate(
        f"""id => {{
            const view = {VIEW};
            const node = view.nodes.get(id);
            const box = view.canvas.getBoundingClientRect();
            const at = view.network.canvasToDOM({{ x: node.x, y: node.y }});
            return [box.left + at.x, box.top + at.y];
        }}""",
        node_id,
    )
    return x, y


def still(page: Any) -> None:
    """Wait for two frames, so that what a gesture asked for is drawn."""
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))"
    )


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


def test_hovering_lights_the_neighbours_only(open_view: Open) -> None:
    page, scene = open_view("bridge")
    node = next(n for n in scene.nodes if n.name == "北仑区")
    near = {line.target for line in scene.lines if line.source == node.id} | {node.id}
    assert len(label_rects(page)) == len(scene.nodes)
    page.mouse.move(*on_screen(page, node.id))
    still(page)
    still(page)
    assert label_rects(page).keys() == near
    page.mouse.move(3, 3)
    still(page)
    still(page)
    assert len(label_rects(page)) == len(scene.nodes)


def test_clicking_opens_the_evidence(open_view: Open) -> None:
    page, scene = open_view("bridge")
    node = next(n for n in scene.nodes if n.name == "北仑区")
    page.mouse.click(*on_screen(page, node.id))
    panel = page.locator(".cg-panel")
    panel.wait_for()
    said = panel.inner_text()
    for line in scene.lines:
        if line.source == node.id:
            assert next(n.name for n in scene.nodes if n.id == line.target) in said
    assert "对口联系计划" in said and "表1 第4行第2列" in said
    page.keyboard.press("Escape")
    assert panel.is_hidden()


def test_clicking_a_line_opens_its_evidence(open_view: Open) -> None:
    page, scene = open_view("network", relation="tasks")
    line = next(x for x in scene.lines if x.type == "LEADS")
    (ax, ay), (bx, by) = on_screen(page, line.source), on_screen(page, line.target)
    page.mouse.click(ax + (bx - ax) * 0.4, ay + (by - ay) * 0.4)
    page.locator(".cg-panel").wait_for()
    assert "牵头" in page.locator(".cg-panel").inner_text()


def test_changes_are_told_filtered_and_opened(open_view: Open) -> None:
    page, scene = open_view("changes", "revision")
    keys = page.locator("button.cg-key[data-kind]")
    told = [" ".join(text.split()) for text in keys.all_inner_texts()]
    assert told == ["＋ 新增 1", "－ 取消 3", "↛ 调整前 1", "→ 调整后 1", "不变 38"]
    drawn = keys.locator("line").evaluate_all("all => all.map(e => e.getAttribute('stroke-dasharray'))")
    assert len(set(drawn[:4])) == 4
    removed = {(x.source, x.target) for x in scene.lines if x.change == "removed"}
    at, ends = page.evaluate(
        f"""() => {{
            const view = {VIEW};
            const box = view.canvas.getBoundingClientRect();
            for (const edge of view.edges.filter(e => e.kind === "removed")) {{
                const [a, b] = [view.nodes.get(edge.from), view.nodes.get(edge.to)];
                const at = view.network.canvasToDOM({{ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }});
                if (view.network.getEdgeAt(at) === edge.id) return [[box.left + at.x, box.top + at.y], [a.id, b.id]];
            }}
        }}"""
    )
    assert tuple(ends) in removed
    page.mouse.click(*at)
    panel = page.locator(".cg-panel")
    panel.wait_for()
    assert "－ 取消" in panel.inner_text() and "表1 第" in panel.inner_text()
    page.keyboard.press("Escape")
    page.locator("button.cg-key[data-kind=kept]").click()
    still(page)
    assert "显示 6 条" in page.locator(".cg-count").inner_text()
    page.locator(".cg-canvas").focus()
    page.keyboard.press("t")
    rows = page.locator(".cg-table tbody tr")
    assert rows.count() == len(scene.lines)
    assert rows.filter(has_text="－ 取消").count() == 3


def test_search_finds_and_centres(open_view: Open) -> None:
    page, scene = open_view("network", "large")
    page.keyboard.press("Tab")
    page.locator(".cg-query").fill("第123区")
    assert page.locator(".cg-found li").first.inner_text().startswith("第123区")
    page.keyboard.press("Enter")
    node = next(n for n in scene.nodes if n.name == "第123区")
    still(page)
    x, y = on_screen(page, node.id)
    box = page.locator(".cg-canvas").bounding_box()
    assert abs(x - box["x"] - box["width"] / 2) < 180 and abs(y - box["y"] - box["height"] / 2) < 60
    assert page.locator(".cg-panel h2").inner_text() == "第123区"


def test_search_says_when_nothing_is_found(open_view: Open) -> None:
    page, _ = open_view("bridge")
    page.locator(".cg-query").fill("没有这个")
    assert "没有" in page.locator(".cg-found").inner_text()


def test_the_legend_is_a_filter(open_view: Open) -> None:
    page, scene = open_view("bridge")
    page.locator("button.cg-key[data-type=Institute]").click()
    still(page)
    gone = {n.id for n in scene.nodes if n.type == "Institute"}
    assert gone and not gone & label_rects(page).keys()
    left = sum(line.count for line in scene.lines if line.target not in gone)
    assert str(left) in page.locator(".cg-count").inner_text()
    page.locator("button.cg-key[data-type=Institute]").click()
    still(page)
    assert gone <= label_rects(page).keys()


def test_the_keyboard_walks_opens_and_closes(open_view: Open) -> None:
    page, scene = open_view("bridge")
    page.locator(".cg-canvas").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowDown")
    live = page.locator(".cg-live").inner_text()
    assert any(n.name in live for n in scene.nodes)
    page.keyboard.press("Enter")
    page.locator(".cg-panel").wait_for()
    page.keyboard.press("Escape")
    assert page.locator(".cg-panel").is_hidden()


def test_the_table_is_one_key_away(open_view: Open) -> None:
    page, scene = open_view("bridge")
    page.locator(".cg-canvas").focus()
    page.keyboard.press("t")
    assert page.locator(".cg-table").is_visible()
    assert page.locator(".cg-table tbody tr").count() == len(scene.lines)
    page.keyboard.press("t")
    assert page.locator(".cg-table").is_hidden()


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


def test_coverage_opens_the_reason_of_a_cell(open_view: Open) -> None:
    page, _ = open_view("coverage")
    cell = page.locator(".cg-stated_none summary").first
    cell.click()
    assert page.locator(".cg-why:visible").count() == 1
    assert "单元格写明无" in page.locator(".cg-why:visible").inner_text()


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


@pytest.mark.parametrize("width", [480, 620])
def test_columns_draw_together_so_that_no_label_is_cut_off_in_a_narrow_frame(
    open_view: Open, width: int
) -> None:
    page, _ = open_view("bridge", width=width, height=500)
    for left, _, wide, _ in label_rects(page).values():
        assert left >= 0 and left + wide <= width


def test_a_key_shows_the_keys(open_view: Open) -> None:
    page, _ = open_view("bridge")
    page.locator(".cg-canvas").focus()
    page.keyboard.press("?")
    assert "/" in page.locator(".cg-panel dt").all_inner_texts()
    page.keyboard.press("Escape")
    assert page.locator(".cg-panel").is_hidden()
