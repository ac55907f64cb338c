"""The library over both stores: joining, second copies, revisions, rereading, decisions, folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import FileRejected, NotFound, UsageError
from graph.settings import Settings
from graph.store import Store
from graph.vocabulary import State, Status
from ingest import folders
from ingest.documents.sources import Source
from ingest.library import Library
from ingest.outcomes import IngestOptions
from tests.ingest.documents import (
    NOTICE,
    NUMBER,
    PLAN,
    TASKS,
    attachment_two,
    docx,
    notice,
    pairing,
)

DOC = f"doc:{NUMBER}"


@pytest.fixture
def library(store: Store, tmp_path: Path) -> Library:
    return Library(store, Settings(data_dir=tmp_path / "data", neo4j_uri=None))


def codes(library: Library, document: str = DOC) -> list[str]:
    stored = library.store.document(document)
    assert stored is not None
    return [problem["code"] for problem in stored.receipt["problems"]]


def test_a_notice_announces_what_it_does_not_bring(library: Library) -> None:
    done = library.ingest([("通知.docx", notice())])
    assert (done.outcome, done.document_id) == ("written", DOC)
    assert done.receipt["document"]["programme"] == "沪甬产业合作"
    assert [t["title"] for t in done.receipt["tables"]] == ["任务分工表"]
    (gap,) = [p for p in done.receipt["problems"] if p["code"] == "attachment_missing"]
    assert "附件2" in gap["message"]
    assert library.store.document(DOC) is not None
    again = library.ingest([("别名.docx", notice())])
    assert (again.outcome, again.receipt) == ("present", done.receipt)


def test_ingesting_again_changes_no_version(library: Library) -> None:
    library.ingest([("通知.docx", notice())])
    version = library.store.version()
    library.ingest([("通知.docx", notice())])
    library.reread()
    assert library.store.version() == version


def test_dry_run_gives_the_same_receipt_and_writes_nothing(library: Library) -> None:
    version = library.store.version()
    tried = library.ingest([("通知.docx", notice())], dry_run=True)
    assert (tried.outcome, library.store.version()) == ("dry_run", version)
    written = library.ingest([("通知.docx", notice())])
    assert {**tried.receipt, "written": True} == written.receipt


@pytest.mark.parametrize("number", ["", NUMBER])
def test_a_later_attachment_joins_and_settles_its_gap(library: Library, number: str) -> None:
    library.ingest([("通知.docx", notice())])
    options = IngestOptions(part_of=None if number else NUMBER)
    done = library.ingest([("附件.docx", attachment_two(number=number))], options)
    assert done.document_id == DOC
    assert [t["table"] for t in done.receipt["tables"]] == [1, 2]
    assert [f["name"] for f in done.receipt["document"]["files"]] == ["通知.docx", "附件.docx"]
    assert "attachment_missing" not in codes(library)
    assert library.ingest([("附件.docx", attachment_two(number=number))], options).outcome == "present"


def test_a_nameless_sheet_given_as_part_is_the_missing_attachment(library: Library) -> None:
    library.ingest([("通知.docx", notice())])
    done = library.ingest([("计划.docx", docx(PLAN))], IngestOptions(part_of=DOC))
    assert "attachment_missing" not in codes(library)
    assert done.receipt["tables"][1]["title"] == NOTICE[-1].removeprefix("2.")


def test_a_table_right_after_the_list_is_the_attachment_and_one_before_it_is_not(library: Library) -> None:
    head = ("宁波市关于对口合作的通知", "各单位：")
    after = library.ingest([("一.docx", docx(*head, "附件：对口联系计划表", PLAN))])
    assert "attachment_missing" not in codes(library, after.document_id)
    before = library.ingest([("二.docx", docx(*head, PLAN, "请办理。", "附件：对口联系计划表"))])
    assert "attachment_missing" in codes(library, before.document_id)


def test_attachments_of_one_upload_are_one_document(library: Library) -> None:
    done = library.ingest([("通知.docx", notice()), ("附件2.docx", attachment_two())])
    assert (done.document_id, len(done.receipt["tables"])) == (DOC, 2)


def test_an_equal_second_copy_adds_a_file_and_no_claim(library: Library) -> None:
    first = library.ingest([("通知.docx", notice())])
    copy = docx(NUMBER, "附件1", "任务分工表", TASKS)
    second = library.ingest([("附件1.docx", copy)])
    assert (second.receipt["claims"], len(second.receipt["tables"])) == (first.receipt["claims"], 1)
    assert len(second.receipt["document"]["files"]) == 2
    assert "contradiction" not in codes(library)


def test_a_second_copy_that_differs_keeps_both_readings(library: Library) -> None:
    first = library.ingest([("通知.docx", notice())])
    other = [TASKS[0], (*TASKS[1][:3], "市科技局", TASKS[1][4]), TASKS[2]]
    second = library.ingest([("附件1.docx", docx(NUMBER, "附件1", "任务分工表", other))])
    assert second.receipt["claims"] == first.receipt["claims"] + 1
    (found,) = [p for p in second.receipt["problems"] if p["code"] == "contradiction"]
    assert (found["table"], found["row"], found["column"]) == (1, 2, 4)


def test_replacing_inherits_the_programme_and_supersedes(library: Library) -> None:
    library.ingest([("通知.docx", notice())])
    done = library.ingest(
        [("新.docx", pairing("宁波市对口联系名单", ("1", "海曙区", "黄浦区"), number="甬政办发〔2021〕3号"))],
        IngestOptions(replaces=NUMBER),
    )
    assert done.receipt["document"]["programme"] == "沪甬产业合作"
    old = library.store.document(DOC)
    assert old is not None and old.superseded_by == (done.document_id,)
    assert library.reread(done.document_id)[0].added == []


def test_a_stated_repeal_supersedes(library: Library) -> None:
    library.ingest([("通知.docx", notice())])
    text = docx(
        "宁波市关于印发新方案的通知",
        "甬政办发〔2022〕1号",
        f"《旧》（{NUMBER}）同时废止。",
        "附件：1.表",
        PLAN,
    )
    done = library.ingest([("新.docx", text)])
    old = library.store.document(DOC)
    assert old is not None and old.superseded_by == (done.document_id,)


def test_rejections_leave_nothing(library: Library) -> None:
    version = library.store.version()
    for name, data in [
        ("说明.txt", "这里没有表格。".encode()),
        ("空.docx", b""),
        ("坏.docx", b"not a zip"),
        ("程序.exe", b"MZ"),
    ]:
        with pytest.raises(FileRejected) as caught:
            library.ingest([(name, data)])
        assert caught.value.message.endswith("。") and "\n" not in caught.value.message
    assert library.store.version() == version and not library.store.documents()


def test_unknown_documents_are_named(library: Library) -> None:
    for options in (IngestOptions(part_of="甬政发〔1999〕1号"), IngestOptions(replaces="doc:没有")):
        with pytest.raises(NotFound):
            library.ingest([("通知.docx", notice())], options)
    with pytest.raises(NotFound):
        library.remove("doc:没有")
    with pytest.raises(UsageError):
        library.ingest([("通知.docx", notice())], IngestOptions(profile="没有这种"))
    assert not library.store.documents()


def test_illustrative_stays_illustrative(library: Library) -> None:
    done = library.ingest([("示例.docx", pairing("对口名单（示例）", ("1", "海曙区", "黄浦区")))])
    stored = library.store.document(done.document_id)
    assert stored is not None and stored.document.status is Status.ILLUSTRATIVE


def test_folders_read_what_they_can(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "来文"
    (folder / "子").mkdir(parents=True)
    (folder / "a通知.docx").write_bytes(notice())
    (folder / "b坏.docx").write_bytes(b"broken")
    (folder / "子" / "附件2.docx").write_bytes(attachment_two(number=NUMBER))
    (folder / "~$a通知.docx").write_bytes(b"lock")
    (folder / "无关.exe").write_bytes(b"MZ")
    seen: list[str] = []
    outcomes = library.ingest_paths([folder], progress=lambda done, total, name: seen.append(name))
    assert [(Path(one.path).name, one.outcome) for one in outcomes] == [
        ("a通知.docx", "written"),
        ("b坏.docx", "rejected"),
        ("附件2.docx", "written"),
    ]
    assert seen == ["a通知.docx", "b坏.docx", "附件2.docx"]
    assert "attachment_missing" not in codes(library)
    assert [one.outcome for one in library.ingest_paths([folder])] == ["present", "rejected", "present"]
    with pytest.raises(UsageError):
        library.ingest_paths([folder / "没有"])


def test_a_named_file_of_another_kind_is_rejected_not_skipped(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "程序.exe"
    path.write_bytes(b"MZ")
    (outcome,) = library.ingest_paths([path])
    assert outcome.outcome == "rejected" and not outcome.receipt["written"]
    assert [one["code"] for one in outcome.receipt["problems"]] == ["file_unreadable"]


def test_a_file_that_breaks_its_reader_stops_no_other(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = folders.read_source

    def breaking(name: str, data: bytes, profile: str = "") -> list[Source]:
        if data == b"odd":
            raise ZeroDivisionError
        return reading(name, data, profile)

    monkeypatch.setattr(folders, "read_source", breaking)
    (tmp_path / "a怪.docx").write_bytes(b"odd")
    (tmp_path / "b通知.docx").write_bytes(notice())
    odd, good = library.ingest_paths([tmp_path])
    assert (odd.outcome, good.outcome) == ("rejected", "written") and "a怪.docx" in odd.message


def test_preview_shows_what_a_joining_file_would_change(library: Library) -> None:
    library.ingest([("通知.docx", notice())])
    version = library.store.version()
    preview = library.preview([("附件2.docx", attachment_two(number=NUMBER))])
    assert {claim["type"] for claim in preview.added} == {"PAIRED_WITH"} and not preview.removed
    assert not preview.receipt["written"] and library.store.version() == version


def test_removing(library: Library) -> None:
    library.ingest([("通知.docx", notice())])
    library.remove(NUMBER)
    assert not library.store.documents()


GAZETTEER = """\
name,type,kind,region,also,source,date
宁波市对口支援和合作局,Unit,bureau,宁波市,short:市支援合作局,测试,2020
"""


def test_rereading_with_a_new_gazetteer_row_redirects_the_old_id(library: Library, tmp_path: Path) -> None:
    library.ingest([("通知.docx", notice())])
    old, new = "unit:市支援合作局@宁波市", "unit:宁波市对口支援和合作局"
    assert library.store.resolve(old) == old and "unresolved_name" in codes(library)
    folder = tmp_path / "data" / "gazetteers"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "own.csv").write_text(GAZETTEER, encoding="utf-8")
    (tried,) = library.reread(DOC, dry_run=True)
    assert [c["source"]["id"] for c in tried.removed] == [old]
    assert [c["source"]["id"] for c in tried.added] == [new]
    assert library.store.resolve(old) == old
    (done,) = library.reread(DOC)
    assert done.written and library.store.resolve(old) == new
    assert "unresolved_name" not in codes(library)


def test_a_type_learned_later_renames_what_is_stored(library: Library) -> None:
    plain = pairing("宁波市对口合作名单", ("1", "海曙区", "蓝天某某中心"), date="2020年1月1日")
    first = library.ingest([("一.docx", plain)])
    typed = docx(
        "宁波市对口园区名单", [["序号", "宁波市区县(市)", "对口园区"], ["1", "江北区", "蓝天某某中心"]]
    )
    library.ingest([("二.docx", typed)])
    (reread,) = library.reread(first.document_id)
    assert not reread.added and not reread.removed
    assert library.store.resolve("organisation:蓝天某某中心@宁波市") == "park:蓝天某某中心@宁波市"


def test_states_of_absent_attachments_name_the_kinds_of_the_sentence(library: Library) -> None:
    reading = library.preview([("通知.docx", notice())]).reading
    assert {(c.unit.partition("@")[0], c.kind.value) for c in reading.coverage} == {
        (unit, kind)
        for unit in ("collective:各区县(市)政府", "collective:开发园区管委会")
        for kind in ("Park", "Institute", "Enterprise")
    }
    assert {(c.state, c.reason) for c in reading.coverage} == {(State.UNREADABLE, "attachment_missing")}
