"""Layouts that only some offices use: the sides named by regions, by headings, under deep headers."""

from __future__ import annotations

import pytest

from graph.vocabulary import Relation
from tests.ingest.grids import codes, grid, pairs, read, states

PLAN = "宁波市与上海市对口合作计划"
LISTED = "宁波与丽水结对名单"


@pytest.mark.parametrize(
    ("left", "right"), [("宁波市", "丽水市"), ("宁波单位", "丽水单位"), ("宁波市方", "丽水市方")]
)
def test_sides_may_be_named_by_their_regions(left: str, right: str) -> None:
    reading = read(grid([[left, "序号", right], ["海曙区", "1", "松阳县"]], title=LISTED))
    assert pairs(reading) == {("海曙区", "松阳县")}


def test_a_row_of_places_is_no_header() -> None:
    rows = [["区县", "结对县"] * 2, ["海曙区", "松阳县", "江北区", "遂昌县"], ["镇海区", "云和县", "", ""]]
    reading = read(grid(rows, title=LISTED))
    assert pairs(reading) == {("海曙区", "松阳县"), ("江北区", "遂昌县"), ("镇海区", "云和县")}


def test_a_table_without_header_is_kept_unread() -> None:
    reading = read(grid([["海曙区", "松阳县"], ["镇海区", "云和县"]], title=LISTED))
    assert not reading.claims
    assert "unknown_table" in codes(reading)


@pytest.mark.parametrize("prefix", ["", "一、"])
def test_units_may_be_named_by_group_headings_only(prefix: str) -> None:
    rows = [
        ["序号", "合作单位", "合作内容"],
        [f"{prefix}海曙区", "", ""],
        ["1", "虹桥经济技术开发区", "集成电路"],
        ["2", "东华大学", "新材料"],
        [f"{prefix}江北区（1个）", "", ""],
        ["1", "上海漕河泾新兴技术开发区", ""],
    ]
    reading = read(grid(rows, {(2, 1): (1, 3), (5, 1): (1, 3)}, title=PLAN))
    assert pairs(reading) == {
        ("海曙区", "虹桥经济技术开发区"),
        ("海曙区", "东华大学"),
        ("江北区", "上海漕河泾新兴技术开发区"),
    }


def test_rows_above_the_first_heading_belong_to_nobody() -> None:
    rows = [["序号", "合作单位"], ["1", "东华大学"], ["海曙区", ""], ["2", "虹桥经济技术开发区"]]
    reading = read(grid(rows, {(3, 1): (1, 2)}, title=PLAN))
    assert pairs(reading) == {("海曙区", "虹桥经济技术开发区")}
    assert codes(reading)["row_ambiguous"] == [(2, 1)]


def test_what_is_no_body_is_no_home() -> None:
    rows = [["序号", "合作单位", "合作内容"], ["1", "东华大学", "新材料"]]
    reading = read(grid(rows, title=PLAN))
    assert not reading.claims
    assert codes(reading)["unknown_table"] == [(1, 1)]


def test_a_table_on_its_side_is_kept_and_says_what_to_do() -> None:
    for rows in (
        [["支援方", "海曙区", "江北区"], ["受援方", "松阳县", "延吉市"]],
        [
            ["序号", "1", "2"],
            ["我市县区", "海曙区", "江北区"],
            ["结对县市", "松阳县", "延吉市"],
            ["备注", "", ""],
        ],
    ):
        reading = read(grid(rows, title=PLAN))
        assert not reading.claims
        (problem,) = [one for one in reading.problems if one.code == "unknown_table"]
        assert "转置" in problem.message


def test_three_header_rows_without_merges() -> None:
    rows = [
        ["序号", "区县", "上海合作单位", "", ""],
        ["", "", "园区", "机构", ""],
        ["", "", "", "科研机构", "国有企业"],
        ["1", "海曙区", "虹桥经济技术开发区", "东华大学", "百联集团有限公司"],
    ]
    reading = read(grid(rows, title=PLAN))
    assert pairs(reading) == {
        ("海曙区", "虹桥经济技术开发区"),
        ("海曙区", "东华大学"),
        ("海曙区", "百联集团有限公司"),
    }


def test_sides_of_several_columns_pair_their_units() -> None:
    rows = [
        ["东部", "", "西部", ""],
        ["市", "区县", "州", "县市"],
        ["宁波市", "海曙区", "凉山州", "布拖县"],
        ["", "江北区", "", "昭觉县"],
    ]
    spans = {(1, 1): (1, 2), (1, 3): (1, 2), (3, 1): (2, 1), (3, 3): (2, 1)}
    reading = read(grid(rows, spans, title="东西部协作结对关系表"))
    assert pairs(reading) == {("海曙区", "布拖县"), ("江北区", "昭觉县")}


def test_our_own_column_of_a_kind_is_no_partner() -> None:
    rows = [
        ["县（市、区）", "结对县（市、区）", "产业园区", "结对产业园区"],
        ["海曙区", "松阳县", "海曙工业园区", "松阳工业园区"],
    ]
    reading = read(grid(rows, title="宁波市与丽水市结对情况"))
    assert pairs(reading) == {("海曙区", "松阳县"), ("海曙工业园区", "松阳工业园区")}


