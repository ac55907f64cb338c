"""Counterpart tables in the shapes that offices give them: each quirk with its rule."""

from __future__ import annotations

import pytest

from graph.vocabulary import Direction, Relation
from tests.ingest.grids import codes, edges, grid, pairs, read, states

TITLE = "宁波市各区县(市)、开发园区与上海市产业合作对口联系计划表"
TYPED = ["序号", "区县(市)、开发园区", "对口园区", "对口科研机构", "对口国有企业"]


def test_one_partner_column_a_kind_with_every_state() -> None:
    table = grid(
        [
            TYPED,
            ["1", "海曙区", "虹桥经济技术开发区", "东华大学", "百联集团有限公司"],
            ["2", "江北区", "上海漕河泾新兴技术开发区", "无", ""],
            ["3", "北仑区", "/", "——", "暂无"],
        ],
        title=TITLE,
    )
    reading = read(table)
    assert pairs(reading) == {
        ("海曙区", "虹桥经济技术开发区"),
        ("海曙区", "东华大学"),
        ("海曙区", "百联集团有限公司"),
        ("江北区", "上海漕河泾新兴技术开发区"),
    }
    assert states(reading) == {
        ("海曙区", "Park"): "covered",
        ("海曙区", "Institute"): "covered",
        ("海曙区", "Enterprise"): "covered",
        ("江北区", "Park"): "covered",
        ("江北区", "Institute"): "stated_none",
        ("江北区", "Enterprise"): "blank",
        ("北仑区", "Park"): "stated_none",
        ("北仑区", "Institute"): "stated_none",
        ("北仑区", "Enterprise"): "stated_none",
    }
    assert reading.table.counts() == {"used": 19, "inherited": 0, "ignored": 1, "unreadable": 0}
    assert {c.term for c in reading.claims} == {"对口"}
    assert codes(reading) == {}


def test_term_is_the_cells_else_the_headers_else_the_titles() -> None:
    rows = [
        ["单位", "合作园区", "关系"],
        ["海曙区", "虹桥经济技术开发区", "结对共建"],
        ["江北区", "金桥经开区", ""],
    ]
    terms = [claim.term for claim in read(grid(rows, title="对口联系计划表")).claims]
    assert terms == ["结对共建", "对口联系"]
    rows = [["单位", "结对帮扶县"], ["海曙区", "安图县"]]
    (claim,) = read(grid(rows, title="对口合作一览表")).claims
    assert (claim.term, claim.direction) == ("结对帮扶", Direction.A_TO_B)


def test_several_names_in_a_cell() -> None:
    rows = [["单位", "对口单位"], ["奉化区、宁海县", "安图县"], ["慈溪市", "龙井市，图们市\n敦化市"]]
    assert pairs(read(grid(rows, title="对口结对安排表"))) == {
        ("奉化区", "安图县"),
        ("宁海县", "安图县"),
        ("慈溪市", "龙井市"),
        ("慈溪市", "图们市"),
        ("慈溪市", "敦化市"),
    }


def test_two_header_rows() -> None:
    top = ["序号", "区县(市)", "上海市对口合作单位", "", ""]
    below = ["", "", "园区", "科研机构", "国有企业"]
    data = ["1", "海曙区", "虹桥经济技术开发区", "东华大学", "百联集团有限公司"]
    merged = grid([top, below, data], {(1, 1): (2, 1), (1, 2): (2, 1), (1, 3): (1, 3)}, title=TITLE)
    flat = grid([top, below, data], title=TITLE)
    for table in (merged, flat):
        reading = read(table)
        assert {(e.name, e.type.value) for e in reading.entities} == {
            ("海曙区", "Unit"),
            ("虹桥经济技术开发区", "Park"),
            ("东华大学", "Institute"),
            ("百联集团有限公司", "Enterprise"),
        }
        assert {row for _, _, row in edges(reading)} == {3}


def test_same_columns_twice_side_by_side() -> None:
    rows = [
        ["序号", "单位", "对口单位", "序号", "单位", "对口单位"],
        ["1", "海曙区", "安图县", "3", "慈溪市", "龙井市"],
        ["2", "鄞州区", "和龙市", "", "", ""],
    ]
    reading = read(grid(rows, title="对口结对表"))
    assert edges(reading) == {("海曙区", "安图县", 2), ("慈溪市", "龙井市", 2), ("鄞州区", "和龙市", 3)}
    assert codes(reading) == {}


def test_matrix_of_signs() -> None:
    rows = [
        ["单位", "虹桥经济技术开发区", "东华大学", "百联集团有限公司"],
        ["海曙区", "√", "", "●"],
        ["江北区", "", "√", ""],
    ]
    reading = read(grid(rows, title="对口联系一览表"))
    assert pairs(reading) == {
        ("海曙区", "虹桥经济技术开发区"),
        ("海曙区", "百联集团有限公司"),
        ("江北区", "东华大学"),
    }
    assert states(reading)["江北区", "Park"] == "blank"


def test_an_empty_box_beside_a_ticked_one_is_blank() -> None:
    rows = [
        ["单位", "虹桥经济技术开发区", "东华大学"],
        ["海曙区", "☑", "□"],
        ["江北区", "□", "☑"],
    ]
    reading = read(grid(rows, title="对口联系一览表"))
    assert pairs(reading) == {("海曙区", "虹桥经济技术开发区"), ("江北区", "东华大学")}
    assert states(reading)["江北区", "Park"] == "blank"


