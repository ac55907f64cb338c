"""Worked examples: what a planner asks of a small plan, and what the answer is."""

from __future__ import annotations

from typing import Any

import pytest

from graph.store import Change, Store
from graph.vocabulary import EntityType, State
from tests.queries.conftest import (
    BEILUN,
    CHEN,
    DISTRICTS,
    HAISHU,
    JIANGBEI,
    ZHAO,
    Ask,
    couples,
    districts,
    names,
)
from tests.queries.papers import Paper


def test_pairs_name_both_ends_the_printed_term_and_the_cell(planned: Store, ask: Ask) -> None:
    body = ask(planned, "pairs")
    assert couples(body) == [
        ("海曙区", "漕河泾", "结对"),
        ("海曙区", "上海大学", "结对"),
        ("江北区", "漕河泾", "帮扶"),
    ]
    proof = body["items"][2]["evidence"][0]
    assert (proof["document_title"], proof["table"], proof["row"], proof["column"]) == ("对口计划", 1, 3, 2)


@pytest.mark.parametrize(
    ("given", "count"),
    [
        ({"unit": "海曙区"}, 2),
        ({"unit": "漕河泾"}, 2),
        ({"unit": "漕河泾", "counterpart": "江北区"}, 1),
        ({"counterpart_type": "Institute"}, 1),
        ({"unit": "park:漕河泾", "counterpart_type": "Park"}, 0),
        ({"status": "illustrative"}, 1),
        ({"status": "all"}, 4),
        ({"programme": "示例事项", "status": "all"}, 1),
        ({"document": "甬〔2019〕1号"}, 3),
        ({"page": 2, "size": 2}, 1),
    ],
)
def test_pairs_take_filters_at_either_end(planned: Store, ask: Ask, given: Any, count: int) -> None:
    assert len(ask(planned, "pairs", **given)["items"]) == count


def test_a_pair_stated_twice_is_one_with_two_cells(planned: Store, ask: Ask) -> None:
    again = districts(Paper("doc:甬〔2020〕5号", "又一份", date="2020"))
    again.pair(HAISHU, "park:漕河泾", term="结对")
    planned.apply(Change(readings=[again.reading()]))
    body = ask(planned, "pairs", unit=HAISHU, counterpart_type="Park")
    assert [e["document_title"] for e in body["items"][0]["evidence"]] == ["对口计划", "又一份"]


def test_collectives_are_expanded_only_on_request_and_say_so(planned: Store, ask: Ask) -> None:
    assert ask(planned, "tasks", unit=BEILUN)["total"] == 0
    task = ask(planned, "tasks", unit=BEILUN, expand=True)["items"][0]
    assert names(task["support"]) == ["海曙区", "江北区", "北仑区"]
    assert task["support"][2]["expanded_from"][0]["id"] == DISTRICTS


def test_tasks_stand_in_the_order_of_their_rows_with_leaders_and_units(planned: Store, ask: Ask) -> None:
    first, second = ask(planned, "tasks")["items"]
    assert (first["title"], second["title"]) == ("建园", "引才")
    assert (names(first["leaders"]), names(first["lead"]), names(first["support"])) == (
        ["陈某"], ["海曙区"], ["各区县(市)"],
    )  # fmt: skip
    assert names(second["responsible"]) == ["江北区"]
    assert [t["title"] for t in ask(planned, "tasks", due_before="2019-12-31")["items"]] == ["引才"]
    assert [t["title"] for t in ask(planned, "tasks", leader="陈某")["items"]] == ["建园"]


def test_coverage_tells_the_states_apart(planned: Store, ask: Ask) -> None:
    body = ask(planned, "coverage")
    assert body["columns"] == ["Park", "Institute"]
    told = {
        row["unit"]["name"]: [(c["state"], c["reason"], c["count"]) for c in row["cells"].values()]
        for row in body["rows"]
    }
    assert told == {
        "海曙区": [("covered", "claim", 1), ("covered", "claim", 1)],
        "江北区": [("covered", "claim", 1), ("stated_none", "stated_none", 0)],
        "北仑区": [("blank", "blank", 0), ("unreadable", "row_truncated", 0)],
    }


