"""Asking the explorer by name, finding one's way back, on a phone and on paper."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.serving import follow
from tests.browser.waiting import VIEW, painted, until

pytestmark = pytest.mark.browser


def test_two_names_are_connected_step_by_step_to_the_cell(explorer: str, new_page: Any) -> None:
    page = new_page()
    page.goto(explorer)
    page.locator("nav details > summary").click()
    follow(page.get_by_role("link", name="联系路径"))
    expect(page.get_by_role("heading", name="请填两个名称")).to_be_visible()
    page.get_by_label("起点").press_sequentially("bl")
    page.locator("datalist option[value=北仑区]").wait_for(state="attached")
    page.get_by_label("起点").fill("北仑区")
    page.get_by_label("终点").fill("陈炳荣")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    chain = page.locator(".chain")
    expect(chain).to_have_count(1)
    expect(chain.locator("li > .entity")).to_have_text(
        ["北仑区", "各区县(市)政府", "建立两地经信领域深层次紧密交流合作机制", "陈炳荣"]
    )
    expect(chain.locator(".tie .term")).to_have_text(["↓ 成员", "↓ 配合", "↑ 牵头领导"])
    expect(chain.locator(".tie").first).to_contain_text("名录：国家统计局统计用区划代码")
    follow(chain.locator("a[href*='#t']").last)
    expect(page.locator("td:target")).to_contain_text("陈炳荣")
    page.go_back()
    follow(page.get_by_role("link", name="互换"))
    expect(page.locator(".chain li > .entity").first).to_have_text("陈炳荣")


def test_what_is_not_connected_is_said_with_a_next_step(explorer: str, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{explorer}/paths?source=北仑区&target=陈炳荣&max_length=1")
    expect(page.get_by_role("heading", name="1 步以内没有联系")).to_be_visible()
    follow(page.get_by_role("link", name="找 6 步以内的"))
    expect(page.locator(".chain")).to_have_count(1)
    page.goto(f"{explorer}/paths?source=北仑区&target=北仑区人民政府")
    expect(page.get_by_role("heading", name="两个名称是同一个对象")).to_be_visible()
    page.goto(f"{explorer}/paths?source=北仑区&target=上海交通大学")
    follow(page.get_by_role("link", name="一并查看示例"))
    expect(page.locator(".chain .badge").first).to_have_text("示例")


@pytest.mark.parametrize("path", ["/pairs?unit=北伦区", "/paths?source=北伦区&target=汪清县"])
def test_a_mistyped_name_is_mended_beside_its_form(
    explorer: str, new_page: Any, watch: Any, path: str
) -> None:
    page = new_page()
    page.goto(explorer + path)
    expect(page.locator("form.filters input.set").first).to_have_value("北伦区")
    follow(page.get_by_role("alert").get_by_role("link", name="北仑区"))
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("form.filters input.set").first).to_have_value("北仑区")
    expect(page.locator("main .entity", has_text="汪清县").first).to_be_visible()
    watch.errors[:] = [error for error in watch.errors if "422" not in error]


def test_who_holds_the_network_together_is_explained_in_words(explorer: str, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{explorer}/centrality?status=all")
    expect(page.locator(".measure")).to_contain_text("与多少个对象有直接联系")
    first = page.locator("tbody tr").first
    expect(first.locator("td.num")).to_have_text(["6", "1"])
    expect(first.locator("summary")).to_have_text("6 条依据")
    with page.expect_navigation():
        page.get_by_label("指标").select_option("betweenness")
    expect(page.locator(".measure")).to_contain_text("有百分之几从它经过")
    expect(first.locator("td.num").first).to_have_text("10.1 %")
    follow(first.locator("td.num a"))
    expect(page.locator(".cg-title")).to_contain_text("江北区 · 关系一览")


def test_what_is_chosen_in_a_picture_is_in_its_address(explorer: str, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{explorer}/views/bridge?status=all", wait_until="load")
    page.locator(".cg-canvas").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**#chosen=**")
    name = page.locator(".cg-panel h2").inner_text()
    again = new_page()
    again.goto(page.url, wait_until="load")
    expect(again.locator(".cg-panel h2")).to_have_text(name)
    assert again.evaluate(f"{VIEW}.chosen.name") == name
    again.keyboard.press("Escape")
    again.wait_for_url(lambda url: "#" not in url)


def test_a_phone_begins_with_the_list_of_what_is_too_wide_and_folds_the_filters(
    explorer: str, new_page: Any
) -> None:
    page = new_page(width=390, height=800)
    page.goto(f"{explorer}/views/paths?source=北仑区&target=陈炳荣", wait_until="load")
    table, canvas = page.locator(".cg-table"), page.locator(".cg-canvas")
    expect(table).to_be_visible()
    expect(canvas).to_be_hidden()
    wide = page.evaluate("document.querySelector('.cg-table table').getBoundingClientRect().width")
    assert wide <= 390
    page.get_by_role("button", name="图", exact=True).click()
    expect(canvas).to_be_visible()
    expect(table).to_be_hidden()
    page.goto(f"{explorer}/pairs?unit=unit:北仑区")
    expect(page.locator("form.filters")).to_be_hidden()
    expect(page.locator(".in-words")).to_have_text("单位：北仑区")
    page.locator("#filters-shown").press("Space")
    expect(page.get_by_label("单位", exact=True)).to_have_value("北仑区")
    expect(page.get_by_label("单位", exact=True)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_holds_the_whole_picture_its_filters_and_its_address(
    explorer: str, new_page: Any, scheme: str
) -> None:
    page = new_page(color_scheme=scheme)
    page.goto(f"{explorer}/views/bridge?status=all", wait_until="load")
    painted(page)
    before = page.evaluate(f"[{VIEW}.network.getScale(), {VIEW}.canvas.scrollTop]")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".cg-sheets")).to_be_visible()
    expect(page.locator(".cg-stage")).to_be_hidden()
    expect(page.locator(".top")).to_be_hidden()
    expect(page.locator("p.on-paper")).to_contain_text("/views/bridge?status=all")
    sheets = page.evaluate(
        """[...document.querySelectorAll('.cg-sheet')].map(sheet => {
            const pixels = sheet.getContext('2d').getImageData(0, 0, sheet.width, sheet.height).data;
            let ink = 0;
            for (let i = 0; i < pixels.length; i += 4) {
                if (pixels[i + 3] > 200 && pixels[i] + pixels[i + 1] + pixels[i + 2] < 200) ink++;
            }
            return [sheet.width, sheet.height, ink];
        })"""
    )
    drawn = page.evaluate(
        f"Math.max(...{VIEW}.order.map(n => n.y)) - Math.min(...{VIEW}.order.map(n => n.y))"
    )
    assert sum(height for _, height, _ in sheets) / 2 > 0.78 * drawn
    for width, _, ink in sheets:
        assert width == 2 * 980
        assert ink > 500  # black on white, whatever the screen's scheme
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".cg-sheets")).to_have_count(0)
    expect(page.locator(".cg-canvas")).to_be_visible()
    until(page, f"before => {VIEW}.network.getScale() === before", before[0])
    assert page.evaluate(f"{VIEW}.canvas.scrollTop") == before[1]
