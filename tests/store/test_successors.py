"""Documents that replace others, and the order in which documents stand, over both backends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.ids import document_id
from graph.store import Change, Store
from graph.vocabulary import Status
from tests.store.content import content
from tests.store.samples import (
    reading,
)
from tests.store.small_plans import (
    DOCUMENT,
    FIRST,
    SECOND,
    write,
)


def superseded_on(store: Store, document: str) -> str:
    days = {dict(row)["id"]: dict(row)["superseded_on"] for row in content(store)["superseded"]}
    return days[document]


@pytest.mark.parametrize("successor_first", [False, True])
def test_a_successor_supersedes_from_its_date(store: Store, successor_first: bool) -> None:
    successor = replace(SECOND, document=replace(SECOND.document, supersedes=(DOCUMENT,)))
    for item in (successor, FIRST) if successor_first else (FIRST, successor):
        write(store, item)
    assert superseded_on(store, DOCUMENT) == "2021"
    stored = store.document(DOCUMENT)
    assert stored is not None and stored.superseded_by == (SECOND.document.id,)
    write(store, SECOND)
    assert superseded_on(store, DOCUMENT) == ""
    write(store, successor)
    store.apply(Change(removals=[SECOND.document.id]))
    assert superseded_on(store, DOCUMENT) == ""


def test_an_undated_successor_supersedes_and_an_illustrative_one_does_not(store: Store) -> None:
    undated = reading("甲〔2021〕1号", date="", supersedes=(DOCUMENT,))
    sketch = reading("甲〔2021〕2号", date="2021", supersedes=(DOCUMENT,), status=Status.ILLUSTRATIVE)
    write(store, FIRST, sketch)
    assert superseded_on(store, DOCUMENT) == ""
    write(store, undated)
    assert "" < superseded_on(store, DOCUMENT) < "1900"


def test_replaced_documents_keep_their_order(store: Store) -> None:
    named = tuple(
        document_id(n, "") for n in ("乙〔2019〕9号", "甲〔2019〕1号", DOCUMENT.removeprefix("doc:"))
    )
    write(store, reading("丙〔2021〕1号", supersedes=named))
    assert store.documents()[0].document.supersedes == named


def test_documents_stand_by_date_then_by_id(store: Store) -> None:
    write(store, SECOND)
    write(store, reading("甲〔2019〕2号"), reading("甲〔2019〕1号"))
    assert [d.document.number for d in store.documents()] == [
        "甲〔2019〕1号",
        "甲〔2019〕2号",
        "甬政办发〔2021〕5号",
    ]
