"""Tables that a page flattened to one cell a line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from graph.tables import Table
from graph.vocabulary import Relation
from ingest.blocks import Block, Paragraph
from ingest.interpret import load_profiles
from ingest.layouts.flattened import recognise
from ingest.profiling import TableReading
from ingest.reading import read_file
from tests.ingest.grids import codes, edges, read

HEADER = ["序号", "工作目标", "牵头", "领导", "牵头", "单位", "配合", "单位"]


def _blocks(*lines: str) -> list[Block]:
    return recognise([Paragraph(line) for line in lines], load_profiles(None))


def _reading(*lines: str, title: str = "任务分工表") -> TableReading:
    (table,) = [b for b in _blocks(*lines) if isinstance(b, Table)]
    return read(replace(table, title=title))


def test_header_words_broken_over_lines_and_a_cut_last_row() -> None:
    lines = [
        "附件1",
        "任务分工表",
        *HEADER,
        *["1", "建设园区", "李二", "市经信局", "市发改委"],
        *["2", "引进机构", "王一", "市科技局", "市经信局"],
        "3",
        "详细咨询：关注公众号",
        "版权保护：转载请保留链接 https://example.org/1.html",
    ]
    blocks = _blocks(*lines)
    assert [b.text for b in blocks if isinstance(b, Paragraph)] == [lines[0], lines[1], lines[-2], lines[-1]]
    reading = _reading(*lines)
    assert (reading.table.rows, reading.table.columns) == (4, 5)
    assert edges(reading, Relation.OVERSEES) == {("李二", "建设园区", 2), ("王一", "引进机构", 3)}
    assert codes(reading) == {"row_truncated": [(4, 2)]}
    assert reading.table.counts() == {"used": 16, "inherited": 0, "ignored": 0, "unreadable": 4}


def test_a_lost_blank_makes_its_row_ambiguous() -> None:
    lines = [
        *HEADER,
        *["1", "建设园区", "李二", "市经信局"],
        *["2", "引进机构", "王一", "市科技局", "市经信局"],
        *["3", "招商引资", "王一", "市商务局", "市经信局"],
    ]
    reading = _reading(*lines)
    assert {c.row for c in reading.claims} == {3, 4}
    assert codes(reading) == {"row_ambiguous": [(2, 2)]}
    assert "建设园区" in reading.table.grid()[1][1].text


def test_a_cell_over_several_lines_is_joined_only_where_it_plainly_goes_on() -> None:
    lines = [
        *HEADER,
        *["1", "建设园区", "李二", "市经信局、", "市科技局", "市发改委"],
        *["2", "引进机构", "（第一批）内容", "王一", "市科技局", "市经信局"],
        *["3", "招商引资", "王一", "市商务局", "市经信局"],
    ]
    reading = _reading(*lines)
    assert len({t for _, t, _ in edges(reading, Relation.LEADS)}) == 2
    assert len([1 for _, _, row in edges(reading, Relation.LEADS) if row == 2]) == 2
    assert codes(reading) == {"row_ambiguous": [(3, 2)]}


def test_header_repeated_by_a_page_break_and_group_headings() -> None:
    header = ["序号", "单位", "对口单位"]
    lines = [
        *header,
        *["1", "海曙区", "安图县"],
        "二、其他",
        *["2", "慈溪市", "龙井市"],
        *header,
        *["3", "鄞州区", "和龙市"],
    ]
    reading = _reading(*lines, title="对口结对表")
    assert {(a, b) for a, b, _ in edges(reading)} == {
        ("海曙区", "安图县"),
        ("慈溪市", "龙井市"),
        ("鄞州区", "和龙市"),
    }
    assert codes(reading) == {}


def test_the_last_row_is_whole_only_when_every_line_can_stand_in_its_column() -> None:
    lines = ["序号", "单位", "对口单位", "1", "海曙区", "安图县", "2", "慈溪市", "来源：政府网站"]
    reading = _reading(*lines, title="对口结对表")
    assert {a for a, _, _ in edges(reading)} == {"海曙区"}
    assert list(codes(reading)) == ["row_truncated"]


def test_numbers_inside_cells_do_not_begin_rows() -> None:
    lines = [
        "序号",
        "单位",
        "对口单位",
        "数量",
        "1",
        "海曙区",
        "安图县",
        "2",
        "2",
        "慈溪市",
        "龙井市",
        "3",
        "3",
        "鄞州区",
        "和龙市",
        "1",
    ]
    reading = _reading(*lines, title="对口结对表")
    assert len(edges(reading)) == 3 and codes(reading) == {}


def test_two_tables_on_one_page_stay_two() -> None:
    header = ["序号", "单位", "对口单位"]
    lines = [*header, "1", "海曙区", "安图县", *header, "1", "慈溪市", "龙井市", "2", "鄞州区", "和龙市"]
    assert [b.rows for b in _blocks(*lines) if isinstance(b, Table)] == [2, 3]


@pytest.mark.parametrize(
    "lines",
    [
        ["序号", "1", "2"],
        ["序号"],
        ["序号", "一段很长的正文，说明这里并没有表格，只是恰好提到了序号。", "1", "正文"],
        ["各有关单位：", "现将有关事项通知如下。", "1", "2"],
        [],
    ],
)
def test_other_text_stays_text(lines: list[str]) -> None:
    assert all(isinstance(block, Paragraph) for block in _blocks(*lines))


def test_tables_of_the_reader_stay_the_same_objects() -> None:
    table = Table(0, 0, ())
    blocks: list[Block] = [Paragraph("序号"), table, Paragraph("正文")]
    assert recognise(blocks, load_profiles(None)) == blocks
    assert recognise(blocks, load_profiles(None))[1] is table


def test_a_long_page_of_numbers_takes_linear_time() -> None:
    lines = ["序号", "单位", "对口单位", "1"] * 2000 + ["1"] * 2000
    assert sum(isinstance(block, Table) for block in _blocks(*lines)) == 2000


@pytest.mark.shared
def test_the_real_page(shared_dir: Path) -> None:
    path = shared_dir / "documents" / "ningbo-2019-32-page.txt"
    (file,) = read_file(path.read_bytes(), path.name)
    blocks = recognise(file.blocks, load_profiles(None))
    (table,) = [b for b in blocks if isinstance(b, Table)]
    reading = read(replace(table, title="重点工作任务分工表"))
    assert (table.rows, table.columns) == (5, 6)
    assert reading.table.counts() == {"used": 25, "inherited": 0, "ignored": 0, "unreadable": 5}
    assert len(reading.claims) == 12 and len(reading.entities) == 12
