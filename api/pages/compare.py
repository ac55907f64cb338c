"""Two documents side by side: what a revision added, removed, moved and renamed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.pages.rendering import Shell, page, route
from api.pages.sharing import taken_away
from api.parameters import parse_parameters
from api.routes.documents import find_document
from api.simple_parameters import DocumentPair
from graph.catalogue import find_query
from graph.statements.comparison import differences
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
    diff = differences(store, a.id, b.id)
    ids = [quote(one.id, safe=":/@") for one in (a, b)]
    told = [("JSON", f"/api/v1/documents/{ids[0]}/diff/{ids[1]}")]
    drawn = {"before": a.id, "after": b.id, "status": "all", "lang": shell.lang}
    return {**context, "a": a, "b": b, "diff": diff, **taken_away(shell, "changes", drawn, told)}
