"""Every answer equals the oracle's, on generated graphs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from graph.backends.embedded import EmbeddedStore
from graph.catalogue import catalogue
from graph.model import Decision
from graph.store import Change
from graph.vocabulary import EntityType, State
from tests.differential import oracle
from tests.differential.oracle import ORACLES
from tests.differential.oracle.world import kind_of
from tests.differential.questions import Question, answer, questions
from tests.differential.told import TOLD
from tests.differential.worlds import worlds
from tests.queries.papers import Paper

DECIDED = Decision("aaaa0001", "市局", "宁波市", None, "planner", "2026-01-01T00:00:00+08:00")


def test_every_query_of_the_catalogue_has_an_oracle() -> None:
    assert set(ORACLES) == set(catalogue()) == set(TOLD)


@pytest.mark.parametrize("name", sorted(ORACLES))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.function_scoped_fixture,
    ],
)
@given(data=st.data())
def test_answers_equal_the_oracle(
    name: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    readings = data.draw(worlds())
    folder: Path = tmp_path_factory.mktemp("graph")
    store = EmbeddedStore(folder, timeout=20)
    try:
        store.apply(Change(readings=readings, decisions=[DECIDED] if data.draw(st.booleans()) else []))
        world = oracle.load(folder)
        for _ in range(3):
            question = data.draw(questions(name, readings))
            if question is not None:
                note(f"{question}")
                check(store, world, question)
    finally:
        store.close()


def check(store: EmbeddedStore, world: oracle.World, question: Question) -> None:
    asked = dict(question.given)
    known = {store.resolve(v) for k, v in asked.items() if k in ("id", "unit", "source", "target")}
    body = answer(store, question)
    if "refused" in body:
        assert body["refused"] in ("not_found", "invalid_parameter"), body
        assert None in known or _unfit(question, world) or _unknown(store, world, asked), body
        return
    world.status, world.expand = asked["status"], asked.get("expand", False)
    world.day = asked.get("as_of") or date.today().isoformat()
    world.programme, world.document = asked.get("programme"), asked.get("document")
    world.forget()
    got, want = TOLD[question.query](body), ORACLES[question.query](world, asked)
    assert got == want, next(((g, w) for g, w in zip(got, want, strict=False) if g != w), (got, want))


def test_a_collective_that_is_a_row_itself_speaks_for_its_partner(tmp_path: Path) -> None:
    """各园, whose members nobody knows, stands in the table like a unit, and belongs to 全部 as the unit does."""
    inner, outer = "collective:各园@宁波市", "collective:全部@宁波市"
    paper = Paper("doc:甬政办发〔2019〕1号", "方案", date="2019-03-19", programme="事项")
    paper.cell("unit:宁波市甲区", EntityType.PARK, State.BLANK, row=2, column=2)
    paper.pair(inner, "park:二", row=3, column=2)
    paper.members(outer, "unit:宁波市甲区", inner)
    store = EmbeddedStore(tmp_path, timeout=20)
    store.apply(Change(readings=[paper.reading()]))
    question = Question("gaps", {"status": "official"})
    (gap,) = answer(store, question)["items"]
    assert [because["reason"] for because in gap["suggestions"][0]["because"]] == ["peer", "load"]
    check(store, oracle.load(tmp_path), question)
    store.close()


def _unknown(store: EmbeddedStore, world: oracle.World, asked: dict[str, Any]) -> bool:
    """Whether a filter names an entity, document or programme that a later reading took away."""
    named = [asked[k] for k in ("counterpart", "sector", "leader", "with") if k in asked]
    gone = any(store.resolve(entity) is None for entity in named)
    programmes = {row["programme"] for row in world.documents.values()}
    return gone or asked.get("programme") not in (None, *programmes)


def _unfit(question: Question, world: oracle.World) -> bool:
    """Whether what is named carries nothing, or is a region that nothing lies in."""
    if question.query == "portfolio":
        return kind_of(question.given["id"]) in ("Task", "Region", "Sector")
    places = {row["name"] for row in world.entities.values() if row["type"] == "Region"}
    places |= {row["region"] for row in world.entities.values()}
    return "region" in question.given and question.given["region"] not in places
