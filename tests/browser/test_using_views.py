"""Using a view: pointer, keyboard, search, legend and table, in sealed files in a real browser."""

from __future__ import annotations

import pytest

from tests.browser.sealed_views import Open, label_rects, on_screen, still
from tests.browser.waiting import VIEW

pytestmark = pytest.mark.browser


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


def test_coverage_opens_the_reason_of_a_cell(open_view: Open) -> None:
    page, _ = open_view("coverage")
    cell = page.locator(".cg-stated_none summary").first
    cell.click()
    assert page.locator(".cg-why:visible").count() == 1
    assert "单元格写明无" in page.locator(".cg-why:visible").inner_text()


def test_a_key_shows_the_keys(open_view: Open) -> None:
    page, _ = open_view("bridge")
    page.locator(".cg-canvas").focus()
    page.keyboard.press("?")
    assert "/" in page.locator(".cg-panel dt").all_inner_texts()
    page.keyboard.press("Escape")
    assert page.locator(".cg-panel").is_hidden()
