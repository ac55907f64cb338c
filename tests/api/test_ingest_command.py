"""`ingest`: receipts for people and programs, options, and files that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.conftest import Run


def test_ingest_prints_a_receipt_for_people(run: Run, plan: Path) -> None:
    ran = run("ingest", plan)
    assert ran.code == 0
    for words in ("甬政办发〔2020〕9号", "已写入", "条关系", "名称未对上全称", "表1 第3行 第5列"):
        assert words in ran.text


def test_ingest_prints_a_list_of_receipts_for_programs(run: Run, plan: Path) -> None:
    (receipt,) = run("ingest", plan, "--json").json
    assert receipt["written"] is True
    assert receipt["document"]["number"] == "甬政办发〔2020〕9号"
    assert [table["table"] for table in receipt["tables"]] == [1, 2]


def test_ingesting_again_changes_nothing_and_is_done(run: Run, plan: Path) -> None:
    run("ingest", plan)
    before = run("query", "stats", "--format", "json").json
    ran = run("ingest", plan)
    assert ran.code == 0
    assert "已有" in ran.text
    assert run("query", "stats", "--format", "json").json == before


def test_a_dry_run_writes_nothing(run: Run, plan: Path) -> None:
    (receipt,) = run("ingest", plan, "--dry-run", "--json").json
    assert receipt["written"] is False
    assert receipt["claims"] > 0
    assert run("query", "stats", "--format", "json").json["documents"] == 0


def test_options_reach_the_document(run: Run, plan: Path) -> None:
    (receipt,) = run("ingest", plan, "--programme", "沪甬试点", "--status", "illustrative", "--json").json
    assert receipt["document"]["programme"] == "沪甬试点"
    assert run("query", "documents", "--format", "json").json["total"] == 0
    assert run("query", "documents", "--status", "illustrative", "--format", "json").json["total"] == 1


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("空.docx", b"", 3),
        ("假.docx", b"\x00\x01not a zip" * 50, 3),
        ("平.txt", "这里没有表格。\n".encode(), 3),
        ("a.exe", b"MZ", 3),
    ],
)
def test_a_rejected_file_is_told_in_one_sentence(
    run: Run, tmp_path: Path, name: str, content: bytes, code: int
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    ran = run("ingest", path)
    assert ran.code == code
    assert ran.out == b""
    assert len(ran.err.strip().splitlines()) == 1
    assert ran.err.count(name) == 1 and "Traceback" not in ran.err
    assert run("query", "stats", "--format", "json").json["documents"] == 0


def test_a_path_that_does_not_exist_is_wrong_usage(run: Run, tmp_path: Path, plan: Path) -> None:
    ran = run("ingest", plan, tmp_path / "没有.docx")
    assert ran.code == 2
    assert "没有.docx" in ran.err
    assert run("query", "stats", "--format", "json").json["documents"] == 0


def test_a_bad_file_in_a_folder_does_not_stop_the_others(run: Run, tmp_path: Path, plan: Path) -> None:
    (tmp_path / "坏.docx").write_bytes(b"broken")
    ran = run("ingest", tmp_path, "--json")
    assert ran.code == 3
    assert [receipt["written"] for receipt in ran.json] == [False, True]
    bad = ran.json[0]
    assert bad["document"]["files"][0]["name"] == "坏.docx" and bad["problems"][0]["severity"] == "error"
    assert "坏.docx" in ran.err
    again = run("ingest", tmp_path)
    told = again.out.decode().splitlines()[-1]
    assert told == "共 2 个文件：已有，未重复写入 1 个，未能读取 1 个。"
