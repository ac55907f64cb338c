"""Counterpart tables in the shapes that offices give them: each quirk with its rule."""

from __future__ import annotations

import pytest

from graph.vocabulary import Direction, Relation, Use
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


def test_home_merged_over_its_partners() -> None:
    table = grid(
        [
            ["序号", "单位", "对口单位"],
            ["1", "鄞州区", "和龙市"],
            ["", "", "安图县"],
            ["2", "慈溪市", "龙井市"],
        ],
        {(2, 1): (2, 1), (2, 2): (2, 1)},
        title="对口结对安排表",
    )
    reading = read(table)
    assert edges(reading) == {("鄞州区", "和龙市", 2), ("鄞州区", "安图县", 3), ("慈溪市", "龙井市", 4)}
    assert reading.table.counts()["inherited"] == 2


def test_partner_merged_over_its_home_units() -> None:
    table = grid(
        [["单位", "对口单位"], ["奉化区", "安图县"], ["宁海县", ""]], {(2, 2): (2, 1)}, title="对口结对安排表"
    )
    reading = read(table)
    assert edges(reading) == {("奉化区", "安图县", 2), ("宁海县", "安图县", 3)}
    assert {c.text for c in reading.claims} == {"安图县"}


def test_both_sides_merged_is_one_claim_a_pair() -> None:
    table = grid(
        [["单位", "对口单位", "合作事项"], ["奉化区", "安图县", "农业"], ["", "", "旅游"]],
        {(2, 1): (2, 1), (2, 2): (2, 1)},
        title="对口结对安排表",
    )
    assert edges(read(table)) == {("奉化区", "安图县", 2)}


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


def test_group_headings_across_all_columns() -> None:
    rows = [["序号", "单位", "对口单位"], ["一、区县(市)", "", ""], ["1", "海曙区", "安图县"]]
    for table in (grid(rows, {(2, 1): (1, 3)}, title="对口结对表"), grid(rows, title="对口结对表")):
        reading = read(table)
        assert edges(reading) == {("海曙区", "安图县", 3)} and codes(reading) == {}


def test_unit_with_blank_partners_is_no_group_heading() -> None:
    rows = [
        ["区县(市)", "对口园区", "对口企业"],
        ["海曙区", "虹桥经济技术开发区", "百联集团有限公司"],
        ["镇海区", "", ""],
    ]
    assert states(read(grid(rows, title=TITLE)))["镇海区", "Park"] == "blank"


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


def test_ditto() -> None:
    rows = [["单位", "对口单位"], ["奉化区", "安图县"], ["宁海县", "同上"], ["象山县", "〃"]]
    assert edges(read(grid(rows, title="对口结对表"))) == {
        ("奉化区", "安图县", 2),
        ("宁海县", "安图县", 3),
        ("象山县", "安图县", 4),
    }


def test_ditto_with_nothing_above_is_not_guessed() -> None:
    reading = read(grid([["单位", "对口单位"], ["奉化区", "同上"], ["宁海县", "安图县"]], title="对口结对表"))
    assert edges(reading) == {("宁海县", "安图县", 3)}
    assert codes(reading) == {"unreadable_cell": [(2, 2)]}


def test_totals_notes_signatures_and_repeated_headers_say_nothing() -> None:
    header = ["序号", "单位", "对口单位"]
    rows = [
        header,
        ["1", "海曙区", "安图县"],
        header,
        ["2", "慈溪市", "龙井市"],
        ["合计", "2", "2"],
        ["注：以上安排自发布之日起执行。", "", ""],
        ["填报人：〔已隐去:姓名〕", "", "联系电话：〔已隐去:电话〕"],
    ]
    reading = read(grid(rows, {(6, 1): (1, 3)}, title="对口结对表"))
    assert edges(reading) == {("海曙区", "安图县", 2), ("慈溪市", "龙井市", 4)}
    reasons = {(c.row, c.column): c.reason for c in reading.table.cells if c.use is Use.IGNORED}
    assert {reasons[r, 1] for r in (3, 5, 6, 7)} == {"repeated_header", "total", "note", "personal_data"}


