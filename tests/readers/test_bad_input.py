"""What cannot be read is answered in one sentence, or read as what it is; nothing hangs, expands or is fetched."""

from __future__ import annotations

import io
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import FileRejected
from ingest.formats.sniffing import true_ending
from ingest.reading import read_file, supported_endings
from tests.layouts import WRITERS
from tests.layouts.spans import merged_table, text_rows
from tests.readers.files import PLAN, archive, read_one, rejection, repacked

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


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


def old_word_file(flags: int, rest: bytes = b"") -> bytes:
    """Directory and text stream of a Word 97 file, as far as telling its kind needs them."""
    directory = "WordDocument".encode("utf-16-le").ljust(512, b"\0")
    return (
        OLE.ljust(512, b"\0") + directory + b"\xec\xa5\xc1\0" + bytes(7) + bytes([flags]) + bytes(600) + rest
    )


def test_encrypted_old_word_file_and_one_that_holds_an_encrypted_object() -> None:
    assert "已加密" in rejection(old_word_file(0x01), "密.doc")
    embedded = old_word_file(0x12, "EncryptedPackage".encode("utf-16-le"))
    assert true_ending(embedded, "嵌.doc", ".doc") == ".doc"


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


def test_missing_libreoffice_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.readers.legacy.soffice_path", lambda: None)
    data = OLE + bytes(600) + "WordDocument".encode("utf-16-le") + bytes(600)
    assert "libreoffice" in rejection(data, "a.doc")


def test_error_names_the_file_without_its_folder() -> None:
    assert "/" not in rejection(os.urandom(9), "../../etc/x.docx").replace("../", "/")
