"""Files of other sorts: scans, archives, a planner's own profile, folders read in several processes."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.errors import FileRejected, UsageError
from graph.settings import Settings
from ingest import folders, library
from ingest.blocks import ReadFile
from ingest.documents.sources import Source
from ingest.library import Library
from ingest.outcomes import IngestOptions
from tests.ingest.a_worker import read_or_be_killed
from tests.ingest.documents import NUMBER, attachment_two, docx, notice, pairing

DOC = f"doc:{NUMBER}"
PROFILE = """
name = "friends"
title = "友好单位表"
reading = "pairs"
term = "友好"

[[columns]]
role = "home"
words = ["我们"]

[[columns]]
role = "counterpart"
words = ["他们"]
kind = "Park"
"""
OWN_TABLE = docx("宁波市友好名单", [["我们", "他们"], ["海曙区", "某某基地"]])


@pytest.fixture
def shelf(embedded_store: EmbeddedStore, tmp_path: Path) -> Library:
    return Library(embedded_store, Settings(data_dir=tmp_path / "data", neo4j_uri=None))


@pytest.fixture
def scans(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files called 扫描 are pictures, as a PDF reader reports them."""
    real = library.read_source

    def read(name: str, data: bytes, profile: str = "") -> list[Source]:
        if "扫描" not in name:
            return real(name, data, profile)
        return [Source(ReadFile(name, hashlib.sha256(data).hexdigest(), "pdf", (), scanned=True), profile)]

    monkeypatch.setattr(library, "read_source", read)


def _problems(shelf: Library) -> list[tuple[str, str]]:
    stored = shelf.store.document(DOC)
    assert stored is not None
    return [(one["code"], one["text"]) for one in stored.receipt["problems"]]


@pytest.mark.usefixtures("scans")
def test_a_scanned_attachment_is_an_unreadable_part(shelf: Library) -> None:
    shelf.ingest([("通知.docx", notice())])
    done = shelf.ingest([("附件2扫描.pdf", b"x")], IngestOptions(part_of=DOC))
    assert [file["name"] for file in done.receipt["document"]["files"]] == ["通知.docx", "附件2扫描.pdf"]
    codes = [code for code, _ in _problems(shelf)]
    assert codes.count("file_unreadable") == 1 and "attachment_missing" not in codes
    (reread,) = shelf.reread(DOC)
    assert not reread.written
    reading = shelf.preview([("附件2.docx", attachment_two(number=NUMBER))]).reading
    assert [p.code for p in reading.problems if p.code == "file_unreadable"] == ["file_unreadable"]
    assert {cell.reason for cell in reading.coverage if cell.state == "unreadable"} == set()


@pytest.mark.usefixtures("scans")
def test_coverage_of_a_scanned_attachment_says_scan(shelf: Library) -> None:
    reading = shelf.preview([("通知.docx", notice()), ("扫描件.pdf", b"x")]).reading
    assert {(cell.state, cell.reason) for cell in reading.coverage} == {("unreadable", "scan")}


@pytest.mark.usefixtures("scans")
def test_a_scan_of_nothing_known_is_rejected(shelf: Library) -> None:
    with pytest.raises(FileRejected, match="扫描件"):
        shelf.ingest([("扫描.pdf", b"x")])
    assert not shelf.store.documents()


def test_an_archive_is_one_document(shelf: Library) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("通知.docx", notice())
        archive.writestr("附件2.docx", attachment_two())
    done = shelf.ingest([("来文.zip", buffer.getvalue())])
    assert (done.document_id, len(done.receipt["tables"])) == (DOC, 2)
    assert shelf.ingest([("来文.zip", buffer.getvalue())]).outcome == "present"


def test_a_profile_of_ones_own_is_kept_with_the_file(shelf: Library, tmp_path: Path) -> None:
    first = shelf.ingest([("名单.docx", OWN_TABLE)])
    assert first.receipt["tables"][0]["profile"] is None and first.receipt["claims"] == 0
    path = tmp_path / "friends.toml"
    path.write_text(PROFILE, encoding="utf-8")
    (tried,) = shelf.reread(first.document_id, profile=str(path), dry_run=True)
    assert [claim["target"]["type"] for claim in tried.added] == ["Park"]
    done = shelf.ingest([("名单.docx", OWN_TABLE)], IngestOptions(profile=str(path)))
    assert (done.outcome, done.receipt["tables"][0]["profile"]) == ("written", "friends")
    path.unlink()
    (again,) = shelf.reread()
    assert not again.added and not again.removed
    path.write_text(PROFILE.replace("pairs", "nothing"), encoding="utf-8")
    with pytest.raises(UsageError, match="第4行"):
        shelf.reread(first.document_id, profile=str(path))
    path.write_bytes(PROFILE.encode("gb18030"))
    with pytest.raises(UsageError, match="UTF-8"):
        shelf.reread(first.document_id, profile=str(path))


def test_a_folder_in_several_processes_gives_the_same(
    shelf: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "来文"
    folder.mkdir()
    districts = ("海曙区", "江北区", "镇海区", "北仑区")
    for number, name in enumerate(districts):
        data = pairing(f"宁波市对口名单{number}", ("1", name, "上海大学"))
        (folder / f"{number}.docx").write_bytes(data)
    (folder / "坏.docx").write_bytes(b"broken")
    monkeypatch.setattr(folders, "_PAYS_FROM", 0.0)
    monkeypatch.setattr(folders.os, "cpu_count", lambda: 2)
    started: list[int] = []
    pool = folders.ProcessPoolExecutor

    def start(workers: int, **options: object) -> folders.ProcessPoolExecutor:
        started.append(workers)
        return pool(workers, **options)  # type: ignore[arg-type]  the options of the real one

    monkeypatch.setattr(folders, "ProcessPoolExecutor", start)
    outcomes = shelf.ingest_paths([folder])
    assert started == [2]
    assert [one.outcome for one in outcomes] == ["written"] * 4 + ["rejected"]
    assert [_counted(one.receipt) for one in outcomes[:4]] == [(2, 1)] * 4
    assert len(shelf.store.documents()) == 4


def test_a_killed_process_costs_its_file_and_no_other(
    shelf: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "来文"
    folder.mkdir()
    for name in ("过大", "过期"):
        (folder / f"{name}.docx").write_bytes(pairing(f"宁波市对口名单{name}", ("1", "海曙区", "上海大学")))
    monkeypatch.setattr(folders, "_PAYS_FROM", 0.0)
    monkeypatch.setattr(folders.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(folders, "read_path", read_or_be_killed)
    outcomes = shelf.ingest_paths([folder])
    assert [one.outcome for one in outcomes] == ["rejected", "written"]
    receipt, message = outcomes[0].receipt, outcomes[0].message
    assert "内存不足" in message and "过大.docx" in message
    assert not receipt["written"] and receipt["problems"][0]["message"] == message
    assert len(shelf.store.documents()) == 1


def _counted(receipt: object) -> Sequence[object]:
    assert isinstance(receipt, dict)
    return receipt["entities"], receipt["claims"]
