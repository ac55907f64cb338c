"""One table laid out in each format is read back as the same grid, as far as the format holds it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.tables import Table
from ingest.blocks import Paragraph
from ingest.reading import read_file
from tests.layouts import MERGING, WRITERS, held
from tests.layouts.delimited import write_csv
from tests.layouts.plain import write_text
from tests.layouts.spans import merged_table, shape
from tests.layouts.strategies import tables

_SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PLAN = merged_table(
    [
        ["序号", "本市单位", "对口单位", ""],
        ["", "", "园区", "科研机构"],
        ["1", "江北区", "张江高科技园区", "上海大学\n复旦大学"],
        ["2", "", "漕河泾开发区", "无"],
        ["3", "海曙区", "", "/"],
    ],
    [(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (3, 2, 4, 2)],
)


def read_tables(data: bytes, name: str) -> list[Table]:
    (file,) = read_file(data, name)
    return file.tables


@pytest.mark.parametrize("ending", WRITERS)
def test_plan_is_read_back(ending: str) -> None:
    (table,) = read_tables(WRITERS[ending]([PLAN]), f"计划{ending}")
    assert shape(table) == shape(held(PLAN, ending))


@pytest.mark.parametrize("ending", WRITERS)
@_SLOW
@given(table=tables())
def test_any_table_is_read_back(ending: str, table: Table) -> None:
    (read,) = read_tables(WRITERS[ending]([table]), f"表{ending}")
    assert shape(read) == shape(held(table, ending))


@pytest.mark.parametrize("ending", (".docx", ".html", ".pdf", ".txt"))
def test_paragraphs_and_tables_keep_their_order(ending: str) -> None:
    blocks = [Paragraph("附件1"), PLAN, Paragraph("附件2"), PLAN, Paragraph("完")]
    (file,) = read_file(WRITERS[ending](blocks), f"全文{ending}")
    kinds = [b.text if isinstance(b, Paragraph) else "表" for b in file.blocks]
    assert kinds == ["附件1", "表", "附件2", "表", "完"]


@pytest.mark.parametrize("encoding", ("utf-8", "utf-8-sig", "gb18030", "utf-16"))
@_SLOW
@given(table=tables(max_rows=4))
def test_any_encoding_of_csv_and_text(encoding: str, table: Table) -> None:
    for data, name in (
        (write_csv([table], encoding=encoding), "a.csv"),
        (write_text([table], encoding=encoding), "a.txt"),
    ):
        (read,) = read_tables(data, name)
        assert shape(read) == shape(held(table, ".csv"))


@settings(max_examples=10, deadline=None)
@given(
    lines=st.lists(
        st.tuples(st.booleans(), st.text("甲乙丙", min_size=1, max_size=4)), min_size=60, max_size=120
    )
)
def test_table_over_pages_is_one(lines: list[tuple[bool, str]]) -> None:
    """Over any page break: the header once, every row, nothing joined that was not cut."""
    rows = [
        ["序号", "单位", "对口"],
        *([str(n), text, "无" if none else text] for n, (none, text) in enumerate(lines, 1)),
    ]
    table = merged_table(rows)
    (read,) = read_tables(WRITERS[".pdf"]([table]), "长表.pdf")
    assert shape(read) == shape(table)


def test_formats_that_merge_are_all_tried() -> None:
    assert set(MERGING) < set(WRITERS)


def test_a_character_of_gb18030_that_is_also_utf8() -> None:
    """园 in GB18030 has the bytes of U+0530 in UTF-8."""
    (table,) = read_tables("序,x\n1,园\n".encode("gb18030").replace("序".encode("gb18030"), b"No"), "a.csv")
    assert table.cells[-1].text == "园"
