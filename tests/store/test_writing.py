"""What a store does with readings, decisions and removals, over both backends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.model import Name
from graph.receipt import receipt_of
from graph.store import Change, Statement, Store
from tests.store.content import content
from tests.store.samples import (
    COLLECTIVE,
    candidate,
    cell,
    decision,
    member,
    reading,
    table,
    unit,
)
from tests.store.small_plans import (
    DOCUMENT,
    FIRST,
    JIANGBEI,
    LINGANG,
    OLD,
    SECOND,
    ZHANGJIANG,
    ids,
    write,
)


def test_an_empty_store_answers(store: Store) -> None:
    store.check()
    assert store.documents() == []
    assert store.document("doc:x") is None and store.table("doc:x", 1) is None
    assert store.files("doc:x") == [] and store.file_owner("00") is None
    assert store.resolve("unit:x") is None and store.aliases() == {}
    assert store.candidates() == [] and store.decisions() == {}


def test_a_document_comes_back_as_written(store: Store) -> None:
    write(store, FIRST)
    stored = store.document(DOCUMENT)
    assert stored is not None
    assert stored.document == FIRST.document
    assert stored.receipt == receipt_of(FIRST, written=True)
    assert stored.added and stored.superseded_by == ()
    assert store.documents() == [stored]
    assert store.files(DOCUMENT) == list(FIRST.files)
    assert store.file_owner(FIRST.files[0].sha256) == DOCUMENT
    assert store.table(DOCUMENT, 1) == table()
    assert store.table(DOCUMENT, 2) is None
    assert store.resolve(JIANGBEI.id) == JIANGBEI.id
    assert len(content(store)["claims"]) == 2


def test_the_same_reading_again_changes_nothing(store: Store) -> None:
    write(store, FIRST)
    before, version, added = content(store), store.version(), store.documents()[0].added
    write(store, FIRST)
    assert (content(store), store.version(), store.documents()[0].added) == (before, version, added)


def test_every_change_changes_the_version(store: Store) -> None:
    seen = [store.version()]
    changed = replace(FIRST, claims=FIRST.claims[:1])
    changes = [
        Change(readings=[FIRST]),
        Change(readings=[changed]),
        Change(decisions=[decision()]),
        Change(undone=["c0001"]),
        Change(removals=[DOCUMENT]),
    ]
    for change in changes:
        store.apply(change)
        seen.append(store.version())
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize(
    "change", [Change(), Change(removals=["doc:none"]), Change(undone=["none"])], ids=["empty", "doc", "undo"]
)
def test_what_changes_nothing_keeps_the_version(store: Store, change: Change) -> None:
    write(store, FIRST)
    version = store.version()
    store.apply(change)
    assert store.version() == version


def test_a_new_reading_replaces_all_of_the_old(store: Store) -> None:
    write(store, FIRST)
    write(store, reading(claims=((JIANGBEI, LINGANG),), title="改后"))
    assert ids(store, "claims") == {LINGANG.id}
    assert ids(store, "entities") == {JIANGBEI.id, LINGANG.id}
    assert [d.document.title for d in store.documents()] == ["改后"]


def test_replacing_gives_what_writing_afresh_gives(store: Store) -> None:
    write(store, reading(claims=((unit("甲局", kind="bureau"), ZHANGJIANG),)))
    write(store, SECOND, FIRST)
    replaced = content(store)
    store.apply(Change(removals=[DOCUMENT, SECOND.document.id]))
    write(store, SECOND, FIRST)
    afresh = content(store)
    for held in (replaced, afresh):
        del held["order"]
    assert replaced == afresh


def test_removal_takes_only_what_nothing_else_mentions(store: Store) -> None:
    write(store, FIRST, SECOND)
    store.apply(Change(removals=[DOCUMENT]))
    assert ids(store, "entities") == {JIANGBEI.id, LINGANG.id}
    assert store.resolve(ZHANGJIANG.id) is None
    store.apply(Change(removals=[SECOND.document.id]))
    held = content(store)
    assert not held["entities"] and not held["names"] and not held["documents"] and not held["problems"]


def test_a_covered_unit_stays_for_its_coverage_cell(store: Store) -> None:
    only = reading(extra=(JIANGBEI,), coverage=(cell(DOCUMENT, JIANGBEI),))
    write(store, only)
    assert ids(store, "entities") == {JIANGBEI.id}


def test_what_nothing_refers_to_is_not_kept(store: Store) -> None:
    write(store, replace(FIRST, entities=(*FIRST.entities, unit("无关单位"))))
    assert store.resolve("unit:无关单位") is None


def test_gazetteer_claims_go_with_the_last_document(store: Store) -> None:
    known = member(JIANGBEI, COLLECTIVE, valid_from="2016")
    first = reading("甲〔2019〕1号", extra=(COLLECTIVE, JIANGBEI), background=(known,))
    second = reading("甲〔2019〕2号", extra=(COLLECTIVE, JIANGBEI), background=(known,))
    write(store, first, second)
    assert len(content(store)["claims"]) == 1
    store.apply(Change(removals=[first.document.id]))
    assert ids(store, "claims") == {COLLECTIVE.id}
    store.apply(Change(removals=[second.document.id]))
    assert content(store)["claims"] == [] and content(store)["entities"] == []


def test_todays_gazetteer_replaces_yesterdays(store: Store) -> None:
    first = reading("甲〔2019〕1号", extra=(COLLECTIVE, JIANGBEI), background=(member(JIANGBEI, COLLECTIVE),))
    second = reading(
        "甲〔2019〕2号",
        extra=(COLLECTIVE, JIANGBEI),
        background=(member(JIANGBEI, COLLECTIVE, valid_to="2021"),),
    )
    write(store, first)
    write(store, second)
    (claim,) = content(store)["claims"]
    assert dict(claim)["valid_to"] == "2021"


def test_a_later_document_enriches_and_never_loses(store: Store) -> None:
    poor = replace(JIANGBEI, names=(Name("江北区", "short"),))
    rich = replace(JIANGBEI, kind="district", rank="330205", names=(Name("江北新区", "former"),))
    write(store, reading("甲〔2019〕1号", claims=((poor, ZHANGJIANG),)))
    write(store, reading("甲〔2019〕2号", claims=((rich, LINGANG),)))
    write(store, reading("甲〔2019〕3号", claims=((JIANGBEI, LINGANG),)))
    entity = next(dict(r) for r in content(store)["entities"] if dict(r)["id"] == JIANGBEI.id)
    assert (entity["kind"], entity["rank"]) == ("district", "330205")
    names = {dict(n)["text"] for n in content(store)["names"] if dict(n)["entity"] == JIANGBEI.id}
    assert names == {"宁波市江北区", "江北区", "江北新区"}
    order = {dict(o)["id"]: dict(o)["seq"] for o in content(store)["order"]}
    assert order[JIANGBEI.id] < order[LINGANG.id]


def test_what_only_this_document_knew_is_replaced_not_enriched(store: Store) -> None:
    wrong = replace(JIANGBEI, kind="bureau", names=(Name("错名", "short"),))
    write(store, reading(claims=((wrong, ZHANGJIANG),)))
    write(store, reading(claims=((JIANGBEI, ZHANGJIANG),)))
    assert "错名" not in {dict(n)["text"] for n in content(store)["names"]}


def test_names_are_found_by_their_keys(store: Store) -> None:
    write(store, FIRST)
    by_pinyin = Statement(
        "SELECT entity FROM name WHERE pinyin = :q", "MATCH (n:Name {pinyin: $q}) RETURN n.entity AS entity"
    )
    assert store.fetch(by_pinyin, {"q": "ningboshijiangbeiqu"}) == [{"entity": JIANGBEI.id}]


def test_decisions_and_candidates(store: Store) -> None:
    waiting = candidate(DOCUMENT, JIANGBEI)
    write(store, replace(FIRST, candidates=(waiting,)))
    assert store.candidates() == [waiting]
    store.apply(Change(decisions=[decision()]))
    assert store.decisions() == {"c0001": decision()}
    store.apply(Change(decisions=[decision(None)]))
    assert store.decisions()["c0001"].entity is None
    store.apply(Change(undone=["c0001"]))
    assert store.decisions() == {}


def test_undoing_a_decision_takes_the_redirects_back_that_it_names(store: Store) -> None:
    write(store, reading("甲〔2019〕1号", claims=((OLD, ZHANGJIANG),), candidates=()))
    resolved = replace(FIRST, candidates=(candidate(DOCUMENT, OLD),), merges=((OLD.id, JIANGBEI.id),))
    store.apply(Change(decisions=[decision()], readings=[resolved]))
    assert store.resolve(OLD.id) == JIANGBEI.id
    version = store.version()
    store.apply(Change(undone=["c0001"], forgotten=[OLD.id, "unit:none"]))
    assert store.aliases() == {} and store.version() != version
    version = store.version()
    store.apply(Change(forgotten=[OLD.id]))
    assert store.version() == version


def test_a_change_is_wholly_refused_when_one_reading_is_wrong(store: Store) -> None:
    write(store, FIRST)
    before = content(store)
    wrong = replace(SECOND, entities=())
    with pytest.raises(ValueError, match="refers to entities"):
        store.apply(Change(removals=[DOCUMENT], readings=[SECOND, wrong]))
    assert content(store) == before


def test_awkward_text_comes_back_unchanged(store: Store) -> None:
    name = "<script>'\"`$x{y}\\n\u3000𠮷=1+1%_"
    write(store, reading(claims=((unit(name), ZHANGJIANG),), title=name, content=name))
    assert store.documents()[0].document.title == name
    assert store.files(DOCUMENT)[0].content == name
    by_name = Statement(
        "SELECT name FROM entity WHERE name = :name", "MATCH (e:Entity {name: $name}) RETURN e.name AS name"
    )
    assert store.fetch(by_name, {"name": name}) == [{"name": name}]


def test_list_parameters(store: Store) -> None:
    write(store, FIRST)
    statement = Statement(
        "SELECT id FROM entity WHERE id IN (SELECT value FROM json_each(:ids))",
        "MATCH (e:Entity) WHERE e.id IN $ids RETURN e.id AS id",
    )
    found = store.fetch(statement, {"ids": [JIANGBEI.id, "unit:x"]})
    assert [dict(row) for row in found] == [{"id": JIANGBEI.id}]
