"""What cannot be read is answered in one sentence, or read as what it is; nothing hangs, expands or is fetched."""

from __future__ import annotations

import io
import os
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import FileRejected
from ingest import sheetmarkup
from ingest.blocks import ReadFile
from ingest.reading import read_file, supported_endings
from tests.layouts import WRITERS
from tests.layouts.spans import merged_table, text_rows

PLAN = merged_table([["序号", "单位"], ["1", "江北区"]])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def rejection(data: bytes, name: str) -> str:
    with pytest.raises(FileRejected) as caught:
        read_file(data, name)
    message = caught.value.message
    assert message.endswith("。") and message.count("。") == 1 and "\n" not in message
    return message


def read_one(data: bytes, name: str) -> ReadFile:
    (file,) = read_file(data, name)
    return file


def repacked(data: bytes, part: str, change) -> bytes:
    """The package with one part changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == part else content)
    return buffer.getvalue()


@pytest.mark.parametrize("ending", supported_endings())
def test_empty_file(ending: str) -> None:
    assert "空文件" in rejection(b"", f"空{ending}")


@pytest.mark.parametrize("name", ("a.exe", "a", "a.docx.bin", ".gitignore"))
def test_unsupported_ending_names_the_supported_ones(name: str) -> None:
    assert ".docx" in rejection(b"x", name)


@pytest.mark.parametrize("ending", (".docx", ".xlsx", ".pdf", ".zip", ".doc", ".ofd"))
def test_text_under_a_wrong_name(ending: str) -> None:
    rejection("只是文字".encode(), f"a{ending}")


@pytest.mark.parametrize("ending", (".docx", ".xlsx", ".pdf"))
@pytest.mark.parametrize("share", (0.2, 0.5, 0.9))
def test_truncated(ending: str, share: float) -> None:
    data = WRITERS[ending]([PLAN])
    rejection(data[: int(len(data) * share)], f"半{ending}")


@pytest.mark.parametrize("ending", supported_endings())
@settings(max_examples=15, deadline=None)
@given(data=st.binary(min_size=1, max_size=400))
def test_random_bytes_are_read_or_refused(ending: str, data: bytes) -> None:
    try:
        files = read_file(data, f"乱{ending}")
    except FileRejected as error:
        assert error.message
    else:
        for file in files:
            for table in file.tables:
                table.grid()


@settings(max_examples=30, deadline=None)
@given(
    ending=st.sampled_from((".docx", ".xlsx", ".pdf", ".html")),
    at=st.integers(0, 10_000),
    byte=st.integers(0, 255),
)
def test_one_damaged_byte(ending: str, at: int, byte: int) -> None:
    data = bytearray(WRITERS[ending]([PLAN]))
    data[at % len(data)] = byte
    try:
        read_file(bytes(data), f"损{ending}")
    except FileRejected as error:
        assert error.message


@pytest.mark.parametrize("wrong", (".docx", ".xlsx", ".pdf", ".xls", ".doc", ".txt", ".html"))
@pytest.mark.parametrize("true", (".docx", ".xlsx", ".pdf", ".html"))
def test_misnamed_file_is_read_as_what_it_is(true: str, wrong: str) -> None:
    file = read_one(WRITERS[true]([PLAN]), f"名不符实{wrong}")
    assert text_rows(file.tables[0]) == [["序号", "单位"], ["1", "江北区"]]
    assert file.problems == () and file.format == true.strip(".")


def test_tabs_saved_as_xls_are_read() -> None:
    assert text_rows(read_one("序号\t单位\n1\t江北区\n".encode("gb18030"), "导出.xls").tables[0])[1] == [
        "1",
        "江北区",
    ]


def test_encrypted_office_file() -> None:
    data = OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    for name in ("密.docx", "密.xlsx"):
        assert "密码" in rejection(data, name)


def test_encrypted_zip_and_pdf() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret", ownerPassword="owner"))
    canvas.drawString(99, 99, "text")
    canvas.save()
    assert "密码" in rejection(buffer.getvalue(), "密.pdf")
    data = bytearray(archive({"a.txt": b"text"}))
    data[6] |= 1
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    assert "密码" in rejection(bytes(data), "密.zip")


def test_picture_and_other_packages() -> None:
    assert "图片" in rejection(b"\x89PNG\r\n\x1a\n" + bytes(50), "扫描.pdf")
    assert "OFD" in rejection(archive({"OFD.xml": b"<x/>"}), "公文.ofd")
    assert "演示" in rejection(archive({"[Content_Types].xml": b"<x/>", "ppt/a.xml": b""}), "a.docx")


_ENTITY = b'<!DOCTYPE x [<!ENTITY a "SECRET"><!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("ending", "part"), ((".docx", "word/document.xml"), (".xlsx", "xl/worksheets/sheet1.xml"))
)
def test_entities_and_outside_references_are_refused(ending: str, part: str) -> None:
    def with_doctype(content: bytes) -> bytes:
        head, _, rest = content.partition(b"?>")
        return head + b"?>" + _ENTITY + rest

    assert "安全" in rejection(repacked(WRITERS[ending]([PLAN]), part, with_doctype), f"a{ending}")


def test_late_doctype_is_refused_too() -> None:
    def with_doctype(content: bytes) -> bytes:
        head, _, rest = content.partition(b"?>")
        return head + b"?>" + b" " * 9000 + _ENTITY + rest

    rejection(repacked(WRITERS[".docx"]([PLAN]), "word/document.xml", with_doctype), "a.docx")


def test_relationship_to_a_part_that_is_not_there() -> None:
    """WPS leaves such ones; Word opens the file."""

    def with_dangling(content: bytes) -> bytes:
        kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
        return content.replace(
            b"</Relationships>", b'<Relationship Id="x9" Type="' + kind + b'" Target="NULL"/></Relationships>'
        )

    data = repacked(WRITERS[".docx"]([PLAN]), "word/_rels/document.xml.rels", with_dangling)
    assert len(read_one(data, "a.docx").tables) == 1


def test_html_with_scripts_and_hidden_content() -> None:
    page = (
        "<script>alert(1)</script><style>p{}</style><p onclick='x()'>正文</p>"
        "<p style='display:none'>藏</p><table><tr><td>&lt;script&gt;</td><td>乙</td></tr>"
        "<tr><td>1<td>2</tr></table><img src='http://192.0.2.1/x.png'>"
    )
    file = read_one(f"<html><body>{page}</body></html>".encode(), "a.html")
    assert [p.text for p in file.paragraphs] == ["正文"]
    assert file.tables[0].cells[0].text == "<script>"
    assert [p.code for p in file.problems] == ["hidden_content"]


def test_absurd_spans_are_cut() -> None:
    page = "<table><tr><td rowspan=99999 colspan=99999>甲<td>乙</tr>"
    page += "<tr><td rowspan=0>丙<td colspan=-1>丁</tr><tr><td>戊</table>"
    table = read_one(f"<html>{page}</html>".encode(), "a.html").tables[0]
    table.grid()
    assert table.rows == 3 and {c.text for c in table.cells} >= set("甲乙丙丁戊")


def test_wide_spans_times_many_rows_are_refused() -> None:
    page = "<table>" + "<tr><td colspan=1000>甲</td><td>乙</td></tr>" * 3000 + "</table>"
    rejection(f"<html>{page}</html>".encode(), "a.html")


def test_long_names_survive() -> None:
    name = "长" * 5_001
    for ending, write in WRITERS.items():
        if ending == ".pdf":
            continue  # no page holds such a cell
        table = merged_table([["序号", "单位"], ["1", name]])
        assert read_one(write([table]), f"a{ending}").tables[0].cells[-1].text == name


def test_control_and_bidirectional_characters_are_dropped_and_told() -> None:
    table = merged_table([["序号", "单位"], ["1", "江\u202e北\u200b区"]])
    for ending in (".docx", ".xlsx", ".html", ".csv", ".txt"):
        file = read_one(WRITERS[ending]([table]), f"a{ending}")
        assert file.tables[0].cells[-1].text == "江北区"
        (problem,) = file.problems
        assert (problem.code, problem.table, problem.row, problem.column) == ("characters_removed", 1, 2, 2)


def test_mixed_encodings_are_read_by_line_and_told() -> None:
    data = "宁波市海曙区与上海市\n".encode() + "宁波市江北区与张江\n".encode("gb18030")
    file = read_one(data, "a.txt")
    assert [p.text for p in file.paragraphs] == ["宁波市海曙区与上海市", "宁波市江北区与张江"]
    assert [p.code for p in file.problems] == ["unreadable_cell"]


def test_cut_utf8_is_told() -> None:
    file = read_one("江北区与张江高科技园区结对\n海曙区".encode()[:-1], "a.txt")
    assert file.paragraphs[0].text == "江北区与张江高科技园区结对"
    assert [p.code for p in file.problems] == ["unreadable_cell"]


def test_ragged_rows_are_filled() -> None:
    table = read_one(b"a,b,c\n1\n1,2\n1,2,3\n", "a.csv").tables[0]
    assert (table.rows, table.columns) == (4, 3) and len(table.grid()) == 4


def archive(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return buffer.getvalue()


def test_zip_gives_the_files_of_one_document() -> None:
    data = archive(
        {
            "通知/通知.txt": "关于印发的通知".encode(),
            "通知/附件1.docx": WRITERS[".docx"]([PLAN]),
            "../../附件2.txt": "附件二".encode(),
            "__MACOSX/._x": b"junk",
        }
    )
    files = read_file(data, "一套.zip")
    assert sorted(file.name for file in files) == ["通知.txt", "附件1.docx", "附件2.txt"]


def test_zip_with_gbk_names() -> None:
    raw = "附件.txt".encode("gb18030")
    data = archive({"x" * len(raw): "正文内容".encode()}).replace(b"x" * len(raw), raw)
    assert read_file(data, "a.zip")[0].name == "附件.txt"


def test_zip_bombs_and_nests_are_refused() -> None:
    assert "压缩比" in rejection(archive({"a.txt": bytes(20_000_000)}), "a.zip")
    assert "压缩包" in rejection(archive({"a.zip": archive({"b.txt": b"x"})}), "a.zip")
    assert "空的" in rejection(archive({}), "a.zip")
    assert "200" in rejection(archive({f"{n}.txt": b"x" for n in range(201)}), "a.zip")
    with_bad = archive({"a.txt": "文".encode(), "b.exe": b"MZ"})
    assert "b.exe" in rejection(with_bad, "a.zip")


def test_document_that_inflates_past_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.openxml.MAX_INFLATED", 1_000_000)
    bomb = repacked(WRITERS[".docx"]([PLAN]), "word/document.xml", lambda c: c + b" " * 3_000_000)
    assert "解压" in rejection(bomb, "a.docx")


def sheet(fill) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    fill(book, book.add_worksheet())
    book.close()
    return buffer.getvalue()


def test_many_empty_formatted_rows_are_nothing() -> None:
    def fill(book, page) -> None:
        border = book.add_format({"border": 1})
        for row in range(60_000):
            page.set_row(row, 15, border)
            for column in range(4):
                page.write(row, column, "甲" if row < 2 else None, border)

    table = read_one(sheet(fill), "a.xlsx").tables[0]
    assert (table.rows, table.columns) == (2, 4)


def test_too_many_filled_cells_are_refused_before_parsing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheetmarkup, "MAX_FILLED", 50)
    monkeypatch.setattr("ingest.readers.xlsx.CalamineWorkbook", None)
    data = sheet(lambda book, page: [page.write(r, 0, "x") for r in range(51)])
    assert "50" in rejection(data, "a.xlsx")


def test_cell_at_the_far_corner_is_refused_before_parsing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.xlsx.CalamineWorkbook", None)
    data = sheet(lambda book, page: (page.write(0, 0, "x"), page.write(1_048_575, 16_383, "x")))
    assert "1048576" in rejection(data, "a.xlsx")


def test_missing_libreoffice_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.legacy.soffice_path", lambda: None)
    data = OLE + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(600)
    assert "libreoffice" in rejection(data, "a.doc")


def test_error_names_the_file_without_its_folder() -> None:
    assert "/" not in rejection(os.urandom(9), "../../etc/x.docx").replace("../", "/")
