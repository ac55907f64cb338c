"""Search among 100,000 entities, on the embedded store and on Neo4j: names, parts, prefixes, pinyin, initials, misspelt
ones. Neo4j as in the benchmark of queries."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import closing
from pathlib import Path
from random import Random

from benchmarks.measuring import judge_seconds, leave_out, percentile, print_row
from graph.backends.embedded import EmbeddedStore
from graph.model import Document, Entity, Name, Reading, SourceFile
from graph.search import search
from graph.store import Change, Store
from graph.vocabulary import EntityType

ENTITIES, PER_DOCUMENT = 100_000, 10_000
MOST = 0.03
"""Seconds of 95 of 100 searches."""
_LETTERS = "甬沪浙江海宁波东西南北山水金木明华科技信达新兴创联合光电子药物材料能源汽车智造"


def companies() -> list[Entity]:
    """Made companies, the same in every run."""
    random = Random(7)
    made: list[Entity] = []
    for number in range(ENTITIES):
        name = f"宁波市{''.join(random.choices(_LETTERS, k=5))}{number % 97}有限公司"
        key = f"enterprise:{name}@{number}"
        made.append(Entity(key, EntityType.ENTERPRISE, name, names=(Name(name),)))
    return made


def fill(store: Store, made: list[Entity]) -> None:
    for start in range(0, ENTITIES, PER_DOCUMENT):
        part = tuple(made[start : start + PER_DOCUMENT])
        document = Document(f"doc:名单{start}", f"名单{start}", date="2019")
        source = (SourceFile("a.txt", f"{start}", "{}"),)
        store.apply(Change(readings=[Reading(document, source, (), part, tuple(e.id for e in part), ())]))


def texts(made: list[Entity]) -> list[str]:
    """What planners type: whole names, beginnings, parts, one wrong character, initials, two characters; and words
    that thousands of names hold."""
    asked: list[str] = []
    for number, entity in enumerate(Random(11).sample(made, 40)):
        name = entity.name
        initials = "nbs" + "jh"[number % 2]
        asked += [name, name[:6], name[3:7], name[:4] + "某" + name[5:], initials, name[4:6]]
    return asked + ["宁波", "有限公司", "ningbo", "科技"] * 3


def measure(store: Store, made: list[Entity], where: str) -> None:
    fill(store, made)
    asked = texts(made)
    for text in asked[:20]:
        search(store, text)
    times: list[float] = []
    for text in asked:
        start = time.perf_counter()
        search(store, text)
        times.append(time.perf_counter() - start)
    print_row(f"search among {ENTITIES:,} entities, {where}, median", percentile(times, 0.5))
    judge_seconds(f"search among {ENTITIES:,} entities, {where}, 95 of 100", percentile(times, 0.95), MOST)


def on_neo4j(uri: str, made: list[Entity]) -> None:
    from tests.neo4j.fixtures import empty, open_store

    with closing(open_store(uri, timeout=120)) as store:
        empty(store, uri)
        measure(store, made, "Neo4j")
        empty(store, uri)


def main() -> None:
    from tests.neo4j import server

    made = companies()
    with tempfile.TemporaryDirectory() as scratch, closing(EmbeddedStore(Path(scratch), timeout=60)) as store:
        measure(store, made, "embedded")
    if given := os.environ.get("NEO4J_TEST_URI"):
        on_neo4j(given, made)
    elif reason := server.missing_parts():
        leave_out("search on Neo4j", reason)
    else:
        with server.running(lasting=True) as running:
            on_neo4j(running.uri, made)


if __name__ == "__main__":
    main()
