"""Uploading, trying, rejecting, joining and removing documents over HTTP, on both stores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from tests.api.test_http import API, problem_of
from tests.ingest.documents import PLAN, docx, notice

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

DOCUMENT = "doc:甬政办发〔2020〕9号"


def send(client: TestClient, *files: tuple[str, bytes], **fields: str) -> Any:
    return client.post(f"{API}/documents", files=[("file", file) for file in files], data=fields)


def documents(client: TestClient) -> int:
    return client.get(f"{API}/stats", params={"status": "all"}).json()["documents"]


def test_an_upload_is_created_then_present(client: TestClient) -> None:
    first = send(client, ("通知.docx", notice(plan=True)))
    assert first.status_code == 201
    assert first.json()["written"] is True
    assert first.json()["document"]["id"] == DOCUMENT
    before = client.get(f"{API}/stats").json()
    again = send(client, ("通知.docx", notice(plan=True)))
    assert again.status_code == 200
    assert client.get(f"{API}/stats").json() == before


def test_a_dry_run_writes_nothing(client: TestClient) -> None:
    tried = send(client, ("通知.docx", notice()), dry_run="true")
    assert tried.status_code == 200
    assert tried.json()["written"] is False
    assert documents(client) == 0


def test_several_files_are_one_document(client: TestClient) -> None:
    plan = docx("宁波市各区县(市)、开发园区与上海市产业合作对口联系计划表", PLAN)
    receipt = send(client, ("通知.docx", notice()), ("附件2.docx", plan)).json()
    assert [file["name"] for file in receipt["document"]["files"]] == ["通知.docx", "附件2.docx"]
    assert documents(client) == 1


def test_a_file_joins_and_settles_what_was_missing(client: TestClient) -> None:
    first = send(client, ("通知.docx", notice())).json()
    assert "attachment_missing" in {problem["code"] for problem in first["problems"]}
    plan = docx("附件2", "宁波市各区县(市)、开发园区与上海市产业合作对口联系计划表", PLAN)
    joined = send(client, ("附件2.docx", plan), part_of=DOCUMENT)
    assert joined.status_code == 201
    assert "attachment_missing" not in {problem["code"] for problem in joined.json()["problems"]}
    assert documents(client) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [("空.docx", b""), ("假.docx", b"\x00no zip"), ("平.txt", "没有表格。".encode()), ("a.exe", b"MZ")],
)
def test_a_rejected_upload_carries_a_receipt(client: TestClient, name: str, content: bytes) -> None:
    body = problem_of(send(client, (name, content)), 422, "file_rejected")
    receipt = body["receipt"]
    assert receipt["written"] is False
    assert receipt["document"]["files"][0]["name"] == name
    assert isinstance(receipt["problems"], list)
    assert documents(client) == 0


@pytest.mark.parametrize(
    ("fields", "parameter"),
    [
        ({"status": "maybe"}, "status"),
        ({"dry_run": "perhaps"}, "dry_run"),
        ({"nonsense": "1"}, "nonsense"),
        ({"profile": "/etc/passwd"}, "profile"),
        ({"profile": "../x.toml"}, "profile"),
    ],
)
def test_a_wrong_field_is_named(examples: TestClient, fields: dict[str, str], parameter: str) -> None:
    body = problem_of(send(examples, ("通知.docx", notice()), **fields), 422, "invalid_parameter")
    assert body["parameter"] == parameter


def test_an_upload_without_a_file_or_form_is_refused(examples: TestClient) -> None:
    problem_of(examples.post(f"{API}/documents", data={"status": "official"}), 400, "bad_request")
    problem_of(examples.post(f"{API}/documents", content=b"x"), 400, "bad_request")
    form = {"content-type": "multipart/form-data"}
    problem_of(examples.post(f"{API}/documents", content=b"x", headers=form), 400, "bad_request")


def test_an_unknown_document_to_join_is_404(client: TestClient) -> None:
    answer = send(client, ("通知.docx", notice()), part_of="doc:没有")
    problem_of(answer, 404, "not_found")
    assert documents(client) == 0


def test_an_upload_beyond_the_limit_is_413(tmp_path: Path) -> None:
    from graph.backends.embedded import EmbeddedStore
    from tests.api.conftest import client_of, settings_in

    store = EmbeddedStore(tmp_path, timeout=5)
    small = client_of(settings_in(tmp_path, max_upload_mb=1), store)
    problem_of(send(small, ("大.docx", b"0" * 1_100_000)), 413, "upload_too_large")


def test_a_document_is_removed(client: TestClient) -> None:
    send(client, ("通知.docx", notice()))
    address = f"{API}/documents/{quote(DOCUMENT)}"
    assert client.delete(address).status_code == 204
    assert documents(client) == 0
    problem_of(client.delete(address), 404, "not_found")


def test_a_name_is_decided_and_the_decision_undone(client: TestClient) -> None:
    rows = (("区县(市)", "上海园区"), ("江北区", "上海漕河泾新兴技术开发区域"))
    send(client, ("表.docx", docx("宁波市对口联系计划表", rows)))
    (item,) = client.get(f"{API}/review").json()["items"]
    address = f"{API}/review/{quote(item['id'], safe='')}"
    accepted = client.post(address, json={"action": "accept", "entity": item["choices"][0]["id"]})
    assert accepted.status_code == 200
    assert accepted.json()["user"] == "审核员"
    problem_of(client.post(address, json={"action": "reject"}), 409, "conflict")
    assert accepted.json()["reread"][0]["added"]
    assert client.get(f"{API}/review").json()["items"][0]["decision"]["entity"] == item["choices"][0]["id"]
    assert client.post(address, json={"action": "undo"}).status_code == 200
    assert client.get(f"{API}/review").json()["items"][0]["decision"] is None
    assert client.post(address, json={"action": "reject"}).status_code == 200
    problem_of(client.post(address, json={"action": "accept"}), 422, "invalid_parameter")
    problem_of(client.post(address, json={"action": "maybe"}), 422, "invalid_parameter")
    problem_of(client.post(f"{API}/review/nothing", json={"action": "reject"}), 404, "not_found")
    for body, told in (
        ({}, "参数 action 应为 accept、reject、undo 之一。"),
        ({"action": "undo", "by": "x"}, "参数 by 在此没有，可用：action、entity。"),
    ):
        assert problem_of(client.post(address, json=body), 422, "invalid_parameter")["detail"] == told
