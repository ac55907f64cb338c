"""A process that writes until it is killed: `python -m tests.store.writer DATA_DIR|URI COUNT [NAME]`.

It prints `done N` after the N-th change has been acknowledged.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from graph.model import Reading
from graph.store import Change, Store
from tests.store.samples import park, reading, unit

CLAIMS = 400


def version_of(number: str, turn: int) -> Reading:
    """A reading whose every part bears its turn, so that a mixture would be seen."""
    ends = tuple((unit(f"第{turn}批单位{n}"), park(f"第{turn}批园区{n}")) for n in range(CLAIMS))
    return replace(reading(number, claims=ends, title=f"第{turn}批", content=str(turn)))


def open_at(place: str) -> Store:
    if "://" in place:
        from tests.neo4j.fixtures import open_store

        return open_store(place)
    from graph.backends.embedded import EmbeddedStore

    return EmbeddedStore(Path(place), timeout=30)


def main() -> None:
    place, count = sys.argv[1], int(sys.argv[2])
    number = sys.argv[3] if len(sys.argv) > 3 else "甲〔2019〕1号"
    store = open_at(place)
    print("ready", flush=True)
    for turn in range(1, count + 1):
        store.apply(Change(readings=[version_of(number, turn)]))
        print(f"done {turn}", flush=True)


if __name__ == "__main__":
    main()
