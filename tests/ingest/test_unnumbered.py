"""Flattened tables without 序号: read where the lines leave no doubt, else left as they are."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from graph.tables import Table
from ingest.blocks import Paragraph
from ingest.interpret import load_profiles
from ingest.layouts.unnumbered import recognise_unnumbered

TASKS = [
    "工作任务",
    "牵头单位",
    "配合单位",
    "建立机制",
    "市经信局",
    "市发改委",
    "建设园区",
    "市科技局",
    "市财政局",
]
PAIRS = ["区县（市）", "结对县", "海曙区", "松阳县", "江北区", "遂昌县"]


def tables(lines: Sequence[str]) -> list[Table]:
    blocks = recognise_unnumbered([Paragraph(line) for line in lines], load_profiles(None))
    return [block for block in blocks if isinstance(block, Table)]


@pytest.mark.parametrize(("lines", "columns"), [(TASKS, 3), (PAIRS, 2)])
def test_whole_rows_down_to_the_end_are_a_table(lines: list[str], columns: int) -> None:
    (table,) = tables(["安排表", *lines, "注：排名不分先后"])
    assert (table.rows, table.columns) == (3, columns)
    assert [cell.text for cell in table.cells] == lines


@pytest.mark.parametrize(
    "lines",
    [
        TASKS[:-1],
        [*TASKS, "版权所有"],
        [*TASKS[:5], "由市经信局会同有关部门抓好落实。", *TASKS[6:]],
        PAIRS[:4],
        ["单位", "部门", "首页", "新闻", "政务", "服务"],
    ],
)
def test_lines_that_leave_a_doubt_stay(lines: list[str]) -> None:
    assert tables(lines) == []
