"""Answers do not depend on the order in which documents came in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from graph.backends.embedded import EmbeddedStore
from graph.model import Reading
from graph.store import Change
from tests.differential.questions import answer, names, questions
from tests.differential.worlds import worlds


def last_words(readings: list[Reading]) -> list[Reading]:
    """The reading of each document that holds: a later one of the same document replaces it."""
    return list({reading.document.id: reading for reading in readings}.values())


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_the_same_readings_in_any_order_give_equal_answers(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    readings = data.draw(worlds())
    kept = data.draw(st.permutations(last_words(readings)))
    folder: Path = tmp_path_factory.mktemp("graph")
    one, other = (EmbeddedStore(folder / name, timeout=20) for name in "ab")
    try:
        for reading in readings:
            one.apply(Change(readings=[reading]))
        other.apply(Change(readings=kept))
        for name in names():
            question = data.draw(questions(name, readings))
            if question is not None:
                note(f"{question}")
                assert answer(one, question) == answer(other, question)
    finally:
        one.close()
        other.close()
