"""Free read-only Cypher: an open server is refused, a guarded one answers, within limits."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from api.cypher_guard import BLOCKLIST, FILE_URLS, PROCEDURES, open_doors
from api.doctor.store import store_findings
from api.routes.cypher import ROW_LIMIT, within_size
from graph.backends.neo4j_values import memory_told
from graph.errors import TooLarge
from graph.store import CypherAnswer
from tests.api.conftest import client_of, settings_in
from tests.api.test_http import API, problem_of
from tests.neo4j import server
from tests.neo4j.fixtures import open_store, settings_for
from tests.parts import require_part

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

    from graph.backends.neo4j import Neo4jStore


@pytest.fixture(scope="module")
def open_uri() -> Iterator[str]:
    """A server as it comes, with all its doors open."""
    reason = server.missing_parts()
    require_part(not reason, reason)
    with server.running() as running:
        yield running.uri


@pytest.fixture
def guarded(guarded_store: Neo4jStore, tmp_path: Path) -> TestClient:
    return client_of(settings_in(tmp_path), guarded_store)


def ask(client: TestClient, query: str, **parameters: Any) -> Any:
    return client.post(f"{API}/cypher", json={"query": query, "parameters": parameters})


@pytest.mark.neo4j
def test_an_open_server_is_refused_with_what_to_set(open_uri: str, tmp_path: Path) -> None:
    store = open_store(open_uri)
    body = problem_of(ask(client_of(settings_in(tmp_path), store), "RETURN 1"), 501, "not_supported")
    store.close()
    assert set(body["settings"]) == {FILE_URLS, PROCEDURES, BLOCKLIST}
    for setting in server.GUARDED:
        assert setting in body["detail"]


@pytest.mark.neo4j
def test_a_guarded_server_answers(guarded: TestClient, guarded_store: Neo4jStore) -> None:
    assert open_doors(guarded_store) == []
    body = ask(
        guarded, "UNWIND $names AS name RETURN name, size(name) AS n", names=["江北区", "象山县"]
    ).json()
    assert body["columns"] == ["name", "n"]
    assert body["rows"] == [["江北区", 3], ["象山县", 3]]
    assert body["truncated"] is False


@pytest.mark.neo4j
def test_nothing_is_written(guarded: TestClient, guarded_store: Neo4jStore) -> None:
    for query in (
        "CREATE (n:Unit {id: 'x'}) RETURN n",
        "MATCH (n) DETACH DELETE n",
        "CREATE INDEX FOR (n:X) ON (n.y)",
        "CALL { CREATE (:X) } IN TRANSACTIONS",
        "UNWIND [1] AS i FOREACH (j IN [i] | CREATE (:X))",
    ):
        answer = ask(guarded, query)
        assert answer.status_code == 422
        assert answer.json()["parameter"] == "query"
    assert ask(guarded, "MATCH (n:Unit) RETURN count(n)").json()["rows"] == [[0]]


@pytest.mark.neo4j
def test_files_and_addresses_are_out_of_reach(guarded: TestClient, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("out of reach")
    asked: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"out of reach")

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener) as listener:
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        for address in (
            f"file://{secret}",
            f"http://127.0.0.1:{listener.server_port}/x.csv",
            f"http://localhost:{listener.server_port}/x.csv",
        ):
            answer = ask(guarded, "LOAD CSV FROM $address AS line RETURN line", address=address)
            assert answer.status_code == 422
            assert "out of reach" not in answer.text
        listener.shutdown()
    assert asked == []


@pytest.mark.neo4j
@pytest.mark.parametrize(
    "query",
    [
        "CALL dbms.killConnections(['bolt-1'])",
        "CALL dbms.listConfig() YIELD name, value RETURN name, value",
        "CALL dbms.queryJmx('java.lang:*') YIELD name RETURN name",
        "UNWIND [1] AS n RETURN COLLECT { CALL dbms.listConfig() YIELD value RETURN value } AS all",
        "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
        "SHOW TRANSACTIONS",
        "SHOW SETTINGS",
        "SHOW USERS",
        "CYPHER 5 SHOW SETTINGS",
        "/* c */ SHOW SETTINGS // c",
        "EXPLAIN SHOW SETTINGS",
        "SHOW DATABASES",
        "CREATE USER x SET PASSWORD 'abcdefgh1'",
        "CALL `dbms`.`listConfig`() YIELD name RETURN name",
        "MATCH (n) WHERE EXISTS { CALL dbms.listConfig() YIELD name RETURN name } RETURN n",
        "CALL db.createLabel('Y')",
        "CALL tx.setMetaData({a: 1})",
        "UNWIND [1, 2] AS i CALL (i) { RETURN i AS j } IN TRANSACTIONS RETURN j",
        "PROFILE RETURN 1",
    ],
)
def test_the_server_is_not_governed_from_here(guarded: TestClient, query: str) -> None:
    body = problem_of(ask(guarded, query), 422, "invalid_parameter")
    assert body["parameter"] == "query"
    assert "此处" in body["detail"]


@pytest.mark.neo4j
def test_the_shape_of_the_graph_may_be_asked(guarded: TestClient) -> None:
    for query in (
        "CALL db.labels()",
        "SHOW INDEXES",
        "CALL db.relationshipTypes() YIELD relationshipType AS t RETURN t",
    ):
        assert ask(guarded, query).status_code == 200
    said = ask(guarded, "EXPLAIN MATCH (n) RETURN n")
    assert said.status_code == 200
    assert said.json()["rows"] == []


@pytest.mark.neo4j
def test_doctor_tells_what_the_server_leaves_open(open_uri: str) -> None:
    findings = store_findings(settings_for(open_uri))
    warned = [finding.remedy for finding in findings if finding.verdict == "warning"]
    assert [remedy.partition("=")[0] for remedy in warned] == [FILE_URLS, PROCEDURES, BLOCKLIST]


@pytest.mark.neo4j
def test_rows_and_time_are_limited(guarded: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    many = ask(guarded, "UNWIND range(1, 100000) AS n RETURN n").json()
    assert len(many["rows"]) == ROW_LIMIT
    assert many["truncated"] is True
    monkeypatch.setattr("api.routes.cypher.SECONDS", 0.5)
    slow = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(*)"
    problem_of(ask(guarded, slow), 503, "query_timeout")


@pytest.mark.neo4j
def test_one_expression_that_never_ends_is_answered_in_time(
    guarded: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server looks at its limit between rows only; who asked does not wait for it."""
    monkeypatch.setattr("api.routes.cypher.SECONDS", 0.2)
    monkeypatch.setattr("api.routes.cypher.GRACE", 0.2)
    body = problem_of(
        ask(guarded, "RETURN reduce(n = 0, i IN range(1, $most) | n + 1)", most=20_000_000),
        503,
        "query_timeout",
    )
    assert "表达式" in body["detail"]


