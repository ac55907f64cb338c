"""Leaders' liaison tables and member lists."""

from __future__ import annotations

from graph.vocabulary import EntityType, Relation
from tests.ingest.grids import codes, edges, grid, pairs, read

LIAISON = "市领导挂钩联系重点企业和园区安排表"


def test_a_leader_liaises_with_each_and_they_not_with_each_other() -> None:
    rows = [
        ["序号", "市领导", "联系区县(市)", "联系园区", "联系企业"],
        ["1", "市长李二", "海曙区", "虹桥经济技术开发区", "百联集团有限公司、上海国盛（集团）有限公司"],
        ["2", "分管副市长", "江北区", "", ""],
    ]
    reading = read(grid(rows, title=LIAISON))
    assert pairs(reading, Relation.LIAISES_WITH) == {
        ("李二", "海曙区"),
        ("李二", "虹桥经济技术开发区"),
        ("李二", "百联集团有限公司"),
        ("李二", "上海国盛（集团）有限公司"),
    }
    assert not pairs(reading, Relation.PAIRED_WITH) and not reading.coverage
    (leader,) = [e for e in reading.entities if e.type is EntityType.LEADER]
    assert leader.details["post"] == "市长"
    assert codes(reading) == {"leader_unnamed": [(3, 2)]}
    assert {c.term for c in reading.claims} == {"挂钩联系"}


def test_post_in_a_column_of_its_own_and_leader_merged_down() -> None:
    rows = [
        ["姓名", "职务", "挂钩单位"],
        ["李二", "副市长", "海曙区"],
        ["", "", "江北区"],
        ["王一", "市长", "镇海区"],
    ]
    merged = grid(rows, {(2, 1): (2, 1), (2, 2): (2, 1)}, title="领导挂钩联系表")
    for table in (merged, grid(rows, title="领导挂钩联系表")):
        reading = read(table)
        assert edges(reading, Relation.LIAISES_WITH) == {
            ("李二", "海曙区", 2),
            ("李二", "江北区", 3),
            ("王一", "镇海区", 4),
        }
        assert {e.details["post"] for e in reading.entities if e.type is EntityType.LEADER} == {
            "副市长",
            "市长",
        }


def test_counterparts_without_a_leader_are_not_guessed() -> None:
    rows = [["姓名", "挂钩单位"], ["", "海曙区"], ["李二", "江北区"]]
    reading = read(grid(rows, title="领导挂钩联系表"))
    assert edges(reading, Relation.LIAISES_WITH) == {("李二", "江北区", 3)}
    assert list(codes(reading)) == ["row_ambiguous"]


def test_members_of_the_collective_in_the_title() -> None:
    rows = [["序号", "成员单位"], ["1", "市经信局"], ["2", "市发改委、市科技局"]]
    reading = read(grid(rows, title="沪甬产业合作领导小组成员单位名单"))
    assert edges(reading, Relation.MEMBER_OF) == {
        ("宁波市经济和信息化局", "沪甬产业合作领导小组", 2),
        ("宁波市发展和改革委员会", "沪甬产业合作领导小组", 3),
        ("宁波市科学技术局", "沪甬产业合作领导小组", 3),
    }


def test_members_of_collectives_in_a_column() -> None:
    rows = [
        ["集体称谓", "成员单位"],
        ["开发园区管委会", "宁波杭州湾新区管委会"],
        ["", "大榭开发区管委会"],
    ]
    for table in (grid(rows, {(2, 1): (2, 1)}), grid(rows)):
        assert {c for _, c in pairs(read(table), Relation.MEMBER_OF)} == {"开发园区管委会"}


def test_a_list_that_names_no_collective_is_not_read() -> None:
    reading = read(grid([["序号", "成员单位"], ["1", "市经信局"]], title="名单"))
    assert not reading.claims and list(codes(reading)) == ["row_ambiguous"]
