"""Free Cypher over a guarded Neo4j, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from ingest.library import Library
from tests.api.conftest import EXAMPLES, settings_in
from tests.browser.serving import follow, serving

if TYPE_CHECKING:
    from graph.backends.neo4j import Neo4jStore

pytestmark = [pytest.mark.browser, pytest.mark.neo4j]


def test_examples_answer_and_a_writing_query_is_refused(
    guarded_store: Neo4jStore, tmp_path: Path, new_page: Any, watch: Any
) -> None:
    # The page only looks whether an address is set; the store is the one given.
    settings = settings_in(tmp_path, neo4j_uri="bolt://127.0.0.1:1")
    Library(guarded_store, settings).ingest_paths([path for path in EXAMPLES if "yanbian" in path.name])
    page = new_page()
    with serving(settings, guarded_store) as address:
        page.goto(address)
        page.locator("nav details > summary").click()
        follow(page.get_by_role("link", name="Cypher"))
        page.get_by_role("button", name="查询", exact=True).click()
        row = page.locator("[data-answer] tbody tr")
        row.wait_for()
        assert row.locator("td").all_inner_texts()[:3] == ["北仑区", "对口结对", "汪清县"]
        said = page.locator("[data-said]")
        for chip in page.locator("[data-query]").all():
            chip.click()
            said.filter(has_text="查询").wait_for(state="detached")
            assert said.inner_text().endswith("行"), chip.inner_text()
        page.locator("[name=query]").fill("MATCH p = (:Unit {name: '北仑区'})-[:PAIRED_WITH]->() RETURN p")
        page.keyboard.press("Control+Enter")
        expect(row.locator("td")).to_have_text(["北仑区 — 对口结对 — 汪清县"])
        page.goto(page.url)  # the address says what was asked
        expect(row.locator("td")).to_have_text(["北仑区 — 对口结对 — 汪清县"])
        follow(row.get_by_role("link", name="对口结对"))
        expect(page.locator("td:target")).to_contain_text("汪清县")
        page.go_back()
        page.locator("[name=query]").fill("CREATE (n:Unit) RETURN n")
        page.keyboard.press("Control+Enter")
        said.filter(has_text="。").wait_for()
        assert page.locator("[data-answer] table").count() == 0
    watch.errors[:] = [error for error in watch.errors if "Failed to load resource" not in error]
