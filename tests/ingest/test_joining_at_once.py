"""Two programs that change one document at the same moment: nothing that either brings is lost."""

from __future__ import annotations

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from graph.errors import Overtaken
from graph.settings import Settings
from graph.store import Change, Premise, Store
from ingest import drafting
from ingest.library import Library
from ingest.outcomes import IngestOptions
from tests.ingest.documents import NUMBER, TASKS, attachment_two, docx, notice

DOC = f"doc:{NUMBER}"


@pytest.fixture
def libraries(store: Store, tmp_path: Path) -> tuple[Library, Library]:
    """Two libraries with locks of their own before one store, as two processes have."""
    settings = Settings(data_dir=tmp_path / "data", neo4j_uri=None)
    return Library(store, settings), Library(store, settings)


@contextmanager
def _meeting(monkeypatch: pytest.MonkeyPatch, parties: int = 2) -> Generator[None]:
    """The first reading of each program is over before any of them writes."""
    barrier = Barrier(parties)
    real = drafting.owner_of
    met: list[None] = []

    def owner(*given: Any) -> Any:
        found = real(*given)
        if len(met) < parties:
            met.append(None)
            barrier.wait(timeout=60)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(drafting, "owner_of", owner)
        yield


def _names(store: Store) -> list[str]:
    return sorted(file.name for file in store.files(DOC))


@pytest.mark.parametrize("known", [False, True], ids=["first files", "later files"])
def test_files_that_join_at_once_are_all_kept(
    libraries: tuple[Library, Library], monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    one, other = libraries
    extra = docx(NUMBER, "宁波市关于补充分工的通知", "附件3", "补充分工表", [TASKS[0], TASKS[2]])
    files = [("附件2.docx", attachment_two(number=NUMBER)), ("附件3.docx", extra)]
    expected = [name for name, _ in files]
    if known:
        one.ingest([("通知.docx", notice())])
        expected.append("通知.docx")
    with _meeting(monkeypatch), ThreadPoolExecutor(2) as pool:
        done = [
            pool.submit(library.ingest, [file]) for library, file in zip((one, other), files, strict=True)
        ]
        assert {outcome.result(timeout=60).document_id for outcome in done} == {DOC}
    assert _names(one.store) == sorted(expected)
    stored = one.store.document(DOC)
    assert stored is not None and len(stored.receipt["tables"]) == len(expected)
    assert not other.reread(DOC)[0].written


def test_a_decision_made_while_a_document_is_read_counts_in_it(
    libraries: tuple[Library, Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = libraries
    rows = [TASKS[0], ("1", "建立机制", "王一", "市经济信息局", "市科技局")]
    one.ingest([("分工.docx", docx("宁波市关于分工的通知", "附件1", "任务分工表", rows))])
    item = next(one for one in one.review() if one["printed"] == "市经济信息局")
    real = drafting.owner_of
    decided: list[None] = []

    def owner(*given: Any) -> Any:
        found = real(*given)
        if not decided:
            decided.append(None)
            other.accept(item["id"], item["choices"][0]["id"], "张三")
        return found

    monkeypatch.setattr(drafting, "owner_of", owner)
    later = docx("宁波市关于再分工的通知", "附件1", "再分工表", rows)
    done = one.ingest([("再分工.docx", later)], IngestOptions())
    assert "name_in_review" not in {problem["code"] for problem in done.receipt["problems"]}
    assert one.store.resolve(item["entity"]["id"]) == item["choices"][0]["id"]


def test_a_premise_that_holds_no_more_writes_nothing(libraries: tuple[Library, Library]) -> None:
    store = libraries[0].store
    libraries[0].ingest([("通知.docx", notice())])
    version = store.version()
    for premise in (Premise({DOC: ""}, {}), Premise({DOC: "other"}, {}), Premise({"doc:none": "x"}, {})):
        with pytest.raises(Overtaken):
            store.apply(Change(removals=[DOC], premise=premise))
    assert store.version() == version and store.document(DOC) is not None
