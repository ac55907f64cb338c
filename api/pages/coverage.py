"""The coverage matrix: units by kinds of counterpart, each cell with its state, its reason and its proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.pages.filters import filter_fields
from api.pages.lists import view_downloads
from api.pages.rendering import Shell, address, ask, page, programme_names, route
from api.parameters import parse_parameters
from graph.catalogue import find_query
from graph.store import Store
from graph.vocabulary import GAP_STATES, UNIT_KINDS, State

_ALL = 1000


def add(app: FastAPI) -> None:
    route(app, "/coverage", coverage)


async def coverage(request: Request) -> Response:
    return await page(request, "coverage.html", _coverage)


def _coverage(store: Store, shell: Shell) -> Mapping[str, Any]:
    query = find_query("coverage")
    given = {k: v for k, v in shell.request.query_params.items() if k not in ("page", "size", "format")}
    order = given.pop("order", "official")
    params = parse_parameters(query.params, given.items()).model_copy(update={"size": _ALL})
    answer = query.ask(store, params)
    rows = list(answer.items)
    columns: Any = answer.extra["columns"]
    states = Counter(cell["state"] for row in rows for cell in row["cells"].values())
    programmes = programme_names(store, shell)
    everywhere = params.model_copy(update={"status": "all"})
    return {
        "columns": columns,
        "groups": grouped(rows, order, shell.lang),
        "states": states,
        "total": len(rows),
        "gaps": sum(states[state] for state in GAP_STATES),
        "unverified": states[State.UNREADABLE],
        "suggestions": _suggestions(store, shell, params.programme) if states else {},
        "order": order,
        "fields": filter_fields(query.params, shell, programmes),
        "filtered": bool(set(given) - {"lang", "status"}),
        "elsewhere": len(query.ask(store, everywhere).items) if not rows else 0,
        "embed": address("/embed/coverage", given),
        "downloads": [
            (name, address("/api/v1/coverage", {**given, "format": name.lower()})) for name in ("CSV", "XLSX")
        ]
        + view_downloads("coverage", given),
    }


def grouped(rows: Sequence[Any], order: str, lang: str) -> list[tuple[str, list[Any]]]:
    """Rows under their kind of unit, in official order; or, by gaps, in one group with most gaps first."""
    if order == "gaps":
        return [("", sorted(rows, key=lambda row: -_gaps(row)))]
    by_kind = groupby(sorted(rows, key=_kind_order), key=lambda row: row["unit_kind"])
    return [(UNIT_KINDS[kind](lang) if kind in UNIT_KINDS else "", list(found)) for kind, found in by_kind]


def _kind_order(row: Any) -> int:
    kinds = list(UNIT_KINDS)
    return kinds.index(row["unit_kind"]) if row["unit_kind"] in kinds else len(kinds)


def _gaps(row: Any) -> int:
    return sum(cell["state"] in GAP_STATES for cell in row["cells"].values())


def _suggestions(store: Store, shell: Shell, programme: str | None) -> dict[tuple[str, str], Any]:
    """Suggestions of the gaps by (unit's id, kind)."""
    answer = ask(find_query("gaps"), store, shell, programme=programme, size=_ALL)
    return {(gap["unit"]["id"], gap["counterpart_type"]): gap["suggestions"] for gap in answer.items}
