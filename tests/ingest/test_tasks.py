"""Responsibility tables in the shapes that offices give them."""

from __future__ import annotations

import pytest

from graph.model import Entity
from graph.tables import Table
from graph.vocabulary import EntityType, Relation
from ingest.interpret.terms import due_date
from ingest.profiling import TableReading
from tests.ingest.grids import codes, grid, pairs, read

HEADER = ["序号", "工作任务", "牵头领导", "牵头单位", "配合单位", "完成时限"]


def _tasks(reading: TableReading) -> list[Entity]:
    return [e for e in reading.entities if e.type is EntityType.TASK]


def _roles(table: Table, region: str = "宁波市") -> set[tuple[str, str, str]]:
    """(relation, who, task's title) of all claims."""
    reading = read(table, region)
    called = {e.id: e.name for e in reading.entities}
    return {(c.type.value, called[c.source], called[c.target]) for c in reading.claims}


def test_a_plain_table() -> None:
    rows = [
        HEADER,
        ["1", "建设园区", "陈某某", "市经信局", "市发改委、市科技局", "2020年12月底前"],
        ["2", "引进机构", "分管副市长", "市科技局", "各区县(市)政府", "长期坚持"],
    ]
    rows[1][2] = "李二"
    reading = read(grid(rows, title="重点任务分工表"))
    first, second = _tasks(reading)
    assert first.id.endswith("/t1r2") and first.name == "建设园区"
    assert dict(first.details) == {
        "number": "1",
        "title": "建设园区",
        "due": "2020年12月底前",
        "due_date": "2020-12-31",
    }
    assert second.details["due"] == "长期坚持" and "due_date" not in second.details
    assert pairs(reading, Relation.OVERSEES) == {("李二", "建设园区")}
    assert pairs(reading, Relation.LEADS) == {
        ("宁波市经济和信息化局", "建设园区"),
        ("宁波市科学技术局", "引进机构"),
    }
    assert ("各区县(市)政府", "引进机构") in pairs(reading, Relation.SUPPORTS)
    assert codes(reading) == {"leader_unnamed": [(3, 3)]}
    assert {c.term for c in reading.claims} == {"牵头", "配合", "牵头领导"}


def test_responsible_units_alone_answer_and_beside_leads_support() -> None:
    alone = grid(
        [["序号", "重点工作", "责任单位"], ["1", "建设园区", "市经信局、市发改委"]], title="责任分解表"
    )
    assert {r for r, _, _ in _roles(alone)} == {"RESPONSIBLE_FOR"}
    beside = grid(
        [["序号", "重点工作", "牵头单位", "责任单位"], ["1", "建设园区", "市经信局", "市发改委"]],
        title="责任分解表",
    )
    assert _roles(beside) == {
        ("LEADS", "宁波市经济和信息化局", "建设园区"),
        ("SUPPORTS", "宁波市发展和改革委员会", "建设园区"),
    }


def test_first_named_leads_only_where_the_document_says_so() -> None:
    rows = [["序号", "重点工作", "责任单位"], ["1", "建设园区", "市经信局、市发改委"]]
    noted = grid([*rows, ["注：责任单位中列第一位的为牵头单位。", "", ""]], title="责任分解表")
    assert _roles(noted) == {
        ("LEADS", "宁波市经济和信息化局", "建设园区"),
        ("SUPPORTS", "宁波市发展和改革委员会", "建设园区"),
    }


def test_marks_inside_a_cell() -> None:
    rows = [["序号", "重点工作", "责任单位"], ["1", "建设园区", "市经信局(牵头)、市发改委"]]
    assert _roles(grid(rows, title="责任分解表")) == {
        ("LEADS", "宁波市经济和信息化局", "建设园区"),
        ("RESPONSIBLE_FOR", "宁波市发展和改革委员会", "建设园区"),
    }


def test_sub_rows_under_one_number() -> None:
    rows = [
        ["序号", "工作目标", "主要任务", "牵头单位"],
        ["1", "建设园区", "编制规划", "市发改委"],
        ["", "", "招商引资", "市经信局"],
        ["2", "引进机构", "签约", "市科技局"],
    ]
    merged = grid(rows, {(2, 1): (2, 1), (2, 2): (2, 1)}, title="任务分工表")
    for table in (merged, grid(rows, title="任务分工表")):
        reading = read(table)
        tasks = _tasks(reading)
        assert [t.details["number"] for t in tasks] == ["1", "1", "2"]
        assert [t.name for t in tasks] == ["建设园区", "建设园区", "引进机构"]
        assert [t.details["content"] for t in tasks] == ["编制规划", "招商引资", "签约"]
        assert len({c.target for c in reading.claims}) == 3
        assert reading.table.counts()["inherited"] == 2


