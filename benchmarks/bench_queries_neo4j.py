"""The query layer on Neo4j against the bare Cypher that fetches the same rows; anchored queries at 1k and 100k
claims. Starts the tests' server (Java 17, Maven), or asks the one that NEO4J_TEST_URI names: its data is deleted."""

from __future__ import annotations

import os

from benchmarks.bench_queries import ANCHORED, ASKED, PER_DOCUMENT, SIZES, compare, reading
from benchmarks.measuring import print_row
from graph.store import Change


def sizes(uri: str) -> None:
    """All claims, and one unit's, at every size; the stores grow one out of the other."""
    from tests.neo4j.fixtures import empty, open_store

    store = open_store(uri, timeout=120)
    empty(store, uri)
    first: dict[str, float] = {}
    held = 0
    for size in SIZES:
        for start in range(held, size // PER_DOCUMENT, 10):
            numbers = range(start, min(start + 10, size // PER_DOCUMENT))
            store.apply(Change(readings=[reading(n, 600, 400, 100) for n in numbers]))
        held = size // PER_DOCUMENT
        for name in ASKED:
            compare(store, name, {}, f"on Neo4j, all, {size:,} claims", "≤ 3 × its Cypher")
        for name, given in ANCHORED:
            seconds = compare(store, name, given, f"on Neo4j, one unit, {size:,} claims", "≤ 3 × its Cypher")
            base = first.setdefault(name, seconds)
            print_row(f"  {name} on Neo4j, one unit at {size:,} to 1,000", seconds, base, "about 1 ×")
    store.close()


def main() -> None:
    from tests.neo4j import server

    if given := os.environ.get("NEO4J_TEST_URI"):
        sizes(given)
    elif reason := server.missing_parts():
        print(f"left out: {reason}")
    else:
        with server.running() as running:
            sizes(running.uri)


if __name__ == "__main__":
    main()
