"""The review desk by keyboard, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.backends.embedded import EmbeddedStore
from ingest.library import Library
from tests.api.conftest import settings_in
from tests.browser.serving import follow, serving
from tests.ingest.documents import TASKS, docx

pytestmark = pytest.mark.browser

PRINTED = ("市经济信息局", "市科学技术委")
KNOWN = "unit:宁波市经济和信息化局"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    store = EmbeddedStore(tmp_path, timeout=30)
    opened = Library(store, settings_in(tmp_path))
    rows = [TASKS[0], ("1", "建立机制", "王一", *PRINTED)]
    opened.ingest([("分工.docx", docx("宁波市关于分工的通知", "附件1", "任务分工表", rows))])
    yield opened
    store.close()


@pytest.fixture
def page(tmp_path: Path, library: Library, new_page: Any) -> Iterator[Any]:
    with serving(settings_in(tmp_path), library.store) as address:
        opened = new_page()
        opened.goto(f"{address}/review")
        yield opened


def decisions(library: Library) -> dict[str, str | None]:
    return {one.printed: one.entity for one in library.store.decisions().values()}


def test_names_are_decided_and_taken_back_by_keyboard(page: Any, library: Library) -> None:
    waiting = [item["printed"] for item in library.review()]
    assert PRINTED[0] in waiting
    place = waiting.index(PRINTED[0])
    for _ in range(place + 1):
        page.keyboard.press("j")
    item = page.locator(".candidate.now")
    assert item.locator("h2").inner_text() == PRINTED[0]
    assert item.locator("td.lit").first.inner_text() == PRINTED[0]
    page.reload()  # the one in hand is in the address
    assert item.locator("h2").inner_text() == PRINTED[0]
    page.keyboard.press("a")
    closed = page.locator(".candidate.closed")
    closed.wait_for()
    assert "宁波市经济和信息化局" in closed.locator("[data-outcome]").inner_text()
    assert decisions(library) == {PRINTED[0]: KNOWN}
    page.keyboard.press("u")
    closed.wait_for(state="detached")
    assert decisions(library) == {}
    page.keyboard.press("r")
    closed.wait_for()
    assert decisions(library) == {PRINTED[0]: None}
    page.reload()
    assert page.locator(".candidate h2", has_text=PRINTED[0]).count() == 0
    page.locator("tr", has_text=PRINTED[0]).get_by_role("button", name="撤销").click()
    page.locator(".candidate h2", has_text=PRINTED[0]).wait_for()
    assert decisions(library) == {}


def test_names_are_decided_without_scripts(tmp_path: Path, library: Library, new_page: Any) -> None:
    page = new_page(java_script_enabled=False)
    with serving(settings_in(tmp_path), library.store) as address:
        page.goto(f"{address}/review")
        assert page.get_by_text("选候选").count() == 0 or not page.get_by_text("选候选").is_visible()
        item = page.locator(".candidate", has=page.locator("h2", has_text=PRINTED[0]))
        follow(item.get_by_role("button", name="认定"))
        assert page.url.endswith("/review")
        assert decisions(library) == {PRINTED[0]: KNOWN}
        follow(page.locator("tr", has_text=PRINTED[0]).get_by_role("button", name="撤销"))
        assert page.url.endswith("/review")
        follow(item.get_by_role("button", name="都不是"))
        assert page.url.endswith("/review")
        assert decisions(library) == {PRINTED[0]: None}


def test_the_desk_is_accessible(page: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    assert not [v["id"] for v in found if v["impact"] in ("serious", "critical")]
