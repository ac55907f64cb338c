"""Reading documents in, taking them out and comparing them, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.backends.embedded import EmbeddedStore
from tests.api.conftest import EXAMPLES, settings_in
from tests.browser.serving import follow, serving

pytestmark = pytest.mark.browser

YANBIAN = next(path for path in EXAMPLES if "yanbian" in path.name)
REVISED = """宁波市与延边州对口结对名单（2021年）

| 宁波市 | 结对县市 |
| --- | --- |
| 海曙区 | 敦化市 |
| 江北区 | 珲春市 |
"""
TOKEN = "一个足够长的口令-0123456789"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    opened = EmbeddedStore(tmp_path / "data", timeout=30)
    yield opened
    opened.close()


@pytest.fixture
def address(tmp_path: Path, store: EmbeddedStore) -> Iterator[str]:
    with serving(settings_in(tmp_path / "data"), store) as running:
        yield running


def confirm(page: Any) -> None:
    page.get_by_role("button", name="确认写入").click()
    page.wait_for_url("**/documents/doc:**")


def test_nothing_is_written_before_the_preview_is_confirmed(
    address: str, store: EmbeddedStore, new_page: Any
) -> None:
    page = new_page()
    page.goto(f"{address}/documents")
    assert page.get_by_role("heading", name="还没有文件").is_visible()
    empty = store.version()
    page.locator("#files").set_input_files(YANBIAN)
    page.get_by_text("试读结果，尚未写入").wait_for()
    assert page.locator(".preview td.use-used").count() > 30
    assert (
        page.locator(".preview td.use-inherited").count() + page.locator(".preview td[rowspan]").count() > 0
    )
    assert "+10" in page.locator(".preview .figures").inner_text()
    assert page.locator(".preview td details").first.is_visible()
    assert store.version() == empty
    page.get_by_role("button", name="放弃").click()
    page.locator(".preview").wait_for(state="detached")
    assert store.version() == empty
    page.locator("#files").set_input_files(YANBIAN)
    confirm(page)
    assert store.version() != empty
    assert page.locator("h1").inner_text() == store.documents()[0].document.title


def test_a_dropped_file_is_read_as_told(address: str, store: EmbeddedStore, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{address}/documents")
    page.get_by_text("补充说明").click()
    page.locator("select[name=status]").select_option("illustrative")
    page.get_by_label("合作事项").fill("甬延协作")
    transfer = page.evaluate_handle(
        "text => { const t = new DataTransfer(); t.items.add(new File([text], '名单.md')); return t; }",
        REVISED,
    )
    page.dispatch_event(".drop", "drop", {"dataTransfer": transfer})
    page.get_by_text("试读结果，尚未写入").wait_for()
    assert page.locator(".preview .kicker .badge").inner_text() == "示例"
    confirm(page)
    (stored,) = store.documents()
    assert stored.document.status.value == "illustrative"
    assert stored.document.programme == "甬延协作"


def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(
    address: str, store: EmbeddedStore, new_page: Any, watch: Any
) -> None:
    page = new_page()
    page.goto(f"{address}/documents")
    page.locator("#files").set_input_files(
        {"name": "坏.docx", "mimeType": "application/octet-stream", "buffer": b"no zip"}
    )
    alert = page.get_by_role("alert").filter(has_text="坏.docx")
    alert.wait_for()
    assert page.get_by_role("button", name="确认写入").count() == 0
    assert not store.documents()
    watch.errors[:] = [error for error in watch.errors if "422" not in error]


def test_a_document_is_removed_after_a_question(address: str, store: EmbeddedStore, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{address}/documents")
    page.locator("#files").set_input_files(YANBIAN)
    page.get_by_text("试读结果").wait_for()
    confirm(page)
    page.get_by_role("button", name="移除").click()
    page.get_by_role("button", name="保留").click()
    assert store.documents()
    page.get_by_role("button", name="移除").click()
    page.locator("dialog [data-yes]").click()
    page.wait_for_url("**/documents")
    assert not store.documents()


def test_two_revisions_are_compared(address: str, store: EmbeddedStore, new_page: Any) -> None:
    page = new_page()
    page.goto(f"{address}/documents")
    page.locator("#files").set_input_files(YANBIAN)
    page.get_by_text("试读结果").wait_for()
    confirm(page)
    first = store.documents()[0].document.id
    page.goto(f"{address}/documents")
    page.locator("#files").set_input_files(
        {"name": "2021.md", "mimeType": "text/markdown", "buffer": REVISED.encode()}
    )
    page.get_by_text("试读结果").wait_for()
    page.get_by_text("补充说明").click()
    page.get_by_label("取代哪份文件").select_option(first)
    page.get_by_text("试读结果").wait_for()
    confirm(page)
    page.get_by_role("button", name="比较").click()
    page.wait_for_url("**/compare?**")
    figures = page.locator("a.figure").all_inner_texts()
    assert [figure.partition("\n")[2] for figure in figures] == ["新增", "取消", "调整", "更名"]
    moved = page.locator("#moved li", has_text="海曙区").first
    assert moved.locator("s").inner_text() == "珲春市"
    assert moved.locator("a[href*='#t']").count() == 2


def test_a_signed_in_user_reads_and_removes(tmp_path: Path, store: EmbeddedStore, new_page: Any) -> None:
    page = new_page()
    with serving(settings_in(tmp_path / "data", token=TOKEN), store) as address:
        page.goto(f"{address}/documents")
        page.wait_for_url("**/signin**")
        page.locator("input[type=password]").fill(TOKEN)
        page.keyboard.press("Enter")
        page.wait_for_url("**/documents")
        page.locator("#files").set_input_files(YANBIAN)
        page.get_by_text("试读结果").wait_for()
        confirm(page)
        page.get_by_role("button", name="移除").click()
        page.locator("dialog [data-yes]").click()
        page.wait_for_url("**/documents")
        assert not store.documents()


def test_all_of_it_works_without_scripts(tmp_path: Path, store: EmbeddedStore, new_page: Any) -> None:
    page = new_page(java_script_enabled=False)
    with serving(settings_in(tmp_path / "data", token=TOKEN), store) as address:
        page.goto(f"{address}/documents")
        page.locator("input[type=password]").fill(TOKEN)
        follow(page.get_by_role("button", name="登录"))
        page.locator("noscript input[type=file]").set_input_files(YANBIAN)
        follow(page.get_by_role("button", name="试读"))
        assert page.locator(".preview td.use-used").count() > 30
        assert not store.documents()
        follow(page.get_by_role("button", name="确认写入"))
        (stored,) = store.documents()
        assert page.locator("h1").inner_text() == stored.document.title
        page.locator("noscript input[type=checkbox]").check()
        follow(page.get_by_role("button", name="移除这份文件"))
        assert page.url.endswith("/documents")
        assert not store.documents()
        follow(page.get_by_role("button", name="退出"))
        assert page.url.endswith("/signin")


def test_a_form_of_a_session_must_carry_its_token(
    tmp_path: Path, store: EmbeddedStore, new_page: Any, watch: Any
) -> None:
    page = new_page()
    with serving(settings_in(tmp_path / "data", token=TOKEN), store) as address:
        page.goto(f"{address}/documents")
        page.locator("input[type=password]").fill(TOKEN)
        page.keyboard.press("Enter")
        page.wait_for_url("**/documents")
        file = {"name": "名单.md", "mimeType": "text/markdown", "buffer": REVISED.encode()}
        forms: list[tuple[str, dict[str, Any]]] = [
            ("/documents/upload", {"multipart": {"step": "write", "file": file}}),
            ("/documents/upload", {"multipart": {"step": "write", "file": file, "csrf": "x"}}),
            ("/documents/removal", {"form": {"id": "doc:1"}}),
            ("/review/decision", {"form": {"candidate": "1", "action": "reject"}}),
            ("/cypher", {"form": {"query": "RETURN 1"}}),
            ("/signout", {"form": {"csrf": "x"}}),
        ]
        for path, body in forms:
            assert page.request.post(address + path, **body).status == 403, path
        assert not store.documents()
        csrf = page.locator("meta[name=csrf-token]").get_attribute("content")
        sent = page.request.post(
            f"{address}/documents/upload", multipart={"step": "write", "file": file, "csrf": csrf}
        )
        assert sent.ok
        assert len(store.documents()) == 1
