"""Questions to ask of any graph: every query, with the dimensions and filters that it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from hypothesis import strategies as st

from graph.catalogue import catalogue, envelope, find_query
from graph.errors import CoopgraphError
from graph.model import Reading
from graph.store import Store

DAYS = (
    *(None, None, None, "2018-12-31", "2019-03-18", "2019-03-19", "2019-12-31"),
    *("2020-06-30", "2021-12-31", "2024-12-31", "2026-01-01"),
)
CONTRADICTIONS = (
    "task_leaders",
    "task_leads",
    "pair_dropped",
    "stated_none_but_paired",
    "cells_differ",
)
KINDS = ("Unit", "Park", "Institute", "Enterprise", "Organisation")


@dataclass(frozen=True, slots=True)
class Question:
    """One query with its parameters, as text."""

    query: str
    given: Mapping[str, Any] = field(default_factory=dict[str, Any])


def answer(store: Store, question: Question) -> Any:
    """What the API would answer, without the version; a refusal by its code."""
    query = find_query(question.query)
    params = query.params.model_validate(dict(question.given))
    try:
        whole = envelope(query, params, query.ask(store, params), "", paged=False)
    except CoopgraphError as refusal:
        return {"refused": refusal.code, "details": {k: str(v) for k, v in refusal.details.items()}}
    plain = orjson.loads(orjson.dumps(whole))
    for item in plain.get("items", ()):
        item.pop("added", None)  # the moment of writing
    return plain


def _named(readings: Sequence[Reading], *kinds: str) -> list[str]:
    found = {e.id for r in readings for e in r.entities if not kinds or e.type in kinds}
    return sorted(found)


@st.composite
def dimensions(draw: st.DrawFn, readings: Sequence[Reading]) -> dict[str, Any]:
    """The parameters that every query takes, mostly few of them."""
    given: dict[str, Any] = {"status": draw(st.sampled_from(("official", "all", "all", "illustrative")))}
    if day := draw(st.sampled_from(DAYS)):
        given["as_of"] = day
    if draw(st.booleans()):
        given["expand"] = True
    narrow = draw(st.sampled_from(("", "", "", "programme", "document")))
    documents = [r.document for r in readings]
    if narrow and documents:
        chosen = draw(st.sampled_from(documents))
        given[narrow] = chosen.programme if narrow == "programme" else chosen.id
    return given


FILTERS: dict[str, Mapping[str, tuple[str, ...]]] = {
    "pairs": {
        "unit": ("Unit", "Collective", "Organisation"),
        "counterpart": (*KINDS, "Collective"),
        "sector": ("Sector",),
    },
    "liaisons": {"leader": ("Leader",), "with": (*KINDS, "Collective")},
    "tasks": {"leader": ("Leader",), "unit": (*KINDS, "Collective")},
    "coverage": {"unit": ("Unit", "Collective")},
    "gaps": {"unit": ("Unit", "Collective")},
    "outstanding": {"unit": ("Unit", "Collective")},
    "entity": {"id": ()},
    "portfolio": {"id": ()},
    "neighbourhood": {"id": ()},
}  # fmt: skip
"""Query → its filters that name entities, with the types that they take (all, when none are given)."""

CLOSED: dict[str, Mapping[str, tuple[Any, ...]]] = {
    "pairs": {"counterpart_type": (None, None, *KINDS, "Collective")},
    "coverage": {"unit_kind": (None, None, "district", "bureau")},
    "gaps": {
        "unit_kind": (None, None, "district", "bureau"),
        "counterpart_type": (None, None, *KINDS),
        "state": (None, None, "blank", "stated_none", "not_mentioned"),
    },
    "tasks": {"due_before": (None, "2019-12-31", "2020-06-29", "2020-06-30", "2024-12-31")},
    "unpaired": {
        "type": (None, "Park", "Institute", "Enterprise", "Organisation"),
        "region": (None, "宁波市", "上海市"),
    },
    "entities": {
        "type": (None, *KINDS, "Leader", "Task", "Collective", "Sector", "Region"),
        "region": (None, None, "宁波市", "上海市"),
        "q": (
            None,
            None,
            "江北",
            "宁波",
            "nbs",
            "zhang",
            "张江高科枝园区",
            "=1",
            "𠮷",
            "a",
            "<script>",
            "%_",
        ),
    },
    "neighbourhood": {"depth": (1, 2, 3)},
    "centrality": {"measure": ("degree", "betweenness", "articulation")},
    "load": {"role": (None, "unit", "leader", "partner"), "outliers": (None, True)},
    "overlap": {"kind": (None, None, "shared_partner", "same_partners", "sector_without_pair")},
    "consistency": {"kind": (None, None, *CONTRADICTIONS)},
    "outstanding": {"kind": (None, None, "task", "gap", "review", "attachment")},
    "paths": {"max_length": (1, 2, 4, 6)},
}
REQUIRED = {"entity": ("id",), "portfolio": ("id",), "neighbourhood": ("id",), "paths": ("source", "target")}


@st.composite
def questions(draw: st.DrawFn, name: str, readings: Sequence[Reading]) -> Question | None:
    """A question of one query, or None where the graph holds nothing that it could be asked about."""
    given = draw(dimensions(readings))
    filters = dict(FILTERS.get(name, {}))
    if name == "paths":
        filters = {"source": (), "target": ()}
    for parameter, kinds in filters.items():
        known = _named(readings, *kinds)
        wanted = parameter in REQUIRED.get(name, ()) or draw(st.integers(0, 4)) == 0
        if wanted and not known:
            return None
        if wanted:
            given[parameter] = draw(st.sampled_from(known))
    for parameter, values in CLOSED.get(name, {}).items():
        value = draw(st.sampled_from(values))
        if value is not None and (None not in values or draw(st.booleans())):
            given[parameter] = value
    return Question(name, given)


def names() -> list[str]:
    """All queries."""
    return sorted(catalogue())
