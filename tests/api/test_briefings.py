"""Packs by page, by HTTP and by command line: the same bytes, told while they are made, given up cleanly."""

from __future__ import annotations

import base64
import io
import json
import re
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

import pytest

from api.packing import LINES
from tests.api.conftest import BASE, client_of, settings_in
from tests.api.test_http import API, problem_of
from tests.api.test_serving import environment
from tests.parts import require_part
from viz.paper.fonts import find_chinese_font

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

    from graph.store import Store
    from tests.api.conftest import Run


TOKEN = "a-token-for-tests"


SMALL = {"leader": "陈炳荣", "as_of": "2026-01-01", "forms": ["xlsx", "svg"]}
NAME = "陈炳荣对口合作情况简报-2026-01-01.zip"


FORM = {
    "leader": "陈炳荣",
    "as_of": "2026-01-01",
    "status": "official",
    "forms": ["xlsx", "svg"],
    "since": "",
}


def names_in(data: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(data)).namelist()


def lines_of(answer: Any) -> list[dict[str, Any]]:
    assert answer.headers["content-type"] == LINES
    return [json.loads(line) for line in answer.text.splitlines()]


def test_the_pack_is_named_in_chinese_for_old_and_new_browsers(examples: TestClient) -> None:
    answer = examples.post(f"{API}/briefings", json=SMALL)
    assert answer.status_code == 200, answer.text
    said = answer.headers["content-disposition"]
    assert said == f"attachment; filename=\"briefing.zip\"; filename*=UTF-8''{quote(NAME, safe='')}"
    assert names_in(answer.content)[:2] == ["目录.html", "附表.xlsx"]
    assert {name.rsplit(".")[-1] for name in names_in(answer.content)} == {"html", "xlsx", "svg"}


def test_the_same_pack_by_json_by_forms_and_told(examples: TestClient) -> None:
    whole = examples.post(f"{API}/briefings", json={**SMALL, "leader": "leader:陈炳荣@宁波市"}).content
    assert whole == examples.post("/briefing", data=FORM).content
    assert whole == examples.post(f"{API}/briefings", files={"template": ("", b"")}, data=SMALL).content
    told = lines_of(examples.post(f"{API}/briefings", json=SMALL, headers={"accept": LINES}))
    assert base64.b64decode(told[-1]["zip"]) == whole
    assert told[-1]["name"] == NAME
    assert [event["file"] for event in told[:-1]] == names_in(whole)[1:]
    assert [event["done"] for event in told[:-1]] == list(range(told[0]["total"]))


def test_a_command_of_another_process_makes_the_same_bytes(
    examples: TestClient, example_data: Path, tmp_path: Path
) -> None:
    require_part(find_chinese_font(), "needs a Chinese font")
    forms = ["docx", "pptx", "xlsx", "svg", "png", "html"]
    target = tmp_path / "pack.zip"
    options = [one for form in reversed(forms) for one in ("--forms", form)]
    asked = ["briefing", "--leader", "陈炳荣", "--as-of", "2026-01-01", *options, "-o", str(target)]
    subprocess.run([sys.executable, "-m", "api.cli", *asked], env=environment(example_data), check=True)
    assert target.read_bytes() == examples.post(f"{API}/briefings", json={**SMALL, "forms": forms}).content


