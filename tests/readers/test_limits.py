"""Files made to take all memory or time: refused with a reason before they do, whatever their size on disk."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from ingest.blocks import Paragraph
from ingest.formats import sheetmarkup
from tests.layouts import WRITERS
from tests.layouts.spans import merged_table, text_rows
from tests.readers.files import PLAN, archive, read_one, rejection, repacked


def test_absurd_spans_are_cut() -> None:
    page = "<table><tr><td rowspan=99999 colspan=99999>甲<td>乙</tr>"
    page += "<tr><td rowspan=0>丙<td colspan=-1>丁</tr><tr><td>戊</table>"
    table = read_one(f"<html>{page}</html>".encode(), "a.html").tables[0]
    table.grid()
    assert table.rows == 3 and {c.text for c in table.cells} >= set("甲乙丙丁戊")


def test_wide_spans_times_many_rows_are_refused() -> None:
    page = "<table>" + "<tr><td colspan=1000>甲</td><td>乙</td></tr>" * 3000 + "</table>"
    rejection(f"<html>{page}</html>".encode(), "a.html")


def test_zip_bombs_and_nests_are_refused() -> None:
    assert "压缩比" in rejection(archive({"a.txt": bytes(20_000_000)}), "a.zip")
    assert "压缩包" in rejection(archive({"a.zip": archive({"b.txt": b"x"})}), "a.zip")
    assert "空的" in rejection(archive({}), "a.zip")
    assert "200" in rejection(archive({f"{n}.txt": b"x" for n in range(201)}), "a.zip")
    with_bad = archive({"a.txt": "文".encode(), "b.exe": b"MZ"})
    assert "b.exe" in rejection(with_bad, "a.zip")


BODIES = {
    ".docx": ("word/document.xml", b"</w:body>"),
    ".xlsx": ("xl/worksheets/sheet1.xml", b"</sheetData>"),
}


def stuffed(ending: str, filling: bytes) -> bytes:
    """A package whose content goes on with `filling`."""
    part, end = BODIES[ending]
    return repacked(WRITERS[ending]([PLAN]), part, lambda content: content.replace(end, filling + end))


@pytest.mark.parametrize("ending", BODIES)
def test_document_of_a_suspicious_ratio_is_refused(ending: str) -> None:
    assert "压缩炸弹" in rejection(stuffed(ending, b" " * 20_000_000), f"a{ending}")


@pytest.mark.parametrize("ending", BODIES)
def test_document_of_too_many_nodes_is_refused(ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.formats.openxml.MAX_NODES", 5_000)
    assert "节点" in rejection(stuffed(ending, b"<x/>" * 5_000), f"a{ending}")


def test_one_long_string_in_every_cell_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheetmarkup, "MAX_TEXT", 4_000)
    monkeypatch.setattr("ingest.readers.xlsx.CalamineWorkbook", None)
    table = merged_table([["长" * 500, *["短"] * 9]] * 3)
    assert "文字过多" in rejection(WRITERS[".xlsx"]([table]), "a.xlsx")


def test_merges_over_each_other_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    merges = b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * 9 + b"</mergeCells><x>"
    data = repacked(
        WRITERS[".xlsx"]([PLAN]), BODIES[".xlsx"][0], lambda c: c.replace(b"</sheetData>", merges + b"</x>")
    )
    assert read_one(data, "a.xlsx").tables
    monkeypatch.setattr("ingest.formats.sheets.MAX_POSITIONS", 10)
    assert "过大" in rejection(data, "a.xlsx")


@pytest.mark.parametrize("ending", (".docx", ".xlsx", ".html"))
def test_tables_that_together_are_too_large_are_refused(ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.formats.gridding.MAX_FILE_POSITIONS", 7)
    assert read_one(WRITERS[ending]([PLAN]), f"a{ending}").tables
    assert "过大" in rejection(WRITERS[ending]([PLAN, Paragraph("又"), PLAN]), f"a{ending}")


@pytest.mark.parametrize(("ending", "limit"), ((".txt", "text.MAX_LINES"), (".csv", "csv._MAX_LINES")))
def test_too_many_lines_are_refused(ending: str, limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"ingest.readers.{limit}", 9)
    assert "行" in rejection(b"a,b\n" * 11, f"a{ending}")


def test_tags_that_nobody_closed_hide_nothing() -> None:
    page = "<font>" * 400 + "<table><tr><td>序号<td>单位<tr><td>1<td>江北区</table>" + "<b>" * 90 + "末"
    file = read_one(f"<html>{page}</html>".encode(), "a.html")
    assert text_rows(file.tables[0]) == text_rows(PLAN) and file.paragraphs[-1].text == "末"
    assert "嵌套" in rejection(b"<html>" + b"<div>" * 5_000 + b"x", "a.html")


def test_document_that_inflates_past_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.formats.openxml.MAX_INFLATED", 1_000_000)
    bomb = repacked(WRITERS[".docx"]([PLAN]), "word/document.xml", lambda c: c + b" " * 3_000_000)
    assert "解压" in rejection(bomb, "a.docx")


def sheet(fill) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    fill(book, book.add_worksheet())
    book.close()
    return buffer.getvalue()


def test_many_empty_formatted_rows_are_nothing() -> None:
    rows = "".join(
        f'<row r="{n}" spans="1:4" s="1" customFormat="1">'
        + "".join(f'<c r="{column}{n}" s="1"/>' for column in "ABCD")
        + "</row>"
        for n in range(3, 60_000)
    )
    table = read_one(stuffed(".xlsx", rows.encode()), "a.xlsx").tables[0]
    assert (table.rows, table.columns) == (2, 2)


def test_too_many_filled_cells_are_refused_before_parsing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheetmarkup, "MAX_FILLED", 50)
    monkeypatch.setattr("ingest.readers.xlsx.CalamineWorkbook", None)
    monkeypatch.setattr(sheetmarkup, "parse_xml", None)
    data = sheet(lambda book, page: [page.write(r, 0, "x") for r in range(51)])
    assert "50" in rejection(data, "a.xlsx")


def test_cell_at_the_far_corner_is_refused_before_parsing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.xlsx.CalamineWorkbook", None)
    data = sheet(lambda book, page: (page.write(0, 0, "x"), page.write(1_048_575, 16_383, "x")))
    assert "1048576" in rejection(data, "a.xlsx")
