"""The HTTP contract: queries, their forms, documents, health, and errors as problems."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from docx import Document

from api.described import DOCX
from graph.catalogue import catalogue
from graph.exports import Export, exports

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

API = "/api/v1"
DISTRICT = "unit:宁波市江北区"
PLAN_NUMBER = "doc:甬政办发〔2019〕32号"

Problem = Callable[..., Any]


def problem_of(answer: Any, status: int, code: str) -> Any:
    """The problem that an answer must be."""
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["code"] == code
    assert body["type"].endswith(code)
    assert body["title"]
    assert body["detail"].endswith("。")
    return body


def test_it_lives_and_is_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["status"] == "ready"


@pytest.mark.parametrize("name", [query.name for query in catalogue().values() if query.listed])
def test_every_list_has_the_envelope_and_is_a_file(examples: TestClient, name: str) -> None:
    query = catalogue()[name]
    address = API + query.route.replace("{id}", quote(DISTRICT))
    given: dict[str, str] = {"status": "all"}
    if name == "paths":
        given |= {"source": DISTRICT, "target": "park:上海漕河泾新兴技术开发区"}
    body = examples.get(address, params=given).json()
    assert set(body) >= {query.member, "total", "page", "size", "version"}
    assert (body["page"], body["size"]) == (1, 50)
    sheet = examples.get(address, params={**given, "format": "csv"})
    assert sheet.headers["content-type"] == "text/csv; charset=utf-8"
    assert sheet.content.startswith(b"\xef\xbb\xbf")
    book = examples.get(address, params={**given, "format": "xlsx"})
    import openpyxl

    opened = openpyxl.load_workbook(io.BytesIO(book.content))
    assert opened.active is not None
    assert opened.active.freeze_panes == "A2"
    paper = examples.get(address, params={**given, "format": "docx"})
    assert paper.headers["content-type"] == DOCX
    assert query.title.zh in Document(io.BytesIO(paper.content)).paragraphs[0].text


def test_pages_hold_each_row_once(examples: TestClient) -> None:
    whole = examples.get(f"{API}/pairs", params={"status": "all", "size": "1000"}).json()
    rows: list[Any] = []
    for page in range(1, 100):
        body = examples.get(f"{API}/pairs", params={"status": "all", "size": "7", "page": str(page)}).json()
        assert body["total"] == whole["total"]
        if not body["items"]:
            break
        rows += body["items"]
    assert rows == whole["items"]


def test_a_sheet_holds_every_page(examples: TestClient) -> None:
    total = examples.get(f"{API}/pairs", params={"status": "all"}).json()["total"]
    sheet = examples.get(f"{API}/pairs", params={"status": "all", "size": "1", "format": "csv"})
    assert len(sheet.text.strip().splitlines()) >= total + 1


@pytest.mark.parametrize(
    ("query", "parameter", "allowed"),
    [
        ("nonsense=1", "nonsense", "unit"),
        ("status=maybe", "status", "official"),
        ("size=0", "size", "1–1000"),
        ("size=1001", "size", "1–1000"),
        ("page=1.5", "page", "1–1000000"),
        ("page=%E4%B8%80", "page", "1–1000000"),
        ("expand=yes", "expand", "true"),
        ("as_of=yesterday", "as_of", "YYYY-MM-DD"),
        ("as_of=2019-02-30", "as_of", "YYYY-MM-DD"),
        ("as_of=1553000000", "as_of", "YYYY-MM-DD"),
        ("page=1&page=2", "page", None),
        ("format=pdf", "format", "csv"),
    ],
)
def test_a_wrong_parameter_is_named(
    examples: TestClient, query: str, parameter: str, allowed: str | None
) -> None:
    body = problem_of(examples.get(f"{API}/pairs?{query}"), 422, "invalid_parameter")
    assert body["parameter"] == parameter
    assert parameter in body["detail"]
    assert "Input" not in body["detail"]
    if allowed:
        assert allowed in body["allowed"]


def test_a_name_of_another_kind_is_told_from_an_unknown_one(examples: TestClient) -> None:
    body = problem_of(examples.get(f"{API}/tasks?leader=市经信局"), 422, "invalid_parameter")
    assert (body["parameter"], body["allowed"]) == ("leader", ["Leader"])
    assert body["detail"] == "“市经信局”是单位，参数 leader 应为领导。"
    unknown = problem_of(examples.get(f"{API}/tasks?leader=市经信厅"), 422, "invalid_parameter")
    assert unknown["detail"].startswith("没有名为“市经信厅”的对象")


def test_an_empty_text_is_no_filter(examples: TestClient) -> None:
    with_empty = examples.get(f"{API}/pairs?status=all&unit=&sector=").json()
    assert with_empty == examples.get(f"{API}/pairs?status=all").json()


def test_an_unknown_id_is_answered_with_near_names(examples: TestClient) -> None:
    body = problem_of(examples.get(f"{API}/entities/{quote('unit:宁波市江北')}"), 404, "not_found")
    assert body["near"]


def test_an_unknown_address_is_a_problem(examples: TestClient) -> None:
    problem_of(examples.get(f"{API}/nonsense"), 404, "not_found")
    answer = examples.put(f"{API}/pairs")
    problem_of(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "GET"


def test_ids_may_hold_slashes(examples: TestClient) -> None:
    task = "task:甬政办发〔2019〕32号/t1r2"
    for address in (quote(task, safe=""), quote(task, safe="/")):
        assert examples.get(f"{API}/entities/{address}").json()["id"] == task


def test_a_document_with_its_receipt_tables_and_cells(examples: TestClient) -> None:
    base = f"{API}/documents/{quote(PLAN_NUMBER)}"
    body = examples.get(base).json()
    assert body["document"]["number"] == "甬政办发〔2019〕32号"
    assert body["receipt"] == examples.get(f"{base}/receipt").json()
    table = examples.get(f"{base}/tables/1").json()
    claims = [claim for row in table["rows"] for cell in row for claim in cell["claims"]]
    assert len(claims) == body["receipt"]["claims"]
    led = [c for row in table["rows"] for cell in row for c in cell["claims"] if c["type"] == "LEADS"]
    assert {claim["source"]["name"] for claim in led} >= {"宁波市经济和信息化局"}
    assert all(cell["use"] for row in table["rows"] for cell in row)
    missing = problem_of(examples.get(f"{base}/tables/9"), 404, "not_found")
    assert (missing["parameter"], missing["near"]) == ("n", ["1"])


def test_an_unknown_document_is_answered_with_near_ones(examples: TestClient) -> None:
    body = problem_of(examples.get(f"{API}/documents/{quote('doc:甬政办发〔2019〕33号')}"), 404, "not_found")
    assert body["parameter"] == "id"
    assert PLAN_NUMBER in [near["id"] for near in body["near"]]


def test_two_documents_are_compared(examples: TestClient) -> None:
    listed = examples.get(f"{API}/documents", params={"status": "all"}).json()["items"]
    other = next(item["id"] for item in listed if item["id"] != PLAN_NUMBER)
    answer = examples.get(f"{API}/documents/{quote(PLAN_NUMBER)}/diff/{quote(other)}")
    assert answer.status_code == 200
    assert set(answer.json()) == {"a", "b", "added", "removed", "moved", "renamed"}


def test_the_catalogue_lists_itself(examples: TestClient) -> None:
    items = examples.get(f"{API}/queries", params={"size": "1000"}).json()["items"]
    assert [item["name"] for item in items] == list(catalogue())


def test_the_graph_is_exported(examples: TestClient) -> None:
    body = examples.get(f"{API}/export").json()
    assert {link["type"] for link in body["links"]} >= {"PAIRED_WITH", "LEADS"}
    ids = {node["id"] for node in body["nodes"]}
    assert all(link["source"] in ids and link["target"] in ids for link in body["links"])
    refused = examples.get(f"{API}/export?format=gif")
    assert (refused.status_code, refused.json()["parameter"]) == (422, "format")
    assert refused.json()["allowed"] == list(exports())


@pytest.mark.parametrize("export", exports().values(), ids=lambda e: e.name)
def test_every_format_is_downloaded(examples: TestClient, export: Export) -> None:
    answer = examples.get(f"{API}/export", params={"format": export.name})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(export.media_type)
    assert answer.headers["content-disposition"].endswith(f"coopgraph.{export.ending}")
    start = {"json": b"{", "gexf": b"<?xml", "graphml": b"<?xml"}.get(export.name, b"PK")
    assert answer.content.startswith(start)


def test_cypher_needs_neo4j(examples: TestClient) -> None:
    answer = examples.post(f"{API}/cypher", json={"query": "RETURN 1"})
    problem_of(answer, 501, "needs_neo4j")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"content": b"{", "headers": {"content-type": "application/json"}}, 400),
        ({"content": b"x=1", "headers": {"content-type": "text/plain"}}, 400),
        ({"json": []}, 422),
        ({"json": {}}, 422),
        ({"json": {"query": 1}}, 422),
        ({"json": {"query": "RETURN 1", "more": 1}}, 422),
    ],
)
def test_a_wrong_body_is_refused(examples: TestClient, sent: dict[str, Any], status: int) -> None:
    answer = examples.post(f"{API}/cypher", **sent)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_views_are_drawn_as_files_and_for_frames(examples: TestClient) -> None:
    from viz.registry import views
    from viz.rendering import formats

    for name in views():
        if name in ("neighbourhood", "changes"):
            continue
        page = examples.get(f"/embed/{name}", params={"status": "all"})
        assert page.status_code == 200
        for ending in set(formats()) & {"html", "svg"}:
            drawn = examples.get(f"/views/{name}.{ending}", params={"status": "all"})
            assert drawn.status_code == 200
    problem_of(examples.get("/views/network.html?nonsense=1"), 422, "invalid_parameter")


def test_an_old_id_redirects_for_good(client: TestClient, store: Any) -> None:
    from dataclasses import replace

    from graph.store import Change
    from tests.queries.papers import Paper

    paper = Paper("doc:1")
    paper.pair("unit:市经信局@宁波市", "park:甲园区")
    store.apply(Change(readings=[paper.reading()]))
    known = Paper("doc:1")
    known.pair("unit:宁波市经济和信息化局", "park:甲园区")
    aliases = (("unit:市经信局@宁波市", "unit:宁波市经济和信息化局"),)
    store.apply(Change(readings=[replace(known.reading(), aliases=aliases)]))
    answer = client.get(f"{API}/neighbourhood/{quote('unit:市经信局@宁波市')}?depth=2")
    assert answer.status_code == 308
    assert answer.headers["location"].endswith(f"{quote('unit:宁波市经济和信息化局', safe=':')}?depth=2")
    followed = client.get(answer.headers["location"])
    assert followed.status_code == 200


def test_an_unreachable_store_is_503_until_it_is_back(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from graph.backends.embedded import EmbeddedStore
    from graph.errors import StoreUnavailable
    from tests.api.conftest import client_of, settings_in

    store = EmbeddedStore(tmp_path, timeout=5)
    client = client_of(settings_in(tmp_path), store)

    def gone(*_: object) -> Any:
        raise StoreUnavailable("连接已断开，请稍后再试。")

    with monkeypatch.context() as away:
        away.setattr(EmbeddedStore, "fetch", gone)
        away.setattr(EmbeddedStore, "check", gone)
        problem_of(client.get(f"{API}/stats"), 503, "store_unavailable")
        body = problem_of(client.get("/readyz"), 503, "store_unavailable")
        assert "连接已断开" in body["detail"]
        assert client.get("/healthz").status_code == 200
    assert client.get(f"{API}/stats").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_a_server_that_comes_up_later_is_used(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from graph import opening
    from graph.backends.embedded import EmbeddedStore
    from graph.errors import StoreUnavailable
    from tests.api.conftest import client_of, settings_in

    def away(settings: object) -> Any:
        raise StoreUnavailable("还没有启动。")

    monkeypatch.setattr(opening, "open_store", away)
    monkeypatch.setattr("api.state._RETRY_AFTER", 0.0)
    client = client_of(settings_in(tmp_path), None)  # type: ignore[arg-type] — opened by the application
    problem_of(client.get("/readyz"), 503, "store_unavailable")
    monkeypatch.setattr(opening, "open_store", lambda settings: EmbeddedStore(tmp_path, timeout=5))
    assert client.get("/readyz").status_code == 200