def test_what_is_wrong_is_told_in_the_form_with_the_names_that_may_be_meant(examples: TestClient) -> None:
    answer = examples.post("/briefing", data={**FORM, "leader": "", "unit": "北伦区"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    links = [unquote(link) for link in re.findall('class="chip" href="([^"]+)"', answer.text)]
    assert [link for link in links if "as_of=2026-01-01" in link and "unit=unit:北仑区" in link]
    problem_of(
        examples.post("/briefing", data={"unit": "x", "y": "z"}, headers={"accept": LINES}),
        422,
        "invalid_parameter",
    )
    (told,) = lines_of(examples.post("/briefing", data={"unit": "北伦区"}, headers={"accept": LINES}))
    assert told["problem"]["near"] == ["unit:北仑区"]
    assert examples.get("/briefing?nonsense=1").status_code == 422


ELSEWHERE = {"leader": "陈炳荣", "status": "illustrative", "forms": ["xlsx"]}
"""What only official documents say, asked of illustrative ones."""


def test_a_form_without_content_says_so_and_where_there_is_some(examples: TestClient) -> None:
    answer = examples.post("/briefing", data=ELSEWHERE)
    assert answer.status_code == 422
    assert "没有符合条件的内容" in answer.text
    assert "附表.xlsx" in names_in(examples.post(f"{API}/briefings", json=ELSEWHERE).content)


def test_a_form_says_that_only_illustrative_documents_have_some(tmp_path: Path) -> None:
    from graph.backends.embedded import EmbeddedStore
    from graph.store import Change
    from graph.vocabulary import Status
    from tests.queries.papers import Paper

    store = EmbeddedStore(tmp_path, timeout=20)
    paper = Paper("doc:1", status=Status.ILLUSTRATIVE)
    paper.pair("unit:江北区", "park:甲园区")
    store.apply(Change(readings=[paper.reading()]))
    answer = client_of(settings_in(tmp_path), store).post("/briefing", data={"unit": "江北区"})
    store.close()
    assert answer.status_code == 422
    assert "示例资料中有" in answer.text


def test_a_form_needs_the_token_of_its_session(example_store: Store, tmp_path: Path) -> None:
    client = client_of(settings_in(tmp_path, token=TOKEN), example_store)
    assert client.get("/briefing", headers={"accept": "text/html"}).status_code == 303
    client.post("/signin", data={"token": TOKEN, "next": "/"}, headers={"origin": BASE})
    assert client.post("/briefing", data=FORM).status_code == 403
    page = client.get("/briefing").text
    csrf = re.search('name="csrf" value="([^"]+)"', page)
    assert csrf is not None
    assert (
        client.post("/briefing", data={**FORM, "csrf": csrf[1]}).headers["content-type"] == "application/zip"
    )
    assert client.post(f"{API}/briefings", json=SMALL).status_code == 403
    other = client.post(
        "/briefing", data={**FORM, "csrf": csrf[1]}, headers={"origin": "http://evil.example"}
    )
    assert other.status_code == 403


def test_a_template_is_taken_by_form_and_by_api_and_refused_in_one_sentence(examples: TestClient) -> None:
    require_part(find_chinese_font(), "needs a Chinese font")
    from tests.paper.test_own_template import PLAIN, template

    own = {"template": ("模板.docx", template("某某局文件", *PLAIN))}
    wish = {**SMALL, "forms": ["docx"]}
    answer = examples.post(f"{API}/briefings", data=wish, files=own)
    assert answer.status_code == 200, answer.text
    pack = zipfile.ZipFile(io.BytesIO(answer.content))
    assert (
        "某某局文件" in zipfile.ZipFile(io.BytesIO(pack.read("简报.docx"))).read("word/document.xml").decode()
    )
    assert "--template 模板.docx" in pack.read("目录.html").decode()
    assert examples.post("/briefing", data=wish, files=own).content == answer.content
    unused = problem_of(examples.post(f"{API}/briefings", data=SMALL, files=own), 422, "usage")
    assert "docx" in unused["detail"]
    hostile = {"template": ("x.docx", template(*PLAIN, "{{ lipsum.__globals__ }}"))}
    refused = examples.post(f"{API}/briefings", data=wish, files=hostile)
    assert "Word 模板" in problem_of(refused, 422, "usage")["detail"]
    large = {"template": ("x.docx", b"x" * 10_200_000)}
    problem_of(examples.post(f"{API}/briefings", data=wish, files=large), 413, "upload_too_large")
    problem_of(
        examples.post(f"{API}/briefings", data=wish, files={"other": ("x", b"x")}), 422, "invalid_parameter"
    )
    problem_of(
        examples.post(f"{API}/briefings", content=b"x", headers={"content-type": "text/plain"}),
        400,
        "bad_request",
    )


def test_the_command_says_at_once_where_it_cannot_write_and_that_there_is_nothing(
    run: Run, example_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COOPGRAPH_DATA_DIR", str(example_data))
    assert run("briefing", "-o", tmp_path / "no" / "pack.zip").code == 2
    assert run("briefing", "--forms", "doc", "-o", tmp_path / "pack.zip").code == 2
    ran = run("briefing", "--unit", "北伦区", "-o", tmp_path / "pack.zip")
    assert ran.code == 2
    assert "unit:北仑区" in ran.err
    wish = ("--leader", "陈炳荣", "--status", "illustrative", "--forms", "xlsx")
    ran = run("briefing", *wish, "-o", tmp_path / "pack.zip")
    assert ran.code == 0
    assert "没有符合条件的内容" in ran.err


def test_a_picture_is_saved_under_its_title(examples: TestClient) -> None:
    for query, title in (("", "对口关系图"), ("&lang=en", "Who pairs with whom")):
        said = examples.get(f"/views/bridge.svg?status=all{query}").headers["content-disposition"]
        assert said.startswith('inline; filename="bridge.svg"; ')
        assert unquote(said).endswith(f"filename*=UTF-8''{title}.svg")
