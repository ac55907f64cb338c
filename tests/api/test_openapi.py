"""The OpenAPI document: complete, and true to the answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema_rs import Draft202012Validator  # schemathesis brings it

from graph.catalogue import catalogue

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

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
