"""What Word and Excel write beside plain text and values, each named for its quirk."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import docx
import pytest
import xlsxwriter

from graph.tables import Table
from tests.layouts import WRITERS
from tests.layouts.spans import merged_table, shape, text_rows
from tests.readers.files import PLAN, read_one, repacked
from tests.readers.test_docx import p, read_body, tbl, tc, tr

_STRICT = (
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "wordprocessingml/main"),
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "spreadsheetml/main"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "officeDocument/relationships"),
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "drawingml/main"),
)


def strict(data: bytes) -> bytes:
    """The file as "Strict Open XML" saves it: every part under the other namespaces (ECMA-376 part 1)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            for usual, other in _STRICT:
                content = content.replace(usual.encode(), f"http://purl.oclc.org/ooxml/{other}".encode())
            new.writestr(info.filename, content)
    return buffer.getvalue()


@pytest.mark.parametrize("ending", (".docx", ".xlsx"))
def test_strict_open_xml(ending: str) -> None:
    table = merged_table([["序号", "单位"], ["1", "江北区"], ["2", ""]], [(2, 2, 3, 2)])
    assert shape(read_one(strict(WRITERS[ending]([table])), f"a{ending}").tables[0]) == shape(table)


def control(inner: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def test_content_controls_around_paragraph_table_row_cell_and_run() -> None:
    run = control("<w:r><w:t>海曙区</w:t></w:r>")
    rows = (
        control(tr("序号", "单位")),
        f"<w:tr>{control(tc('1'))}{tc(control(p('江北区')))}</w:tr>",
        tr("2", tc(f"<w:p>{run}</w:p>")),
    )
    file = read_body(control(p("附件1")) + control(tbl(*rows)))
    assert [x.text for x in file.paragraphs] == ["附件1"]
    assert text_rows(file.tables[0]) == [["序号", "单位"], ["1", "江北区"], ["2", "海曙区"]]


def test_fields_give_their_result_and_not_their_code() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    field = f"{mark('begin')}<w:r><w:instrText> SEQ 表 </w:instrText></w:r>{mark('separate')}<w:r><w:t>3</w:t></w:r>"
    simple = '<w:fldSimple w:instr="REF x"><w:r><w:t>第4项</w:t></w:r></w:fldSimple>'
    link = "<w:hyperlink><w:r><w:t>附表</w:t></w:r></w:hyperlink>"
    file = read_body(f"<w:p><w:r><w:t>表</w:t></w:r>{field}{mark('end')}{simple}{link}</w:p>")
    assert [x.text for x in file.paragraphs] == ["表3第4项附表"]


def test_footnotes_follow_the_text_and_their_marks_leave_the_name_whole() -> None:
    document = docx.Document()
    table = document.add_table(2, 2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("序号", "单位", "1", "江北区"), strict=True
    ):
        cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    notes = (
        f'<w:footnotes xmlns:w="{word}"><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>—</w:t></w:r></w:p>'
        '</w:footnote><w:footnote w:id="1"><w:p><w:r><w:footnoteRef/><w:t>含江北高新园。</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    relation = f'<Relationship Id="rIdN" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    data = repacked(
        buffer.getvalue(),
        "word/_rels/document.xml.rels",
        lambda c: c.replace(b"</Relationships>", relation.encode()),
    )
    marked = '江北区</w:t><w:footnoteReference w:id="1"/>'.encode()
    data = repacked(data, "word/document.xml", lambda c: c.replace("江北区</w:t>".encode(), marked))
    with zipfile.ZipFile(grown := io.BytesIO(data), "a") as package:
        package.writestr("word/footnotes.xml", notes)
    file = read_one(grown.getvalue(), "a.docx")
    assert text_rows(file.tables[0])[1] == ["1", "江北区"]
    assert [(x.text, x.origin) for x in file.paragraphs] == [("含江北高新园。", "脚注")]


def read_sheet(fill, **options: object) -> Table:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **options})
    fill(book, book.add_worksheet())
    book.close()
    return read_one(buffer.getvalue(), "a.xlsx").tables[0]


def test_error_values_stay_as_they_display() -> None:
    """A formula that failed is not blank: blank would say that the unit has no partner."""

    def fill(_book, page) -> None:
        page.write_row(0, 0, ["单位", "对口"])
        for row, text in enumerate(("#DIV/0!", "#N/A", "#REF!"), 1):
            page.write(row, 0, f"单位{row}")
            page.write_formula(row, 1, "=1/0", None, text)

    assert [row[1] for row in text_rows(read_sheet(fill))] == ["对口", "#DIV/0!", "#N/A", "#REF!"]


def test_dates_counted_from_1904() -> None:
    def fill(book, page) -> None:
        page.write_row(0, 0, ["单位", "期限"])
        for row, code in enumerate(('yyyy"年"m"月"d"日"', "yyyy/m/d"), 1):
            page.write_string(row, 0, "甲")
            page.write_datetime(row, 1, datetime(2019, 3, 19), book.add_format({"num_format": code}))

    assert [row[1] for row in text_rows(read_sheet(fill, date_1904=True))][1:] == [
        "2019年3月19日",
        "2019/3/19",
    ]


_RICH = "<r><t>海曙</t></r><r><rPr><b/></rPr><t>区</t></r><rPh sb='0' eb='3'><t>HAISHU</t></rPh>"


def test_strings_inside_the_sheet_and_their_readings_aloud() -> None:
    row = f'<row r="3"><c r="A3" t="inlineStr"><is><t>2</t></is></c><c r="B3" t="inlineStr"><is>{_RICH}</is></c></row>'
    data = repacked(
        WRITERS[".xlsx"]([PLAN]),
        "xl/worksheets/sheet1.xml",
        lambda c: c.replace(b"</sheetData>", f"{row}</sheetData>".encode()),
    )
    assert text_rows(read_one(data, "a.xlsx").tables[0])[-2:] == [["1", "江北区"], ["2", "海曙区"]]


def test_phonetic_runs_are_no_part_of_a_shared_string() -> None:
    data = repacked(
        WRITERS[".xlsx"]([PLAN]),
        "xl/sharedStrings.xml",
        lambda c: c.replace("<si><t>江北区</t></si>".encode(), f"<si>{_RICH}</si>".encode()),
    )
    assert text_rows(read_one(data, "a.xlsx").tables[0])[1] == ["1", "海曙区"]
