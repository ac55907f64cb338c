"""The review desk: printed names that may be known bodies, beside the rows that print them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from api.pages.rendering import Shell, form_route, page, route
from api.parameters import parse_parameters
from api.routes.review import decide_as
from api.simple_parameters import DecisionBody
from api.state import in_thread, state_of
from api.users import deciding_user
from graph.model import Evidence
from graph.store import Store

CELLS_SHOWN = 3
"""Rows of source tables beside a candidate; the others are counted."""
_SIZE = 50


class RowCell(TypedDict):
    text: str
    lit: bool


class Place(TypedDict):
    """A place where a name is printed: the evidence, and its row of the table, the printed cell lit."""

    evidence: Evidence
    cells: list[RowCell]


def add(app: FastAPI) -> None:
    route(app, "/review", review)
    form_route(app, "/review/decision", decided)


async def review(request: Request) -> Response:
    return await page(request, "review.html", _review)


def _review(store: Store, shell: Shell) -> Mapping[str, Any]:
    items = state_of(shell.request).library().review()
    waiting = [item for item in items if item["decision"] is None]
    given = shell.request.query_params.get("page", "1")
    number = max(1, int(given)) if given.isascii() and given.isdigit() else 1
    shown = waiting[(number - 1) * _SIZE : number * _SIZE]
    return {
        "waiting": len(waiting),
        "items": [(item, [_place(store, cell) for cell in item["cells"][:CELLS_SHOWN]]) for item in shown],
        "decided": [item for item in items if item["decision"] is not None][:_SIZE],
        "page": number,
        "size": _SIZE,
    }


async def decided(request: Request, form: dict[str, str]) -> Response:
    """Take a decision that a plain form posts, and show the desk again."""
    state = state_of(request)
    candidate, user = form.get("candidate", ""), deciding_user(state.settings)
    wanted = {name: form[name] for name in ("action", "entity") if name in form}
    if wanted.get("action") != "accept":
        wanted.pop("entity", None)
    body = parse_parameters(DecisionBody, wanted.items())
    await in_thread(request, lambda: decide_as(state, candidate, body, user), abandon=False)
    return RedirectResponse(Shell(request).link("/review"), 303)


def _place(store: Store, evidence: Evidence) -> Place:
    table, row, column = evidence["table"], evidence["row"], evidence["column"]
    found = store.table(evidence["document"], table) if evidence["document"] and table else None
    if found is None or row is None:
        return Place(evidence=evidence, cells=[])
    cells = [cell for cell in found.cells if cell.row <= row < cell.row + cell.rowspan]
    return Place(
        evidence=evidence,
        cells=[
            RowCell(text=cell.text, lit=cell.column <= (column or 0) < cell.column + cell.colspan)
            for cell in sorted(cells, key=lambda cell: cell.column)
        ],
    )
