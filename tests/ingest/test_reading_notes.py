"""What stands outside a table and says how it is read, and what a page cut off."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.settings import Settings
from ingest.library import Library
from ingest.stored import stored_claims
from tests.ingest.documents import docx

DUTIES = (("序号", "工作任务", "责任单位"), ("1", "建立机制", "市经信局、市发改委"))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    settings = Settings.model_validate({"COOPGRAPH_DATA_DIR": str(tmp_path), "NEO4J_URI": None})
    return Library(EmbeddedStore(tmp_path, timeout=5), settings)


def edges(library: Library, data: bytes, name: str = "a.docx") -> set[tuple[str, str, str]]:
    outcome = library.ingest([(name, data)])
    stored = library.store.document(outcome.document_id)
    assert stored is not None
    claims = stored_claims(library.store, stored.document).values()
    return {(c["source"]["name"], c["type"], c["target"]["name"]) for c in claims if c["evidence"]["table"]}


@pytest.mark.parametrize("after", [True, False])
def test_a_note_beside_the_table_says_that_the_first_leads(library: Library, *, after: bool) -> None:
    note = "注：责任单位中列第一位的为牵头单位，下同。"
    parts = ("任务分工表", DUTIES, note) if after else (note, "任务分工表", DUTIES)
    assert edges(library, docx(*parts)) == {
        ("市经信局", "LEADS", "建立机制"),
        ("市发改委", "SUPPORTS", "建立机制"),
    }


def test_a_sentence_about_a_leader_is_no_such_note(library: Library) -> None:
    data = docx("各项工作由第一副市长牵头。", "任务分工表", DUTIES)
    assert {kind for _, kind, _ in edges(library, data)} == {"RESPONSIBLE_FOR"}


def test_below_too_reaches_the_tables_after_it(library: Library) -> None:
    header = ("序号", "工作任务", "责任单位（第一位为牵头单位，下同）")
    data = docx("分工表一", (header, DUTIES[1]), "分工表二", (DUTIES[0], ("1", "推进", "市科技局、市财政局")))
    assert ("市科技局", "LEADS", "推进") in edges(library, data)


def test_the_supporter_stands_behind_the_passive(library: Library) -> None:
    data = docx("宁波市对口支援安排", "松阳县由海曙区对口支援。遂昌县由北仑区、镇海区对口支援。")
    assert {(a, b) for a, _, b in edges(library, data)} == {
        ("海曙区", "松阳县"),
        ("北仑区", "遂昌县"),
        ("镇海区", "遂昌县"),
    }


def test_cells_of_a_row_that_the_page_cut_off_are_counted(library: Library) -> None:
    lines = "任务分工表 序号 工作目标 牵头领导 牵头单位 配合单位 1 建立机制 王一 市经信局 市发改委 2 建设园区 李二"
    outcome = library.ingest([("a.txt", "\n".join(lines.split()).encode())])
    table = library.store.table(outcome.document_id, 1)
    assert table is not None
    assert [cell.text for cell in table.grid()[2]] == ["2", "建设园区", "李二", "", ""]
    assert outcome.receipt["tables"][0]["cells"]["unreadable"] == 4
    assert "row_truncated" in {problem["code"] for problem in outcome.receipt["problems"]}
