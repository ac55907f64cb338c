"""The coverage matrix: units by kinds of counterpart, each cell with its state, its reason and its proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.pages.filters import filter_fields
from api.pages.lists import view_downloads
from api.pages.rendering import Shell, address, ask, page, parameters_of, route
from graph.catalogue import find_query
from graph.store import Store
from graph.vocabulary import GAP_STATES, State

_ALL = 1000


def add(app: FastAPI) -> None:
    route(app, "/coverage", coverage)


async def coverage(request: Request) -> Response:
    return await page(request, "coverage.html", _coverage)


def _coverage(store: Store, shell: Shell) -> Mapping[str, Any]:
    query = find_query("coverage")
    given = dict(shell.request.query_params)
    order = given.pop("order", "official")
    params = parameters_of(query, Shell(_without(shell, "order")), {}) if False else _params(query, given)
    answer = query.ask(store, params.model_copy(update={"page": 1, "size": _ALL}))
    rows = list(answer.items)
    columns: list[str] = list(answer.extra["columns"])
    partners = _partners(store, shell, given)
    states = Counter(cell["state"] for row in rows for cell in row["cells"].values())
    programmes = [p["name"] for p in ask(find_query("programmes"), store, shell, status="all").items]
    filters = {k: v for k, v in given.items() if k not in ("page", "size", "format")}
    return {
        "columns": columns,
        "groups": _groups(rows, order, shell, store),
        "states": states,
        "rows": rows,
        "partners": partners,
        "gaps": sum(states[s] for s in GAP_STATES),
        "unverified": states[State.UNREADABLE],
        "order": order,
        "fields": filter_fields(query, shell, programmes),
        "filtered": bool(set(filters) - {"lang", "status"}),
        "elsewhere": _elsewhere(query, store, params) if not rows else 0,
        "frame": address("/embed/coverage", filters),
        "downloads": [
            (name, address("/api/v1/coverage", {**filters, "format": name.lower()}))
            for name in ("CSV", "XLSX")
        ]
        + view_downloads("coverage", filters),
    }
