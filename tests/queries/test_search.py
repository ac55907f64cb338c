"""What a planner types, and what is found."""

from __future__ import annotations

import pytest

from graph.search import search
from graph.store import Change, Store
from tests.queries.papers import Paper

BUREAU = "unit:宁波市经济和信息化局"


@pytest.fixture
def named(store: Store) -> Store:
    paper = Paper("doc:名")
    paper.entity(
        BUREAU,
        names=[("市经信局", "short"), ("宁波市经信局", "alias"), ("宁波市经济和信息化委员会", "former")],
    )
    paper.entity("unit:宁波市北仑区", "北仑区", rank="330206")
    paper.entity("park:北仑区现代园", "北仑区现代园")
    paper.entity("enterprise:abc", "ABC（中国）公司")
    paper.mentions = dict.fromkeys(paper.entities)
    store.apply(Change(readings=[paper.reading()]))
    return store


@pytest.mark.parametrize(
    ("text", "first", "tier"),
    [
        ("宁波市经济和信息化局", BUREAU, "EXACT"),
        ("宁波市经济", BUREAU, "PREFIX"),
        ("市经信局", BUREAU, "ALIAS"),
        ("宁波市经济和信息化委员会", BUREAU, "ALIAS"),
        ("ningboshijingxinju", BUREAU, "PINYIN"),
        ("nbsjxj", BUREAU, "INITIALS"),
        ("经信", BUREAU, "PART"),
        ("宁波市经济合信息化局", BUREAU, "SIMILAR"),
        ("宁波市经济和信息局", BUREAU, "SIMILAR"),
        ("北轮区", "unit:宁波市北仑区", "SIMILAR"),
        ("北仑区", "unit:宁波市北仑区", "EXACT"),
        ("ＡＢＣ (中国)", "enterprise:abc", "PREFIX"),
    ],
)
def test_each_way_of_naming_finds_it(named: Store, text: str, first: str, tier: str) -> None:
    hit = search(named, text)[0]
    assert (hit.id, hit.tier.name) == (first, tier)


def test_the_whole_name_goes_before_its_beginnings(named: Store) -> None:
    assert [hit.id for hit in search(named, "北仑区")] == ["unit:宁波市北仑区", "park:北仑区现代园"]
    assert [hit.id for hit in search(named, "北仑区", kinds=("Park",))] == ["park:北仑区现代园"]


@pytest.mark.parametrize("text", ["", "  ", "%", "_", "\"' OR *", "x\x00y", "仑", "🙂🙂🙂", "a" * 200])
def test_awkward_text_finds_nothing_and_breaks_nothing(named: Store, text: str) -> None:
    assert search(named, text) == []


def test_what_very_many_names_hold_still_finds_the_first(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.search.LIMIT", 5)
    paper = Paper("doc:名")
    for n in range(20):
        paper.mentions[paper.entity(f"enterprise:甲{n:02}公司")] = None
    store.apply(Change(readings=[paper.reading()]))
    assert [hit.matched for hit in search(store, "公司")] == [f"甲{n:02}公司" for n in range(5)]
