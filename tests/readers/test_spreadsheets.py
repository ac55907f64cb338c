"""Spreadsheets are read as they display, with what they hide left out and told."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from graph.tables import Table
from ingest.blocks import ReadFile
from ingest.formats.numberformats import display, general
from ingest.reading import read_file
from tests.layouts.excel import write_xlsx
from tests.layouts.spans import merged_table, shape, text_rows
from tests.parts import require_part, soffice


def read_book(fill, name: str = "a.xlsx") -> ReadFile:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    fill(book)
    book.close()
    (file,) = read_file(buffer.getvalue(), name)
    return file


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    (
        (0.15, "0%", "15%"),
        (0.155, "0.0%", "15.5%"),
        (7, "000", "007"),
        (43543, 'yyyy"年"m"月"d"日"', "2019年3月19日"),
        (43543, "[$-804]yyyy/m/d;@", "2019/3/19"),
        (43543.5, "yyyy-mm-dd hh:mm:ss", "2019-03-19 12:00:00"),
        (43543, "[DBNum1]yyyy年m月", "二〇一九年三月"),
        (43543, "aaaa", "星期二"),
        (0.75, '上午/下午h"时"mm"分"', "下午6时00分"),
        (1.5, "[h]:mm", "36:00"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (12345, '0.0,"千"', "12.3千"),
        (3, '0"家"', "3家"),
        (5, "第0号", "第5号"),
        (12.5, "[$¥-804]#,##0.00", "¥12.50"),
        (0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "-"),
        (-3, "0.0;[Red](0.0)", "(3.0)"),
        (-3, "0.0", "-3.0"),
        (150, '[>=100]0"百";0', "150百"),
        (20190319, "0000-00-00", "2019-03-19"),
        (12345, "0.00E+00", "1.23E+04"),
        (5, ";;;", ""),
        (59, "yyyy/m/d", "1900/2/28"),
        (61, "yyyy/m/d", "1900/3/1"),
        (5, "G/通用格式", "5"),
    ),
)
def test_number_formats(value: float, code: str, shown: str) -> None:
    assert display(value, code) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    ((3.0, "3"), (0.1 + 0.2, "0.3"), (1 / 3, "0.333333333"), (123456789012, "123456789012")),
)
def test_general(value: float, shown: str) -> None:
    assert general(value) == shown


def test_cells_are_read_as_displayed() -> None:
    def fill(book) -> None:
        page = book.add_worksheet()
        page.write_row(0, 0, ["名称", "序号", "比例", "日期", "是否", "文字"])
        page.write_string(1, 0, "甲")
        page.write_number(1, 1, 7, book.add_format({"num_format": "000"}))
        page.write_number(1, 2, 0.15, book.add_format({"num_format": 9}))
        page.write_datetime(1, 3, date(2019, 3, 19), book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}))
        page.write_boolean(1, 4, True)
        page.write_string(1, 5, "007")

    assert text_rows(read_book(fill).tables[0])[1] == ["甲", "007", "15%", "2019年3月19日", "TRUE", "007"]


def test_hidden_rows_columns_and_sheets_are_left_out_and_named() -> None:
    def fill(book) -> None:
        page = book.add_worksheet("计划")
        for row in range(4):
            page.write_row(row, 0, [f"{row}{column}" for column in range(4)])
        page.set_row(2, None, None, {"hidden": True})
        page.set_column(1, 1, None, None, {"hidden": True})
        book.add_worksheet("底稿").write(0, 0, "藏")
        book.get_worksheet_by_name("底稿").hide()

    file = read_book(fill)
    assert text_rows(file.tables[0]) == [
        ["00", "", "02", "03"],
        ["10", "", "12", "13"],
        ["", "", "", ""],
        ["30", "", "32", "33"],
    ]
    (problem,) = file.problems
    assert problem.code == "hidden_content"
    assert all(word in problem.message for word in ("底稿", "计划 第3行", "计划 第2列"))


def test_merge_that_shows_keeps_its_text_though_its_first_row_is_hidden() -> None:
    def fill(book) -> None:
        page = book.add_worksheet()
        page.write_row(0, 0, ["单位", "对口"])
        page.merge_range(1, 0, 2, 0, "江北区")
        page.write(1, 1, "藏")
        page.write(2, 1, "张江")
        page.set_row(1, None, None, {"hidden": True})

    assert text_rows(read_book(fill).tables[0]) == [["单位", "对口"], ["江北区", ""], ["", "张江"]]


def test_positions_are_those_of_the_sheet() -> None:
    def fill(book) -> None:
        page = book.add_worksheet("Sheet1")
        page.write(2, 1, "甲")
        page.write(4, 2, "乙")

    table = read_book(fill).tables[0]
    assert table.title == "" and table.origin == "Sheet1"
    assert {(c.row, c.column) for c in table.cells if c.text} == {(3, 2), (5, 3)}


def test_each_sheet_is_a_table_with_its_name() -> None:
    tables = [merged_table([["单位", "对口"], ["甲", "乙"]], title=name) for name in ("园区", "科研机构")]
    (file,) = read_file(write_xlsx(tables), "a.xlsx")
    assert [t.title for t in file.tables] == ["园区", "科研机构"]


def test_xls_says_what_xlsx_says(tmp_path: Path) -> None:
    """The same workbook, saved as .xls, .ods and .et by LibreOffice."""
    program = soffice()
    require_part(program, "LibreOffice is not installed")
    assert program is not None
    plan = merged_table(
        [["序号", "单位", "对口"], ["1", "江北区", "张江"], ["2", "", "无"]], [(2, 2, 3, 2)], title="计划"
    )
    source = tmp_path / "计划.xlsx"
    source.write_bytes(write_xlsx([plan]))
    for ending in ("xls", "ods"):
        command = [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
        command += ["--convert-to", ending, "--outdir", str(tmp_path), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    shutil.copy(tmp_path / "计划.xls", tmp_path / "计划.et")
    for ending in ("xls", "ods", "et"):
        (file,) = read_file((tmp_path / f"计划.{ending}").read_bytes(), f"计划.{ending}")
        assert shape(file.tables[0]) == shape(plan)


def test_word_97_file_is_read(tmp_path: Path) -> None:
    program = soffice()
    require_part(program, "LibreOffice is not installed")
    assert program is not None
    from ingest.blocks import Paragraph
    from tests.layouts.word import write_docx

    plan = merged_table([["序号", "单位"], ["1", "江北区"], ["2", ""]], [(2, 2, 3, 2)])
    source = tmp_path / "计划.docx"
    source.write_bytes(write_docx([Paragraph("附件1"), plan, Paragraph("完")]))
    command = [program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "doc", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    for name in ("计划.doc", "计划.wps"):
        (file,) = read_file((tmp_path / "计划.doc").read_bytes(), name)
        assert shape(file.tables[0]) == shape(plan)
        assert [x.text for x in file.paragraphs] == ["附件1", "完"]


def tables_of(text: str, name: str = "a.csv") -> list[Table]:
    return read_file(text.encode(), name)[0].tables


def test_delimiters_are_told_by_evenness() -> None:
    for mark, name in ((",", "a.csv"), ("\t", "a.tsv"), (";", "a.csv"), ("|", "a.csv")):
        (table,) = tables_of(f"序号{mark}单位\n1{mark}市经信局、市发改委\n", name)
        assert text_rows(table) == [["序号", "单位"], ["1", "市经信局、市发改委"]]


def test_csv_of_excel_and_of_systems() -> None:
    (table,) = tables_of('sep=;\n"序号";"名称"\n="007";"甲\n乙"\n;;\n')
    assert text_rows(table) == [["序号", "名称"], ["007", "甲\n乙"]]