def test_members_of_a_paired_collective_are_covered_through_it(planned: Store, ask: Ask) -> None:
    more = districts(Paper("doc:甬〔2020〕6号", "补充", date="2020"))
    more.pair(DISTRICTS, "park:张江", row=7)
    more.cell(DISTRICTS, EntityType.PARK, State.COVERED, "claim", row=7)
    planned.apply(Change(readings=[more.reading()]))
    cells = {r["unit"]["name"]: r["cells"]["Park"] for r in ask(planned, "coverage")["rows"]}
    assert (cells["北仑区"]["state"], cells["北仑区"]["reason"]) == ("covered", "via_collective")
    assert (cells["海曙区"]["reason"], cells["海曙区"]["count"]) == ("claim", 2)


def test_an_absent_attachment_is_no_gap_but_to_be_verified(store: Store, ask: Ask) -> None:
    paper = districts(Paper("doc:甬〔2019〕3号"))
    for kind in (EntityType.ENTERPRISE, EntityType.PARK, EntityType.INSTITUTE):
        where = {"table": None, "row": None, "column": None}
        paper.cell(DISTRICTS, kind, State.UNREADABLE, "attachment_missing", text="详见附件2", **where)
    paper.members(DISTRICTS, HAISHU, JIANGBEI, BEILUN)
    store.apply(Change(readings=[paper.reading()]))
    body = ask(store, "coverage")
    assert body["columns"] == ["Park", "Institute", "Enterprise"]
    cells = [cell for row in body["rows"] for cell in row["cells"].values()]
    assert {(c["state"], c["reason"]) for c in cells} == {("unreadable", "attachment_missing")}
    assert len(cells) == 9
    gaps = ask(store, "gaps")
    assert (gaps["items"], gaps["total"], gaps["unverified"]) == ([], 0, 9)


def test_gaps_propose_partners_with_reasons_and_cells(planned: Store, ask: Ask) -> None:
    body = ask(planned, "gaps")
    assert [(g["unit"]["name"], g["counterpart_type"], g["state"]) for g in body["items"]] == [
        ("江北区", "Institute", "stated_none"),
        ("北仑区", "Park", "blank"),
    ]
    assert body["unverified"] == 1
    institute = body["items"][0]["suggestions"][0]
    assert (institute["counterpart"]["name"], institute["score"]) == ("上海大学", 2.5)
    assert [b["text"] for b in institute["because"]] == [
        "已与海曙区对口，后者与该单位都对口漕河泾",
        "目前对口1个单位",
    ]
    parks = {s["counterpart"]["name"]: s for s in body["items"][1]["suggestions"]}
    assert list(parks) == ["临港", "漕河泾"]
    assert parks["临港"]["because"][0]["evidence"][1]["source"] == "名录"
    assert parks["漕河泾"]["because"][0]["reason"] == "peer"


def test_two_leaders_for_one_task_contradict(planned: Store, ask: Ask) -> None:
    other = districts(Paper("doc:甬〔2019〕9号", "另一份", date="2019-09"))
    other.task(2, "建 园", leaders=[ZHAO], lead=[HAISHU])
    planned.apply(Change(readings=[other.reading()]))
    (found,) = ask(planned, "consistency")["items"]
    assert found["because"] == "同一任务牵头领导不同：《对口计划》写陈某；《另一份》写赵某"
    assert [side["evidence"][0]["column"] for side in found["sides"]] == [3, 3]


def test_what_each_unit_still_owes(planned: Store, ask: Ask) -> None:
    owed = [
        (i["unit"] and i["unit"]["name"], i["kind"], i["what"])
        for i in ask(planned, "outstanding", as_of="2019-12-31")["items"]
    ]
    assert owed == [
        ("海曙区", "task", "建园"),
        ("江北区", "task", "引才"),
        ("江北区", "gap", "缺对口科研机构（文件写明无）"),
        ("北仑区", "gap", "缺对口园区（留空，未说明）"),
        (None, "attachment", "附件未提供。"),
    ]
    overdue = [i["what"] for i in ask(planned, "outstanding", as_of="2019-12-31")["items"] if i["overdue"]]
    assert overdue == ["引才"]


