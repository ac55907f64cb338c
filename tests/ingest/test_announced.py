"""Attachments that a document announces, titles of tables, second copies."""

from __future__ import annotations

from dataclasses import replace

from graph.tables import Cell, Table, table_of_rows
from graph.vocabulary import EntityType, Text, Use
from ingest.blocks import Block, Paragraph, ReadFile
from ingest.documents.announced import announced_attachments, partner_kinds
from ingest.documents.joining import join_copies, same_table
from ingest.layouts.captions import caption_tables, title_rows
from ingest.profiling import ColumnRule, Profile

_ROWS = [["序号", "单位", "对口园区"], ["1", "甲区", "某园区"], ["2", "乙区", "另一园区"]]
_PAIRS = Profile(
    "pairs",
    Text("对口", "Pairs"),
    "pairs",
    (
        ColumnRule("counterpart", ("园区", "/.*园区/"), kind=EntityType.PARK),
        ColumnRule("counterpart", ("创新机构", "科研机构"), kind=EntityType.INSTITUTE),
        ColumnRule("counterpart", ("国有企业",), kind=EntityType.ENTERPRISE),
    ),
    titles=("对口联系",),
)


def _file(*blocks: Block | str) -> ReadFile:
    made = tuple(Paragraph(b) if isinstance(b, str) else b for b in blocks)
    return ReadFile("文件.docx", "0" * 64, "docx", made)


def _titles(*blocks: Block | str) -> dict[int, str]:
    return {one.number: one.title for one in announced_attachments([_file(*blocks)]).values()}


def test_lists_headings_and_lines_announce() -> None:
    assert _titles("附件：1.任务分工表", "2.对口联系计划表", "3．名单", "一、正文") == {
        1: "任务分工表",
        2: "对口联系计划表",
        3: "名单",
    }
    assert _titles("附件：1.任务分工表 2.对口联系计划表") == {1: "任务分工表", 2: "对口联系计划表"}
    assert _titles("附件：对口联系计划表", "某机关") == {1: "对口联系计划表"}
    assert _titles("附件1：任务分工表", "附件2：对口联系计划表") == {1: "任务分工表", 2: "对口联系计划表"}
    assert _titles("附件 2", "对口联系计划表") == {2: "对口联系计划表"}


def test_a_numbered_text_after_the_list_announces_nothing() -> None:
    assert _titles("附件：1.任务分工表", "某机关", "2.加强领导。") == {1: "任务分工表"}
    assert _titles("附件：1.任务分工表", "5.加强领导。") == {1: "任务分工表"}


def test_sentences_cite_attachments() -> None:
    found = announced_attachments([_file("一、分工(详见附件1)办理。二、按计划(详见附件2),与上海园区对口。")])
    assert [(one.number, one.citation) for one in found.values()] == [
        (1, "一、分工(详见附件1)办理。"),
        (2, "二、按计划(详见附件2),与上海园区对口。"),
    ]
    assert not announced_attachments([_file("按照《方案》附件3办理。")])


def test_kinds_of_partner_are_those_after_the_home_side() -> None:
    sentence = "开发园区按照计划(详见附件2),加强与上海市有关园区、创新机构、国有企业开展合作,提升水平。"
    assert partner_kinds(sentence, [_PAIRS]) == [
        EntityType.PARK,
        EntityType.INSTITUTE,
        EntityType.ENTERPRISE,
    ]
    assert partner_kinds("开发园区与上海市科研机构对口联系计划表", [_PAIRS]) == [EntityType.INSTITUTE]


def test_titles_and_numbers_from_headings_and_title_rows() -> None:
    first, second = table_of_rows(_ROWS), table_of_rows([["附件2", "", ""], ["对口表", "", ""], *_ROWS])
    done = caption_tables(
        [Paragraph("附件1"), Paragraph("分工表"), Paragraph("单位：个"), first, second], "a", {}
    )
    assert [(t.attachment, t.title) for t in done.tables] == [(1, "分工表"), (2, "对口表")]
    assert title_rows(second) == [(1, "附件2"), (2, "对口表")]
    assert title_rows(first) == []


def test_a_list_of_attachments_is_no_heading_for_what_follows() -> None:
    blocks = [
        Paragraph("附件1：甲表"),
        Paragraph("附件2：乙表"),
        Paragraph("正文在此。"),
        table_of_rows(_ROWS),
    ]
    (table,) = caption_tables(blocks, "a", {}).tables
    assert (table.attachment, table.title) == (None, "")


