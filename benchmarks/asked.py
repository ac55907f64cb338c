"""Every query of the catalogue as the benchmarks ask it, and the bare statements that each is held against."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import rustworkx

from benchmarks.made_plans import document_of, leader, partner, unit
from benchmarks.measuring import Clock, judge_ratio, side_by_side
from graph.catalogue import catalogue, envelope, find_query
from graph.store import Parameter, Statement, Store

Given = Mapping[str, str]
Question = tuple[str, Given]
Call = tuple[Statement, Mapping[str, Parameter]]
Bare = Callable[[Sequence[Call]], list[list[Mapping[str, Any]]]]
"""Fetches the rows of statements through the bare driver, by column name."""

MOST = 3.0
"""How many times what the bare statements take a query may."""
UNIT = unit(0, 3)
WHOLE: Sequence[Question] = tuple(
    (name, {})
    for name, query in catalogue().items()
    if not {"id", "source"} & set(query.params.model_fields) and name != "centrality"
)
"""Every query that can be asked of the whole graph; centrality is for graphs of up to 5,000 nodes."""
ONE_PLAN: Sequence[Question] = (
    *(
        ("centrality", {"document": document_of(0), "measure": m})
        for m in ("degree", "betweenness", "articulation")
    ),
    *(
        (name, {"document": document_of(0)})
        for name in ("pairs", "tasks", "coverage", "gaps", "load", "outstanding")
    ),
)
SAME: Sequence[Question] = (
    ("pairs", {"unit": UNIT}),
    ("tasks", {"unit": UNIT}),
    ("entity", {"id": UNIT}),
    ("neighbourhood", {"id": UNIT}),
    ("portfolio", {"id": UNIT}),
    ("coverage", {"unit": UNIT}),
    ("gaps", {"unit": unit(0, 95)}),
    ("outstanding", {"unit": UNIT}),
)
"""About one unit: the answer is the same, however many plans there are."""
OTHERS: Sequence[Question] = (
    ("liaisons", {"leader": leader(0, 1)}),
    ("tasks", {"leader": leader(0, 1)}),
    ("pairs", {"unit": UNIT, "expand": "true"}),
    ("neighbourhood", {"id": UNIT, "depth": "2"}),
    ("paths", {"source": UNIT, "target": partner(0, 7)}),
    ("entities", {"q": "单位0-7"}),
)


@dataclass
class Recorder:
    """A store that notes what was fetched, so that the same can be fetched bare."""

    store: Store
    calls: list[Call]

    def fetch(self, statement: Statement, parameters: Mapping[str, Parameter]) -> Any:
        self.calls.append((statement, dict(parameters)))
        return self.store.fetch(statement, parameters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)


def asking(store: Store, question: Question) -> Callable[[], object]:
    """Ask a question as a route does, but for HTTP."""
    name, given = question
    query = find_query(name)
    params = query.params.model_validate(given)
    return lambda: envelope(query, params, query.ask(store, params), "")


def told(question: Question) -> str:
    name, given = question
    return " ".join([name, *(f"{key}={value.partition(':')[2] or value}" for key, value in given.items())])


def compare(
    store: Store, bare: Bare, question: Question, size: int, clock: Clock = time.process_time
) -> float:
    """Hold a question against its bare statements; the median seconds that it takes."""
    recorder: Any = Recorder(store, [])
    asking(recorder, question)()
    calls = recorder.calls
    algorithm = question[1].get("measure") == "betweenness"

    def fetched() -> None:
        found = bare(calls)
        if algorithm:
            betweenness(next(rows for rows in found if rows and set(rows[0]) == {"source", "target"}))

    whole, base = side_by_side(asking(store, question), fetched, clock=clock)
    of = "rows + rustworkx" if algorithm else "its bare rows"
    judge_ratio(f"{size:>7,} claims: {told(question)}", whole, base, MOST, of)
    return whole


def betweenness(ties: Sequence[Mapping[str, Any]]) -> object:
    """The bare algorithm over fetched ties: no query can be quicker than that."""
    number: dict[str, int] = {}
    ends = [tuple(number.setdefault(tie[end], len(number)) for end in ("source", "target")) for tie in ties]
    graph: Any = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(list(number))
    graph.add_edges_from_no_data(ends)
    return rustworkx.betweenness_centrality(graph)
