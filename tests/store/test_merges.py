"""Entities that turn out to be one: what moves, and which ids lead where, over both backends."""

from __future__ import annotations

from dataclasses import replace

from graph.store import Change, Store
from tests.store.content import content
from tests.store.samples import (
    COLLECTIVE,
    cell,
    member,
    reading,
)
from tests.store.small_plans import (
    DOCUMENT,
    FIRST,
    JIANGBEI,
    OLD,
    ZHANGJIANG,
    write,
)


def test_a_merge_moves_everything_and_leaves_a_redirect(store: Store) -> None:
    background = member(OLD, COLLECTIVE)
    early = reading(
        "甲〔2019〕1号",
        claims=((OLD, ZHANGJIANG),),
        extra=(COLLECTIVE,),
        background=(background,),
        coverage=(cell("doc:甲〔2019〕1号", OLD),),
    )
    write(store, early)
    write(store, replace(FIRST, merges=((OLD.id, JIANGBEI.id),)))
    held = content(store)
    text = repr([held[kind] for kind in ("entities", "claims", "mentions", "coverage", "background")])
    assert f"'{OLD.id}'" not in text
    assert store.resolve(OLD.id) == JIANGBEI.id
    assert held["aliases"] == {OLD.id: JIANGBEI.id}
    moved = {dict(c)["id"] for c in held["claims"]}
    assert member(JIANGBEI, COLLECTIVE).id in moved
    store.apply(Change(removals=["doc:甲〔2019〕1号", DOCUMENT]))
    assert content(store)["claims"] == []
    assert store.aliases() == {OLD.id: JIANGBEI.id}, "aliases stay"
    assert store.resolve(OLD.id) is None


def test_a_claim_whose_ends_become_one_goes(store: Store) -> None:
    write(store, reading("甲〔2019〕1号", claims=((OLD, JIANGBEI), (OLD, ZHANGJIANG))))
    write(store, replace(FIRST, merges=((OLD.id, JIANGBEI.id),)))
    mine = [dict(c) for c in content(store)["claims"] if dict(c)["document"] == "doc:甲〔2019〕1号"]
    assert [(c["source"], c["target"]) for c in mine] == [(JIANGBEI.id, ZHANGJIANG.id)]


def test_alias_chains_are_collapsed(store: Store) -> None:
    write(store, replace(FIRST, aliases=(("unit:甲", "unit:乙"),)))
    write(store, replace(FIRST, aliases=(("unit:乙", JIANGBEI.id),)))
    assert store.aliases() == {"unit:甲": JIANGBEI.id, "unit:乙": JIANGBEI.id}
    assert store.resolve("unit:甲") == JIANGBEI.id


def test_an_old_id_that_is_an_entity_again_answers_for_itself(store: Store) -> None:
    write(store, replace(FIRST, aliases=((OLD.id, JIANGBEI.id),)))
    write(store, reading("甲〔2019〕1号", claims=((OLD, ZHANGJIANG),)))
    assert store.resolve(OLD.id) == OLD.id
    assert OLD.id not in store.aliases()
    store.apply(Change(removals=["doc:甲〔2019〕1号"]))
    assert store.resolve(OLD.id) == JIANGBEI.id
