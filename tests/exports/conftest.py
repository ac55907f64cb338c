"""Graphs to export."""

from __future__ import annotations

import pytest

from graph.store import Change, Store
from graph.vocabulary import EntityType, Relation, State, Status
from tests.queries.papers import Paper

HOME, OTHER, DISTRICTS = "unit:宁波市海曙区", "unit:宁波市江北区", "collective:各区县(市)@宁波市"
RISKY = '=HYPERLINK("x")'
AWKWARD = "坏\x01字\x0b<b>&\"',\r\n第二行\ufffe😀"


def official() -> Paper:
    """Two units, a park that both pair with, a task with its leader, a collective from a gazetteer."""
    paper = Paper("doc:甬〔2019〕1号", "对口计划", date="2019-03-19")
    paper.entity(HOME, "海曙区", rank="330203", kind="district", region="宁波市")
    paper.entity(OTHER, "江北区", rank="330205", kind="district", region="宁波市")
    paper.pair(HOME, "park:漕河泾", row=2, column=2, term="帮扶")
    paper.pair(HOME, "park:漕河泾", row=7, column=2, term="结对")
    paper.pair(OTHER, "park:漕河泾", row=3, column=2)
    paper.cell(OTHER, EntityType.INSTITUTE, State.BLANK, row=3, column=3)
    paper.task(
        2, "建园", table=2, leaders=["leader:陈某@宁波市"], lead=[HOME], support=[DISTRICTS], due="年底"
    )
    paper.members(DISTRICTS, HOME, OTHER)
    return paper


def illustrative() -> Paper:
    """A plan marked 示例, with a partner that only it names and text that breaks careless writers."""
    paper = Paper("doc:样", AWKWARD, date="2019-05", programme="示例事项", status=Status.ILLUSTRATIVE)
    paper.entity(OTHER, "江北区", rank="330205", kind="district", region="宁波市")
    paper.entity("enterprise:危", RISKY)
    paper.pair(OTHER, "enterprise:危", text=AWKWARD)
    paper.claim(Relation.FOCUSES_ON, "enterprise:危", "sector:汽车", text="-1+1")
    paper.claim(Relation.PAIRED_WITH, OTHER, "park:临港", row=3)
    paper.gazetteer(Relation.LOCATED_IN, "park:临港", "region:上海市")
    return paper


def successor() -> Paper:
    """Replaces the official plan from 2020 on."""
    paper = Paper("doc:甬〔2020〕1号", "对口计划", date="2020-01-10", replaces=("doc:甬〔2019〕1号",))
    paper.entity(HOME, "海曙区", rank="330203", kind="district", region="宁波市")
    paper.pair(HOME, "park:张江")
    return paper


@pytest.fixture
def plans(store: Store) -> Store:
    """All three plans, in a store of each backend."""
    store.apply(Change(readings=[p.reading() for p in (official(), illustrative(), successor())]))
    return store
