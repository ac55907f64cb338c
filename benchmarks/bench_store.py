"""Writing claims into the embedded store, against bare `executemany`, and into Neo4j.

Neo4j is measured where `NEO4J_TEST_URI` names a server; claims of a document named 基准 are written to it
and removed again.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from benchmarks.measuring import best_of, judge_ratio, leave_out, print_row, side_by_side
from graph.backends.embedded import EmbeddedStore
from graph.backends.rows import ClaimRow, claim_row
from graph.ids import claim_id, entity_id
from graph.model import Claim, Document, Entity, Name, Reading
from graph.store import Change
from graph.vocabulary import EntityType, Relation

DOCUMENT = "doc:基准〔2020〕1号"


def reading(claims: int) -> Reading:
    """A counterpart plan of `claims` pairs between 500 units and 700 parks, three a row."""
    entities: dict[str, Entity] = {}

    def take(kind: EntityType, name: str) -> str:
        key = entity_id(kind, name)
        entities.setdefault(key, Entity(key, kind, name, names=(Name(name),)))
        return key

    made: list[Claim] = []
    for n in range(claims):
        row, place = divmod(n, 3)
        source = take(EntityType.UNIT, f"宁波市某区第{row % 500}局")
        name = f"上海某园区{(n * 7 + row // 500) % 700}"
        target = take(EntityType.PARK, name)
        key = claim_id(Relation.PAIRED_WITH, source, target, DOCUMENT, 1, row + 2)
        made.append(
            Claim(
                key, Relation.PAIRED_WITH, source, target, DOCUMENT, 1, row + 2, place + 2, name, "对口联系"
            )
        )
    document = Document(DOCUMENT, "基准", number="基准〔2020〕1号", date="2020", programme="基准")
    return Reading(document, (), (), tuple(entities.values()), tuple(entities), tuple(made))


def bare(rows: Sequence[ClaimRow], *, indexes: bool) -> None:
    """`executemany` of rows into the same table, in one durable transaction."""
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "bare.sqlite3")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.executescript((files("graph.backends") / "schema.sql").read_text("utf-8"))
        if not indexes:
            for name in ("claim_source", "claim_target", "claim_document", "claim_type"):
                connection.execute(f"DROP INDEX {name}")
        connection.executemany(f"INSERT INTO claim VALUES ({', '.join('?' * len(rows[0]))})", rows)
        connection.commit()
        connection.close()


def embedded(claims: int) -> None:
    """Write, write the same again, replace."""
    given = reading(claims)
    other = replace(given, document=replace(given.document, title="改后"))
    label = f"{claims:,} claims"
    rows = [claim_row(claim) for claim in given.claims]
    print_row(f"{label}: executemany without indexes", best_of(3, lambda: bare(rows, indexes=False)))

    def fresh() -> None:
        with tempfile.TemporaryDirectory() as folder:
            store = EmbeddedStore(Path(folder))
            store.apply(Change(readings=[given]))
            store.close()

    whole, baseline = side_by_side(fresh, lambda: bare(rows, indexes=True), clock=time.process_time)
    judge_ratio(f"{label}: a document into an empty store", whole, baseline, 2, "executemany")
    with tempfile.TemporaryDirectory() as folder:
        store = EmbeddedStore(Path(folder))
        store.apply(Change(readings=[given]))
        again = best_of(3, lambda: store.apply(Change(readings=[given])))
        print_row(f"{label}: the same document again", again, baseline)
        print_row(f"{label}: replace it", best_of(1, lambda: store.apply(Change([other]))), baseline)
        removal = Change(removals=[DOCUMENT])
        print_row(f"{label}: remove it", best_of(1, lambda: store.apply(removal)), baseline)
        store.close()


def neo4j(uri: str, claims: int) -> None:
    """Remove and write a document in Neo4j, once the server is warm."""
    from graph.backends.neo4j import open_neo4j
    from graph.settings import Settings

    given = {"neo4j_uri": uri, "neo4j_password": os.environ.get("NEO4J_TEST_PASSWORD", "")}
    store = open_neo4j(Settings.model_validate(given))
    made = reading(claims)

    def write() -> None:
        store.apply(Change(removals=[DOCUMENT]))
        store.apply(Change(readings=[made]))

    write()  # warms the server's caches of plans and its compiler
    print_row(f"{claims:,} claims: remove and write a document in Neo4j", best_of(2, write))
    store.apply(Change(removals=[DOCUMENT]))
    store.close()


def main() -> None:
    embedded(10_000)
    embedded(100_000)
    if uri := os.environ.get("NEO4J_TEST_URI"):
        neo4j(uri, 10_000)
    else:
        leave_out("writing into Neo4j", "NEO4J_TEST_URI names no server")


if __name__ == "__main__":
    main()
