"""Every page and view, over the examples and over a generated plan of 300 units: clean, fitting, entered by keyboard,
accessible, in both languages and at three widths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.api.conftest import settings_in
from tests.browser.every_page import (
    ALIKE,
    MISSING,
    PAGES,
    REFUSED,
    generated_pages,
    overflow,
    shortened,
    with_state,
    without_frames,
)
from tests.browser.serving import follow, serving
from tests.browser.waiting import painted
from tests.viz.plans import revised, small_pairs, store_with, tasks_reading, three_hundred_units

pytestmark = pytest.mark.browser

WIDENED, NARROWED = (390, 1280, 1920), (1920, 1280, 390)
"""A page is opened at the first width and drawn anew at the others, as a window that is made wider or narrower."""
SEEN = """document.activeElement.matches(':focus-visible')
    && getComputedStyle(document.activeElement).outlineStyle !== 'none'"""


@dataclass(frozen=True, slots=True)
class Site:
    address: str
    pages: tuple[str, ...]


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A plan of 300 units, with tasks, and a smaller one with its revision."""
    folder: Path = tmp_path_factory.mktemp("three-hundred")
    large, before, after = three_hundred_units(), small_pairs(), revised()
    store = store_with(folder, large, tasks_reading(), before, after)
    with serving(settings_in(folder), store) as address:
        yield Site(address, generated_pages(large.document.id, (before.document.id, after.document.id)))
    store.close()


@pytest.fixture(params=["examples", "plan"])
def site(request: pytest.FixtureRequest) -> Site:
    if request.param == "examples":
        return Site(request.getfixturevalue("explorer"), PAGES)
    return request.getfixturevalue("plan")


def entered_by_keyboard(page: Any) -> bool:
    """Whether the first key leads to the way past the navigation, and the next ones to something in the page's
    body that is seen to have the focus."""
    page.keyboard.press("Tab")
    skips: bool = page.evaluate("document.activeElement.className === 'skip'")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside: bool = page.evaluate(f"document.querySelector('main').contains(document.activeElement) && {SEEN}")
    return skips and inside


DRAWN = re.compile(r"\.(docx|pdf|png|pptx)\b")
"""Downloads that take a while to be drawn; one page is tried with all of them."""


def can_be_shared(page: Any, site: Site, path: str) -> None:
    """Hold a page to the link in its share sheet, and to the first of its downloads."""
    assert page.locator(".share .sheet input").first.input_value() == page.url, path
    links = [chip.get_attribute("href") or "" for chip in page.locator(".share .chip").all()]
    tried = 2 if site.pages == PAGES else 1
    for link in [one for one in links if not DRAWN.search(one)][:tried]:
        assert page.request.get(site.address + link).ok, (path, link)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_page_is_clean_fits_is_entered_by_keyboard_and_shared(
    site: Site, new_page: Any, watch: Any, lang: str
) -> None:
    widths = NARROWED if lang == "en" and site.pages == PAGES else WIDENED
    page = new_page(width=widths[0])
    if site.pages != PAGES:
        without_frames(page)
    for path in site.pages:
        page.set_viewport_size({"width": widths[0], "height": 800})
        # Hundreds of rows are laid out in one language; the words of the other need a few.
        asked = path if lang == "zh" else shortened(path)
        page.goto(site.address + with_state(asked, lang=lang, status="all"), wait_until="load")
        assert page.locator("h1").count() == 1, path
        assert page.locator("html").get_attribute("lang") == {"zh": "zh-CN", "en": "en"}[lang]
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
            assert overflow(page) <= 0, (path, width)
        if lang == "zh" and path not in MISSING + REFUSED:
            can_be_shared(page, site, path)
        if lang == "zh":  # words don't change what a key leads to
            assert entered_by_keyboard(page), path
        if path in MISSING + REFUSED:
            watch.errors[:] = [error for error in watch.errors if "404" not in error and "422" not in error]
        watch.clean()


def test_three_hundred_units_stay_usable(plan: Site, new_page: Any) -> None:
    page = new_page()
    for view in ("bridge", "network"):
        page.goto(f"{plan.address}/views/{view}")
        painted(page)
        assert page.evaluate("document.querySelector('.cg-view').coopgraph.order.length") > 300
    page.goto(f"{plan.address}/coverage")
    assert page.locator("tbody th[scope=row]").count() > 300
    page.goto(f"{plan.address}/pairs")
    assert page.locator("tbody tr").count() == 50
    follow(page.get_by_role("link", name="下一页"))
    assert page.locator("tbody tr").count() == 50
    page.goto(plan.address)
    page.locator("#find").press_sequentially("第299区")
    page.get_by_role("option", name=re.compile("第299区")).click()
    page.wait_for_url("**/entities/**")
    page.locator(".relation").first.wait_for()


WITHOUT_ITS_FRAMES = {"resultTypes": ["violations"], "iframes": False}
"""What is framed is a view, which is examined as a page."""


def serious(violations: list[Any]) -> list[Any]:
    return [
        (v["id"], [node["target"] for node in v["nodes"]][:4])
        for v in violations
        if v["impact"] in ("serious", "critical")
    ]


def test_no_serious_accessibility_issue_in_light_or_dark(explorer: str, new_page: Any, watch: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = new_page()
    without_frames(page)
    contrast = {**WITHOUT_ITS_FRAMES, "runOnly": ["color-contrast"]}
    for path in (path for path in PAGES if path not in ALIKE):
        page.emulate_media(color_scheme="light")
        page.goto(explorer + with_state(shortened(path), status="all"), wait_until="load")
        bad = serious(Axe().run(page, options=WITHOUT_ITS_FRAMES).response["violations"])
        assert not bad, (path, bad)
        page.emulate_media(color_scheme="dark")
        found = page.evaluate("options => axe.run(document, options)", contrast)  # axe is in the page by now
        assert not (bad := serious(found["violations"])), (path, "dark", bad)
        if path in MISSING + REFUSED:
            watch.errors.clear()
