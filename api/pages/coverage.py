"""The coverage matrix: units by kinds of counterpart, each cell with its state, its reason and its proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.pages.filters import filter_fields
from api.pages.rendering import Shell, ask, page, programme_names, route
from api.pages.sharing import rows_downloads, taken_away
from api.parameters import parse_parameters
from graph.catalogue import Query, find_query
from graph.store import Store
from graph.vocabulary import GAP_STATES, UNIT_KINDS, State

_ALL = 1000
_BLOCKS = 6


def add(app: FastAPI) -> None:
    route(app, "/coverage", coverage)


async def coverage(request: Request) -> Response:
    return await page(request, "coverage.html", _coverage)


def _coverage(store: Store, shell: Shell) -> Mapping[str, Any]:
    query = find_query("coverage")
    asked = shell.request.query_params.items()
    given = {k: v for k, v in asked if v != "" and k not in ("page", "size", "format")}
    order = given.pop("order", "official")
    by = given.pop("by", "")
    state = given.pop("state", "")
    params = parse_parameters(query.params, given.items()).model_copy(update={"size": _ALL})
    answer = query.ask(store, params)
    rows = list(answer.items)
    programmes = programme_names(store, shell)
    columns: Any = answer.extra["columns"]
    blocks = [Block("", columns, {row["unit"]["id"]: row["cells"] for row in rows})]
    if by == "programme":
        blocks = _by_programme(query, store, params, programmes) or blocks
    states = Counter(cell["state"] for row in rows for cell in row["cells"].values())
    everywhere = params.model_copy(update={"status": "all"})
    drawn = given | ({"order": order} if order != "official" else {})
    return {
        "blocks": blocks,
        "width": sum(len(block.columns) for block in blocks),
        "by": by,
        "several": len(programmes) > 1 and not params.programme,
        "state": state,
        "groups": grouped([row for row in rows if not state or _has(row, state)], order, shell.lang),
        "states": states,
        "total": len(rows),
        "gaps": sum(states[state] for state in GAP_STATES),
        "unverified": states[State.UNREADABLE],
        "suggestions": _suggestions(store, shell, params.programme) if states else {},
        "order": order,
        "fields": filter_fields(query.params, shell, store),
        "filtered": bool(set(given) - {"lang", "status"}),
        "elsewhere": len(query.ask(store, everywhere).items) if not rows else 0,
        **taken_away(shell, "coverage", drawn, rows_downloads("/api/v1/coverage", given)),
    }


@dataclass(frozen=True, slots=True)
class Block:
    """Columns of the matrix under one programme (or under all, without a name), and their cells by unit."""

    programme: str
    columns: Sequence[str]
    cells: Mapping[str, Mapping[str, Any]]


def _by_programme(query: Query[Any], store: Store, params: Any, programmes: Sequence[str]) -> list[Block]:
    """One block a programme that has a matrix of its own; at most as many as a page can hold."""
    found: list[Block] = []
    for name in programmes:
        answer = query.ask(store, params.model_copy(update={"programme": name}))
        if answer.items and len(found) < _BLOCKS:
            columns: Any = answer.extra["columns"]
            found.append(Block(name, columns, {row["unit"]["id"]: row["cells"] for row in answer.items}))
    return found


def grouped(rows: Sequence[Any], order: str, lang: str) -> list[tuple[str, list[Any]]]:
    """Rows under their kind of unit, in official order; or, by gaps, in one group with most gaps first."""
    if order == "gaps":
        return [("", sorted(rows, key=lambda row: -_gaps(row)))]
    by_kind = groupby(sorted(rows, key=_kind_order), key=lambda row: row["unit_kind"])
    return [(UNIT_KINDS[kind](lang) if kind in UNIT_KINDS else "", list(found)) for kind, found in by_kind]


def _has(row: Any, state: str) -> bool:
    """Whether a unit has a cell in this state (`gap`: in any state that is a known gap)."""
    wanted = GAP_STATES if state == "gap" else (state,)
    return any(cell["state"] in wanted for cell in row["cells"].values())


def _kind_order(row: Any) -> int:
    kinds = list(UNIT_KINDS)
    return kinds.index(row["unit_kind"]) if row["unit_kind"] in kinds else len(kinds)


def _gaps(row: Any) -> int:
    return sum(cell["state"] in GAP_STATES for cell in row["cells"].values())


def _suggestions(store: Store, shell: Shell, programme: str | None) -> dict[tuple[str, str], Any]:
    """Suggestions of the gaps by (unit's id, kind)."""
    answer = ask(find_query("gaps"), store, shell, programme=programme, size=_ALL)
    return {(gap["unit"]["id"], gap["counterpart_type"]): gap["suggestions"] for gap in answer.items}