def test_announced_titles_and_the_files_name_tell_the_attachment() -> None:
    table = table_of_rows([["对口表", "", ""], *_ROWS])
    assert caption_tables([table], "x.xlsx", {2: "对口表"}).tables[0].attachment == 2
    (named,) = caption_tables([table_of_rows(_ROWS)], "附件3 对口.xlsx", {3: "对口表"}).tables
    assert (named.attachment, named.title) == (3, "对口表")


def test_tables_after_a_list_of_attachments_are_known_by_like_titles_or_noted() -> None:
    blocks = [Paragraph("附件：对口联系计划表"), Paragraph("宁波市对口联系计划表"), table_of_rows(_ROWS)]
    (table,) = caption_tables(blocks, "a", {1: "对口联系计划表"}).tables
    assert (table.attachment, table.title) == (1, "宁波市对口联系计划表")
    before = [table_of_rows(_ROWS), Paragraph("附件：对口联系计划表"), table_of_rows(_ROWS)]
    done = caption_tables(before, "a", {1: "对口联系计划表"})
    assert [t.attachment for t in done.tables] == [None, None] and done.after_list == {1}


def _table(*rows: list[str], attachment: int | None = 1, title: str = "对口表") -> Table:
    return replace(table_of_rows([_ROWS[0], *rows]), attachment=attachment, title=title)


def test_equal_copies_are_one_table() -> None:
    (joined,) = join_copies([[_table(*_ROWS[1:])], [_table(*_ROWS[1:])]], ["a", "b"])
    assert (joined.table.number, joined.copies, joined.variants, joined.problems) == (
        1,
        [(0, 0), (1, 0)],
        [],
        [],
    )


def test_a_later_copy_fills_what_the_first_lacks() -> None:
    cut = _table(_ROWS[1], ["2", "", ""])
    cells = tuple(
        replace(c, use=Use.UNREADABLE, reason="row_truncated") if c.row == 3 and c.column > 1 else c
        for c in cut.cells
    )
    whole = _table(_ROWS[1], ["2", "乙区", ""])
    (joined,) = join_copies([[replace(cut, cells=cells)], [whole]], ["a", "b"])
    assert [c.text for c in joined.table.cells] == [c.text for c in whole.cells]
    assert all(c.use is None for c in joined.table.cells)
    assert not joined.problems


def test_different_cells_are_a_contradiction_and_both_are_kept() -> None:
    (joined,) = join_copies(
        [[_table(*_ROWS[1:])], [_table(["1", "甲区", "第三园区"], _ROWS[2])]], ["a.txt", "b.docx"]
    )
    ((variant, rows),) = joined.variants
    assert rows == {2}
    assert (joined.table.grid()[1][2].text, variant.grid()[1][2].text) == ("某园区", "第三园区")
    (problem,) = joined.problems
    assert (problem.code, problem.table, problem.row, problem.column) == ("contradiction", 1, 2, 3)
    assert "b.docx" in problem.message


def test_rows_of_another_layout_are_matched_by_what_they_hold() -> None:
    titled = replace(
        table_of_rows([["附件1", "", ""], *[_ROWS[0]], _ROWS[2], _ROWS[1]]), attachment=1, title="对口表"
    )
    (joined,) = join_copies([[_table(_ROWS[1], _ROWS[2])], [titled]], ["a", "b"])
    assert not joined.problems and not joined.variants


def test_a_row_of_one_copy_only_is_kept_and_reported() -> None:
    (joined,) = join_copies([[_table(*_ROWS[1:])], [_table(["3", "丙区", "丁园区"])]], ["a", "b"])
    assert joined.table.rows == 4
    assert [c.text for c in joined.table.grid()[3]] == ["3", "丙区", "丁园区"]
    assert [(p.code, p.row) for p in joined.problems] == [("contradiction", 4)]


def test_what_is_no_copy() -> None:
    assert not same_table(_table(_ROWS[1]), _table(_ROWS[1], attachment=2))
    assert not same_table(_table(_ROWS[1]), _table(_ROWS[1], title="任务分工"))
    other = replace(table_of_rows([["项目", "金额"], ["甲", "1"]]), attachment=1, title="对口表")
    assert not same_table(_table(_ROWS[1]), other)
    assert same_table(
        _table(*_ROWS[1:], title="", attachment=None), _table(*_ROWS[1:], attachment=None, title="")
    )


def test_grids_are_numbered_before_lists() -> None:
    listed = Table(1, 1, (Cell(1, 1, "一、甲"),), kind="list")
    joined = join_copies([[listed, _table(_ROWS[1])]], ["a"])
    assert [(one.table.number, one.table.kind) for one in joined] == [(1, "grid"), (2, "list")]
