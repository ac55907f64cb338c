"""Two small plans of one city, the second after the first, and the shorthand of tests that write them."""

from __future__ import annotations

from graph.model import Reading
from graph.store import Change, Store
from tests.store.content import content
from tests.store.samples import (
    park,
    reading,
    unit,
)

JIANGBEI, HAISHU, OLD = unit("宁波市江北区"), unit("宁波市海曙区"), unit("江北")
ZHANGJIANG, LINGANG = park("张江高科技园区"), park("临港新片区")
FIRST = reading(claims=((JIANGBEI, ZHANGJIANG), (HAISHU, LINGANG)))
DOCUMENT = FIRST.document.id
SECOND = reading("甬政办发〔2021〕5号", claims=((JIANGBEI, LINGANG),), date="2021")


def write(store: Store, *readings: Reading) -> None:
    store.apply(Change(readings=readings))


def ids(store: Store, kind: str) -> set[str]:
    key = {"claims": "target", "entities": "id"}[kind]
    return {dict(row)[key] for row in content(store)[kind]}
