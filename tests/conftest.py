"""Fixtures that every area shares."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.parts import SHARED, require_part

if TYPE_CHECKING:
    from graph.backends.embedded import EmbeddedStore
    from graph.backends.neo4j import Neo4jStore
    from graph.store import Store

TIMEOUT = 20.0
"""Seconds that a read of a test may take: tests may share a busy machine."""


# No test asserts a time; the machine may be busy.
hypothesis_settings.register_profile("coopgraph", deadline=None)
hypothesis_settings.load_profile("coopgraph")


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The data folder beside the checkout; tests that read it skip where it is absent, under CI too."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared/data, which is not beside this checkout")
    return SHARED


@pytest.fixture
def embedded_store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    """An empty embedded store."""
    from graph.backends.embedded import EmbeddedStore

    store = EmbeddedStore(tmp_path / "store", timeout=TIMEOUT)
    yield store
    store.close()


@pytest.fixture(scope="session")
def neo4j_uri() -> Iterator[str]:
    """A running Neo4j, guarded as docker-compose.yml guards one: started once a session, or the one that
    NEO4J_TEST_URI names."""
    from tests.neo4j import server

    if given := os.environ.get("NEO4J_TEST_URI"):
        yield given
        return
    reason = server.missing_parts()
    require_part(not reason, reason)
    with server.running(server.GUARDED) as running:
        yield running.uri


@pytest.fixture(scope="session")
def neo4j_session_store(neo4j_uri: str) -> Iterator[Neo4jStore]:
    from tests.neo4j.fixtures import open_store

    store = open_store(neo4j_uri, timeout=TIMEOUT)
    yield store
    store.close()


@pytest.fixture(scope="module")
def guarded_store(neo4j_session_store: Neo4jStore, neo4j_uri: str) -> Neo4jStore:
    """A store on the test Neo4j, emptied for this module, whose server lets free Cypher be asked."""
    from api.cypher_guard import open_doors
    from tests.neo4j.fixtures import empty

    require_part(
        not open_doors(neo4j_session_store), "needs a Neo4j guarded as docker-compose.yml guards one"
    )
    empty(neo4j_session_store, neo4j_uri)
    return neo4j_session_store


@pytest.fixture
def neo4j_store(neo4j_session_store: Neo4jStore, neo4j_uri: str) -> Neo4jStore:
    """A store on the test Neo4j, emptied for this test."""
    from tests.neo4j.fixtures import empty

    empty(neo4j_session_store, neo4j_uri)
    return neo4j_session_store


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty store of each backend in turn."""
    return request.getfixturevalue(f"{request.param}_store")
