"""A small plan that a planner could hold in mind, in a store of each backend."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from graph.catalogue import envelope, find_query
from graph.store import Change, Store
from graph.vocabulary import EntityType, Relation, State, Status
from tests.queries.papers import Paper

Ask = Callable[..., Any]
DISTRICTS = "collective:各区县(市)@宁波市"
HAISHU, JIANGBEI, BEILUN = "unit:宁波市海曙区", "unit:宁波市江北区", "unit:宁波市北仑区"
CHEN, ZHAO = "leader:陈某@宁波市", "leader:赵某@宁波市"


def districts(paper: Paper) -> Paper:
    paper.entity(HAISHU, "海曙区", rank="330203", kind="district", region="宁波市")
    paper.entity(JIANGBEI, "江北区", rank="330205", kind="district", region="宁波市")
    paper.entity(BEILUN, "北仑区", rank="330206", kind="district", region="宁波市", names=[("北仑", "short")])
    return paper


def plan() -> Paper:
    """2019: 海曙 has a park and an institute, 江北 the same park and says it has no institute, 北仑 is left blank;
    two tasks; all districts belong to the collective."""
    paper = districts(Paper("doc:甬〔2019〕1号", "对口计划", date="2019-03-19"))
    paper.pair(HAISHU, "park:漕河泾", row=2, column=2, term="结对")
    paper.pair(HAISHU, "institute:上海大学", row=2, column=3, term="结对")
    paper.pair(JIANGBEI, "park:漕河泾", row=3, column=2, term="帮扶")
    paper.cell(JIANGBEI, EntityType.INSTITUTE, State.STATED_NONE, row=3, column=3, text="无")
    paper.cell(BEILUN, EntityType.PARK, State.BLANK, row=4, column=2)
    paper.cell(BEILUN, EntityType.INSTITUTE, State.UNREADABLE, "row_truncated", row=4, column=3)
    paper.task(2, "建园", table=2, leaders=[CHEN], lead=[HAISHU], support=[DISTRICTS], due_date="2020")
    paper.task(10, "引才", table=2, leaders=[ZHAO], responsible=[JIANGBEI], due="年底", due_date="2019-06")
    paper.claim(Relation.LIAISES_WITH, CHEN, "park:漕河泾", table=3, term="挂钩")
    paper.claim(Relation.FOCUSES_ON, BEILUN, "sector:汽车", row=4, column=4)
    paper.gazetteer(Relation.FOCUSES_ON, "park:临港", "sector:汽车")
    paper.members(DISTRICTS, HAISHU, JIANGBEI, BEILUN)
    paper.problem("attachment_missing")
    return paper


@pytest.fixture
def planned(store: Store) -> Store:
    """The plan, and an illustrative one in which 北仑 pairs with a park."""
    sample = districts(
        Paper("doc:样", "示例计划", date="2019-05", programme="示例事项", status=Status.ILLUSTRATIVE)
    )
    sample.pair(BEILUN, "park:张江")
    store.apply(Change(readings=[plan().reading(), sample.reading()]))
    return store


@pytest.fixture
def ask() -> Ask:
    """`ask(store, name, **parameters)`: the answer as over HTTP."""

    def asked(store: Store, name: str, **given: Any) -> Any:
        query = find_query(name)
        params = query.params.model_validate(given)
        return envelope(query, params, query.ask(store, params), store.version())

    return asked


def names(refs: Any) -> list[str]:
    return [ref["name"] for ref in refs]


def couples(body: Any) -> list[tuple[str, str, str]]:
    return [(i["unit"]["name"], i["counterpart"]["name"], i["term"]) for i in body["items"]]
