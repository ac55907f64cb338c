"""Both backends give the same rows in the same order, for every query on generated graphs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from graph.backends.embedded import EmbeddedStore
from graph.store import Change
from tests import strategies
from tests.differential.questions import answer, names, questions
from tests.differential.worlds import worlds


@pytest.mark.neo4j
@settings(
    max_examples=8,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking against a server takes minutes
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
@given(data=st.data())
def test_every_query_answers_alike(
    data: st.DataObject, neo4j_session_store: object, neo4j_uri: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from tests.neo4j.fixtures import Neo4jStore, empty

    assert isinstance(neo4j_session_store, Neo4jStore)
    readings = data.draw(worlds() | st.lists(strategies.linked_readings(), min_size=1, max_size=4))
    decisions = data.draw(st.lists(strategies.decisions(), max_size=2))
    empty(neo4j_session_store, neo4j_uri)
    folder: Path = tmp_path_factory.mktemp("graph")
    embedded = EmbeddedStore(folder, timeout=20)
    try:
        for store in (embedded, neo4j_session_store):
            for reading in readings:
                store.apply(Change(readings=[reading]))
            store.apply(Change(decisions=decisions))
        for name in names():
            for _ in range(3):
                question = data.draw(questions(name, readings))
                if question is not None:
                    note(f"{question}")
                    assert answer(embedded, question) == answer(neo4j_session_store, question)
    finally:
        embedded.close()
