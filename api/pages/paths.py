"""How two entities are connected: the shortest chains between them, each step with the cells that state it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.pages.filters import filter_fields
from api.pages.lists import elsewhere, meant, one_page
from api.pages.rendering import Shell, page, route
from api.pages.sharing import rows_downloads, taken_away
from api.parameters import parse_parameters
from graph.catalogue import find_query
from graph.errors import InvalidParameter
from graph.model import EntityRef
from graph.queries.paths import PathParameters
from graph.statements.scope import entity_of
from graph.store import Store
from graph.vocabulary import Relation

FARTHEST = 6
"""Steps that the query takes at most."""
_ENDS = ("source", "target")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain, read from left to right: the claims between two neighbours, and where they lead."""

    edges: Sequence[Mapping[str, Any]]
    to: EntityRef


def add(app: FastAPI) -> None:
    route(app, "/paths", paths)


async def paths(request: Request) -> Response:
    return await page(request, "paths.html", _paths)


def _paths(store: Store, shell: Shell) -> Mapping[str, Any]:
    """What the template needs. A name that is unknown, or that several have, is told beside the form, which
    keeps what was typed."""
    query = find_query("paths")
    given = {k: v for k, v in shell.request.query_params.items() if v != ""}
    context: dict[str, Any] = {
        "fields": filter_fields(query.params, shell, store),
        "asked": all(given.get(end) for end in _ENDS),
        "swapped": {"source": given.get("target"), "target": given.get("source")},
        "filtered": bool(set(given) - {"lang", "status", *_ENDS}),
        "refused": None,
        "items": (),
        "total": 0,
        "drawn": False,
    }
    if not context["asked"]:
        return context
    params = parse_parameters(PathParameters, given.items())
    try:
        answer = query.ask(store, params)
    except InvalidParameter as error:
        return context | {"refused": error, "meant": meant(store, error, shell.lang)}
    items, total = one_page(answer, params)
    filters = {k: v for k, v in given.items() if k not in ("page", "size", "format")}
    return context | {
        "items": [(item["nodes"][0], _steps(item)) for item in items],
        "length": items[0]["length"] if items else 0,
        "total": total,
        "truncated": answer.extra["truncated"],
        "same": _same(store, params),
        "params": params,
        "farther": not total and params.max_length < FARTHEST,
        "farthest": FARTHEST,
        "elsewhere": 0 if total else elsewhere(query, store, params),
        "drawn": bool(total),
        **taken_away(
            shell, "paths" if total else "", filters, rows_downloads(f"/api/v1{query.route}", filters)
        ),
    }


def _same(store: Store, params: PathParameters) -> bool:
    """Whether both names are those of one entity."""
    return entity_of(store, params.source, "source") == entity_of(store, params.target, "target")


def _steps(item: Mapping[str, Any]) -> list[Step]:
    """The chain's steps in order, each with its edges."""
    between: dict[frozenset[str], list[Mapping[str, Any]]] = {}
    for edge in item["edges"]:
        mutual = edge["type"] in (Relation.PAIRED_WITH,)
        between.setdefault(frozenset((edge["source"], edge["target"])), []).append({**edge, "mutual": mutual})
    return [Step(between[frozenset((a["id"], b["id"]))], b) for a, b in pairwise(item["nodes"])]
