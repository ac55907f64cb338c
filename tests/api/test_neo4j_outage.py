"""Neo4j goes away in the middle of a question, and comes back: 503 meanwhile, and no restart of ours."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graph.errors import StoreUnavailable
from tests.api.conftest import client_of, settings_in
from tests.api.test_http import API, problem_of
from tests.neo4j import server
from tests.neo4j.fixtures import open_store
from tests.parts import require_part
from tests.store.killed import acknowledged, assert_whole, start_writer
from tests.store.writer import CLAIMS

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

LONG = "UNWIND range(1, 100000000000) AS x RETURN count(x) AS n"
SEEN_SECONDS = 60


def wait_until_it_runs(uri: str) -> None:
    """Wait until the server is busy with the long query."""
    from neo4j import GraphDatabase

    with GraphDatabase.driver(uri) as driver:
        end = time.monotonic() + SEEN_SECONDS
        while time.monotonic() < end:
            running = driver.execute_query("SHOW TRANSACTIONS YIELD currentQuery RETURN currentQuery").records
            if any(record["currentQuery"] == LONG for record in running):
                return
            time.sleep(0.05)
    pytest.fail("the server never ran the query")


def wait_until_it_is_written(client: TestClient) -> None:
    """Wait until the writer's document is there."""
    end = time.monotonic() + SEEN_SECONDS
    while not client.get(f"{API}/documents?status=all").json()["total"]:
        assert time.monotonic() < end, "nothing was written"


@pytest.mark.neo4j
def test_a_server_that_dies_in_mid_query_and_mid_write_is_told_and_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it had acknowledged is there when it is back."""
    reason = server.missing_parts()
    require_part(not reason, reason)
    monkeypatch.setattr("graph.backends.neo4j.RETRY_SECONDS", 0.5)  # each refusal waits for as long
    running = server.start(tmp_path / "neo4j", settings=server.GUARDED)
    port = int(running.uri.rpartition(":")[2])
    store = open_store(running.uri)
    try:
        client = client_of(settings_in(tmp_path / "data"), store)
        writer = start_writer(running.uri, 1000)
        wait_until_it_is_written(client)
        answers: list[Any] = []
        body = {"query": LONG, "parameters": {}}
        asker = threading.Thread(target=lambda: answers.append(client.post(f"{API}/cypher", json=body)))
        asker.start()
        wait_until_it_runs(running.uri)
        running.kill()
        asker.join(SEEN_SECONDS)
        done = acknowledged(writer)
        writer.wait()
        assert done
        problem_of(answers[0], 503, "store_unavailable")
        problem_of(client.get(f"{API}/pairs"), 503, "store_unavailable")
        assert client.get("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200
        with pytest.raises(StoreUnavailable, match="NEO4J_URI"):
            store.check()

        running = server.start(tmp_path / "neo4j", port, settings=server.GUARDED)
        assert client.get("/readyz").status_code == 200  # the same store object: no restart
        assert client.get(f"{API}/pairs").json()["total"] == CLAIMS
        assert_whole(store, done)
    finally:
        store.close()
        running.kill()
