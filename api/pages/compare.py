"""Two documents side by side: what a revision added, removed, moved and renamed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.pages.rendering import Shell, page, route
from api.parameters import parse_parameters
from api.routes.documents import find_document
from api.simple_parameters import DocumentPair
from api.state import state_of
from graph.catalogue import find_query
from graph.store import Store


def add(app: FastAPI) -> None:
    route(app, "/compare", compare)


async def compare(request: Request) -> Response:
    return await page(request, "compare.html", _compare)


def _compare(store: Store, shell: Shell) -> Mapping[str, Any]:
    given = shell.request.query_params
    query = find_query("documents")
    listed = query.ask(store, query.params.model_validate({"status": "all", "size": 1000})).items
    context: dict[str, Any] = {"documents": list(listed), "a": None, "b": None, "diff": None}
    if not (given.get("a") and given.get("b")):
        return context
    pair = parse_parameters(DocumentPair, [("a", given["a"]), ("b", given["b"])])
    a, b = (find_document(store, one).document for one in (pair.a, pair.b))
    diff = state_of(shell.request).library().diff(a.id, b.id)
    return {**context, "a": a, "b": b, "diff": diff, "statuses": {a.status.value, b.status.value}}
