"""A store that an older version wrote is brought up to date when it is opened, and keeps what it holds."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from graph.backends import neo4j, sqlite_connections
from graph.backends.embedded import EmbeddedStore
from graph.backends.sqlite_connections import APPLICATION_ID, FILE_NAME
from graph.backends.upgrades import OLDEST_NEO4J, UPGRADES
from graph.errors import StoreUnavailable
from graph.store import Change, Statement
from tests.neo4j.fixtures import Neo4jStore
from tests.queries.conftest import plan
from tests.store.content import content

OLDER = Path(__file__).with_name("older")
"""The schema of each older format, as it was."""
PLACED = (
    "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
)


def written(folder: Path) -> EmbeddedStore:
    store = EmbeddedStore(folder, timeout=5)
    store.apply(Change(readings=[plan().reading()]))
    return store


def as_older(folder: Path, version: int, rows_of: Path) -> None:
    """Make a store of an older format that holds the rows of today's."""
    folder.mkdir()
    connection = sqlite3.connect(folder / FILE_NAME)
    connection.executescript((OLDER / f"format-{version}.sql").read_text("utf-8"))
    connection.execute("ATTACH ? AS today", (str(rows_of / FILE_NAME),))
    tables = connection.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'name_grams%'"
    ).fetchall()
    for (table,) in tables:
        connection.execute(f'INSERT INTO main."{table}" SELECT * FROM today."{table}"')
    connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(version),))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.commit()
    connection.close()


def schema_of(folder: Path) -> list[tuple[str, ...]]:
    with sqlite3.connect(folder / FILE_NAME) as connection:
        return connection.execute(PLACED).fetchall()


def test_every_older_format_has_its_upgrade_and_its_schema() -> None:
    assert list(UPGRADES) == list(range(min(UPGRADES), sqlite_connections.SCHEMA_VERSION))
    assert {path.name for path in OLDER.iterdir()} == {f"format-{version}.sql" for version in UPGRADES}


@pytest.mark.parametrize("version", UPGRADES)
def test_an_older_file_becomes_as_today_and_keeps_all(tmp_path: Path, version: int) -> None:
    today = written(tmp_path / "today")
    as_older(tmp_path / "older", version, tmp_path / "today")
    assert schema_of(tmp_path / "older") != schema_of(tmp_path / "today")
    older = EmbeddedStore(tmp_path / "older", timeout=5)
    assert schema_of(tmp_path / "older") == schema_of(tmp_path / "today")
    assert content(older) == content(today)
    assert older.version() == today.version()
    older.apply(Change(removals=[document.document.id for document in older.documents()]))
    assert older.documents() == []
    older.close()
    EmbeddedStore(tmp_path / "older", timeout=5).close()


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = min(UPGRADES)
    written(tmp_path / "today").close()
    as_older(tmp_path / "older", version, tmp_path / "today")
    before = schema_of(tmp_path / "older")
    broken = {**UPGRADES, version: (*UPGRADES[version], "CREATE INDEX entity_type ON entity (type)")}
    monkeypatch.setattr(sqlite_connections, "UPGRADES", broken)
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        EmbeddedStore(tmp_path / "older", timeout=5)
    assert schema_of(tmp_path / "older") == before


def test_a_file_too_old_is_refused_in_one_sentence(tmp_path: Path) -> None:
    written(tmp_path).close()
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(min(UPGRADES) - 1),))
    with pytest.raises(StoreUnavailable, match=r"请用新的数据目录重新导入文件。$"):
        EmbeddedStore(tmp_path, timeout=5)


SET_FORMAT = "MATCH (s:Store {id: 'store'}) SET s.schema = $schema"
INDEXES = Statement("", "SHOW INDEXES YIELD name RETURN name ORDER BY name")


@pytest.mark.neo4j
def test_an_older_graph_in_neo4j_gets_the_indexes_that_it_lacks(
    neo4j_store: Neo4jStore, neo4j_uri: str
) -> None:
    from neo4j import GraphDatabase

    neo4j_store.apply(Change(readings=[plan().reading()]))
    before, names = content(neo4j_store), neo4j_store.fetch(INDEXES, {})
    with GraphDatabase.driver(neo4j_uri) as driver:
        driver.execute_query(SET_FORMAT, schema=OLDEST_NEO4J)
        for index in ("candidate_entity", "alias_entity", "coverage_kind"):
            driver.execute_query(f"DROP INDEX {index}")
        neo4j_store.prepare()
        assert neo4j_store.fetch(INDEXES, {}) == names
        assert content(neo4j_store) == before
        for version in (OLDEST_NEO4J - 1, neo4j.SCHEMA_VERSION + 1):
            driver.execute_query(SET_FORMAT, schema=version)
            with pytest.raises(StoreUnavailable, match=f"格式版本为 {version}"):
                neo4j_store.prepare()
        driver.execute_query(SET_FORMAT, schema=neo4j.SCHEMA_VERSION)
