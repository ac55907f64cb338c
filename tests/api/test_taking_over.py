"""What one store holds is taken over by another: from SQLite to Neo4j, or from one folder to another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.store import Store
from ingest.library import Library
from ingest.outcomes import IngestOptions
from tests.api.conftest import Run, settings_in
from tests.ingest.documents import docx
from tests.store.content import content

MISREAD = docx("宁波市对口联系计划表", (("区县(市)", "上海园区"), ("江北区", "上海漕河泾新兴技术开发区域")))
"""Its partner is one character from a known one: a name to review."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("other")


@pytest.fixture(scope="module")
def other(folder: Path) -> Iterator[EmbeddedStore]:
    """Two documents of which one replaces the other, a third, and a decision on a name."""
    store = EmbeddedStore(folder, timeout=20)
    library = Library(store, settings_in(folder))
    library.ingest(
        [("清单.docx", docx("宁波市任务分工表", (("任务", "牵头单位"), ("建设园区", "市经信局"))))]
    )
    written = library.ingest([("表.docx", MISREAD)])
    later = docx("宁波市对口联系计划表（新）", (("区县(市)", "上海园区"), ("江北区", "临港新片区")))
    options = IngestOptions(replaces=written.document_id, programme="沪甬合作")
    library.ingest([("新表.docx", later)], options)
    (asked,) = [item for item in library.review() if item["choices"]]
    library.accept(asked["id"], asked["choices"][0]["id"], "王审核")
    yield store
    store.close()


def test_another_store_holds_the_same_afterwards(store: Store, other: EmbeddedStore, tmp_path: Path) -> None:
    library = Library(store, settings_in(tmp_path))
    outcomes = library.take_over(other)
    assert {one.outcome for one in outcomes} == {"written"}
    assert [one.document.id for one in store.documents()] == [one.document.id for one in other.documents()]
    assert store.decisions() == other.decisions()
    assert content(store) == content(other)
    version = store.version()
    assert {one.outcome for one in library.take_over(other)} == {"present"}
    assert store.version() == version


def test_what_is_here_already_stays(
    embedded_store: EmbeddedStore, other: EmbeddedStore, tmp_path: Path
) -> None:
    library = Library(embedded_store, settings_in(tmp_path))
    library.ingest([("表.docx", MISREAD)])
    (asked,) = library.review()
    library.reject(asked["id"], "李审核")
    outcomes = {one.document_id: one.outcome for one in library.take_over(other)}
    assert list(outcomes.values()).count("present") == 1
    assert embedded_store.decisions()[asked["id"]].user == "李审核"


def test_the_command_says_what_became_of_each(
    run: Run, folder: Path, other: EmbeddedStore, tmp_path: Path
) -> None:
    done = run("documents", "take-over", folder)
    assert done.code == 0
    assert done.text.count("已读入") == len(other.documents())
    assert run("documents", "take-over", folder).text.count("未改动") == len(other.documents())
    for wrong in (tmp_path, tmp_path / "data", tmp_path / "nowhere"):
        refused = run("documents", "take-over", wrong)
        assert refused.code == 2 and refused.err.count("\n") == 1, refused.err
