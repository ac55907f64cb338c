"""Leaders' liaisons and members of a collective that stand in lists and sentences; each fixture is named for its
quirk. Names are printed facts or plainly made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.errors import FileRejected
from graph.model import Reading
from graph.settings import Settings
from graph.vocabulary import Relation
from ingest.library import Library

PLAN = "市领导联系区县(市)安排"


@pytest.fixture
def library(embedded_store: EmbeddedStore, tmp_path: Path) -> Library:
    return Library(embedded_store, Settings(data_dir=tmp_path / "data", neo4j_uri=None))


def _read(library: Library, *lines: str) -> Reading:
    return library.preview([("list.txt", "\n".join(lines).encode())]).reading


def _edges(reading: Reading, relation: Relation) -> set[tuple[str, str, int]]:
    names = {entity.id: entity.name for entity in reading.entities}
    return {(names[c.source], names[c.target], c.row or 0) for c in reading.claims if c.type is relation}


def _codes(reading: Reading) -> list[str]:
    about_names = {"unresolved_name", "name_in_review", "ambiguous_name"}
    return [p.code for p in reading.problems if p.code not in about_names]


LIAISONS = {
    "a_clause_a_leader": (
        (
            "工作方案",
            "市委常委、副市长陈炳荣联系北仑区，副市长陈仲朝联系镇海区、慈溪市，市长王一联系海曙区。",
        ),
        {("陈炳荣", "北仑区", 1), ("陈仲朝", "镇海区", 2), ("陈仲朝", "慈溪市", 2), ("王一", "海曙区", 3)},
    ),
    "list_comma_between_clauses": (
        ("工作方案", "由陈炳荣副市长联系北仑区、陈仲朝副市长联系镇海区。"),
        {("陈炳荣", "北仑区", 1), ("陈仲朝", "镇海区", 2)},
    ),
    "two_leaders_of_one_area": (
        (PLAN, "副市长陈炳荣、陈仲朝联系北仑区，王一联系镇海区。"),
        {("陈炳荣", "北仑区", 1), ("陈仲朝", "北仑区", 1), ("王一", "镇海区", 2)},
    ),
    "colon_under_a_title": (
        (
            "市领导挂钩联系重点企业名单",
            "王一：宁波甲科技有限公司、宁波乙集团",
            "李二副市长：宁波丙股份有限公司",
        ),
        {("王一", "宁波甲科技有限公司", 1), ("王一", "宁波乙集团", 1), ("李二", "宁波丙股份有限公司", 2)},
    ),
    "passive": (
        ("工作方案", "北仑区由陈炳荣副市长挂钩联系。", "2.镇海区由王一同志联系。"),
        {("陈炳荣", "北仑区", 1), ("王一", "镇海区", 2)},
    ),
}


@pytest.mark.parametrize("quirk", LIAISONS)
def test_liaisons(library: Library, quirk: str) -> None:
    lines, expected = LIAISONS[quirk]
    reading = _read(library, *lines)
    assert _edges(reading, Relation.LIAISES_WITH) == expected and not _codes(reading)
    assert all(table.kind == "list" and table.profile == "liaison" for table in reading.tables)
    assert all(sum(t.counts().values()) == t.rows * t.columns for t in reading.tables)


def test_a_post_without_a_name_liaises_with_nobody(library: Library) -> None:
    reading = _read(library, PLAN, "陈炳荣副市长联系北仑区", "分管副市长联系鄞州区")
    assert _edges(reading, Relation.LIAISES_WITH) == {("陈炳荣", "北仑区", 1)}
    assert _codes(reading) == ["leader_unnamed"]


def test_an_area_that_goes_on_in_other_words_is_reported(library: Library) -> None:
    reading = _read(library, PLAN, "陈炳荣副市长联系北仑区和有关工作，王一副市长联系镇海区。")
    assert _edges(reading, Relation.LIAISES_WITH) == {("王一", "镇海区", 2)}
    assert _codes(reading) == ["row_ambiguous"]


@pytest.mark.parametrize(
    "text",
    [
        "市政府领导联系企业，帮助解决困难。",
        "副市长陈炳荣负责联系教育、卫生工作。",
        "各级领导联系北仑区。",
        "陈炳荣副市长与北仑区保持联系。",
    ],
)
def test_prose_about_leaders_gives_no_liaison(library: Library, text: str) -> None:
    with pytest.raises(FileRejected):
        _read(library, "工作方案", text)


def test_units_that_liaise_stay_pairs(library: Library) -> None:
    reading = _read(library, "对口联系安排", "市公安局联系民革宁波市委", "王一副市长联系北仑区")
    assert _edges(reading, Relation.PAIRED_WITH) == {("市公安局", "民革宁波市委", 1)}
    assert _edges(reading, Relation.LIAISES_WITH) == {("王一", "北仑区", 1)}


GROUP = "市政府决定成立宁波市推进沪甬合作工作领导小组，组成人员如下："


def test_members_beside_the_heads_of_a_leading_group(library: Library) -> None:
    reading = _read(library, GROUP, "组　长：陈炳荣（副市长）", "副组长：王一", "成员单位：市甲局、市乙委。")
    group = "宁波市推进沪甬合作工作领导小组"
    assert _edges(reading, Relation.MEMBER_OF) == {("市甲局", group, 3), ("市乙委", group, 3)}
    assert not _codes(reading)
    (table,) = reading.tables
    assert [row[0].text[:3] for row in table.grid()] == ["组　长", "副组长", "成员单"]


def test_members_by_office_speak_of_their_units(library: Library) -> None:
    reading = _read(library, GROUP, "成　员：市甲局、市乙委主要负责同志")
    assert {a for a, _, _ in _edges(reading, Relation.MEMBER_OF)} == {"市甲局", "市乙委"}
    assert {c.text for c in reading.claims} == {"市甲局、市乙委主要负责同志"}


def test_a_member_a_line(library: Library) -> None:
    reading = _read(library, GROUP, "成员单位：", "市甲局", "市乙委", "领导小组办公室设在市甲局。")
    assert {(a, row) for a, _, row in _edges(reading, Relation.MEMBER_OF)} == {("市甲局", 2), ("市乙委", 3)}


def test_an_open_list_of_members_is_said_to_be_open(library: Library) -> None:
    reading = _read(library, "建立市人才工作联席会议制度。", "成员单位：市甲局、市乙委等12个部门")
    assert {b for _, b, _ in _edges(reading, Relation.MEMBER_OF)} == {"市人才工作联席会议"}
    assert _codes(reading) == ["open_list"]


@pytest.mark.parametrize("title", ["工作方案", "领导小组成员名单"])
def test_members_of_nothing_named_are_reported(library: Library, title: str) -> None:
    reading = _read(library, title, "成员单位：市甲局、市乙委")
    assert not reading.claims and _codes(reading) == ["row_ambiguous"]


def test_people_listed_as_members_make_no_unit_a_member(library: Library) -> None:
    reading = _read(
        library,
        GROUP,
        "组　长：王一  副市长",
        "成  员：张三  市甲局局长",
        "李  四  市乙委主任",
        "办公室设在市甲局。",
    )
    assert not reading.claims and _codes(reading) == ["unknown_table"]
    (table,) = reading.tables
    assert (table.rows, table.profile) == (3, None) and table.title == "宁波市推进沪甬合作工作领导小组"
    with pytest.raises(FileRejected):
        _read(library, GROUP, "成员：张三  市甲局局长", "李四  市乙委主任")
