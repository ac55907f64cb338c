"""Every query of the catalogue over the embedded store, at 1,000, 10,000 and 100,000 claims, against the bare SQL that
fetches the same rows; questions about one unit at 100,000 against 1,000 claims; coverage of 3,000 units; a query in
a cold process. About three minutes on a quiet machine.

Ratios are of the processor's time, which others on the machine do not disturb; limits in milliseconds are of the clock.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.asked import ONE_PLAN, OTHERS, SAME, UNIT, WHOLE, Bare, Call, Question, asking, compare, told
from benchmarks.made_plans import PER_PLAN, made_plan, wide_plan
from benchmarks.measuring import best_of, judge_ratio, judge_seconds, side_by_side
from graph.backends.embedded import EmbeddedStore
from graph.backends.sqlite_connections import FILE_NAME
from graph.catalogue import envelope, find_query
from graph.store import Change, Store

SIZES = (1_000, 10_000, 100_000)
AS_MUCH = 1.5
"""How many times as long one answer may take in a store a hundred times as large: the same, but for what two
medians of one thing differ by."""


def bare_sql(path: Path) -> Bare:
    """Fetching through Python's own driver."""
    connection = sqlite3.connect(path)

    def fetch(calls: Sequence[Call]) -> list[list[Mapping[str, Any]]]:
        found: list[list[Mapping[str, Any]]] = []
        for statement, parameters in calls:
            cursor = connection.execute(statement.sql, _given(parameters))
            names = [column[0] for column in cursor.description]
            found.append([dict(zip(names, row, strict=True)) for row in cursor])
        return found

    return fetch


def _given(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {key: json.dumps(value) if isinstance(value, list) else value for key, value in parameters.items()}


def filled(folder: Path, size: int) -> EmbeddedStore:
    """A store of `size` claims."""
    store = EmbeddedStore(folder / str(size), timeout=60)
    for plan in range(size // PER_PLAN):
        store.apply(Change(readings=[made_plan(plan)]))
    return store


def all_sizes(folder: Path) -> None:
    """Every question at every size; those about one unit in the largest store against the smallest."""
    stores = {size: filled(folder, size) for size in SIZES}
    for size, store in stores.items():
        bare = bare_sql(folder / str(size) / FILE_NAME)
        for question in (*SAME, *OTHERS, *ONE_PLAN, *WHOLE):
            compare(store, bare, question, size)
    small, large = stores[SIZES[0]], stores[SIZES[-1]]
    for question in SAME:
        same_answer(question, asking(large, question), asking(small, question))
    for store in stores.values():
        store.close()


def same_answer(question: Question, large: Callable[[], object], small: Callable[[], object]) -> None:
    """One answer out of the largest store against the same out of the smallest."""
    if large() != small():
        raise RuntimeError(f"{told(question)} is not answered alike in both stores")
    seconds, base = side_by_side(large, small, clock=time.process_time)
    judge_ratio(f"{told(question)}: at {SIZES[-1]:,} claims", seconds, base, AS_MUCH, f"at {SIZES[0]:,}")


def wide_coverage(store: Store, where: str) -> None:
    """Coverage of 3,000 units × 3 kinds, all rows with their evidence."""
    store.apply(Change(readings=[wide_plan()]))
    query = find_query("coverage")
    params = query.params()

    def ask() -> object:
        answer = envelope(query, params, query.ask(store, params), "", paged=False)
        if len(answer["rows"]) != 3_000:
            raise RuntimeError("not all units are there")
        return answer

    judge_seconds(f"coverage of 3,000 units, all cells with evidence, {where}", best_of(5, ask), 0.4)


def cold(folder: Path) -> None:
    """A query in a new process, as the command line runs it, on the smallest and the largest store."""
    command = [sys.executable, "-c", "from api.cli import main; main()", "query", "pairs"]
    command += ["--unit", UNIT, "--format", "json"]

    def run(size: int) -> None:
        environment = {**os.environ, "COOPGRAPH_DATA_DIR": str(folder / str(size))}
        environment.pop("NEO4J_URI", None)
        done = subprocess.run(command, env=environment, capture_output=True, check=True)
        if not json.loads(done.stdout)["items"]:
            raise RuntimeError("nothing was answered")

    bare = best_of(5, lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
    for size in (SIZES[0], SIZES[-1]):
        seconds = best_of(5, lambda size=size: run(size))
        judge_seconds(f"coopgraph query pairs --unit, new process, {size:,} claims", seconds, 0.8, bare)


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with closing(EmbeddedStore(folder / "wide", timeout=60)) as store:
            wide_coverage(store, "embedded")
        all_sizes(folder)
        cold(folder)


if __name__ == "__main__":
    main()
