"""What a planner switched, chose and opened stands in the address: a copied link shows the same page again."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.waiting import painted

pytestmark = pytest.mark.browser

PARK = "button.cg-key[data-type=Park]"


def test_what_the_legend_switches_off_is_in_the_address_and_in_all_that_is_taken_away(
    explorer: str, new_page: Any
) -> None:
    page = new_page()
    page.goto(f"{explorer}/views/bridge?status=all")
    painted(page)
    whole = page.locator(".cg-count").inner_text()
    page.locator(PARK).click()
    page.wait_for_url("**hide=Park**")
    left = page.locator(".cg-count").inner_text()
    assert left != whole
    page.locator("details.share > summary").click()
    expect(page.locator("[data-page]")).to_have_value(re.compile("hide=Park"))
    expect(page.locator("[data-embed]")).to_have_value(re.compile("hide=Park"))
    offered = page.locator(".downloads a.chip").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert offered and all("hide=Park" in link for link in offered)
    again = new_page()
    again.goto(page.locator("[data-page]").input_value())
    painted(again)
    expect(again.locator(PARK)).to_have_attribute("aria-pressed", "false")
    expect(again.locator(".cg-count")).to_have_text(left)
    assert "未画：园区" in again.request.get(explorer + next(u for u in offered if ".svg" in u)).text()
    again.get_by_role("link", name="English").click()
    expect(again.locator("html")).to_have_attribute("lang", "en")
    expect(again.locator(PARK)).to_have_attribute("aria-pressed", "false")
    again.locator(PARK).click()
    expect(again).not_to_have_url(re.compile("hide="))


def test_the_table_in_place_of_the_picture_and_the_chosen_node_are_in_the_address(
    explorer: str, new_page: Any
) -> None:
    page = new_page()
    page.goto(f"{explorer}/views/network?status=all")
    painted(page)
    page.locator(".cg-query").fill("北仑区")
    page.keyboard.press("Enter")
    page.wait_for_url("**chosen=**")
    page.locator(".cg-canvas").press("t")
    page.wait_for_url("**as=table**")
    page.locator("button.cg-key[data-kind=LEADS]").click()
    again = new_page()
    again.goto(page.url)
    expect(again.locator(".cg-table")).to_be_visible()
    expect(again.locator(".cg-panel h2")).to_have_text("北仑区")
    expect(again.locator(".cg-query")).to_have_value("北仑区")
    leads = again.locator(".cg-table td").filter(has_text=re.compile("^牵头( ×|$)"))
    expect(leads.first).to_be_hidden()
    expect(leads.filter(visible=True)).to_have_count(0)


def test_a_list_keeps_what_the_picture_beside_it_leaves_out(explorer: str, new_page: Any) -> None:
    page = new_page(width=1600)
    page.goto(f"{explorer}/pairs?status=all")
    page.frame_locator("iframe[data-beside]").locator(PARK).click()
    page.wait_for_url("**hide=Park**")
    page.locator(".filters").get_by_role("button", name="筛选").click()
    page.wait_for_url("**hide=Park**")
    expect(page.frame_locator("iframe[data-beside]").locator(PARK)).to_have_attribute("aria-pressed", "false")
    page.get_by_role("link", name="看图").click()
    painted(page)
    expect(page.locator(PARK)).to_have_attribute("aria-pressed", "false")


def test_an_opened_cell_of_the_matrix_is_in_the_address(explorer: str, new_page: Any) -> None:
    for path in ("/coverage", "/views/coverage"):
        page = new_page()
        page.goto(f"{explorer}{path}?status=all")
        page.locator("td details:not([open]) summary").nth(4).click()
        page.wait_for_url("**#open=**")
        again = new_page()
        again.goto(page.url)
        expect(again.locator("td details[open]")).to_have_count(1)
        expect(again.locator("td details").nth(4)).to_have_attribute("open", "")


def test_what_is_wished_for_in_a_briefing_is_in_the_address_and_outlives_a_change_of_language(
    explorer: str, new_page: Any
) -> None:
    page = new_page()
    page.goto(f"{explorer}/briefing?unit=unit:北仑区")
    page.get_by_label("单位").fill("海曙区")
    page.get_by_label("PDF 简报").uncheck()
    page.get_by_label("语言").select_option("en")
    page.wait_for_url("**#in=en")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_label("Unit", exact=True)).to_have_value("海曙区")
    expect(page.get_by_label("PDF paper")).not_to_be_checked()
    expect(page.get_by_label("Word paper")).to_be_checked()
    again = new_page()
    again.goto(page.url.replace("lang=en", "lang=zh"))
    expect(again.get_by_label("语言")).to_have_value("en")
    expect(again.get_by_label("单位")).to_have_value("海曙区")