def test_a_partner_beside_no_one_of_its_own_column_is_reported() -> None:
    rows = [
        ["县（市、区）", "结对县（市、区）", "产业园区", "结对产业园区"],
        ["海曙区", "松阳县", "", "松阳工业园区"],
    ]
    reading = read(grid(rows, title="宁波市与丽水市结对情况"))
    assert pairs(reading) == {("海曙区", "松阳县")}
    assert codes(reading)["unreadable_cell"] == [(2, 4)]


def test_a_park_may_be_the_home_side() -> None:
    reading = read(grid([["产业园区", "结对产业园区"], ["海曙工业园区", "松阳工业园区"]], title=LISTED))
    assert pairs(reading) == {("海曙工业园区", "松阳工业园区")}


@pytest.mark.parametrize("title", ["沪甬对接事项清单", ""])
def test_sides_of_bodies_to_be_matched(title: str) -> None:
    rows = [
        ["序号", "我市牵头单位", "上海对接单位", "对接事项"],
        ["1", "市经信局", "市经信委", "产业协同"],
    ]
    reading = read(grid(rows, title=title))
    assert {(a[:3], b) for a, b in pairs(reading)} == {("宁波市", "市经信委")}
    assert {claim.term for claim in reading.claims} == {"对接"}
    assert any(e.id == "unit:市经信委@上海市" for e in reading.entities)


@pytest.mark.parametrize(
    ("title", "home", "partner"),
    [
        ("对口支援医院名单", "三甲医院", "受援医院"),
        ("结对学校名单", "学校", "结对学校"),
    ],
)
def test_the_home_header_ends_as_the_partners_does(title: str, home: str, partner: str) -> None:
    body = {"三甲医院": ("宁波市第一医院", "延吉市医院"), "学校": ("宁波中学", "延吉一中")}[home]
    reading = read(grid([[home, partner], body], title=title))
    assert pairs(reading) == {body}


def test_a_town_beside_its_poor_village_supports_nobody() -> None:
    reading = read(grid([["乡镇", "贫困村"], ["大堰镇", "柏坑村"]], title="扶贫重点村名单"))
    assert not reading.claims and "unknown_table" in codes(reading)


@pytest.mark.parametrize("title", ["山海协作结对表", "宁波市与丽水市结对表"])
def test_sides_may_be_named_by_a_citys_short_form(title: str) -> None:
    rows = [["甬方", "丽方"], ["海曙区", "松阳县"], ["市经信局", "市经信局"]]
    reading = read(grid(rows, title=title))
    assert ("海曙区", "松阳县") in pairs(reading)
    theirs = {e.id for e in reading.entities if e.name == "市经信局" or e.region == "丽水市"}
    assert theirs and not any(one.endswith("@宁波市") for one in theirs)


LOST = {
    "pairs": [["区县", "对口园区"], ["海曙区", "虹桥经济技术开发区"], ["江北区", ""]],
    "tasks": [
        ["序号", "重点任务", "责任单位"],
        ["1", "产业合作", "市经信局"],
        ["2", "人才合作", ""],
    ],
    "liaisons": [["市领导", "联系企业"], ["王一", "宁波甲科技有限公司"], ["李二", ""]],
}


@pytest.mark.parametrize("kind", LOST)
def test_a_blank_that_may_be_a_lost_merge_is_reported(kind: str) -> None:
    flat = read(grid(LOST[kind], title="任务分工" if kind == "tasks" else "对口联系"), flat=True)
    column = len(LOST[kind][0])
    assert codes(flat)["row_ambiguous"] == [(3, column)]
    assert {claim.row for claim in flat.claims} == {2}
    kept = read(grid(LOST[kind], title="任务分工" if kind == "tasks" else "对口联系"))
    assert "row_ambiguous" not in codes(kept)


def test_a_blank_beside_another_partner_is_blank_in_every_format() -> None:
    rows = [
        ["区县", "园区", "科研机构"],
        ["海曙区", "虹桥经济技术开发区", "东华大学"],
        ["江北区", "", "上海大学"],
    ]
    assert states(read(grid(rows, title=PLAN), flat=True))["江北区", "Park"] == "blank"


def test_the_department_that_serves_an_enterprise_is_not_whom_the_leader_liaises_with() -> None:
    rows = [["挂钩领导", "挂钩企业", "联系部门"], ["王一（副市长）", "宁波甲科技有限公司", "市经信局"]]
    reading = read(grid(rows, title="宁波市领导挂钩联系企业安排表"))
    assert pairs(reading, Relation.LIAISES_WITH) == {("王一", "宁波甲科技有限公司")}


def test_a_row_of_nothing_but_merges_from_above_says_nothing() -> None:
    rows = [["区县", "对口园区"], ["海曙区", "虹桥经济技术开发区"], ["", ""], ["江北区", "无"]]
    reading = read(grid(rows, {(2, 1): (2, 1)}, title=PLAN))
    assert states(reading) == {("海曙区", "Park"): "covered", ("江北区", "Park"): "stated_none"}


