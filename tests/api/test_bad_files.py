"""Files that cannot be read, or hardly: through the command line and over HTTP, on a store that holds nothing.

A refused file answers in one sentence and leaves nothing behind; a readable one says what is wrong with it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter

from graph.backends.embedded import EmbeddedStore
from tests.api.conftest import Run, client_of, settings_in
from tests.api.test_http import API
from tests.ingest.documents import pairing
from tests.readers.files import archive, repacked

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

TITLE = "宁波市与上海市产业合作对口联系计划表"
HEADER = ("序号", "宁波市区县(市)", "对口单位")
ROWS = (HEADER, ("1", "海曙区", "虹桥经济技术开发区"), ("2", "江北区", "上海漕河泾新兴技术开发区"))
GOOD = pairing(TITLE, *ROWS[1:])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "SECRET"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
_SENTENCE = re.compile(r"^[^\n]{6,300}[。？]$")


def _xlsx(rows: Any = ROWS, title: str = TITLE) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet(title)
    for at, line in enumerate(rows):
        page.write_row(at, 0, line)
    book.close()
    return buffer.getvalue()


def _pdf(password: str = "") -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption(password, ownerPassword="o") if password else None)
    canvas.drawString(99, 99, "text")
    canvas.save()
    return buffer.getvalue()


def _with_doctype(content: bytes) -> bytes:
    head, _, rest = content.partition(b"?>")
    return head + b"?>" + _DOCTYPE + rest


def _locked_zip() -> bytes:
    data = bytearray(archive({"a.txt": b"text"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _ole(stream: str) -> bytes:
    return OLE + bytes(600) + stream.encode("utf-16-le") + bytes(600)


_SHEET = "xl/worksheets/sheet1.xml"
_BODY = "word/document.xml"
REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty": ("空.docx", lambda: b""),
    "truncated docx": ("断.docx", lambda: GOOD[: len(GOOD) // 2]),
    "truncated xlsx": ("断.xlsx", lambda: _xlsx()[:-300]),
    "truncated pdf": ("断.pdf", lambda: _pdf()[:200]),
    "truncated zip": ("断.zip", lambda: archive({"a.docx": GOOD})[:-40]),
    "truncated xls": ("断.xls", lambda: _ole("Workbook")[:700]),
    "truncated doc": ("断.doc", lambda: _ole("WordDocument")[:1300]),
    "encrypted docx": ("密.docx", lambda: _ole("EncryptedPackage")),
    "encrypted xlsx": ("密.xlsx", lambda: _ole("EncryptionInfo")),
    "encrypted pdf": ("密.pdf", lambda: _pdf("secret")),
    "encrypted zip": ("密.zip", _locked_zip),
    "misnamed text": ("文.docx", lambda: "只是文字".encode()),
    "misnamed picture": ("图.pdf", lambda: b"\x89PNG\r\n\x1a\n" + bytes(50)),
    "misnamed archive": ("包.docx", lambda: archive({"a.txt": b"x"})),
    "program": ("表.xlsx", lambda: b"MZ" + bytes(400)),
    "ofd": ("文.ofd", lambda: archive({"OFD.xml": b"<x/>"})),
    "no table, no list": ("话.txt", lambda: "今天天气很好。".encode()),
    "blank sheet": ("空.xlsx", lambda: _xlsx(())),
    "zip bomb": ("弹.zip", lambda: archive({"a.txt": bytes(50_000_000)})),
    "zip in a zip": ("套.zip", lambda: archive({"b.zip": archive({"c.zip": archive({"d.txt": b"x"})})})),
    "zip of very many": ("多.zip", lambda: archive({f"{n}.txt": b"x" for n in range(5_000)})),
    "zip with one bad file": ("一套.zip", lambda: archive({"a.docx": GOOD, "b.docx": GOOD[:900]})),
    "docx bomb": ("弹.docx", lambda: repacked(GOOD, _BODY, lambda c: c + b" " * 3_000_000)),
    "xlsx bomb": ("弹.xlsx", lambda: repacked(_xlsx(), _SHEET, lambda c: c + b" " * 3_000_000)),
    "docx with entities": ("实体.docx", lambda: repacked(GOOD, _BODY, _with_doctype)),
    "xlsx with entities": ("实体.xlsx", lambda: repacked(_xlsx(), _SHEET, _with_doctype)),
    "xlsx strings with entities": (
        "字串.xlsx",
        lambda: repacked(_xlsx(), "xl/sharedStrings.xml", _with_doctype),
    ),
    "too many cells": ("大.xlsx", lambda: _xlsx([["甲"] * 200] * 1_001)),
}


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[TestClient]:
    store = EmbeddedStore(tmp_path / "served")
    yield client_of(settings_in(tmp_path / "served"), store)
    store.close()


def _upload(client: TestClient, name: str, data: bytes, **fields: str) -> Any:
    return client.post(f"{API}/documents", files=[("file", (name, data))], data=fields)


@pytest.mark.parametrize("kind", REFUSED)
def test_refused_in_one_sentence_and_nothing_written(
    kind: str, run: Run, embedded: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if kind.endswith("x bomb"):
        monkeypatch.setattr("ingest.formats.openxml.MAX_INFLATED", 1_000_000)
    name, make = REFUSED[kind]
    path = tmp_path / name
    path.write_bytes(make())
    ran = run("ingest", path)
    assert ran.code == 3
    assert "Traceback" not in ran.err + ran.text
    assert name in ran.err + ran.text
    assert run("documents", "list").text.count("doc:") == 0
    answer = _upload(embedded, name, path.read_bytes())
    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem = answer.json()
    assert _SENTENCE.match(problem["detail"]), problem["detail"]
    assert "SECRET" not in answer.text
    stats = embedded.get(f"{API}/stats", params={"status": "all"}).json()
    assert stats["documents"] == 0
    assert not any(stats["entities"].values())


def test_one_bad_file_stops_no_other(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "一批"
    folder.mkdir()
    for kind in ("truncated docx", "encrypted xlsx", "misnamed picture", "zip bomb"):
        name, make = REFUSED[kind]
        (folder / name).write_bytes(make())
    (folder / "好.docx").write_bytes(GOOD)
    ran = run("ingest", folder)
    assert ran.code == 3
    assert run("query", "pairs", "--format", "json").json["items"]


def _codes(answer: Any) -> set[str]:
    return {problem["code"] for problem in answer.json()["problems"]}


def _pairs(client: TestClient) -> list[tuple[str, str]]:
    items = client.get(f"{API}/pairs").json()["items"]
    return sorted((item["unit"]["name"], item["counterpart"]["name"]) for item in items)


BOTH = [("江北区", "上海漕河泾新兴技术开发区"), ("海曙区", "虹桥经济技术开发区")]


def test_a_table_without_a_header_is_kept_and_told(embedded: TestClient) -> None:
    answer = _upload(embedded, "无表头.xlsx", _xlsx(ROWS[1:], "数据"))
    assert answer.status_code == 201
    assert "unknown_table" in _codes(answer)
    assert _pairs(embedded) == []


def test_ragged_rows_lose_nothing(embedded: TestClient) -> None:
    lines = [",".join(HEADER), "1,海曙区,虹桥经济技术开发区,,多出", "2,江北区,上海漕河泾新兴技术开发区", "3"]
    answer = _upload(embedded, f"{TITLE}.csv", "\n".join(lines).encode())
    assert answer.status_code == 201
    assert _pairs(embedded) == BOTH
    (table,) = answer.json()["tables"]
    assert sum(table["cells"].values()) == table["rows"] * table["columns"] == 4 * 5


def test_a_name_of_5000_characters_is_no_name(embedded: TestClient) -> None:
    long = "宁波" * 2_500
    answer = _upload(embedded, "长名.docx", pairing(TITLE, *ROWS[1:], ("3", "鄞州区", long)))
    assert answer.status_code == 201
    assert "unreadable_cell" in _codes(answer)
    assert _pairs(embedded) == BOTH


def test_control_and_bidirectional_characters_go_and_are_told(embedded: TestClient) -> None:
    dirty = "\u202e虹桥\u200b经济\u2066技术\x07开发区\u2069"
    lines = [",".join(HEADER), f"1,海曙区,{dirty}", "2,江北区,上海漕河泾新兴技术开发区"]
    answer = _upload(embedded, f"{TITLE}.csv", "\n".join(lines).encode())
    assert answer.status_code == 201
    assert "characters_removed" in _codes(answer)
    assert _pairs(embedded) == BOTH


def test_mixed_encodings_are_read_line_by_line_and_told(embedded: TestClient) -> None:
    lines = [",".join(HEADER), "1,海曙区,虹桥经济技术开发区", "2,江北区,上海漕河泾新兴技术开发区"]
    mixed = b"\n".join([lines[0].encode(), lines[1].encode("gb18030"), lines[2].encode()])
    answer = _upload(embedded, f"{TITLE}.csv", mixed)
    assert answer.status_code == 201
    assert "unreadable_cell" in _codes(answer)
    assert _pairs(embedded) == BOTH


def test_scripts_in_html_are_no_text(embedded: TestClient) -> None:
    rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in ROWS)
    page = (
        f"<meta charset=utf-8><p>{TITLE}</p><script>document.write('<table>')</script>"
        f"<table onclick='alert(1)'>{rows.replace('海曙区', '海曙区<script>alert(1)</script>')}</table>"
        "<iframe src='file:///etc/passwd'></iframe><style>td{color:red}</style>"
    )
    answer = _upload(embedded, "网页.html", page.encode())
    assert answer.status_code == 201
    assert _pairs(embedded) == BOTH
    document = answer.json()["document"]["id"]
    stored = embedded.get(f"{API}/documents/{document}/tables/1").text
    assert not any(word in stored for word in ("alert", "color:red", "passwd"))


def test_duplicated_rows_are_one_pair_and_told(embedded: TestClient) -> None:
    answer = _upload(embedded, "重复.docx", pairing(TITLE, *ROWS[1:], ("3", *ROWS[1][1:])))
    assert answer.status_code == 201
    assert "duplicate_row" in _codes(answer)
    assert _pairs(embedded) == BOTH


def test_contradicting_rows_are_both_kept_and_told(embedded: TestClient) -> None:
    answer = _upload(embedded, "矛盾.docx", pairing(TITLE, *ROWS[1:], ("3", "海曙区", "无")))
    assert answer.status_code == 201
    assert "contradiction" in _codes(answer)
    assert _pairs(embedded) == BOTH
    (table,) = answer.json()["tables"]
    assert table["cells"]["used"] == table["rows"] * table["columns"]
