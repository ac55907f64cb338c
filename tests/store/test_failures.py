"""What cannot be reached, opened or answered in time is told in one clear sentence."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.backends.neo4j import Neo4jStore
from graph.backends.sqlite_connections import FILE_NAME
from graph.cancelling import Cancellation
from graph.errors import Cancelled, InvalidParameter, NeedsNeo4j, QueryTimeout, StoreUnavailable
from graph.opening import open_store
from graph.settings import Settings
from graph.store import Change, Statement, Store
from tests.neo4j import server
from tests.neo4j.fixtures import open_store as open_neo4j_at
from tests.store.samples import park, reading, unit

ENDLESS = Statement(
    "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) AS n FROM c",
    "UNWIND range(1, 100000000000) AS x RETURN count(x) AS n",
)
ONE = Statement("SELECT 1 AS n", "RETURN 1 AS n")
FIRST = reading(claims=((unit("宁波市江北区"), park("张江高科技园区")),))


def test_a_slow_read_is_stopped(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path, timeout=0.2)
    with pytest.raises(QueryTimeout, match="已停止"):
        store.fetch(ENDLESS, {})
    assert store.fetch(ONE, {}) == [{"n": 1}]


@pytest.mark.neo4j
def test_a_slow_read_is_stopped_in_neo4j(neo4j_store: Neo4jStore, neo4j_uri: str) -> None:
    store = open_neo4j_at(neo4j_uri, timeout=1)
    with pytest.raises(QueryTimeout, match="已停止"):
        store.fetch(ENDLESS, {})
    assert store.fetch(ONE, {}) == [{"n": 1}]
    store.close()


def test_an_abandoned_read_is_stopped(store: Store) -> None:
    cancellation = Cancellation()
    threading.Timer(0.5, cancellation.cancel).start()
    with cancellation.active(), pytest.raises(Cancelled):
        store.fetch(ENDLESS, {})
    assert store.fetch(ONE, {}) == [{"n": 1}]


def test_a_read_cannot_write(store: Store) -> None:
    store.apply(Change(readings=[FIRST]))
    wrong = Statement("DELETE FROM claim", "MATCH ()-[c:PAIRED_WITH]->() DELETE c")
    with pytest.raises(Exception, match=r"(?i)read"):
        store.fetch(wrong, {})
    count = Statement("SELECT count(*) AS n FROM claim", "MATCH ()-[c:PAIRED_WITH]->() RETURN count(c) AS n")
    assert store.fetch(count, {}) == [{"n": 1}]


def test_a_closed_store_says_so(embedded_store: EmbeddedStore) -> None:
    embedded_store.version()
    embedded_store.close()
    with pytest.raises(StoreUnavailable):
        embedded_store.version()
    with pytest.raises(StoreUnavailable):
        embedded_store.apply(Change(removals=["doc:x"]))


def test_the_folder_is_made(tmp_path: Path) -> None:
    EmbeddedStore(tmp_path / "a" / "b", timeout=1).close()
    assert (tmp_path / "a" / "b" / FILE_NAME).is_file()


def test_a_broken_file_is_refused_and_kept(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    file.write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreUnavailable, match="COOPGRAPH_DATA_DIR"):
        EmbeddedStore(tmp_path, timeout=1)
    assert file.read_bytes().startswith(b"not a database")


def test_another_programs_file_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("CREATE TABLE meta (key, value)")
    connection.close()
    with pytest.raises(StoreUnavailable, match="其他程序"):
        EmbeddedStore(tmp_path, timeout=1)


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    EmbeddedStore(tmp_path, timeout=1).close()
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    connection.commit()
    connection.close()
    with pytest.raises(StoreUnavailable, match="请升级"):
        EmbeddedStore(tmp_path, timeout=1)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnavailable, match="COOPGRAPH_DATA_DIR"):
        EmbeddedStore(tmp_path / "file" / "store", timeout=1)


def test_a_writer_that_waits_in_vain(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path, timeout=0.2)
    other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="稍后再试"):
        store.apply(Change(readings=[FIRST]))
    assert store.documents() == [], "reading goes on meanwhile"
    other.execute("ROLLBACK")
    store.apply(Change(readings=[FIRST]))
    assert len(store.documents()) == 1


def test_settings_choose_the_embedded_store(tmp_path: Path) -> None:
    store = open_store(Settings.model_validate({"data_dir": tmp_path, "neo4j_uri": None}))
    assert store.backend == "embedded"
    with pytest.raises(NeedsNeo4j):
        store.cypher("RETURN 1", {}, limit=1, seconds=1)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_an_unreachable_server(scheme: str) -> None:
    uri = f"{scheme}://user:secret@127.0.0.1:{server.free_port()}"
    with pytest.raises(StoreUnavailable) as caught:
        open_neo4j_at(uri.replace("user:secret@", ""))
    assert "NEO4J_URI" in caught.value.message and caught.value.exit_code == 4


@pytest.mark.parametrize("uri", ["http://server:7474", "server:7687", "bolt+x://server"])
def test_a_wrong_address_is_named_without_its_password(uri: str) -> None:
    with pytest.raises(StoreUnavailable, match="写法不对") as caught:
        open_neo4j_at(uri.replace("//", "//user:secret@"))
    assert "secret" not in caught.value.message


@pytest.mark.neo4j
def test_free_cypher_reads_only(neo4j_store: Neo4jStore) -> None:
    neo4j_store.apply(Change(readings=[FIRST]))
    answer = neo4j_store.cypher(
        "MATCH (a:Unit {name: $name})-[c:PAIRED_WITH]->(b) RETURN a.name AS name, c, b",
        {"name": "宁波市江北区"},
        limit=10,
        seconds=5,
    )
    assert answer.columns == ["name", "c", "b"] and not answer.truncated
    assert answer.edges[0]["source"] == "unit:宁波市江北区" and len(answer.nodes) == 1
    for text in ("CREATE (n) RETURN n", "MATCH (n) DETACH DELETE n", "RETURN nonsense", ""):
        with pytest.raises(InvalidParameter):
            neo4j_store.cypher(text, {}, limit=10, seconds=5)
    many = neo4j_store.cypher("UNWIND range(1, 50) AS x RETURN x", {}, limit=10, seconds=5)
    assert len(many.rows) == 10 and many.truncated
    exact = neo4j_store.cypher("UNWIND range(1, 10) AS x RETURN x", {}, limit=10, seconds=5)
    assert len(exact.rows) == 10 and not exact.truncated
    with pytest.raises(QueryTimeout):
        neo4j_store.cypher(ENDLESS.cypher, {}, limit=10, seconds=1)
    assert len(neo4j_store.documents()) == 1
