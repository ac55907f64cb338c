"""The form for briefing packs and the downloads of a page, with scripts and without."""

from __future__ import annotations

import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from graph.cancelling import raise_if_cancelled
from graph.errors import Cancelled
from tests.browser.conftest import Watch
from tests.browser.serving import follow
from tests.browser.waiting import until

pytestmark = pytest.mark.browser

SLOW = ("docx", "pdf", "pptx", "png", "html")
"""Forms that are left out where any pack will do."""


def only_quick_forms(page: Any) -> None:
    for form in SLOW:
        page.locator(f"input[name=forms][value={form}]").uncheck()


def test_a_unit_s_page_leads_to_its_pack_which_opens_offline(
    explorer: str, new_page: Any, tmp_path: Path
) -> None:
    page = new_page(accept_downloads=True)
    page.goto(f"{explorer}/entities/unit:北仑区?status=all")
    follow(page.get_by_role("link", name="汇报材料"))
    expect(page.locator("input[name=unit]")).to_have_value("北仑区")
    only_quick_forms(page)
    with page.expect_download() as waited:
        page.get_by_role("button", name="生成").click()
    name = waited.value.suggested_filename
    assert name.startswith("北仑区对口合作情况简报-")
    assert name.endswith(".zip")
    expect(page.locator("[data-said] a")).to_have_text(name)
    expect(page.locator("[data-making]")).to_be_hidden()
    waited.value.save_as(tmp_path / "pack.zip")
    with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
        archive.extractall(tmp_path / "pack")
    index = new_page()
    index.goto((tmp_path / "pack" / "目录.html").as_uri())
    expect(index.locator("h1")).to_contain_text("北仑区对口合作情况简报（示例）")
    pictures = index.locator("img")
    expect(pictures).to_have_count(4)
    until(index, "[...document.images].every((one) => one.complete && one.naturalWidth > 0)")
    addresses = index.evaluate("[...document.links].map((one) => decodeURIComponent(one.href))")
    assert len(addresses) > 6
    assert all(Path(address.removeprefix("file://")).is_file() for address in addresses)
    follow(pictures.first)
    expect(index.locator("svg").first).to_be_visible()


def test_a_pack_is_told_and_cancelled(explorer: str, new_page: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()

    def endless(brief: Any, *, template: Any, progress: Any) -> Any:
        progress(1, 3, "汇报.pptx")
        try:
            while not ended.wait(0.02):
                raise_if_cancelled()
        except Cancelled:
            ended.set()
            raise
        return []

    monkeypatch.setattr("viz.briefing_pack.make_pack", endless)
    page = new_page()
    page.goto(f"{explorer}/briefing?status=all")
    page.get_by_role("button", name="生成").click()
    said = page.locator("[data-said]")
    expect(said).to_have_text("正在生成 汇报.pptx（2/3）")
    expect(page.locator("[data-bar]")).to_have_js_property("value", 1)
    expect(page.get_by_role("button", name="生成")).to_be_disabled()
    page.get_by_role("button", name="取消").click()
    expect(said).to_contain_text("已取消")
    assert ended.wait(20)
    expect(page.get_by_role("button", name="生成")).to_be_enabled()


def test_a_wrong_name_is_mended_in_one_step(explorer: str, new_page: Any) -> None:
    page = new_page(accept_downloads=True)
    page.goto(f"{explorer}/briefing?status=all")
    only_quick_forms(page)
    page.locator("input[name=unit]").fill("北伦区")
    page.get_by_role("button", name="生成").click()
    expect(page.locator("[data-said]")).to_contain_text("没有名为“北伦区”的对象")
    with page.expect_download() as waited:
        page.locator("[data-said]").get_by_role("button", name="北仑区").click()
    assert waited.value.suggested_filename.startswith("北仑区")


def test_all_of_it_works_without_scripts(explorer: str, new_page: Any, watch: Watch, tmp_path: Path) -> None:
    page = new_page(java_script_enabled=False, accept_downloads=True)
    page.goto(f"{explorer}/coverage?status=all&programme=沪甬产业合作")
    follow(page.get_by_role("link", name="汇报材料"))
    expect(page.locator("select[name=programme]")).to_have_value("沪甬产业合作")
    expect(page.locator("select[name=status]")).to_have_value("all")
    only_quick_forms(page)
    page.locator("input[name=unit]").fill("北伦区")
    follow(page.get_by_role("button", name="生成"))
    expect(page.get_by_role("alert")).to_contain_text("没有名为“北伦区”的对象")
    assert [error for error in watch.errors if "422" not in error] == []
    watch.errors.clear()  # the browser notes the page's status, no fault of the page
    follow(page.get_by_role("link", name="北仑区"))
    expect(page.locator("input[name=unit]")).to_have_value("北仑区")
    expect(page.locator("select[name=programme]")).to_have_value("沪甬产业合作")
    with page.expect_download() as waited:
        page.get_by_role("button", name="生成").click()
    assert waited.value.suggested_filename.startswith("北仑区沪甬产业合作情况简报-")
    waited.value.save_as(tmp_path / "pack.zip")
    assert "附表.xlsx" in zipfile.ZipFile(tmp_path / "pack.zip").namelist()


def test_every_way_of_a_form_is_a_plain_link_in_both_languages(explorer: str, new_page: Any) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{explorer}/pairs?status=all&unit=unit:北仑区")
    page.locator("details.share > summary").click()
    rows = page.locator(".sheet .downloads > .chips")
    assert [row.split() for row in rows.all_inner_texts()] == [
        ["清单", "CSV", "XLSX", "DOCX"],
        ["图", "DOCX", "HTML", "SVG"],
        ["PDF", "A4", "A3"],
        ["PNG", "1", "倍", "2", "倍", "300", "dpi", "A4", "A4", "首张", "A3", "A3", "首张"],
        ["PPTX", "16:9", "4:3"],
    ]
    page.locator(".sheet .more > summary").click()
    wanted = {"scale=2": "image/png", "paper=A4&sheet=1": "image/png", "bridge.svg": "image/svg+xml"}
    for part, kind in wanted.items():
        for language, there in (("", False), ("&lang=en", True)):
            links = page.locator(f'.sheet .chip[href*="{part}"]').all()
            found = [link.get_attribute("href") for link in links]
            (address,) = [one for one in found if one and ("lang=en" in one) is there]
            answer = page.request.get(explorer + address)
            assert answer.ok, (address, language)
            assert answer.headers["content-type"].startswith(kind)
