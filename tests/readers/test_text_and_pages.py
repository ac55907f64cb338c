"""Tables that text holds, web pages, and PDF files as offices make them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.blocks import Paragraph, ReadFile
from ingest.readers.text import blocks_of_text
from ingest.reading import read_file
from tests.layouts import write_pdf
from tests.layouts.spans import merged_table, shape, text_rows


def read_page(body: str, head: str = "") -> ReadFile:
    (file,) = read_file(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "a.html")
    return file


def test_markdown() -> None:
    text = "# 标题\n**一、**总体 要求\n\n| 序号 | 单位 |\n|---|:-:|\n| 1 | **甲**<br>乙 |\n末\n"
    first, second, table, last = blocks_of_text(text)
    assert (first, second, last) == (Paragraph("标题", 1), Paragraph("一、总体 要求"), Paragraph("末"))
    assert text_rows(table) == [["序号", "单位"], ["1", "甲\n乙"]]


def test_rows_that_end_with_a_bar() -> None:
    (table,) = blocks_of_text("序号 | 单位 |\n1 | 甲 |\n | 乙 |\n")
    assert text_rows(table) == [["序号", "单位"], ["1", "甲"], ["", "乙"]]


def test_one_cell_a_line_with_bars() -> None:
    """As a directory of parks was copied from its page: a bare bar where a merged cell goes on."""
    lines = "序号 |\n类别 |\n园区 |\n范围 |\n||| 区块 |\n四至 |\n1 |\n电路 |\n东港 |\n一 |\n甲 |\n"
    lines += "||| 二 |\n乙 |\n2 |\n|\n芯城 |\n一 |\n丙 |\n"
    (table,) = blocks_of_text(lines)
    expected = merged_table(
        [
            ["序号", "类别", "园区", "范围", ""],
            ["", "", "", "区块", "四至"],
            ["1", "电路", "东港", "一", "甲"],
            ["", "", "", "二", "乙"],
            ["2", "", "芯城", "一", "丙"],
        ],
        [(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 1, 5), (3, 1, 4, 1), (3, 2, 5, 2), (3, 3, 4, 3)],
    )
    assert shape(table) == shape(expected)


def test_lone_tabs_and_bars_are_text() -> None:
    assert blocks_of_text("\t缩进一段\n又一段|旁注\n甲\t乙") == [
        *(Paragraph("缩进一段"), Paragraph("又一段|旁注"), Paragraph("甲\t乙"))
    ]


@pytest.mark.shared
def test_first_document_stays_paragraphs(shared_dir: Path) -> None:
    """Its tables are flattened to bare cells, which the reader leaves for later."""
    path = shared_dir / "documents" / "ningbo-2019-32-page.txt"
    (file,) = read_file(path.read_bytes(), path.name)
    assert not file.tables and not file.problems and Paragraph("附件1") in file.blocks


def test_layout_tables_are_passed_over() -> None:
    inner = "<table><tr><th>序号<th>单位<tr><td>1<td>甲</table>"
    file = read_page(f"<table><tr><td>导航</td><td><p>正文</p>{inner}</td></tr></table>")
    assert [p.text for p in file.paragraphs] == ["导航", "正文"]
    assert text_rows(file.tables[0]) == [["序号", "单位"], ["1", "甲"]]


def test_page_text_as_a_browser_shows_it() -> None:
    file = read_page(
        "<h2>通知<br>全文</h2><div>各区\n  县<b>（市）</b>&nbsp;政府<br><br>第二段</div>", "<title>题</title>"
    )
    assert [(p.text, p.heading) for p in file.paragraphs] == [
        *(("通知\n全文", 2), ("各区县（市） 政府", 0), ("第二段", 0))
    ]
    assert file.properties == {"title": "题"}


def test_declared_charset_and_saved_page() -> None:
    meta = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    html = f"<html><head>{meta}</head><body>上海</body></html>"
    assert read_file(html.encode("gb18030"), "a.htm")[0].paragraphs[0].text == "上海"
    head = "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    assert (
        read_file((head + "<html><body>宁波</body></html>").encode(), "a.mht")[0].paragraphs[0].text == "宁波"
    )


def test_page_saved_by_chrome() -> None:
    head = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/\r\nSubject: =?utf-8?Q?x?=\r\n"
    head += 'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="_B"\r\n\r\n'
    part = "--_B\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    body = "<html><meta charset=3Dutf-8><p>=E5=AE=81=E6=B3=A2</p></html>\r\n--_B--\r\n"
    for name in ("a.mhtml", "a.doc"):
        (file,) = read_file((head + part + body).encode(), name)
        assert [x.text for x in file.paragraphs] == ["宁波"]


def test_hidden_rows_of_a_page_are_left_out_and_told() -> None:
    file = read_page(
        "<table><tr><th>序号<th>单位<tr style='display:none'><td>1<td>藏<tr><td>2<td>甲<br>乙&nbsp;丙</table>"
    )
    assert text_rows(file.tables[0]) == [["序号", "单位"], ["2", "甲\n乙 丙"]]
    assert [x.code for x in file.problems] == ["hidden_content"]


def picture_page(canvas: Canvas) -> None:
    from PIL import Image

    canvas.drawImage(ImageReader(Image.new("RGB", (20, 20), "grey")), 50, 50, 400, 600)
    canvas.showPage()


def test_scan_and_mixed_pages() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    picture_page(canvas)
    canvas.save()
    (file,) = read_file(buffer.getvalue(), "扫描.pdf")
    assert file.scanned and file.blocks == ()
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(72, 700, "words on page one")
    canvas.showPage()
    picture_page(canvas)
    canvas.save()
    (file,) = read_file(buffer.getvalue(), "混.pdf")
    assert not file.scanned and [p.code for p in file.problems] == ["file_unreadable"]
    assert "第2页" in file.problems[0].message


def test_broken_lines_of_a_pdf_cell_are_joined_and_meant_ones_kept() -> None:
    long = "与上海有关园区、科研机构建立联系，每季度末报告一次（含2个以上项目）" * 3
    table = merged_table([["序号", "任务", "单位"], ["1", long, "市经信局\n市发改委"]])
    (file,) = read_file(write_pdf([table]), "a.pdf")
    assert shape(file.tables[0]) == shape(table)


def test_running_text_of_a_pdf_is_joined_to_paragraphs() -> None:
    text = (
        "为深入贯彻落实长三角一体化发展战略，推动产业合作扎实有序开展，根据市委、市政府决策部署和工作要求，特制定本方案。"
        * 2
    )
    (file,) = read_file(write_pdf([Paragraph(text), Paragraph("附件：任务分工表")]), "a.pdf")
    assert [p.text for p in file.paragraphs] == [text, "附件：任务分工表"]


def test_rows_stand_as_a_browser_shows_them() -> None:
    file = read_page(
        "<table><tfoot><tr><td>合计<td>1</tfoot><tbody><tr><td>1<td>甲</tbody><thead><tr><th>序号<th>单位</thead></table>"
    )
    assert text_rows(file.tables[0]) == [["序号", "单位"], ["1", "甲"], ["合计", "1"]]


def test_what_a_class_hides_is_left_out_and_told() -> None:
    style = "<style>/* .all{display:none} */ .p{color:red} tr.gone, .x{ display: none } .a .p{display:none}</style>"
    file = read_page(
        "<table><tr><th>序号<th>单位<tr class='gone odd'><td>1<td>藏<tr class=p><td>2<td>甲<i class=x>藏</i></table>",
        style,
    )
    assert text_rows(file.tables[0]) == [["序号", "单位"], ["2", "甲"]]
    assert [x.code for x in file.problems] == ["hidden_content"]


def test_fields_of_a_form_say_what_they_show() -> None:
    """Pages of office systems print their tables as forms that cannot be changed."""
    chosen = "<select><option>乙<option selected>丙</select>"
    fields = f"<td><input value='甲' readonly><td>{chosen}<td><textarea>丁\n戊</textarea>"
    hidden = "<td><input type=hidden value=密><input type=password value=密><button>改</button>"
    hidden += "<input type=checkbox checked>"
    file = read_page(f"<table><tr><th>一<th>二<th>三<th>四<tr>{fields}{hidden}</table>")
    assert text_rows(file.tables[0])[1] == ["甲", "丙", "丁\n戊", "☑"]
