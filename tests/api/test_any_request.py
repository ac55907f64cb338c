"""Any request that the OpenAPI document allows or forbids: no 500, no undocumented status, no answer off its schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.api.conftest import EXAMPLES, client_of, settings_in
from tests.ingest.documents import docx

if TYPE_CHECKING:
    from pathlib import Path

    from graph.backends.neo4j import Neo4jStore
    from graph.store import Store

LOCAL = {"host": "127.0.0.1"}
MISREAD = docx("宁波市对口联系计划表", (("区县(市)", "上海园区"), ("江北区", "上海漕河泾新兴技术开发区域")))
"""Its partner is one character from a known one: a name to review."""
NAMES: Mapping[str, Sequence[str]] = {
    "programme": ("沪甬产业合作",),
    "region": ("上海市", "region:宁波市"),
    "q": ("江北", "nbsjxj", "上海大", "sh", "建设"),
    "leader": ("陈炳荣",),
    "unit": ("江北区", "市经信局", "collective:各区县(市)@宁波市"),
    "counterpart": ("敦化市", "park:上海金桥经济技术开发区"),
    "with": ("江北区",),
    "sector": ("汽车制造",),
    "source": ("unit:宁波市江北区",),
    "target": ("unit:敦化市", "park:上海金桥经济技术开发区", "unit:宁波市江北区"),
    "entity": ("park:上海漕河泾新兴技术开发区",),
}
"""Parameter → values that name something that is there."""
ALL_CHECKS: list[Any] = list(HealthCheck)


@dataclass(frozen=True)
class Tried:
    """The OpenAPI document with an application behind it, and values that this one knows."""

    schema: Any
    known: Mapping[str, Sequence[str]]


def tried(folder: Path, store: Store) -> Tried:
    """An application over the examples and a name to review."""
    from ingest.library import Library

    reviewed = folder / "表.docx"
    reviewed.write_bytes(MISREAD)
    Library(store, settings_in(folder)).ingest_paths([*EXAMPLES, reviewed])
    client = client_of(settings_in(folder), store)
    documents = [item["id"] for item in client.get("/api/v1/documents?status=all").json()["items"]]
    assert len(documents) == len(EXAMPLES) + 1
    entities = [item["id"] for item in client.get("/api/v1/entities?status=all&size=1000").json()["items"]]
    (candidate,) = client.get("/api/v1/review").json()["items"]
    known = {**NAMES, "document": documents, "documents": documents, "entities": entities, "a": documents}
    return Tried(
        schemathesis.openapi.from_asgi("/openapi.json", client.app, headers=LOCAL),
        {**known, "b": documents, "n": ["1"], "review": [candidate["id"]]},
    )


def known_values(tried: Tried, case: Any, name: str) -> Sequence[str]:
    """What a parameter of a case may name that is there. Nothing known is ever deleted."""
    if case.method == "DELETE":
        return ()
    if name == "id":
        kinds = [kind for kind in ("documents", "review") if f"/{kind}/" in case.path]
        return tried.known[kinds[0] if kinds else "entities"]
    return tried.known.get(name, ())


def pointed(tried: Tried, case: Any, data: st.DataObject) -> Any:
    """The case with, for some of its free texts, what is there: random text names nothing."""
    for place in (case.path_parameters, case.query):
        for name in list(place or ()):
            values = known_values(tried, case, name)
            if values and data.draw(st.integers(0, 3)):
                chosen = data.draw(st.sampled_from(values))
                place[name] = quote(chosen, safe="") if place is case.path_parameters else chosen
    if isinstance(case.body, dict) and data.draw(st.booleans()):
        if case.path.endswith("/cypher"):
            case.body = {"query": "MATCH (n) RETURN n, labels(n) LIMIT 3"}
        elif "entity" in case.body:
            case.body["entity"] = data.draw(st.sampled_from(NAMES["entity"]))
    return case


def examples_for(path: str, most: int) -> int:
    """Few for what starts a browser or an office programme for each answer."""
    if path.endswith((".pdf", "/briefings")):
        return min(most, 2)
    return min(most, 5) if path.endswith((".docx", ".pptx", ".png")) else most


def try_operation(tried: Tried, operation: Any, mode: GenerationMode, most: int) -> list[int]:
    """The statuses of the answers to some requests, all of them held to the document.

    Well-formed input may be refused too: a filter must name something that is there, and only one.
    """
    statuses: list[int] = []

    @given(case=operation.as_strategy(generation_mode=mode), data=st.data())
    @settings(
        max_examples=examples_for(operation.path, most),
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=ALL_CHECKS,
    )
    def holds(case: Any, data: st.DataObject) -> None:
        if mode is GenerationMode.POSITIVE:
            case = pointed(tried, case, data)
        excluded = [positive_data_acceptance, not_a_server_error]
        answer = case.call_and_validate(headers=LOCAL, excluded_checks=excluded, timeout=120)
        # Free Cypher needs the other store, guarded, and says so.
        assert answer.status_code < 500 or (case.path.endswith("/cypher") and answer.status_code == 501)
        statuses.append(answer.status_code)

    try:
        holds()
    except Unsatisfiable:  # an operation without parameters cannot be given wrong ones
        assert mode is GenerationMode.NEGATIVE
    return statuses


def try_every_operation(tried: Tried, mode: GenerationMode, most: int) -> Iterator[tuple[str, int]]:
    """(operation, status) of each answer."""
    for found in tried.schema.get_all_operations():
        operation = found.ok()
        for status in try_operation(tried, operation, mode, most):
            yield f"{operation.method.upper()} {operation.path}", status


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Tried:
    """An application of its own, which may be changed."""
    from graph.backends.embedded import EmbeddedStore

    folder = tmp_path_factory.mktemp("tried")
    return tried(folder, EmbeddedStore(folder, timeout=60))


def answered(asked: Sequence[tuple[str, int]]) -> set[str]:
    return {operation for operation, status in asked if status < 300}


def test_what_is_allowed_is_answered(embedded: Tried) -> None:
    asked = list(try_every_operation(embedded, GenerationMode.POSITIVE, 6))
    silent = {operation for operation, _ in asked} - answered(asked)
    # Random bytes are no document; random ids are not there to be deleted; Cypher is for the other store.
    assert silent == {"POST /api/v1/documents", "DELETE /api/v1/documents/{id}", "POST /api/v1/cypher"}


def test_what_is_forbidden_is_refused(embedded: Tried) -> None:
    asked = list(try_every_operation(embedded, GenerationMode.NEGATIVE, 7))
    assert {status for _, status in asked} >= {400, 422}


@pytest.mark.neo4j
def test_neo4j_answers_by_the_same_document(neo4j_store: Neo4jStore, tmp_path: Path) -> None:
    whole = tried(tmp_path, neo4j_store)
    only = Tried(whole.schema.include(path_regex="^/api/v1/(?!briefings|export)"), whole.known)
    asked = list(try_every_operation(only, GenerationMode.POSITIVE, 2))
    assert len(answered(asked)) > 20
