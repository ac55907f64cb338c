"""Stores that the views' tests draw from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.vocabulary import Status
from tests.viz.plans import generated, hostile_reading, revised, small_pairs, store_with, tasks_reading


@pytest.fixture(scope="session")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    """An official plan of pairs, one of tasks, and an illustrative one."""
    illustrative = small_pairs("甬政办发〔2020〕7号", status=Status.ILLUSTRATIVE)
    store = store_with(tmp_path_factory.mktemp("plan"), small_pairs(), tasks_reading(), illustrative)
    yield store
    store.close()


@pytest.fixture(scope="session")
def revision(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    """A plan and the one that replaces it."""
    store = store_with(tmp_path_factory.mktemp("revision"), small_pairs(), revised())
    yield store
    store.close()


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    store = store_with(tmp_path_factory.mktemp("hostile"), hostile_reading())
    yield store
    store.close()


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    """2,000 units and as many partners: more than can be drawn one by one."""
    store = store_with(tmp_path_factory.mktemp("large"), generated(2000, 4000))
    yield store
    store.close()


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    store = store_with(tmp_path_factory.mktemp("empty"))
    yield store
    store.close()
