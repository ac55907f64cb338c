"""Decisions on names and differences between documents, over both stores."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import InvalidParameter, NotFound
from graph.settings import Settings
from graph.statements.revisions import StatedClaim
from graph.store import Store
from ingest.library import Library
from ingest.outcomes import IngestOptions, ReviewItem
from tests.ingest.documents import TASKS, docx, notice, pairing

PRINTED = "市经济信息局"
OWN = "unit:市经济信息局@宁波市"
KNOWN = "unit:宁波市经济和信息化局"


@pytest.fixture
def library(store: Store, tmp_path: Path) -> Library:
    return Library(store, Settings(data_dir=tmp_path / "data", neo4j_uri=None))


def _tasks(lead: str) -> bytes:
    return docx(
        "宁波市关于分工的通知", "附件1", "任务分工表", [TASKS[0], ("1", "建立机制", "王一", lead, "市科技局")]
    )


def _open(library: Library) -> ReviewItem:
    (item,) = [one for one in library.review() if one["printed"] == PRINTED]
    return item


def _leads(library: Library) -> set[str]:
    found: set[str] = set()
    for one in library.store.documents():
        preview = library.reread(one.document.id, dry_run=True)[0]
        assert not preview.added and not preview.removed
        tables = one.receipt["tables"]
        assert len(tables) == 1
    for one in (OWN, KNOWN):
        if library.store.resolve(one) == one:
            found.add(one)
    return found


def _ends(claims: list[StatedClaim]) -> list[tuple[str, str]]:
    return [(claim["source"]["name"], claim["target"]["name"]) for claim in claims]


def test_accepting_rereads_every_document_that_prints_the_name(library: Library) -> None:
    for suffix in ("", "，"):
        library.ingest([("分工.docx", _tasks(PRINTED + suffix))])
    item = _open(library)
    assert item["entity"]["id"] == OWN and item["decision"] is None
    assert len(item["cells"]) == 2 and item["choices"][0]["id"] == KNOWN
    version = library.store.version()
    reread = library.accept(item["id"], item["choices"][0]["name"], "张三")
    assert library.store.version() != version
    assert [(len(one.added), len(one.removed)) for one in reread] == [(1, 1), (1, 1)]
    assert library.store.resolve(OWN) == KNOWN and _leads(library) == {KNOWN}
    decided = _open(library)
    assert decided["decision"] is not None
    assert (decided["decision"]["user"], decided["decision"]["entity"]) == ("张三", KNOWN)
    assert decided["decision"]["when"].count(":") >= 2
    assert PRINTED in decided["cells"][0]["text"]


def test_undoing_restores_what_was(library: Library) -> None:
    library.ingest([("分工.docx", _tasks(PRINTED))])
    item = _open(library)
    library.accept(item["id"], KNOWN, "张三")
    (reread,) = library.undo(item["id"], "李四")
    assert [claim["source"]["id"] for claim in reread.added] == [OWN]
    assert library.store.resolve(OWN) == OWN and _leads(library) == {OWN}
    assert _open(library) == item
    with pytest.raises(NotFound):
        library.undo(item["id"], "李四")
    library.remove(library.store.documents()[0].document.id)
    assert library.store.aliases() == {}
    library.ingest([("又一件.docx", _tasks(f"{PRINTED}，"))])
    assert library.store.resolve(OWN) == OWN and _open(library)["choices"] == item["choices"]


def test_undoing_a_rejection_asks_again_where_the_header_gave_the_type(library: Library) -> None:
    rows = [["序号", "区县", "对口园区"], ["1", "海曙区", "上海金乔经济技术开发区"]]
    library.ingest([("对口.docx", docx("宁波市对口联系名单", rows))])
    (item,) = library.review()
    assert item["entity"]["id"].startswith("park:")
    library.reject(item["id"], "张三")
    (rejected,) = library.review()
    assert rejected["entity"] == item["entity"] and rejected["decision"]
    library.undo(item["id"], "张三")
    assert library.review() == [item]


def test_rejecting_closes_the_question_and_keeps_the_name(library: Library) -> None:
    library.ingest([("分工.docx", _tasks(PRINTED))])
    item = _open(library)
    library.reject(item["id"], "张三")
    decided = _open(library)
    assert decided["decision"] is not None and decided["decision"]["entity"] is None
    assert _leads(library) == {OWN}
    library.undo(item["id"], "张三")
    assert _open(library) == item


def test_a_decision_holds_for_later_documents(library: Library) -> None:
    library.ingest([("分工.docx", _tasks(PRINTED))])
    library.accept(_open(library)["id"], KNOWN, "张三")
    library.ingest([("又一件.docx", _tasks(f"{PRINTED}、市发改委"))])
    assert _leads(library) == {KNOWN}


def test_what_cannot_be_decided(library: Library) -> None:
    library.ingest([("分工.docx", _tasks(PRINTED))])
    with pytest.raises(NotFound):
        library.accept("没有", KNOWN, "张三")
    with pytest.raises(InvalidParameter):
        library.accept(_open(library)["id"], "unit:不存在", "张三")


def test_differences_between_two_plans(library: Library) -> None:
    old = library.ingest(
        [
            (
                "旧.docx",
                pairing(
                    "宁波市对口联系名单",
                    ("1", "海曙区", "上海漕河泾新兴技术开发区"),
                    ("2", "江北区", "黄浦区"),
                    ("3", "镇海区", "东华大学"),
                    ("4", "北仑区", "静安区"),
                ),
            )
        ]
    )
    new = library.ingest(
        [
            (
                "新.docx",
                pairing(
                    "宁波市对口联系名单（2021年）",
                    ("1", "海曙区", "漕河泾开发区"),
                    ("2", "江北区", "徐汇区"),
                    ("3", "鄞州区", "同济大学"),
                    ("4", "北仑区", "静安区"),
                ),
            )
        ],
        IngestOptions(replaces=old.document_id),
    )
    diff = library.diff(old.document_id, new.document_id)
    assert _ends(diff["added"]) == [("鄞州区", "同济大学")]
    assert _ends(diff["removed"]) == [("镇海区", "东华大学")]
    (moved,) = diff["moved"]
    assert moved["entity"]["name"] == "江北区"
    assert _ends([moved["before"], moved["after"]]) == [("江北区", "黄浦区"), ("江北区", "徐汇区")]
    assert moved["before"]["evidence"]["row"] == 3 and moved["after"]["evidence"]["text"] == "徐汇区"
    (renamed,) = diff["renamed"]
    assert (renamed["before_name"], renamed["after_name"]) == ("上海漕河泾新兴技术开发区", "漕河泾开发区")
    assert (renamed["before"]["row"], renamed["before"]["column"]) == (2, 3)


def test_tasks_that_change_their_leader(library: Library) -> None:
    library.ingest([("通知.docx", notice())])
    changed = [TASKS[0], ("1", "建立交流机制", "赵三", *TASKS[1][3:]), TASKS[2]]
    new = library.ingest([("新.docx", docx("宁波市关于新分工的通知", "任务分工表", changed))])
    diff = library.diff("甬政办发〔2020〕9号", new.document_id)
    (moved,) = diff["moved"]
    assert (moved["type"], moved["entity"]["name"]) == ("OVERSEES", "建立交流机制")
    assert (moved["before"]["source"]["name"], moved["after"]["source"]["name"]) == ("王一", "赵三")
    assert not diff["added"] and not diff["removed"] and not diff["renamed"]
