"""The same over Neo4j, against the same Cypher through the bare driver, its parameters in one map there too. Starts the
tests' server (Java 17, Maven), or asks the one that NEO4J_TEST_URI names: its data is deleted. About five minutes on a
quiet machine.

Times are of the clock, since the server is another process.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from typing import Any

from neo4j import Driver, GraphDatabase

from benchmarks.asked import ONE_PLAN, OTHERS, SAME, WHOLE, Bare, Call, compare, told
from benchmarks.bench_queries import AS_MUCH, SIZES, wide_coverage
from benchmarks.made_plans import PER_PLAN, made_plan
from benchmarks.measuring import judge_ratio, leave_out
from graph.backends.neo4j_parameters import GIVEN, of_one_map
from graph.store import Change, Store

PLANS_AT_ONCE = 10


def bare_cypher(driver: Driver) -> Bare:
    """Fetching through the bare driver, a transaction a statement as the store has it."""

    def fetch(calls: Sequence[Call]) -> list[list[Mapping[str, Any]]]:
        found: list[list[Mapping[str, Any]]] = []
        for statement, parameters in calls:
            with driver.session(default_access_mode="READ") as session:
                work = _work(of_one_map(statement.cypher), parameters)
                found.append(session.execute_read(work))
        return found

    return fetch


def _work(text: Any, parameters: Mapping[str, Any]) -> Any:
    return lambda transaction: [
        dict(record.items()) for record in transaction.run(text, {GIVEN: dict(parameters)})
    ]


def fill(store: Store, start: int, end: int) -> None:
    """Write the plans of these numbers."""
    for first in range(start, end, PLANS_AT_ONCE):
        readings = [made_plan(plan) for plan in range(first, min(first + PLANS_AT_ONCE, end))]
        store.apply(Change(readings=readings))


def all_sizes(store: Store, bare: Bare) -> None:
    """Every question at every size; the stores grow one out of the other."""
    smallest: dict[str, float] = {}
    held = 0
    for size in SIZES:
        fill(store, held, size // PER_PLAN)
        held = size // PER_PLAN
        for question in SAME:
            seconds = compare(store, bare, question, size, time.perf_counter)
            base = smallest.setdefault(told(question), seconds)
            if size == SIZES[-1]:
                judge_ratio(f"{told(question)}: at {size:,}", seconds, base, AS_MUCH, f"at {SIZES[0]:,}")
        for question in (*OTHERS, *ONE_PLAN, *WHOLE):
            compare(store, bare, question, size, time.perf_counter)


def measure(uri: str) -> None:
    from tests.neo4j.fixtures import empty, open_store, settings_for

    store, given = open_store(uri, timeout=120), settings_for(uri)
    auth = (given.neo4j_username, given.neo4j_password.get_secret_value())
    with GraphDatabase.driver(uri, auth=auth) as driver:
        empty(store, uri)
        wide_coverage(store, "Neo4j")
        empty(store, uri)
        all_sizes(store, bare_cypher(driver))
    store.close()


def main() -> None:
    from tests.neo4j import server

    if given := os.environ.get("NEO4J_TEST_URI"):
        measure(given)
    elif reason := server.missing_parts():
        leave_out("queries on Neo4j", reason)
    else:
        with server.running(lasting=True) as running:
            measure(running.uri)


if __name__ == "__main__":
    main()
