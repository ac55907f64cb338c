"""The official order of what has no rank: as documents name it first."""

from __future__ import annotations

from typing import Any

from graph.model import Reading
from graph.statements.titles import document_titles
from graph.store import Change, Store
from tests.queries.conftest import Ask
from tests.queries.papers import Paper


def plan(key: str, date: str, *units: str) -> Reading:
    paper = Paper(key, date=date)
    for row, unit in enumerate(units, 2):
        paper.pair(unit, "park:一", row=row)
    return paper.reading()


def units(store: Store, ask: Ask) -> Any:
    return [i["name"] for i in ask(store, "entities", type="Unit")["items"]]


def test_units_without_a_rank_stand_as_the_earliest_document_prints_them(store: Store, ask: Ask) -> None:
    late = plan("doc:晚", "2021", "unit:乙", "unit:丙", "unit:丁")
    undated = plan("doc:无", "", "unit:戊", "unit:丁")
    early = plan("doc:早", "2019-03", "unit:丁", "unit:甲")
    for reading in (undated, late, early):
        store.apply(Change(readings=[reading]))
    assert units(store, ask) == ["丁", "甲", "乙", "丙", "戊"]
    store.apply(Change(removals=["doc:早"]))
    assert units(store, ask) == ["乙", "丙", "丁", "戊"]
    store.apply(Change(readings=[plan("doc:无", "2018", "unit:戊", "unit:丁")]))
    assert units(store, ask) == ["戊", "丁", "乙", "丙"]


def test_names_of_one_row_stand_as_printed(store: Store, ask: Ask) -> None:
    paper = Paper("doc:一")
    paper.task(3, "后", lead=["unit:丙"])
    paper.task(2, "先", lead=["unit:乙", "unit:甲"])
    store.apply(Change(readings=[paper.reading()]))
    assert units(store, ask) == ["乙", "甲", "丙"]
    (first, _) = ask(store, "tasks")["items"]
    assert [unit["name"] for unit in first["lead"]] == ["乙", "甲"]


def test_what_no_document_names_comes_last(store: Store, ask: Ask) -> None:
    paper = Paper("doc:一")
    paper.members("collective:各区", "unit:乙", "unit:甲")
    paper.pair("unit:丙", "park:一")
    store.apply(Change(readings=[paper.reading()]))
    assert sorted(units(store, ask)[1:]) == ["乙", "甲"]
    assert units(store, ask)[0] == "丙"


def test_documents_to_choose_from_stand_latest_first_and_undated_ones_last(store: Store) -> None:
    for key, date in (("doc:无", ""), ("doc:早", "2019-03"), ("doc:晚", "2021")):
        store.apply(Change(readings=[plan(key, date, "unit:甲")]))
    found = document_titles(store)
    assert [row["id"] for row in found] == ["doc:晚", "doc:早", "doc:无"]
    assert set(found[0]) == {"id", "title", "number", "date"}
