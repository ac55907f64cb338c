"""Questions that cannot be answered as they are asked, and what the refusal offers."""

from __future__ import annotations

import pytest

from graph.errors import InvalidParameter, NotFound, TooLarge
from graph.store import Change, Store
from tests.queries.conftest import BEILUN, JIANGBEI, Ask
from tests.queries.papers import Paper


def test_unknown_names_are_refused_with_near_ones(planned: Store, ask: Ask) -> None:
    with pytest.raises(NotFound) as missing:
        ask(planned, "entity", id="unit:宁波市江背区")
    with pytest.raises(InvalidParameter) as wrong:
        ask(planned, "pairs", unit="北轮区")
    assert wrong.value.details["allowed"] == [BEILUN]
    assert missing.value.details["parameter"] == "id"
    with pytest.raises(InvalidParameter, match="可选"):
        ask(planned, "pairs", programme="沪甬")
    titled = Paper("doc:长", "关于印发港口岸线与后方陆域统筹利用实施细则的通知")
    planned.apply(Change(readings=[titled.reading()]))
    with pytest.raises(InvalidParameter, match="doc:长"):
        ask(planned, "pairs", document="岸线")
    with pytest.raises(InvalidParameter, match="不是领导"):
        ask(planned, "portfolio", id="sector:汽车")


def test_a_name_that_several_have_must_be_told_apart(planned: Store, ask: Ask) -> None:
    paper = Paper("doc:沪〔2019〕1号", "外地")
    paper.entity("unit:天津市江北区", "江北区")
    paper.pair("unit:天津市江北区", "park:漕河泾")
    planned.apply(Change(readings=[paper.reading()]))
    with pytest.raises(InvalidParameter) as several:
        ask(planned, "pairs", unit="江北区")
    assert several.value.details["allowed"] == ["unit:天津市江北区", JIANGBEI]


def test_centrality_names_the_filter_that_a_large_network_needs(
    planned: Store, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.queries.centrality.LARGEST", 2)
    with pytest.raises(TooLarge) as refused:
        ask(planned, "centrality")
    assert refused.value.details["filter"] == "programme"