def test_memory_that_the_server_lacks_is_the_query_s_fault() -> None:
    for code, told in (
        ("Neo.TransientError.General.OutOfMemoryError", TooLarge),
        ("Neo.ClientError.X", _Said),
    ):
        with pytest.raises(told), memory_told():
            raise _Said(code)


class _Said(Exception):
    """What the driver raises for the server."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@pytest.mark.neo4j
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("RETRUN 1", "RETRUN"),
        ("RETURN 1 AS a, 1 AS a", "column 8 (offset: 7)"),
        ("RETURN\n$x.", "line 2"),
        ("RETURN 1; RETURN 2", "one statement"),
        ("// 只有注释", "Unexpected end"),
        ("RETURN $没有", "没有"),
        ("USE system MATCH (n) RETURN n", "unsupported clauses"),
        ("CALL apoc.load.json('file:///etc/passwd')", "apoc.load.json"),
        ("LOAD CSV FROM 'http://2130706433:9/' AS line RETURN line", BLOCKLIST),
    ],
)
def test_a_wrong_query_is_told_in_one_sentence(guarded: TestClient, query: str, told: str) -> None:
    body = problem_of(ask(guarded, query), 422, "invalid_parameter")
    assert body["parameter"] == "query"
    assert told in body["detail"]
    assert "EXPLAIN " not in body["detail"] and "\n" not in body["detail"]


@pytest.mark.neo4j
def test_parameters_that_the_server_cannot_hold_are_told(guarded: TestClient) -> None:
    deep: Any = 1
    for _ in range(200):
        deep = [deep]
    for value in (2**63, [{"a": 2**64 - 1}], deep):
        assert (
            problem_of(ask(guarded, "RETURN $x", x=value), 422, "invalid_parameter")["parameter"]
            == "parameters"
        )
    assert ask(guarded, "RETURN $x AS x", x=2**63 - 1).json()["rows"] == [[2**63 - 1]]


@pytest.mark.neo4j
def test_values_of_every_kind_become_json(guarded: TestClient) -> None:
    body = ask(
        guarded,
        "RETURN 0.0 / 0.0 AS nan, date('2020-01-01') AS day, duration('P1D') AS span, point({x: 1, y: 2}) AS spot,"
        " {a: [1, null, true]} AS map, '\\u0000' AS zero, 9007199254740993 AS whole",
    ).json()
    spot = {"srid": 7203, "coordinates": [1.0, 2.0]}
    map_ = {"a": [1, None, True]}
    assert body["rows"] == [[None, "2020-01-01", "P1D", spot, map_, "\0", 9007199254740993]]


def test_a_large_answer_is_cut_at_a_row() -> None:
    answer = CypherAnswer(["t"], [["x" * 400], ["y" * 400], ["z" * 400]], truncated=False)
    cut = within_size(answer, limit=1000)
    assert len(cut["rows"]) == 2
    assert cut["truncated"] is True
    with pytest.raises(TooLarge):
        within_size(answer, limit=100)
