"""A document with personal data in every place that a file has: nothing that comes out of the system shows any.

Numbers are put together here, so that none stands in the repository.
"""

from __future__ import annotations

import io
import json
import logging
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook
from openpyxl.comments import Comment

from graph.backends.embedded import EmbeddedStore
from ingest.documents.sources import load_source
from ingest.library import Library
from tests.api.conftest import client_of, settings_in
from tests.ingest.documents import NOTICE

MOBILE = ("13" + "8", "0013", "8000")
LOCAL = "87" + "65" + "4321"
OTHER = "88" + "12" + "3456"
PERSON, COLLEAGUE = "王小" + "明", "李小" + "红"
SECRETS = (
    "".join(MOBILE),
    ".".join(MOBILE),
    " ".join(MOBILE),
    LOCAL,
    OTHER,
    PERSON,
    COLLEAGUE,
    "someone" + "@",
    "99" + "1234567",
)
CONTACT = f"联 系 人：{PERSON}，联系电话：（0574）{LOCAL}，{'.'.join(MOBILE)}，QQ群：{'99' + '1234567'}"
LIAISON = f"联络员：{COLLEAGUE}，市经信局，{OTHER}"
MAIL = "邮箱：" + "someone" + "@" + "example.com"


def _word() -> bytes:
    document = Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = CONTACT
    section.footer.paragraphs[0].text = LIAISON
    document.core_properties.title = f"分工表 {MAIL}"
    document.core_properties.subject = CONTACT
    document.core_properties.author = PERSON
    document.core_properties.comments = LIAISON
    for text in (*NOTICE[:3], CONTACT, "附件1", f"任务分工表（{LIAISON}）"):
        document.add_paragraph(text)
    rows = [
        ["序号", "工作目标", "牵头领导", "牵头单位", f"配合单位（{MAIL}）", "联系人", "联系电话"],
        ["1", f"建立机制（{LIAISON}）", "王一", f"市经济信息局（联系人：{PERSON}）", "市科技局", COLLEAGUE, LOCAL],
        ["2", f"推进合作 {' '.join(MOBILE)}", "赵二", f"市发改委 {MAIL}", "市海洋渔业局", PERSON, "".join(MOBILE)],
        ["3", "加强建设", "王一", "市海洋与渔业管理局", f"市经信局、{CONTACT}", "", ""],
    ]  # fmt: skip
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_comment(document.paragraphs[3].runs, text=CONTACT, author=PERSON, initials=MAIL)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _sheet() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = f"联系人{PERSON}{''.join(MOBILE)}"
    book.properties.creator = PERSON
    book.properties.description = CONTACT
    for row in (
        ["序号", "宁波市区县(市)", "对口单位", "联络员及电话"],
        ["1", "海曙区", f"甲园区（{LIAISON}）", f"{PERSON} {LOCAL}"],
    ):
        sheet.append(row)
    sheet["B2"].comment = Comment(CONTACT, PERSON)
    sheet.oddHeader.center.text = LIAISON
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def shown(embedded_store: EmbeddedStore, tmp_path: Path) -> Iterator[dict[str, str]]:
    """All that the system tells of the document, by where it tells it."""
    settings = settings_in(tmp_path / "store")
    library = Library(embedded_store, settings)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logging.getLogger().addHandler(handler)
    name = f"联系人{PERSON}{''.join(MOBILE)}"
    found: dict[str, str] = {}
    with client_of(settings, embedded_store) as client:
        for ending, data in (("docx", _word()), ("xlsx", _sheet())):
            given = {"file": (f"{name}.{ending}", data)}
            for dry in ("true", "false"):
                answer = client.post("/api/v1/documents", files=given, data={"dry_run": dry})
                assert answer.status_code in (200, 201), answer.text
                found[f"receipt {ending} {dry}"] = json.dumps(answer.json(), ensure_ascii=False)
        for bad in (b"\x00\x01", _zip_of(f"{name}.docx")):
            ending = "zip" if bad[:2] == b"PK" else "docx"
            answer = client.post("/api/v1/documents", files={"file": (f"坏 {name}.{ending}", bad)})
            assert answer.status_code == 422
            found[f"rejected {ending}"] = json.dumps(answer.json(), ensure_ascii=False)
        for one in embedded_store.documents():
            for path in (f"/documents/{one.document.id}", f"/api/v1/documents/{one.document.id}/tables/1",
                         f"/api/v1/documents/{one.document.id}/receipt"):  # fmt: skip
                found[path] = client.get(path).text
            for file in embedded_store.files(one.document.id):
                found[file.name] = file.name + file.content + repr(load_source(file))
        for path in ("/review", "/api/v1/review", "/api/v1/entities?size=1000", "/api/v1/export?format=json",
                     "/api/v1/export?format=graphml", "/api/v1/pairs", "/api/v1/tasks", "/"):  # fmt: skip
            found[path] = client.get(path).text
        archive = zipfile.ZipFile(io.BytesIO(client.get("/api/v1/export?format=xlsx").content))
        found["xlsx"] = "".join(archive.read(part).decode(errors="replace") for part in archive.namelist())
    found["review"] = json.dumps(library.review(), ensure_ascii=False)
    logging.getLogger().removeHandler(handler)
    found["logs"] = stream.getvalue()
    files = sorted((tmp_path / "store").rglob("*"))
    found["store"] = "".join(p.read_bytes().decode(errors="replace") for p in files if p.is_file())
    yield found


def _zip_of(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, b"no document")
    return buffer.getvalue()


def test_nothing_that_comes_out_shows_personal_data(shown: dict[str, str]) -> None:
    assert len(shown) > 20 and "市海洋渔业局" in shown["/api/v1/review"]
    leaks = [(where, secret) for where, text in shown.items() for secret in SECRETS if secret in text]
    assert leaks == []
    assert all("已隐去" in shown[where] for where in ("receipt docx true", "receipt xlsx false", "review"))
