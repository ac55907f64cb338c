"""The share sheet and the frames of others: links, embed codes, oEmbed, downloads; in a real browser."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.waiting import until

pytestmark = pytest.mark.browser


def test_opening_a_share_sheet_offers_what_is_built(explorer: str, new_page: Any) -> None:
    from viz.rendering import formats

    page = new_page()
    page.goto(f"{explorer}/views/bridge?status=all&counterpart_type=Park")
    page.get_by_text("分享", exact=True).click()
    links = [
        link.get_attribute("href") or "" for link in page.locator(".sheet .downloads > .chips .chip").all()
    ]
    by_form = {urlsplit(link).path.rpartition(".")[2]: link for link in reversed(links)}
    assert set(by_form) == set(formats())
    fields = page.locator(".sheet input")
    assert fields.nth(0).input_value() == page.url
    assert "/embed/bridge?status=all&counterpart_type=Park" in fields.nth(1).input_value()
    page.locator(".sheet [data-copy]").nth(1).click()
    page.locator(".sheet [data-copy]", has_text="已复制").wait_for()
    page.locator(".sheet [data-copy]").nth(0).click()
    assert page.evaluate("document.activeElement.closest('.sheet') !== null")
    for link in by_form.values():
        assert page.request.get(explorer + link).ok, link


def test_a_view_can_be_discovered_and_framed_by_others(explorer: str, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{explorer}/views/bridge?status=all&counterpart_type=Park")
    found = page.locator("link[type='application/json+oembed']").get_attribute("href")
    told = page.request.get(found).json()
    assert (told["version"], told["type"], told["title"]) == ("1.0", "rich", "对口关系图")
    page.set_content(told["html"])
    source = page.locator("iframe").get_attribute("src")
    assert source == f"{explorer}/embed/bridge?status=all&counterpart_type=Park"
    page.goto(source)
    assert page.locator(".cg-view[data-mode=embed] h1").inner_text().startswith("对口关系图")
    smaller = page.request.get(f"{found}&maxwidth=300&maxheight=200").json()
    assert (smaller["width"], smaller["height"]) == (300, 200)
    for wrong, status in ((f"{explorer}/documents", 404), ("https://example.org/views/bridge", 404)):
        assert page.request.get(f"{explorer}/oembed", params={"url": wrong}).status == status
    xml = page.request.get(f"{explorer}/oembed", params={"url": page.url, "format": "xml"})
    assert xml.status == 501


@pytest.mark.parametrize(
    ("path", "view"),
    [
        ("/entities/unit:北仑区?status=all", "neighbourhood"),
        ("/pairs?status=all&unit=北仑区", "bridge"),
        ("/tasks", "tasks"),
        ("/gaps?status=all&counterpart_type=Park", "bridge"),
        ("/load", "network"),
        ("/coverage?status=all&order=gaps", "coverage"),
    ],
)
def test_a_page_that_draws_a_view_tells_how_to_frame_it(
    explorer: str, new_page: Any, path: str, view: str
) -> None:
    page = new_page()
    page.goto(explorer + path)
    found = page.locator("link[type='application/json+oembed']").get_attribute("href")
    code = page.locator(".sheet input").nth(1).input_value()
    by_page = page.request.get(f"{explorer}/oembed", params={"url": page.url}).json()["html"]
    for told in (page.request.get(found).json()["html"], by_page, code):
        assert f"/embed/{view}" in told
        source = re.search('src="([^"]+)"', told)
        assert source
        answer = page.request.get(html.unescape(source[1]))
        assert answer.ok
        assert answer.headers["content-security-policy"].endswith("frame-ancestors 'self'")
    if "counterpart_type" in path:
        assert "counterpart_type" not in code  # what is missing is not what is drawn


def test_what_is_chosen_is_in_the_address_and_in_what_is_copied(explorer: str, new_page: Any) -> None:
    page = new_page(width=1440, height=900)
    page.goto(f"{explorer}/gaps?status=all", wait_until="load")
    page.locator("tr", has_text="奉化区").locator("td").first.click()
    page.wait_for_url("**#chosen=unit**")
    page.locator("details.share > summary").click()
    address = page.locator(".sheet [data-page]")
    expect(address).to_have_value(page.url)
    copied = address.input_value()
    again = new_page(width=1440, height=900)
    again.goto(copied, wait_until="load")
    assert again.locator("tr.chosen th").all_inner_texts() == ["奉化区"]
    frame = again.locator("iframe[data-beside]").element_handle().content_frame()
    frame.wait_for_url(re.compile("/embed/bridge"))
    until(frame, "document.querySelector('.cg-view')?.coopgraph?.chosen?.name === '奉化区'")
    page.keyboard.press("Escape")
    assert not page.locator("details.share[open]").count()
