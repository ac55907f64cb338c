"""What printed names stand for: a truth file that a planner can read, decisions, aliases, and properties."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.ids import candidate_id
from graph.model import Decision
from graph.vocabulary import EntityType, Relation
from ingest.naming.contract import Person, Scope
from ingest.naming.gazetteer import Gazetteer, load_gazetteer
from ingest.naming.names import GazetteerNames

TRUTH = Path(__file__).parent / "truth" / "names.csv"
NINGBO = Scope("宁波市", "doc:x")
PLAN = "宁波市各区县(市)、开发园区与上海市产业合作对口联系计划表"


@cache
def names() -> GazetteerNames:
    return GazetteerNames(load_gazetteer())


def _rows() -> list[dict[str, str]]:
    with TRUTH.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", _rows(), ids=lambda row: f"{row['printed']}@{row['scope']}{row['header']}")
def test_a_printed_name_stands_for_the_entity_of_the_truth_file(row: dict[str, str]) -> None:
    expected = EntityType(row["header"]) if row["header"] else None
    resolved = names().resolve(row["printed"], Scope(row["scope"], "doc:x"), expected)
    entity = resolved.entity
    found = (entity.id, entity.name, entity.type.value, entity.kind, resolved.problem)
    assert found == tuple(row[key] for key in ("id", "name", "type", "kind", "problem"))
    assert bool(resolved.choices) == (row["problem"] in {"ambiguous_name", "name_in_review"})


def _decided(printed: str, entity: str | None, scope: Scope = NINGBO) -> GazetteerNames:
    key = candidate_id(printed, scope.key)
    decision = Decision(key, printed, scope.key, entity, "planner", "2026-01-02T03:04:05+08:00")
    return GazetteerNames(load_gazetteer(), {key: decision})


def test_likely_matches_are_offered_best_first_and_never_applied() -> None:
    resolved = names().resolve("鄞洲区", NINGBO)
    assert not resolved.known and resolved.entity.id == "unit:鄞洲区@宁波市"
    assert resolved.choices[0]["id"] == "unit:鄞州区"
    assert "读音" in resolved.choices[0]["reason"]


def test_an_accepted_decision_holds_and_keeps_the_old_id_as_alias() -> None:
    resolved = _decided("鄞洲区", "unit:鄞州区").resolve(" 鄞洲区", NINGBO)
    assert resolved.known and resolved.entity.id == "unit:鄞州区" and not resolved.problem
    assert resolved.aliases == ("unit:鄞洲区@宁波市",)


def test_a_decision_for_an_entity_outside_the_gazetteers_names_it_by_its_id() -> None:
    resolved = _decided("市合作办", "unit:市支援合作局@宁波市").resolve("市合作办", NINGBO)
    assert (resolved.entity.id, resolved.entity.name) == ("unit:市支援合作局@宁波市", "市支援合作局")


def test_a_rejected_decision_silences_the_candidate() -> None:
    resolved = _decided("鄞洲区", None).resolve("鄞洲区", NINGBO)
    assert not resolved.known and resolved.choices == () and resolved.problem == "unresolved_name"
    ambiguous = _decided("江北区", None, Scope("上海市", "d")).resolve("江北区", Scope("上海市", "d"))
    assert ambiguous.choices == () and ambiguous.problem == "unresolved_name"


def test_a_decision_for_one_city_says_nothing_of_another() -> None:
    other = _decided("市发改委", "unit:宁波市发展和改革委员会", Scope("湖州市", "d"))
    assert other.resolve("市发改委", Scope("湖州市", "d")).known
    assert other.resolve("市发改委", Scope("开封市", "d")).entity.id == "unit:市发改委@开封市"


def test_known_names_carry_the_id_that_they_would_have_had_before() -> None:
    resolved = names().resolve("市经信局", NINGBO)
    assert resolved.known and resolved.aliases == ("unit:市经信局@宁波市",)


def test_a_full_name_takes_the_place_of_its_scoped_short_form() -> None:
    full = names().resolve("宁波市农业农村局", NINGBO)
    assert full.aliases == ("unit:市农业农村局@宁波市",)
    later = GazetteerNames(load_gazetteer(), {}, {full.aliases[0]: full.entity.id})
    short = later.resolve("市农业农村局", NINGBO)
    assert (short.entity.id, short.entity.name, short.known) == (full.entity.id, "宁波市农业农村局", True)


def test_aliases_that_turn_in_a_circle_end() -> None:
    circle = {"unit:市甲局@宁波市": "unit:市乙局@宁波市", "unit:市乙局@宁波市": "unit:市甲局@宁波市"}
    turning = GazetteerNames(load_gazetteer(), {}, circle)
    assert turning.resolve("市甲局", NINGBO).entity.type is EntityType.UNIT


def test_resolving_many_gives_what_resolving_each_gives() -> None:
    asked = [(row["printed"], EntityType(row["header"]) if row["header"] else None) for row in _rows()]
    together = GazetteerNames(load_gazetteer()).resolve_many(asked * 2, NINGBO)
    assert together == [names().resolve(text, NINGBO, kind) for text, kind in asked] * 2


def test_the_title_of_a_plan_names_its_home_collectives_with_their_members() -> None:
    districts, zones = (found.entity for found in names().collectives_in(PLAN, Scope("", "doc:x")))
    assert districts.id == "collective:各区县(市)政府@宁波市"
    assert zones.id == "collective:开发园区管委会@宁波市"
    claims, members = names().background(districts)
    assert [member.name for member in members] == [
        "海曙区", "江北区", "北仑区", "镇海区", "鄞州区", "奉化区", "象山县", "宁海县", "余姚市", "慈溪市",
    ]  # fmt: skip
    assert {(c.type, c.target, c.document) for c in claims} == {(Relation.MEMBER_OF, districts.id, None)}
    assert all(c.citation and "20" in c.citation for c in claims)
    assert len(names().background(zones)[1]) == 7
    ranks = [member.rank for member in [*members, *names().background(zones)[1]]]
    assert ranks == sorted(ranks)


def test_all_districts_of_another_city_follow_from_the_list_of_divisions() -> None:
    every = names().resolve("各区政府", Scope("上海市", "d")).entity
    some = names().resolve("有关区政府", Scope("上海市", "d")).entity
    assert len(names().background(every)[1]) == 16
    assert every.id != some.id and names().background(some) == ([], [])


def test_gazetteer_facts_of_a_park_say_where_it_lies_and_what_it_does() -> None:
    park = names().resolve("集成电路设计产业园", Scope("上海市", "d")).entity
    claims, ends = names().background(park)
    assert [(c.type, end.name) for c, end in zip(claims, ends, strict=True)] == [
        (Relation.LOCATED_IN, "上海市"),
        (Relation.FOCUSES_ON, "集成电路"),
    ]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("宁波市人民政府办公厅", "宁波市"),
        ("关于印发宁波市推进合作工作方案的通知", "宁波市"),
        ("鞍山市立山区人民政府", "立山区"),
        ("重庆市江北区人民政府", "重庆市江北区"),
        ("中共常德市委办公室、常德市人民政府办公室", "常德市"),
        ("上海合作园区", "上海市"),
        ("关于推进产业合作市场", ""),
        ("国务院办公厅", ""),
        ("", ""),
    ],
)
def test_an_issuer_or_title_tells_its_region(text: str, region: str) -> None:
    assert names().region_of(text) == region


def test_a_unit_is_found_by_its_government_and_a_zone_by_its_committee() -> None:
    district = {name.text for name in names().resolve("江北区", NINGBO).entity.names}
    assert {"江北区", "宁波市江北区", "江北区政府", "江北区人民政府"} <= district
    zone = {name.text for name in names().resolve("杭州湾新区", NINGBO).entity.names}
    assert {"宁波杭州湾新区", "宁波杭州湾新区管委会", "杭州湾新区"} <= zone


def test_leaders_are_scoped_by_region() -> None:
    leader = names().leader(Person("陈炳荣", "副市长"), NINGBO).entity
    assert (leader.id, leader.details["post"]) == ("leader:陈炳荣@宁波市", "副市长")


NAME_LIKE = st.text("市区县宁波海曙经信局委和与及各(（）)集团有限公司园0Ａ 、", min_size=1, max_size=16)


@given(
    NAME_LIKE, st.sampled_from(["宁波市", "上海市", "", "不存在的地方"]), st.sampled_from([None, *EntityType])
)
def test_any_text_resolves_to_the_same_entity_every_time(
    text: str, region: str, kind: EntityType | None
) -> None:
    scope = Scope(region, "doc:x")
    resolved = names().resolve(text, scope, kind)
    assert resolved == GazetteerNames(load_gazetteer_once()).resolve(text, scope, kind)
    assert resolved.entity.name and resolved.entity.id not in resolved.aliases


@cache
def load_gazetteer_once() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.shared
def test_every_name_of_the_shared_facts_gets_a_sensible_type(shared_dir: Path) -> None:
    for path in sorted(shared_dir.glob("pairs/*/facts.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            pairs = [row for row in csv.DictReader(file) if row["use"] == "pair"]
        for side in ("side_a", "side_b"):
            for row in pairs:
                entity = names().resolve(row[side], Scope("", f"doc:{path.parent.name}")).entity
                assert (entity.type, entity.kind) != (EntityType.ORGANISATION, "unknown"), row[side]
