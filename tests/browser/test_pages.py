"""The explorer's pages over the examples, in a real browser."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.api.conftest import settings_in
from tests.browser.every_page import LISTS, with_state
from tests.browser.serving import follow, serving
from tests.browser.waiting import painted
from tests.parts import ROOT

pytestmark = pytest.mark.browser


def test_lists_are_read_without_javascript(explorer: str, new_page: Any) -> None:
    page = new_page(java_script_enabled=False)
    for path in LISTS:
        page.goto(explorer + with_state(path, status="all"))
        assert page.locator("table tbody tr").count() > 1, path
    page.goto(f"{explorer}/pairs?status=all")
    before = page.locator("tbody th").all_inner_texts()
    follow(page.get_by_role("link", name="对口对象", exact=True).first)
    assert "sort=counterpart" in page.url
    assert page.locator("tbody th").all_inner_texts() != before
    page.get_by_label("对象类型").select_option("Park")
    follow(page.get_by_role("button", name="筛选"))
    assert "counterpart_type=Park" in page.url
    kinds = page.locator("tbody td[data-label=对口对象] svg polygon").count()
    assert page.locator("tbody tr").count() == kinds > 10


def test_from_two_letters_to_the_lit_cell_in_three_clicks(explorer: str, new_page: Any) -> None:
    page = new_page()
    page.goto(explorer)
    page.locator("#find").type("bl")
    page.get_by_role("option", name=re.compile("^北仑区")).click()  # 1
    page.wait_for_url("**/entities/**")
    relation = page.locator(".relation", has_text="汪清县")
    relation.locator("a[href*='#t']").first.click()  # 2
    page.wait_for_url("**/documents/**#t1r8c3")
    lit = page.locator("td:target")
    assert lit.inner_text().startswith("汪清县")
    assert lit.is_visible()
    assert lit.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 242, 194)"
    row = lit.locator("xpath=..").inner_text()
    assert "北仑区" in row


def test_the_same_journey_by_keyboard_alone(explorer: str, new_page: Any) -> None:
    page = new_page()
    page.goto(explorer)
    page.keyboard.press("/")
    page.keyboard.type("bl")
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entities/**")
    for _ in range(60):
        page.keyboard.press("Tab")
        if "#t1r8c3" in (page.evaluate("document.activeElement.href || ''")):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/**#t1r8c3")
    assert page.evaluate("document.activeElement.id") == "t1r8c3"


def test_the_search_key_on_a_picture_is_the_pictures(explorer: str, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{explorer}/views/bridge?status=all", wait_until="load")
    painted(page)
    page.locator(".cg-canvas").focus()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.className") == "cg-query"


def test_a_cell_of_coverage_opens_its_reason(explorer: str, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{explorer}/coverage?status=all")
    cell = page.locator("td.state-blank summary").first
    cell.focus()
    page.keyboard.press("Enter")
    inside = page.locator("td.state-blank details[open] .inside").first
    assert inside.is_visible()
    assert inside.locator("a[href*='#t']").count() >= 1
    assert "可考虑" in inside.inner_text()


def test_coverage_counts_gaps_apart_from_what_is_to_be_verified(explorer: str, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{explorer}/coverage?programme=沪甬产业合作")
    texts: list[str] = page.locator(".figure").all_inner_texts()
    figures = {words: number for number, _, words in (text.partition("\n") for text in texts)}
    assert figures["个单位"] == "17"
    assert figures["格待核实"] == "51"
    assert figures["处已知空缺"] == "0"
    assert page.locator("tbody th[scope=row]").count() == 17
    page.goto(f"{explorer}/coverage?status=all")
    follow(page.locator(".legend a.state-blank"))
    assert "state=blank" in page.url
    assert 0 < page.locator("tbody tr:has(th[scope=row])").count() < 17
    assert page.locator("tbody tr:has(th[scope=row]):not(:has(.state-blank))").count() == 0


def test_coverage_stands_by_programme(explorer: str, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{explorer}/coverage?status=all")
    follow(page.get_by_role("link", name="按合作事项分列"))
    heads = page.locator("th[scope=colgroup]")
    assert heads.count() == 2
    assert "沪甬产业合作" in heads.all_inner_texts()
    zone = page.locator("tr", has=page.get_by_role("link", name="宁波大榭开发区"))
    assert "文件写明无" in zone.inner_text()
    follow(heads.get_by_role("link", name="沪甬产业合作"))
    assert "programme=" in page.url
    assert "by=" not in page.url


def test_the_start_page_is_official_and_offers_the_illustrative_plan(explorer: str, new_page: Any) -> None:
    page = new_page()
    page.goto(explorer)
    assert page.locator(".badge").count() == 0
    assert page.locator("[aria-current=true]", has_text="正式").count() == 1
    assert page.locator("a.figure", has_text="条对口关系").inner_text().startswith("10")
    follow(page.get_by_role("link", name="一并查看示例"))
    assert page.url.endswith("?status=all")
    assert page.locator(".badge").count() == 1
    assert page.locator("a.figure", has_text="条对口关系").inner_text().startswith("51")
    assert page.get_by_role("note").is_visible()


@pytest.mark.parametrize(
    "path", ["/pairs", "/gaps", "/coverage", "/entities/unit:北仑区", "/documents", "/overlap"]
)
def test_illustrative_claims_are_marked_wherever_they_show(explorer: str, new_page: Any, path: str) -> None:
    page = new_page()
    page.goto(explorer + with_state(path, status="illustrative"))
    if path == "/coverage":
        page.evaluate("document.querySelectorAll('td details').forEach(d => d.open = true)")
    holders = page.locator("main :is(.proofs li, .list th):has(a[href*='/documents/doc:'])")
    assert holders.count() > 0
    for holder in holders.all()[:40]:
        assert holder.locator(".badge", has_text="示例").count() >= 1, holder.inner_text()


def test_a_hostile_name_is_text(new_page: Any, tmp_path: Path) -> None:
    from tests.viz.plans import HOSTILE, hostile_reading, store_with

    store = store_with(tmp_path, hostile_reading())
    page = new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    with serving(settings_in(tmp_path), store) as address:
        for path in ("/", "/pairs", "/search", "/load", "/coverage", "/documents", "/views/bridge"):
            page.goto(address + path, wait_until="load")
        page.goto(f"{address}/pairs")
        assert page.get_by_text(HOSTILE, exact=True).count() >= 1
        page.goto(f"{address}/documents/{quote('doc:测发〔2021〕1号')}")
        assert page.locator("h1").inner_text() == "<b>标题</b>"
        page.goto(address)
        page.locator("#find").type("script")
        page.get_by_role("option", name=HOSTILE).wait_for()
    store.close()
    assert not dialogs


def test_errors_are_pages_that_say_what_to_do(
    explorer: str, new_page: Any, watch: Any, tmp_path: Path
) -> None:
    page = new_page()
    page.goto(f"{explorer}/entities/unit:北伦区")
    page.get_by_role("link", name="北仑区", exact=True).click()
    page.wait_for_url("**/entities/unit:**")
    page.goto(f"{explorer}/nothing")
    assert page.locator("h1").inner_text() == "没有找到"
    page.goto(f"{explorer}/pairs?unti=x&lang=en")
    assert "A filter in the address" in page.get_by_role("alert").inner_text()
    follow(page.get_by_role("link", name="Without these filters"))
    assert page.locator("h1").inner_text() == "Who pairs with whom"
    with serving(settings_in(tmp_path, neo4j_uri="bolt://127.0.0.1:1")) as address:
        page.goto(f"{address}/pairs")
        assert page.locator("h1").inner_text() == "暂时无法回答"
        assert page.get_by_role("link", name="再试一次").is_visible()
    watch.errors[:] = [error for error in watch.errors if "Failed to load resource" not in error]


def test_a_unit_s_page_tells_what_it_lacks(explorer: str, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{explorer}/search?q=大榭&status=all")
    follow(page.locator("tbody th a").first)
    standing = page.locator(".standing")
    assert standing.locator(".state-stated_none").count() == 2
    assert "可考虑" in page.locator("section", has=standing).inner_text()


def test_names_are_suggested_in_filters(explorer: str, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{explorer}/pairs")
    page.get_by_label("单位", exact=True).type("bl")
    option = page.locator("datalist option[value=北仑区]")
    option.wait_for(state="attached")
    page.get_by_label("单位", exact=True).fill("北仑区")
    page.keyboard.press("Enter")
    page.wait_for_url("**unit=**")
    assert "counterpart=" not in page.url
    assert set(page.locator("tbody th").all_inner_texts()) == {"北仑区"}


def test_what_a_document_changed_stands_on_the_start_page(new_page: Any, tmp_path: Path) -> None:
    from tests.viz.plans import revised, small_pairs, store_with

    store = store_with(tmp_path, small_pairs(), revised())
    page = new_page()
    with serving(settings_in(tmp_path), store) as address:
        page.goto(address)
        changes = page.get_by_role("link", name=re.compile("比上一份"))
        assert re.search("新增 [1-9]", changes.inner_text())
        follow(changes)
        assert page.locator("#added li, #moved li").count() > 0
        follow(page.locator("#added .entity, #moved .entity").first)
        assert page.locator(".changes h2").count() == 1
        assert page.locator(".changes a[href*='#t']").count() >= 1
    store.close()


SHOTS = {
    "start": "/?status=all",
    "coverage": "/coverage?status=all&programme=沪甬产业合作",
    "entity": "/entities/unit:北仑区?status=all",
    "bridge": "/views/bridge?status=all",
    "briefing": "/briefing?status=all&unit=北仑区",
}


def test_the_pictures_of_the_readme_can_be_made(explorer: str, new_page: Any, tmp_path: Path) -> None:
    """With UPDATE_IMAGES set, they replace those in docs/images."""
    page = new_page(width=1280, height=860)
    committed = ROOT / "docs" / "images"
    folder = committed if os.environ.get("UPDATE_IMAGES") else tmp_path
    for name, path in SHOTS.items():
        page.goto(explorer + path, wait_until="networkidle")
        if page.locator(".cg-net").count():
            painted(page)
        page.screenshot(path=folder / f"{name}.png")
        assert (folder / f"{name}.png").stat().st_size < 250_000
        assert (committed / f"{name}.png").is_file()
        for readme in ("README.md", "README.zh-CN.md"):
            assert f"docs/images/{name}.png" in (ROOT / readme).read_text(encoding="utf-8")


def test_a_choice_in_a_list_is_lit_in_the_picture_and_back(explorer: str, new_page: Any) -> None:
    page = new_page(width=1440, height=900)
    page.goto(f"{explorer}/pairs?status=all", wait_until="load")
    frame = page.locator("iframe[data-beside]").element_handle().content_frame()
    frame.wait_for_url(re.compile("/embed/bridge"))
    painted(frame)
    row = page.locator("tr", has_text="上海交通大学")
    row.locator("td").nth(0).click()
    view = "document.querySelector('.cg-view').coopgraph"
    chosen = frame.evaluate(
        f"[{view}.chosenEdge.from, {view}.chosenEdge.to].map(id => {view}.nodes.get(id).name)"
    )
    assert sorted(chosen) == sorted(["北仑区", "上海交通大学"])
    assert page.locator("tr.chosen").count() == 1
    place = frame.evaluate(
        f"""(() => {{
            const v = {view}, node = v.order.find(n => n.name === '江北区');
            const box = v.canvas.getBoundingClientRect(), at = v.network.canvasToDOM(node);
            return [box.x + at.x, box.y + at.y];
        }})()"""
    )
    box = page.locator("iframe[data-beside]").bounding_box()
    page.mouse.click(box["x"] + place[0], box["y"] + place[1])
    page.locator("tr.chosen", has_text="江北区").first.wait_for()
    texts = page.locator("tr.chosen th").all_inner_texts()
    assert len(texts) > 1
    assert set(texts) == {"江北区"}