def test_measures_under_one_merged_task_stay_tasks_of_their_own() -> None:
    rows = [
        ["序号", "主要任务", "具体举措", "牵头单位"],
        ["1", "消费协作", "拓展销售渠道", "市甲局"],
        ["", "", "举办展销活动", "市乙局"],
        ["", "", "建设直播基地", ""],
    ]
    reading = read(grid(rows, {(2, 1): (3, 1), (2, 2): (3, 1), (3, 4): (2, 1)}, title="任务分工表"))
    tasks = {e.id: e.details["content"] for e in reading.entities if e.id.startswith("task:")}
    names = {e.id: e.name for e in reading.entities}
    assert {(names[c.source], tasks[c.target], c.row) for c in reading.claims} == {
        ("市甲局", "拓展销售渠道", 2),
        ("市乙局", "举办展销活动", 3),
        ("市乙局", "建设直播基地", 4),
    }


def test_headers_in_the_first_column_are_kept_unread() -> None:
    reading = read(grid([["支援方", "海曙区", "江北区"], ["受援方", "松阳县", "遂昌县"]], title=LISTED))
    assert not reading.claims and "unknown_table" in codes(reading)


@pytest.mark.parametrize("sign", ["√", "●"])
def test_a_leader_liaises_with_whom_a_matrix_marks(sign: str) -> None:
    rows = [["市领导", "宁波甲科技有限公司", "宁波乙集团"], ["王一", sign, ""], ["李二", "", sign]]
    reading = read(grid(rows, title="宁波市领导联系企业表"))
    assert pairs(reading, Relation.LIAISES_WITH) == {("王一", "宁波甲科技有限公司"), ("李二", "宁波乙集团")}


def test_a_couple_of_which_one_is_no_body_is_no_pair() -> None:
    rows = [["序号", "结对关系"], ["1", "海曙区——松阳县"], ["2", "江北区——待定"]]
    assert pairs(read(grid(rows, title=LISTED))) == {("海曙区", "松阳县")}


@pytest.mark.parametrize("cell", ["待定", "另行通知", "正在对接", "详见附件", "尚未明确", "×", "已取消"])
def test_what_stands_for_a_name_that_is_not_told_is_no_name(cell: str) -> None:
    rows = [["区县", "对口单位"], ["海曙区", "松阳县"], ["江北区", cell]]
    reading = read(grid(rows, title=LISTED))
    assert pairs(reading) == {("海曙区", "松阳县")} and codes(reading)["unreadable_cell"] == [(3, 2)]
    assert states(reading)["江北区", "Unit"] == "unreadable"
    rows = [["市领导", "联系企业"], ["王一", "宁波甲科技有限公司"], [cell, "宁波乙集团"]]
    reading = read(grid(rows, title="市领导联系企业表"))
    assert pairs(reading, Relation.LIAISES_WITH) == {("王一", "宁波甲科技有限公司")}
    assert codes(reading)["leader_unnamed"] == [(3, 1)]


@pytest.mark.parametrize("cell", ["暂无", "无对口单位", "目前没有", "不涉及", "N/A"])
def test_a_cell_says_that_there_is_none_in_many_words(cell: str) -> None:
    rows = [["区县", "对口单位"], ["海曙区", "松阳县"], ["江北区", cell]]
    assert states(read(grid(rows, title=LISTED)))["江北区", "Unit"] == "stated_none"


@pytest.mark.parametrize("name", ["无锡市", "未央区", "未来科技城", "有关单位", "待补镇", "不老屯镇"])
def test_a_name_that_begins_as_such_words_do_is_a_name(name: str) -> None:
    assert pairs(read(grid([["区县", "对口单位"], ["海曙区", name]], title=LISTED))) == {("海曙区", name)}


UNKNOWN = {
    "主要经济指标": [["指标", "2019年", "2020年"], ["地区生产总值", "1", "2"]],
    "会议安排": [["序号", "会议名称", "时间", "地点"], ["1", "联席会议", "3月", "海曙区"]],
    "重点项目表": [["项目", "建设单位", "投资"], ["产业园", "宁波甲公司", "5亿"]],
    "参会人员名单": [["姓名", "单位", "职务"], ["王一", "市经信局", "局长"]],
    "结对帮带表": [["区县", "帮带人才"], ["海曙区", "松阳县"]],
}


@pytest.mark.parametrize("title", UNKNOWN)
def test_tables_of_other_kinds_are_kept_whole(title: str) -> None:
    reading = read(grid(UNKNOWN[title], title=title))
    assert not reading.claims and list(codes(reading)) == ["unknown_table"]
    assert reading.table.profile is None and {c.reason for c in reading.table.cells} == {"unknown_table"}


def test_an_unknown_table_names_the_nearest_kind_and_the_missing_header() -> None:
    (problem,) = read(grid(UNKNOWN["结对帮带表"], title="结对帮带表")).problems
    assert "对口联系计划表" in problem.message and "“对口单位”" in problem.message
