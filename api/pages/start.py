"""The start page and search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.pages.filters import filter_fields
from api.pages.rendering import Shell, ask, page, parameters_of, route
from api.pages.sharing import rows_downloads, taken_away, view_downloads
from graph.catalogue import find_query
from graph.exports import exports
from graph.statements.comparison import differences
from graph.store import Store
from graph.vocabulary import GAP_STATES, State

_ALL = 1000
_GAPS_SHOWN = 6
_DOCUMENTS_SHOWN = 5


def add(app: FastAPI) -> None:
    route(app, "/", start)
    route(app, "/search", search)
    route(app, "/suggest", suggest)


async def start(request: Request) -> Response:
    return await page(request, "start.html", _start)


def _start(store: Store, shell: Shell) -> Mapping[str, Any]:
    stats = ask(find_query("stats"), store, shell).body
    coverage = ask(find_query("coverage"), store, shell, size=_ALL)
    rows = list(coverage.items)
    columns: list[str] = list(coverage.extra["columns"])
    documents = list(ask(find_query("documents"), store, shell, size=_ALL).items)
    everything = documents
    if shell.status == "official":
        everything = list(ask(find_query("documents"), store, shell, status="all", size=_ALL).items)
    return {
        "stats": stats,
        "columns": columns,
        "tally": {kind: Counter(row["cells"][kind]["state"] for row in rows) for kind in columns},
        "states": Counter(cell["state"] for row in rows for cell in row["cells"].values()),
        "known": sum(cell["state"] in GAP_STATES for row in rows for cell in row["cells"].values()),
        "downloads": [
            *((name.upper(), f"/api/v1/export?format={name}") for name in exports()),
            *view_downloads("network", shell.kept),
        ],
        "units": len(rows),
        "covered": sum(any(c["state"] == State.COVERED for c in row["cells"].values()) for row in rows),
        "gaps": _gaps(rows, columns)[:_GAPS_SHOWN],
        "unverified": sum(c["state"] == State.UNREADABLE for row in rows for c in row["cells"].values()),
        "documents": [_with_changes(store, d) for d in reversed(documents[-_DOCUMENTS_SHOWN:])],
        "only_illustrative": bool(everything) and not documents,
        "has_illustrative": any(d["status"] == "illustrative" for d in everything),
    }


def _with_changes(store: Store, row: Any) -> dict[str, Any]:
    """A listed document with what it changed against the one that it replaces, where it replaces one."""
    stored = store.document(row["id"])
    older = next((one for one in stored.document.supersedes if store.document(one)), None) if stored else None
    if older is None:
        return {**row, "older": None, "changes": None}
    diff = differences(store, older, row["id"])
    counts = {kind: len(diff[kind]) for kind in ("added", "removed", "moved", "renamed")}
    return {**row, "older": older, "changes": counts}


def _gaps(rows: list[Any], columns: list[str]) -> list[dict[str, Any]]:
    """Units with known gaps, those with most first, in official order otherwise."""
    found = [
        {
            "unit": row["unit"],
            "kinds": [
                (k, row["cells"][k]["state"]) for k in columns if row["cells"][k]["state"] in GAP_STATES
            ],
        }
        for row in rows
    ]
    return sorted((gap for gap in found if gap["kinds"]), key=lambda gap: -len(gap["kinds"]))


async def search(request: Request) -> Response:
    return await page(request, "search.html", _search)


def _search(store: Store, shell: Shell) -> Mapping[str, Any]:
    query = find_query("entities")
    params = parameters_of(query, shell)
    answer = query.ask(store, params)
    total = len(answer.items) if answer.total is None else answer.total
    first = (params.page - 1) * params.size
    items = (
        list(answer.items) if answer.total is not None else list(answer.items[first : first + params.size])
    )
    given = shell.request.query_params
    q = given.get("q", "")
    rows = rows_downloads(
        "/api/v1/entities", {name: value for name, value in given.items() if name not in ("page", "size")}
    )
    return {
        "items": items,
        "total": total,
        "params": params,
        "q": q,
        "fields": filter_fields(query.params, shell, store, ("q", "type", "region")),
        **taken_away(shell, rows=rows),
    }


async def suggest(request: Request) -> Response:
    """The first few matches as links, for the list under the search field."""
    return await page(request, "suggest.html", _suggest)


def _suggest(store: Store, shell: Shell) -> Mapping[str, Any]:
    q = shell.request.query_params.get("q", "").strip()[:100]
    return {
        "items": list(ask(find_query("entities"), store, shell, q=q, status="all", size=8).items)[:8]
        if q
        else []
    }