def test_title_rows_inside_the_grid() -> None:
    rows = [
        ["附件2", "", ""],
        [TITLE, "", ""],
        ["单位：个", "", ""],
        ["序号", "单位", "对口单位"],
        ["1", "海曙区", "安图县"],
    ]
    reading = read(grid(rows, {(1, 1): (1, 3), (2, 1): (1, 3)}))
    assert edges(reading) == {("海曙区", "安图县", 5)}
    assert {c.term for c in reading.claims} == {"对口"} or {c.term for c in reading.claims} == {"对口联系"}


def test_lost_merge_of_the_home_column_is_inherited_when_determined() -> None:
    rows = [["序号", "单位", "对口单位"], ["1", "鄞州区", "和龙市"], ["", "", "安图县"]]
    reading = read(grid(rows, title="对口结对表"))
    assert edges(reading) == {("鄞州区", "和龙市", 2), ("鄞州区", "安图县", 3)}
    assert reading.table.counts()["inherited"] == 2


def test_lost_merge_that_begins_blank_is_ambiguous() -> None:
    """Values may stand in the middle of what they belong to."""
    rows = [["单位", "对口单位"], ["", "和龙市"], ["鄞州区", "安图县"], ["", "龙井市"]]
    reading = read(grid(rows, title="对口结对表"))
    assert edges(reading) == {("鄞州区", "安图县", 3)}
    assert [row for row, _ in codes(reading)["row_ambiguous"]] == [2, 4]
    assert reading.table.counts()["unreadable"] == 4


def test_blank_home_in_a_format_that_keeps_merges_is_ambiguous() -> None:
    rows = [["单位", "对口单位"], ["鄞州区", "和龙市"], ["", "安图县"], ["慈溪市", "龙井市"], ["", "图们市"]]
    reading = read(grid(rows, {(2, 1): (2, 1)}, title="对口结对表"))
    assert edges(reading) == {("鄞州区", "和龙市", 2), ("鄞州区", "安图县", 3), ("慈溪市", "龙井市", 4)}
    assert [row for row, _ in codes(reading)["row_ambiguous"]] == [5]


def test_last_row_of_only_a_number_is_cut() -> None:
    rows = [["序号", "单位", "对口单位"], ["1", "鄞州区", "和龙市"], ["2", "", ""]]
    reading = read(grid(rows, title="对口结对表"))
    assert list(codes(reading)) == ["row_truncated"]
    assert reading.table.counts() == {"used": 7, "inherited": 0, "ignored": 0, "unreadable": 2}


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


def test_duplicated_and_contradicting_rows() -> None:
    rows = [
        TYPED,
        ["1", "海曙区", "虹桥经济技术开发区", "东华大学", "无"],
        ["2", "海曙区", "虹桥经济技术开发区", "东华大学", "无"],
        ["3", "海曙区", "无", "", ""],
    ]
    reading = read(grid(rows, title=TITLE))
    assert set(codes(reading)) == {"duplicate_row", "contradiction"}
    assert codes(reading)["duplicate_row"] == [(3, 1)] and codes(reading)["contradiction"] == [(4, 3)]
    assert len(reading.claims) == 4


def test_sideways_merge_is_read_once() -> None:
    table = grid(
        [TYPED, ["1", "海曙区", "虹桥经济技术开发区", "", ""], ["2", "江北区", "无", "", ""]],
        {(2, 3): (1, 2), (3, 3): (1, 3)},
        title=TITLE,
    )
    reading = read(table)
    assert pairs(reading) == {("海曙区", "虹桥经济技术开发区")}
    assert states(reading)["海曙区", "Institute"] == "unreadable"
    assert states(reading)["江北区", "Enterprise"] == "stated_none"


@pytest.mark.parametrize("text", ["□□□", "虹桥\ufffd开发区", "字" * 5000, "12", "对接张江。再议。"])
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


def test_of_two_home_headers_a_blank_is_not_filled() -> None:
    rows = [["单位", "对口单位", "单位"], ["海曙区", "安图县", "镇海区"], ["江北区", "和龙市", ""]]
    reading = read(grid(rows, title="对口联系计划表"))
    assert ("江北区", "镇海区") not in pairs(reading)
