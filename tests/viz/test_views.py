"""What the views show of what the queries answer."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any
from urllib.parse import parse_qs

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.catalogue import find_query
from graph.errors import InvalidParameter, NotFound
from graph.vocabulary import EntityType, Relation
from tests.viz.test_layout import draw
from viz.layout.grouping import LIMIT
from viz.registry import find_view, views
from viz.rendering import render


def answered(store: EmbeddedStore, name: str, **given: object) -> list[dict[str, object]]:
    query = find_query(name)
    return list(query.ask(store, query.params.model_validate(given)).items)


def test_all_views_of_the_contract_are_there() -> None:
    assert set(views()) == {"bridge", "changes", "coverage", "neighbourhood", "network", "tasks", "paths"}


def test_an_unknown_view_is_named_with_near_ones() -> None:
    with pytest.raises(NotFound, match="bridge"):
        find_view("brigde")


@pytest.mark.parametrize("status", ["official", "illustrative", "all"])
def test_each_claim_of_the_pairs_query_is_drawn_once(plan: EmbeddedStore, status: str) -> None:
    items = answered(plan, "pairs", status=status)
    cells = Counter(
        (item["unit"]["id"], item["counterpart"]["id"], e["document"], e["row"])  # pyright: ignore[reportIndexIssue] — JSON
        for item in items
        for e in item["evidence"]  # pyright: ignore[reportGeneralTypeIssues] — JSON
    )
    scene = draw(plan, "bridge", {"status": status})
    drawn = Counter(
        (line.source, line.target, e["document"], e["row"]) for line in scene.lines for e in line.evidence
    )
    assert drawn == cells
    assert scene.caption.shown == scene.caption.total == len(cells)


def test_home_units_stand_in_official_order_within_their_kind(plan: EmbeddedStore) -> None:
    nodes = sorted(draw(plan, "bridge", {}).nodes, key=lambda n: n.y)
    districts = [n.name for n in nodes if n.column == 0 and n.group == "区"]
    assert districts[:6] == ["海曙区", "江北区", "北仑区", "镇海区", "鄞州区", "奉化区"]


def test_partners_stand_by_type(plan: EmbeddedStore) -> None:
    nodes = sorted(draw(plan, "bridge", {}).nodes, key=lambda n: n.y)
    kinds = [n.type for n in nodes if n.column == 1]
    assert kinds == sorted(
        kinds,
        key=[EntityType.PARK, EntityType.INSTITUTE, EntityType.ENTERPRISE, EntityType.ORGANISATION].index,
    )


def test_parallel_claims_are_one_line_with_their_count(plan: EmbeddedStore) -> None:
    scene = draw(plan, "bridge", {"status": "all"})
    assert {line.count for line in scene.lines} == {2}
    assert not any(line.illustrative for line in scene.lines)


def test_illustrative_claims_say_so(plan: EmbeddedStore) -> None:
    scene = draw(plan, "bridge", {"status": "illustrative"})
    assert scene.caption.illustrative
    assert all(line.illustrative for line in scene.lines)
    assert all(node.illustrative for node in scene.nodes)
    assert not draw(plan, "bridge", {}).caption.illustrative


def test_a_filter_is_told_in_words_and_counted(plan: EmbeddedStore) -> None:
    caption = draw(plan, "bridge", {"counterpart_type": "Park"}).caption
    assert "园区" in caption.filters
    assert 0 < caption.shown < caption.total
    assert parse_qs(caption.query) == {"counterpart_type": ["Park"], "as_of": [caption.data_date]}
    assert any("甬政办发〔2019〕32号" in source for source in caption.sources)


def test_tasks_join_leaders_tasks_and_units(plan: EmbeddedStore) -> None:
    scene = draw(plan, "tasks", {})
    assert Counter(line.type for line in scene.lines) == {
        Relation.OVERSEES: 3,
        Relation.LEADS: 4,
        Relation.SUPPORTS: 5,
    }
    assert Counter(n.column for n in scene.nodes) == {0: 2, 1: 3, 2: 7}
    assert all(line.evidence for line in scene.lines)


def test_the_network_holds_pairs_and_tasks(plan: EmbeddedStore) -> None:
    everything = draw(plan, "network", {})
    pairs = draw(plan, "network", {"relation": "pairs"})
    tasks = draw(plan, "network", {"relation": "tasks"})
    assert everything.caption.shown == pairs.caption.shown + tasks.caption.shown
    assert pairs.caption.total == everything.caption.shown


def test_coverage_has_a_row_a_unit_and_counts_gaps_apart(plan: EmbeddedStore) -> None:
    scene = draw(plan, "coverage", {})
    assert scene.matrix
    assert len(scene.matrix.rows) == scene.caption.shown == 15
    assert {value for value, _ in scene.matrix.columns} >= {"Park", "Institute", "Enterprise"}
    assert "待核实" in scene.caption.notes[0]
    by_gaps = draw(plan, "coverage", {"order": "gaps"}).matrix
    assert by_gaps and {r.id for r in by_gaps.rows} == {r.id for r in scene.matrix.rows}


def test_a_neighbourhood_stands_around_its_centre(plan: EmbeddedStore) -> None:
    scene = draw(plan, "neighbourhood", {"id": "北仑区"})
    centre = next(n for n in scene.nodes if n.name == "北仑区")
    assert (centre.x, centre.column) == (0.0, 0)
    assert {n.column for n in scene.nodes} == {0, 1}
    assert all(centre.id in (line.source, line.target) for line in scene.lines)


def test_a_neighbourhood_without_a_centre_asks_for_one(plan: EmbeddedStore) -> None:
    scene = draw(plan, "neighbourhood", {})
    assert scene.empty
    assert "中心" in scene.caption.notes[0]


def test_changes_tell_added_moved_removed_and_kept(revision: EmbeddedStore) -> None:
    scene = draw(revision, "changes", {})
    changes = Counter(line.change for line in scene.lines)
    assert changes["moved"] == changes["moved_from"] == 1
    assert changes["removed"] == 3
    assert changes["added"] == 1
    assert changes["kept"] > 30
    found = {(line.source, line.target): line.change for line in scene.lines}
    assert len(found) == len(scene.lines)
    assert "before=" in scene.caption.query and "after=" in scene.caption.query


def test_changes_backwards_are_the_opposite(revision: EmbeddedStore) -> None:
    ahead = draw(revision, "changes", {"before": "甬政办发〔2019〕32号", "after": "甬政办发〔2022〕9号"})
    back = draw(revision, "changes", {"before": "甬政办发〔2022〕9号", "after": "甬政办发〔2019〕32号"})
    swap = {"added": "removed", "removed": "added", "moved": "moved_from", "moved_from": "moved"}
    assert {(line.source, line.target): swap.get(line.change, line.change) for line in ahead.lines} == {
        (line.source, line.target): line.change for line in back.lines
    }


def test_changes_without_a_revision_say_so(plan: EmbeddedStore) -> None:
    scene = draw(plan, "changes", {})
    assert scene.empty
    assert "取代" in scene.caption.notes[0]


@pytest.mark.parametrize("view", ["bridge", "network", "tasks", "coverage", "changes", "neighbourhood"])
def test_an_empty_store_gives_an_empty_scene(empty: EmbeddedStore, view: str) -> None:
    scene = draw(empty, view, {"lang": "en"})
    assert scene.empty
    assert scene.lang == "en"


def test_past_the_limit_entities_stand_in_groups_that_open(large: EmbeddedStore) -> None:
    scene = draw(large, "network", {})
    assert len(scene.nodes) < 60
    assert sum(n.members for n in scene.nodes) == 4000
    assert scene.caption.notes
    group = next(n for n in scene.nodes if "杭州" in n.name)
    assert group.opens.startswith("open=")
    opened = draw(large, "network", {"open": group.id.removeprefix("group:")})
    assert sum(n.members == 0 for n in opened.nodes) == group.members
    assert len(opened.nodes) <= LIMIT + 60


def test_an_opened_group_tells_how_to_close_it(large: EmbeddedStore) -> None:
    both = "杭州市 · 单位|宁波市 · 单位"
    scene = draw(large, "network", {"open": both, "group_by": "region_type"})
    assert [group.name for group in scene.opened] == both.split("|")
    assert sum(group.members for group in scene.opened) == sum(not n.members for n in scene.nodes)
    closes = parse_qs(scene.opened[0].closes)
    assert closes == {"open": ["宁波市 · 单位"]}
    assert draw(large, "network", {"open": "没有这一组"}).opened == ()


def test_a_group_larger_than_the_limit_opens_once(large: EmbeddedStore) -> None:
    scene = draw(large, "network", {"open": "单位", "group_by": "type"})
    assert scene.opened[0].members == LIMIT
    rest = next(n for n in scene.nodes if n.name == "单位")
    assert rest.members == 2000 - LIMIT
    assert rest.opens == ""


@pytest.mark.parametrize("ending", ["html", "svg"])
def test_only_where_a_group_can_be_opened_a_picture_says_so(large: EmbeddedStore, ending: str) -> None:
    scene = draw(large, "network", {"open": "杭州市 · 单位"})
    said = render(scene, ending).decode()
    assert "已分组显示" in said
    # Words of the script's data are not shown.
    assert not re.search(r">[^<]*点击一组[^<]*</p>|>[^<]*点击一组[^<]*</text>", said)
    assert "收起“杭州市" not in said
    page = render(scene, "html", mode="page").decode()
    assert "点击一组可展开。</p>" in page and "收起“杭州市 · 单位”" in page


def test_groups_keep_every_claim_in_count(large: EmbeddedStore) -> None:
    scene = draw(large, "network", {"group_by": "type"})
    assert scene.caption.total == 4000
    assert sum(line.count for line in scene.lines) == 4000


def test_ungrouped_is_possible_on_request(large: EmbeddedStore) -> None:
    unit = draw(large, "network", {"unit": "第1区", "grouped": "always"})
    assert all(n.members for n in unit.nodes)


def test_a_wrong_name_is_an_error_not_an_empty_picture(plan: EmbeddedStore) -> None:
    with pytest.raises(InvalidParameter):
        draw(plan, "bridge", {"unit": "北伦区"})


def test_english_names_types_and_states(plan: EmbeddedStore) -> None:
    scene = draw(plan, "bridge", {"lang": "en", "counterpart_type": "Park"})
    assert scene.caption.title == "Who pairs with whom"
    assert "Kind of counterpart: Park" in scene.caption.filters
    assert any(h.text == "Park" for h in scene.headings)


def test_paths_draws_each_claim_of_the_chains_once_step_by_step(plan: EmbeddedStore) -> None:
    asked: dict[str, object] = {"source": "江北区", "target": "鄞州区", "max_length": 6, "status": "all"}
    chains: Any = answered(plan, "paths", **asked)
    scene = draw(plan, "paths", asked)
    nodes = [[node["id"] for node in chain["nodes"]] for chain in chains]
    column = {node.id: node.column for node in scene.nodes}
    assert nodes and column == {node: step for chain in nodes for step, node in enumerate(chain)}
    told = {(e["source"], e["target"], e["type"]) for chain in chains for e in chain["edges"]}
    assert {frozenset((x.source, x.target)) for x in scene.lines} == {frozenset(t[:2]) for t in told}
    assert sum(line.count for line in scene.lines) == scene.caption.shown


@pytest.mark.parametrize("given", [{}, {"source": "江北区"}, {"source": "江北区", "target": "江北区"}])
def test_paths_says_what_is_missing(plan: EmbeddedStore, given: dict[str, object]) -> None:
    scene = draw(plan, "paths", given)
    assert scene.empty and scene.caption.notes
