"""The OpenAPI document: complete, true to the answers, good enough to generate a client from."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from jsonschema_rs import Draft202012Validator  # schemathesis brings it
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import positive_data_acceptance

from graph.catalogue import catalogue
from tests.api.conftest import EXAMPLES, client_of, settings_in

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

LOCAL = {"host": "127.0.0.1"}
EXAMPLES_EACH = 12
"""Cases that are tried for each operation and each kind of input."""
CONTRACT = (
    "stats", "programmes", "queries", "entities", "entities/{id}", "pairs", "liaisons", "coverage",
    "gaps", "unpaired", "tasks", "portfolio/{id}", "neighbourhood/{id}", "paths", "centrality",
    "load", "overlap", "consistency", "outstanding", "documents", "documents/{id}",
    "documents/{id}/receipt", "documents/{a}/diff/{b}", "documents/{id}/tables/{n}", "review",
    "review/{id}", "cypher", "export",
)  # fmt: skip


@pytest.fixture(scope="module")
def document(examples: TestClient) -> dict[str, Any]:
    return examples.get("/openapi.json").json()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_every_path_of_the_contract_is_there(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    missing = [path for path in CONTRACT if f"/api/v1/{path}" not in document["paths"]]
    assert missing == []


def test_every_json_answer_has_an_example_true_to_its_schema(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        for status, response in operation["responses"].items():
            media = response.get("content", {}).get("application/json")
            if media is None or path == "/api/v1/export":
                continue
            assert "example" in media, f"{method} {path} {status} has no example"
            whole = {**media["schema"], "components": document["components"]}
            errors = [e.message for e in Draft202012Validator(whole).iter_errors(media["example"])]
            assert errors == [], f"{method} {path} {status}"


def test_every_operation_is_told_apart_and_documents_its_problems(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(ids) == len(set(ids))
    for path, method, operation in operations(document):
        assert operation["summary"], f"{method} {path}"
        if path.startswith("/api/v1"):
            assert {"401", "421", "503"} <= set(operation["responses"]), f"{method} {path}"


def test_every_parameter_is_described(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        for parameter in operation.get("parameters", ()):
            assert parameter["description"], f"{method} {path} {parameter['name']}"
            assert "$ref" not in json.dumps(parameter), f"{method} {path} {parameter['name']}"


@pytest.mark.parametrize("name", list(catalogue()))
def test_answers_over_the_examples_keep_their_schema(
    examples: TestClient, document: dict[str, Any], name: str
) -> None:
    query = catalogue()[name]
    path = f"/api/v1{query.route}"
    given = {"status": "all"}
    if name == "paths":
        given |= {"source": "unit:宁波市江北区", "target": "park:上海漕河泾新兴技术开发区"}
    ids = {"portfolio": "leader:陈炳荣@宁波市"}
    address = path.replace("{id}", ids.get(name, "unit:宁波市江北区"))
    answer = examples.get(address, params=given)
    assert answer.status_code == 200, answer.text
    schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    whole = {**schema, "components": document["components"]}
    assert [e.message for e in Draft202012Validator(whole).iter_errors(answer.json())] == []


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The document with an application of its own behind it, which may be changed."""
    from graph.backends.embedded import EmbeddedStore
    from ingest.library import Library

    folder = tmp_path_factory.mktemp("tried")
    store = EmbeddedStore(folder, timeout=20)
    Library(store, settings_in(folder)).ingest_paths(EXAMPLES)
    app = client_of(settings_in(folder), store).app
    return schemathesis.openapi.from_asgi("/openapi.json", app, headers=LOCAL)


_each = settings(
    max_examples=EXAMPLES_EACH,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_nothing_breaks_and_nothing_is_undocumented(tried: Any, mode: GenerationMode) -> None:
    """No 500, no undocumented status or media type, no answer off its schema; bad input is refused.

    Well-formed input may be refused too: a filter must name something that is there, and only one.
    """
    asked: set[int] = set()
    for found in tried.get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=EXAMPLES_EACH,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        def holds(case: schemathesis.Case) -> None:
            excluded = [positive_data_acceptance, not_a_server_error]
            answer = case.call_and_validate(headers=LOCAL, excluded_checks=excluded)
            # Free Cypher needs the other store, and says so.
            assert answer.status_code < 500 or (case.path.endswith("/cypher") and answer.status_code == 501)
            asked.add(answer.status_code)

        try:
            holds()
        except Unsatisfiable:  # an operation without parameters cannot be given wrong ones
            assert mode is GenerationMode.NEGATIVE
    assert asked & {200, 422}


def _content_types(document: dict[str, Any]) -> set[str]:
    """Every kind of content that a route may answer."""
    return {
        kind
        for path in document["paths"].values()
        for operation in path.values()
        for response in operation["responses"].values()
        for kind in response.get("content", {})
    }


def test_a_generated_client_works(document: dict[str, Any], example_data: Path, tmp_path: Path) -> None:
    described = tmp_path / "openapi.json"
    described.write_text(json.dumps(document))
    files = sorted({kind for kind in _content_types(document) if not kind.endswith("json")} - {"text/html"})
    overrides = "".join(f"  {kind}: application/octet-stream\n" for kind in files)
    (tmp_path / "config.yaml").write_text(f"content_type_overrides:\n{overrides}post_hooks: []\n")
    out = tmp_path / "made"
    subprocess.run(
        [
            str(Path(sys.executable).with_name("openapi-python-client")),
            "generate",
            "--path",
            str(described),
            "--output-path",
            str(out),
            "--meta",
            "none",
            "--config",
            str(tmp_path / "config.yaml"),
            "--fail-on-warning",
        ],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert (out / "api" / "queries" / "pairs.py").exists()
    done = subprocess.run(
        [sys.executable, "-c", _CALLS, str(example_data)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": f"{tmp_path}:{Path(__file__).resolve().parents[2]}", "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, done.stderr[-3000:]


_CALLS = """
import asyncio, sys
from pathlib import Path
import httpx
from api.app import create_app
from graph.settings import Settings
from made import Client
from made.api.queries import entity, pairs, tasks
from made.models import PairsStatus, Problem

app = create_app(Settings(data_dir=Path(sys.argv[1]), neo4j_uri=None))
client = Client(base_url="http://127.0.0.1")
client.set_async_httpx_client(httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1"))

async def calls():
    found = await pairs.asyncio(client=client, status=PairsStatus.ALL, size=3)
    assert len(found.items) == 3 and found.total > 3, found
    assert found.items[0].unit.name and found.items[0].evidence[0].row
    assert len((await tasks.asyncio(client=client)).items) == 3
    one = await entity.asyncio("unit:宁波市江北区", client=client)
    assert one.name == "江北区", one
    missing = await entity.asyncio("unit:没有", client=client)
    assert isinstance(missing, Problem) and missing.code == "not_found", missing

asyncio.run(calls())
"""
