"""After any changes both stores hold the same, and no change leaves anything over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.backends.embedded import EmbeddedStore
from graph.backends.neo4j import Neo4jStore
from graph.ids import document_id
from graph.model import Reading
from graph.store import Change, Store
from tests.store.content import content
from tests.strategies import DOCUMENTS, decisions, linked_readings, readings

PER_TEST = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]


def changes() -> st.SearchStrategy[Change]:
    """Mostly readings; some removals, decisions and undone decisions."""
    removal = st.sampled_from(DOCUMENTS).map(lambda number: document_id(number, ""))
    return st.builds(
        Change,
        readings=st.lists(linked_readings(), max_size=2),
        removals=st.lists(removal, max_size=1),
        decisions=st.lists(decisions(), max_size=1),
        undone=st.lists(st.sampled_from(("aaaa0001", "aaaa0002")), max_size=1),
        forgotten=st.lists(st.sampled_from(("unit:旧名", "unit:市支援合作局")), max_size=1),
    )


def wipe(store: Store) -> None:
    """Back to an empty store, but for aliases and counters, which stay."""
    store.apply(Change(removals=[d.document.id for d in store.documents()], undone=list(store.decisions())))


@pytest.fixture
def both(embedded_store: EmbeddedStore, neo4j_store: Neo4jStore) -> Iterator[tuple[Store, Store]]:
    yield embedded_store, neo4j_store


@pytest.mark.neo4j
@settings(max_examples=8, deadline=None, suppress_health_check=PER_TEST)
@given(st.lists(changes(), min_size=1, max_size=5))
def test_both_stores_hold_the_same(both: tuple[Store, Store], made: list[Change]) -> None:
    for change in made:
        moved: list[bool] = []
        for store in both:
            before = store.version()
            store.apply(change)
            moved.append(store.version() != before)
        assert moved[0] == moved[1]
        embedded, neo4j = content(both[0]), content(both[1])
        assert embedded == neo4j
    for store in both:
        wipe(store)
    assert not content(both[0])["entities"] and content(both[0]) == content(both[1])


@settings(max_examples=15, deadline=None, suppress_health_check=PER_TEST)
@given(st.lists(readings(), min_size=1, max_size=4))
def test_the_last_word_of_each_document_decides(tmp_path: Path, made: list[Reading]) -> None:
    """Writing a history and writing only its outcome leave the same claims, mentions and coverage."""
    history = EmbeddedStore(tmp_path / "history", timeout=20)
    outcome = EmbeddedStore(tmp_path / "outcome", timeout=20)
    for store in (history, outcome):
        wipe(store)
    for item in made:
        history.apply(Change(readings=[item]))
    last = {item.document.id: item for item in made}
    outcome.apply(Change(readings=[i for i in made if last[i.document.id] is i]))
    one, other = content(history), content(outcome)
    for kind in ("mentions", "coverage", "background", "problems", "superseded"):
        assert one[kind] == other[kind], kind
    assert {dict(c)["id"] for c in one["claims"]} == {dict(c)["id"] for c in other["claims"]}
    assert {dict(e)["id"] for e in one["entities"]} == {dict(e)["id"] for e in other["entities"]}
    for item in last.values():  # again: nothing changes
        version = history.version()
        history.apply(Change(readings=[item]))
        assert history.version() == version
    for store in (history, outcome):
        store.close()


@settings(max_examples=15, deadline=None, suppress_health_check=PER_TEST)
@given(st.lists(changes(), min_size=1, max_size=4))
def test_the_embedded_store_leaves_nothing_over(tmp_path: Path, made: list[Change]) -> None:
    store = EmbeddedStore(tmp_path, timeout=20)
    for change in made:
        store.apply(change)
        content(store)
    wipe(store)
    held = content(store)
    assert not any(held[kind] for kind in ("entities", "names", "claims", "mentions", "coverage", "problems"))
    store.close()