def test_rows_that_only_add_units_to_a_task() -> None:
    rows = [
        ["序号", "工作任务", "牵头单位"],
        ["1", "建设园区", "市发改委"],
        ["", "", "市经信局"],
    ]
    merged = grid(rows, {(2, 1): (2, 1), (2, 2): (2, 1)}, title="任务分工表")
    for table in (merged, grid(rows, title="任务分工表")):
        reading = read(table)
        (task,) = _tasks(reading)
        assert [(c.row, c.target) for c in reading.claims] == [(2, task.id), (3, task.id)]


def test_lead_merged_over_several_tasks() -> None:
    rows = [["序号", "工作任务", "牵头单位"], ["1", "建设园区", "市发改委"], ["2", "招商引资", ""]]
    reading = read(grid(rows, {(2, 3): (2, 1)}, title="任务分工表"))
    assert {(c.row, c.text) for c in reading.claims} == {(2, "市发改委"), (3, "市发改委")}
    assert {t for _, t in pairs(reading, Relation.LEADS)} == {"建设园区", "招商引资"}


def test_units_without_a_task_are_not_guessed() -> None:
    rows = [["序号", "工作任务", "牵头单位"], ["1", "", "市发改委"], ["2", "招商引资", "市经信局"]]
    reading = read(grid(rows, title="任务分工表"))
    assert [c.row for c in reading.claims] == [3]
    assert codes(reading) == {"row_ambiguous": [(2, 1)]}


def test_group_headings_are_kept_with_the_tasks() -> None:
    rows = [["序号", "工作任务", "牵头单位"], ["一、产业合作", "", ""], ["1", "建设园区", "市发改委"]]
    (task,) = _tasks(read(grid(rows, {(2, 1): (1, 3)}, title="任务分工表")))
    assert task.details["group"] == "一、产业合作"


def test_the_same_row_twice_is_one_task() -> None:
    rows = [["序号", "工作任务", "牵头单位"], ["1", "建设园区", "市发改委"], ["1", "建设园区", "市发改委"]]
    reading = read(grid(rows, title="任务分工表"))
    assert len(_tasks(reading)) == 1 and len(reading.claims) == 1
    assert codes(reading) == {"duplicate_row": [(3, 1)]}


def test_contradicting_leads_are_both_kept() -> None:
    rows = [["序号", "工作任务", "牵头单位"], ["1", "建设园区", "市发改委"], ["1", "建设园区", "市经信局"]]
    reading = read(grid(rows, title="任务分工表"))
    assert len(_tasks(reading)) == 1 and len(reading.claims) == 2
    assert list(codes(reading)) == ["contradiction"]


def test_two_panels_have_tasks_of_their_own() -> None:
    header = ["序号", "工作任务", "牵头单位"]
    rows = [[*header, *header], ["1", "建设园区", "市发改委", "2", "招商引资", "市经信局"]]
    reading = read(grid(rows, title="任务分工表"))
    assert {t.id.rpartition("/")[2] for t in _tasks(reading)} == {"t1r2", "t1r2c4"}


def test_matrix_of_tasks_and_units() -> None:
    rows = [
        ["序号", "工作任务", "市发改委", "市经信局", "市科技局"],
        ["1", "建设园区", "★", "☆", ""],
        ["2", "招商引资", "", "★", "☆"],
        ["注：★为牵头单位，☆为配合单位。", "", "", "", ""],
    ]
    assert _roles(grid(rows, title="任务分工表")) == {
        ("LEADS", "宁波市发展和改革委员会", "建设园区"),
        ("SUPPORTS", "宁波市经济和信息化局", "建设园区"),
        ("LEADS", "宁波市经济和信息化局", "招商引资"),
        ("SUPPORTS", "宁波市科学技术局", "招商引资"),
    }


def test_matrix_without_a_legend_only_says_responsible() -> None:
    rows = [["工作任务", "市发改委", "市经信局"], ["建设园区", "√", ""], ["招商引资", "", "√"]]
    assert {r for r, _, _ in _roles(grid(rows, title="任务分工表"))} == {"RESPONSIBLE_FOR"}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2020年12月底前", "2020-12-31"),
        ("2020年2月底", "2020-02-29"),
        ("2020年6月30日前", "2020-06-30"),
        ("2020-06-30", "2020-06-30"),
        ("6月底前", "2020-06-30"),
        ("12月", "2020-12"),
        ("2020年上半年", "2020-06-30"),
        ("第三季度", "2020-09-30"),
        ("年底前", "2020-12-31"),
        ("2021年", "2021"),
        ("2021年底", "2021-12-31"),
        ("长期坚持", ""),
        ("全年", ""),
        ("2020年13月", ""),
        ("1月、6月", ""),
    ],
)
def test_due_dates(text: str, date: str) -> None:
    assert due_date(text, "2020") == date


def test_a_month_without_any_year_is_not_told() -> None:
    assert due_date("6月底前", "") == ""
