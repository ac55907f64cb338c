"""Tables one below the other in one grid are read each with its own header; a header that comes again, a group heading
and a note part nothing."""

from __future__ import annotations

import pytest

from graph.tables import Cell, Table
from ingest.interpret import SHIPPED
from ingest.layouts.stacked import part_stacked

_PAIRS = ("县区", "对口园区", "对口高校")
_TASKS = ("序号", "工作任务", "牵头单位")


def _table(*lines: tuple[str, ...]) -> Table:
    """A grid of these lines; one of a single text holds it in its first column."""
    cells = [
        Cell(row, column, line[column - 1] if column <= len(line) else "")
        for row, line in enumerate(lines, 1)
        for column in range(1, 4)
    ]
    return Table(len(lines), 3, tuple(cells))


def _lines(table: Table) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row) for row in table.grid()]


def test_each_table_has_its_title_and_header_and_every_row_is_kept() -> None:
    whole = _table(
        ("对口联系安排",),
        _PAIRS,
        ("东屏区", "张江科学城", "复旦大学"),
        ("注：以正式文件为准。",),
        (),
        ("任务分工",),
        _TASKS,
        ("1", "推进产业合作", "市发展改革委"),
    )
    parts = part_stacked(whole, SHIPPED)
    assert [part.above for part in parts] == [0, 5]
    assert [line for part in parts for line in _lines(part.table)] == _lines(whole)


@pytest.mark.parametrize(
    "lines",
    [
        [_PAIRS, ("东屏区", "张江科学城", "复旦大学"), (), _PAIRS, ("南关区", "漕河泾开发区", "同济大学")],
        [
            _TASKS,
            ("一、产业",),
            ("1", "推进产业合作", "市发展改革委"),
            ("二、人才",),
            ("2", "引进人才", "市人社局"),
        ],
        [
            ("县区", "结对类型", "结对单位"),
            ("东屏区",),
            ("企业", "村", "大坪村"),
            ("",),
            ("南关区", "镇", "小坪镇"),
        ],
    ],
    ids=["the same header again", "group headings", "classes"],
)
def test_what_is_one_table_stays_one(lines: list[tuple[str, ...]]) -> None:
    whole = _table(*lines)
    (part,) = part_stacked(whole, SHIPPED)
    assert part.table is whole


def test_a_merge_over_the_place_holds_the_table_together() -> None:
    lines = [_PAIRS, ("东屏区", "张江科学城", "复旦大学"), (), _TASKS, ("1", "推进产业合作", "市发展改革委")]
    cells = [c for c in _table(*lines).cells if (c.row, c.column) not in {(2, 1), (3, 1), (4, 1)}]
    merged = Table(5, 3, (Cell(2, 1, "东屏区", rowspan=3), *cells))
    assert len(part_stacked(merged, SHIPPED)) == 1