def test_overlap_and_unpaired(planned: Store, ask: Ask) -> None:
    overlaps = ask(planned, "overlap")["items"]
    assert [(o["kind"], names(o["entities"]), names(o["others"])) for o in overlaps] == [
        ("shared_partner", ["漕河泾"], ["海曙区", "江北区"]),
        ("sector_without_pair", ["汽车"], ["北仑区", "临港"]),
    ]
    assert names(i["entity"] for i in ask(planned, "unpaired")["items"]) == ["临港"]


def test_load_marks_what_is_far_from_the_others(store: Store, ask: Ask) -> None:
    paper = Paper("doc:甬〔2019〕1号")
    for n in range(6):
        paper.pair(f"unit:单位{n}", f"park:园{n}", row=n + 2)
    for n in range(9):
        paper.pair("unit:单位0", f"institute:所{n}", row=20 + n)
    store.apply(Change(readings=[paper.reading()]))
    rows = ask(store, "load", role="unit")["items"]
    assert [(r["entity"]["name"], r["total"]) for r in rows if r["outlier"]] == [("单位0", 10)]
    assert rows[0]["because"] == "共承担10项，明显偏多：同类6个，中位数1，通常在0至3之间"


def test_portfolio_entity_and_neighbourhood_of_one(planned: Store, ask: Ask) -> None:
    chen = ask(planned, "portfolio", id=CHEN)
    assert (names(t["task"] for t in chen["oversees"]), chen["count"]) == (["建园"], 2)
    assert names(link["counterpart"] for link in chen["liaisons"]) == ["漕河泾"]
    haishu = ask(planned, "entity", id="海曙区")
    assert [group["type"] for group in haishu["relations"]] == ["PAIRED_WITH", "LEADS", "MEMBER_OF"]
    around = ask(planned, "neighbourhood", id=CHEN, depth=2)
    assert [(n["name"], n["distance"]) for n in around["nodes"]][:3] == [
        ("陈某", 0),
        ("漕河泾", 1),
        ("建园", 1),
    ]
    led = [e for e in around["edges"] if e["type"] == "OVERSEES"]
    assert [(e["source"], e["count"], e["evidence"][0]["column"]) for e in led] == [(CHEN, 1, 3)]


def test_paths_are_the_shortest_and_empty_without_a_connection(planned: Store, ask: Ask) -> None:
    body = ask(planned, "paths", source=CHEN, target="上海大学")
    assert [names(p["nodes"]) for p in body["items"]] == [
        ["陈某", "漕河泾", "海曙区", "上海大学"],
        ["陈某", "建园", "海曙区", "上海大学"],
    ]
    assert ask(planned, "paths", source=CHEN, target="临港")["items"] == []


def test_a_shared_sector_is_no_connection(planned: Store, ask: Ask) -> None:
    assert ask(planned, "paths", source=BEILUN, target="临港")["items"] == []
    assert ask(planned, "paths", source=BEILUN, target="汽车")["items"][0]["length"] == 1


def test_stats_and_lists(planned: Store, ask: Ask) -> None:
    stats = ask(planned, "stats")
    assert (stats["entities"]["Unit"], stats["entities"]["Leader"], stats["documents"]) == (3, 2, 1)
    assert (stats["relations"]["PAIRED_WITH"], stats["relations"]["MEMBER_OF"]) == (3, 3)
    assert [p["programme"] for p in ask(planned, "programmes", status="all")["items"]] == [
        "沪甬产业合作",
        "示例事项",
    ]
    assert [d["id"] for d in ask(planned, "documents", status="all")["items"]] == [
        "doc:甬〔2019〕1号",
        "doc:样",
    ]
    units = ask(planned, "entities", type="Unit")["items"]
    assert names(units) == ["海曙区", "江北区", "北仑区"]
