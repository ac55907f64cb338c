"""A full name printed anywhere tells what its short form stands for, in whichever order they come."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.settings import Settings
from graph.store import Store
from ingest.library import Library
from tests.ingest.documents import TASKS, docx

FULL, SHORT = "unit:宁波市农业农村局", "unit:市农业农村局@宁波市"


@pytest.fixture
def library(store: Store, tmp_path: Path) -> Library:
    return Library(store, Settings(data_dir=tmp_path / "data", neo4j_uri=None))


def _tasks(lead: str, support: str = "市科技局") -> tuple[str, bytes]:
    rows = [TASKS[0], ("1", f"建立{lead}机制", "王一", lead, support)]
    return "分工.docx", docx("宁波市关于分工的通知", "附件1", "任务分工表", rows)


@pytest.mark.parametrize(
    "order", [("宁波市农业农村局", "市农业农村局"), ("市农业农村局", "宁波市农业农村局")]
)
def test_the_second_document_joins_the_first(library: Library, order: tuple[str, str]) -> None:
    for lead in order:
        library.ingest([_tasks(lead)])
    assert library.store.resolve(SHORT) in {FULL, None}
    assert library.store.resolve(FULL) == FULL


def test_both_forms_in_one_document_are_one_body(library: Library) -> None:
    library.ingest([_tasks("市农业农村局", "宁波市农业农村局")])
    assert library.store.resolve(FULL) == FULL
    assert library.store.resolve(SHORT) in {FULL, None}


def test_a_short_form_alone_stays_as_printed(library: Library) -> None:
    library.ingest([_tasks("市农业农村局")])
    assert library.store.resolve(SHORT) == SHORT and library.store.resolve(FULL) is None