def test_home_is_the_column_in_the_issuing_region_else_the_leftmost() -> None:
    rows = [["延边州", "宁波市"], ["和龙市", "鄞州区"], ["龙井市", "慈溪市"]]
    assert pairs(read(grid(rows, title="对口结对安排"))) == {("鄞州区", "和龙市"), ("慈溪市", "龙井市")}
    rows = [["对口单位", "结对单位"], ["和龙市", "鄞州区"], ["龙井市", "慈溪市"]]
    assert pairs(read(grid(rows, title="对口结对安排"))) == {("鄞州区", "和龙市"), ("慈溪市", "龙井市")}
    assert pairs(read(grid(rows, title="对口结对安排"), region="")) == {
        ("和龙市", "鄞州区"),
        ("龙井市", "慈溪市"),
    }


def test_one_way_lists_start_from_the_supporter() -> None:
    rows = [["受援单位", "支援单位"], ["安图县", "奉化区"], ["和龙市", "鄞州区"]]
    reading = read(grid(rows, title="对口支援安排表"))
    assert pairs(reading) == {("奉化区", "安图县"), ("鄞州区", "和龙市")}
    assert {c.direction for c in reading.claims} == {Direction.A_TO_B}
    assert {c.term for c in reading.claims} <= {"支援", "对口支援"}


def test_pairs_named_by_their_cities() -> None:
    rows = [["深圳市", "赣州市"], ["福田区", "兴国县"], ["罗湖区", "宁都县"]]
    assert len(pairs(read(grid(rows, title="深圳市与赣州市区县结对安排"), region="深圳市"))) == 2


def test_parties_beside_departments() -> None:
    rows = [
        ["民主党派、工商联", "对口联系单位"],
        ["民革常德市委", "市民政局、市审计局"],
        ["市工商联", "市工商局"],
    ]
    assert len(pairs(read(grid(rows, title="对口联系安排表"), region="常德市"))) == 3


def test_unit_in_brackets_is_a_remark() -> None:
    rows = [["单位", "对口单位"], ["市经信局(张三)", "安图县"]]
    assert pairs(read(grid(rows, title="对口联系表"))) == {("宁波市经济和信息化局", "安图县")}


@pytest.mark.parametrize(
    "text",
    [
        "□□□",
        "虹桥\ufffd开发区",
        "字" * 5000,
        "12",
        "对接张江。再议。",
        "<b>张江</b>",
        "张江①一期②二期",
        "工业：张江",
    ],
)
def test_what_is_no_name_makes_no_claim(text: str) -> None:
    reading = read(grid([["区县(市)", "对口园区"], ["海曙区", text], ["江北区", "金桥经开区"]], title=TITLE))
    assert {row for _, _, row in edges(reading)} == {3}
    assert codes(reading) == {"unreadable_cell": [(2, 2)]}
    assert states(reading)["海曙区", "Park"] == "unreadable"


def test_period_of_the_title() -> None:
    (claim,) = read(
        grid([["单位", "对口单位"], ["海曙区", "安图县"]], title="对口结对表(2021—2025年)")
    ).claims
    assert (claim.valid_from, claim.valid_to) == ("2021", "2025")


def test_sector_beside_a_partner() -> None:
    rows = [["单位", "对口园区", "合作领域"], ["海曙区", "虹桥经济技术开发区", "集成电路、生物医药"]]
    reading = read(grid(rows, title=TITLE))
    assert pairs(reading, Relation.FOCUSES_ON) == {
        ("虹桥经济技术开发区", "集成电路"),
        ("虹桥经济技术开发区", "生物医药"),
    }


def test_a_table_of_figures_is_unknown() -> None:
    rows = [["地区", "上海市", "江苏省"], ["2018", "12.5", "13"], ["2019", "12.9", "14"]]
    reading = read(grid(rows, title="生产总值"))
    assert reading.table.profile is None and list(codes(reading)) == ["unknown_table"]
    assert not reading.claims


def test_unknown_table_names_the_nearest_kind_and_the_missing_word() -> None:
    rows = [["序号", "重点任务", "完成时限"], ["1", "建设园区", "2020年底"]]
    reading = read(grid(rows, title="任务分工表"))
    (problem,) = reading.problems
    assert problem.code == "unknown_table"
    assert (
        "任务分工表" in problem.message and "牵头领导" in problem.message
    ) or "牵头单位" in problem.message
    assert {c.reason for c in reading.table.cells} == {"unknown_table"}


@pytest.mark.parametrize("blank", [(2,), (2, 5), (0, 3)])
def test_same_columns_side_by_side_with_gaps_between(blank: tuple[int, ...]) -> None:
    rows = [["区县", "结对县"] * 2, ["海曙区", "松阳县", "江北区", "遂昌县"], ["镇海区", "云和县", "", ""]]
    for row in rows:
        for at in blank:
            row.insert(at, "")
    reading = read(grid(rows, title="宁波与丽水结对名单"))
    assert pairs(reading) == {("海曙区", "松阳县"), ("江北区", "遂昌县"), ("镇海区", "云和县")}
    assert sum(reading.table.counts().values()) == 3 * len(rows[0])


def test_a_matrix_of_coverage_is_derived_and_bullets_before_names_are_not() -> None:
    head = ["单位", "对口园区", "对口科研机构"]
    cells = ["● 1　虹桥经济技术开发区", "○ 文件写明无"], ["◌ 留空，未说明", "● 已对口 2"]
    reading = read(grid([head, ["海曙区", *cells[0]], ["北仑区", *cells[1]]], title="覆盖情况"))
    assert (pairs(reading), states(reading)) == (set(), {})
    assert set(codes(reading)) == {"derived_table"}
    assert {cell.reason for cell in reading.table.cells} == {"derived_table"}
    bullets = [head, ["海曙区", "● 虹桥经济技术开发区", "● 东华大学"]]
    assert len(pairs(read(grid(bullets, title="对口联系计划表")))) == 2
