"""Groups of a picture too large to be drawn one by one, and layouts on request, in the served explorer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.api.conftest import settings_in
from tests.browser.serving import serving
from tests.browser.waiting import VIEW, painted, until
from tests.viz.plans import generated, store_with

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def explorer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer over 1,600 entities of six regions."""
    folder: Path = tmp_path_factory.mktemp("many")
    store = store_with(folder, generated(800, 1600))
    with serving(settings_in(folder), store) as address:
        yield address
    store.close()


def groups(page: Any) -> list[str]:
    return page.evaluate(f"{VIEW}.order.filter(n => n.members).map(n => n.id)")


def positions(page: Any) -> dict[str, Any]:
    return page.evaluate(f"{VIEW}.network.getPositions()")


def click_group(page: Any, name: str) -> None:
    """Click the mark of a group, and wait for the picture with it opened."""
    at = page.evaluate(
        f"""name => {{
            const view = {VIEW};
            const node = view.order.find(n => n.name === name);
            view.canvas.scrollIntoView({{ block: "center" }});
            const box = view.canvas.getBoundingClientRect();
            const at = view.network.canvasToDOM({{ x: node.x, y: node.y }});
            return [box.left + at.x, box.top + at.y];
        }}""",
        name,
    )
    with page.expect_navigation():
        page.mouse.click(*at)
    painted(page)


@pytest.mark.parametrize("path", ["/views/network", "/embed/network"])
def test_a_group_opens_on_click_closes_visibly_and_both_are_in_the_address(
    explorer: str, new_page: Any, path: str
) -> None:
    page = new_page(width=1280, height=900)
    page.goto(f"{explorer}{path}?relation=pairs")
    painted(page)
    closed = groups(page)
    assert "点击一组可展开" in page.locator(".cg-note").first.inner_text()
    click_group(page, "杭州市 · 单位")
    assert parse_qs(urlsplit(page.url).query) == {"relation": ["pairs"], "open": ["杭州市 · 单位"]}
    assert set(groups(page)) == set(closed) - {"group:杭州市 · 单位"}
    click_group(page, "温州市 · 单位")
    chips = page.locator(".cg-opened a")
    assert [chip.split("（")[0] for chip in chips.all_inner_texts()] == ["杭州市 · 单位", "温州市 · 单位"]
    page.get_by_role("link", name="收起“杭州市 · 单位”").click()
    page.wait_for_url("**open=*")
    painted(page)
    assert set(groups(page)) == set(closed) - {"group:温州市 · 单位"}
    page.go_back()
    painted(page)
    assert chips.count() == 2
    page.go_back()
    painted(page)
    page.go_back()
    painted(page)
    assert groups(page) == closed
    assert chips.count() == 0


def test_an_opened_group_is_closed_by_keyboard(explorer: str, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{explorer}/views/network?open=杭州市 · 单位")
    painted(page)
    page.locator(".cg-opened a").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "open=" not in page.url


def test_free_layout_moves_nodes_and_ends_where_they_stood(explorer: str, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{explorer}/views/network?relation=pairs")
    painted(page)
    before = positions(page)
    free = page.locator(".cg-physics")
    free.click()
    assert free.get_attribute("aria-pressed") == "true"
    until(
        page,
        f"""before => Object.entries({VIEW}.network.getPositions())
            .some(([id, p]) => Math.hypot(p.x - before[id].x, p.y - before[id].y) > 15)""",
        before,
    )
    free.click()
    page.wait_for_timeout(400)
    assert positions(page) == before
    drawn = page.evaluate(f"Object.fromEntries({VIEW}.order.map(n => [n.id, [n.x, n.y]]))")
    assert all(abs(drawn[i][0] - p["x"]) <= 1 and abs(drawn[i][1] - p["y"]) <= 1 for i, p in before.items())
    page.reload()
    painted(page)
    assert positions(page) == before
