"""Rows of counterpart tables: merges, blanks, ditto, headings, totals, rows twice and rows cut off."""

from __future__ import annotations

from graph.vocabulary import Use
from tests.ingest.grids import codes, edges, grid, pairs, read, states

TITLE = "宁波市各区县(市)、开发园区与上海市产业合作对口联系计划表"
TYPED = ["序号", "区县(市)、开发园区", "对口园区", "对口科研机构", "对口国有企业"]


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


def test_of_two_home_headers_a_blank_is_not_filled() -> None:
    rows = [["单位", "对口单位", "单位"], ["海曙区", "安图县", "镇海区"], ["江北区", "和龙市", ""]]
    reading = read(grid(rows, title="对口联系计划表"))
    assert ("江北区", "镇海区") not in pairs(reading)


def test_a_line_of_text_with_more_cells_than_its_header_is_reported() -> None:
    rows = [
        ["区县", "园区", ""],
        ["海曙区", "虹桥经济技术开发区", "百联集团"],
        ["江北区", "上海漕河泾新兴技术开发区", ""],
    ]
    reading = read(grid(rows, title=TITLE), flat=True)
    assert pairs(reading) == {("江北区", "上海漕河泾新兴技术开发区")}
    assert codes(reading)["row_ambiguous"] == [(2, 1)]
    gridded = read(grid(rows, title=TITLE))
    assert len(pairs(gridded)) == 2, "a format with a grid says which column it is"
    assert codes(gridded)["unreadable_cell"] == [(2, 3)]
