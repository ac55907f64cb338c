"""Questions about a day: what was in force then, by the dates of documents and of claims."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from graph.store import Change, Store
from graph.vocabulary import EntityType, State
from tests.queries.conftest import BEILUN, HAISHU, JIANGBEI, Ask, couples, districts, names
from tests.queries.papers import Paper


def test_a_replaced_plan_is_asked_about_by_its_day(planned: Store, ask: Ask) -> None:
    after = districts(Paper("doc:甬〔2021〕1号", "新计划", date="2021-06", replaces=("doc:甬〔2019〕1号",)))
    after.pair(HAISHU, "park:临港")
    planned.apply(Change(readings=[after.reading()]))
    assert couples(ask(planned, "pairs", as_of="2021-06-01")) == [("海曙区", "临港", "结对")]
    before = couples(ask(planned, "pairs", as_of="2021-05-31"))
    assert ("海曙区", "漕河泾", "结对") in before
    assert ("海曙区", "临港", "结对") not in before, "the successor does not speak yet"
    dropped = [i for i in ask(planned, "consistency")["items"] if i["kind"] == "pair_dropped"]
    assert [names(i["entities"]) for i in dropped] == [
        ["海曙区", "漕河泾"], ["海曙区", "上海大学"], ["江北区", "漕河泾"],
    ]  # fmt: skip
    assert [side["says"] for side in dropped[0]["sides"]] == [["漕河泾"], ["临港"]]


def test_a_day_in_the_past_shows_what_was_said_by_then(store: Store, ask: Ask) -> None:
    paper = districts(Paper("doc:甬〔2019〕1号", date="2019-03-19"))
    paper.pair(HAISHU, "park:漕河泾", row=2)
    paper.pair(JIANGBEI, "park:漕河泾", row=3, valid=("2017", ""))
    paper.cell(BEILUN, EntityType.PARK, State.BLANK, row=4)
    paper.task(2, "建园", table=2, lead=[HAISHU])
    undated = districts(Paper("doc:无日期", date=""))
    undated.pair(HAISHU, "park:临港")
    store.apply(Change(readings=[paper.reading(), undated.reading()]))
    said = [("海曙区", "临港", "结对"), ("江北区", "漕河泾", "结对")]
    assert couples(ask(store, "pairs", as_of="2019-03-18")) == said
    assert ("海曙区", "漕河泾", "结对") in couples(ask(store, "pairs", as_of="2019-03-19"))
    days = ("2019-03-18", "2019-03-19")
    for name, totals in (("tasks", [0, 1]), ("coverage", [1, 3]), ("gaps", [0, 1])):
        assert [ask(store, name, as_of=day)["total"] for day in days] == totals
    assert [ask(store, "stats", as_of=day)["relations"]["LEADS"] for day in days] == [0, 1]


def test_valid_dates_include_both_ends_with_their_precision(store: Store, ask: Ask) -> None:
    paper = districts(Paper("doc:甬〔2019〕1号"))
    paper.pair(HAISHU, "park:漕河泾", valid=("2019-03", "2020"))
    store.apply(Change(readings=[paper.reading()]))
    days = ("2019-02-28", "2019-03-01", "2020-12-31", "2021-01-01")
    assert [ask(store, "pairs", as_of=day)["total"] for day in days] == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("due", "last"),
    [
        ("2019", "2019-12-31"),
        ("2019-06", "2019-06-30"),
        ("2024-02", "2024-02-29"),
        ("2019-06-15", "2019-06-15"),
    ],
)
def test_a_task_is_due_by_the_last_day_of_its_date_and_overdue_after_it(
    embedded_store: Store, ask: Ask, due: str, last: str
) -> None:
    paper = districts(Paper("doc:甬〔2019〕2号", "分工", date="2018"))
    paper.task(2, "建园", lead=[HAISHU], due_date=due)
    embedded_store.apply(Change(readings=[paper.reading()]))
    day = date.fromisoformat(last)
    told = {
        on: (
            len(ask(embedded_store, "tasks", due_before=on)["items"]),
            [i["overdue"] for i in ask(embedded_store, "outstanding", as_of=on, kind="task")["items"]],
        )
        for on in (day - timedelta(days=1), day, day + timedelta(days=1))
    }
    assert list(told.values()) == [(0, [False]), (1, [False]), (1, [True])]
