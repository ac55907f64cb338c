"""One route for each query of the catalogue; all that a route knows stands in the query's file."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import orjson
from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from api.answers import whole_answer, written
from api.described import DOCX, XLSX, json_response, problems, with_sheets
from api.parameters import parse_parameters
from api.schemas import Components, answer_schema, parameter_schemas
from api.state import in_thread, state_of
from graph.catalogue import Query, catalogue, envelope
from graph.store import Store

PREFIX = "/api/v1"
MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX, "docx": DOCX}


def add(app: FastAPI, components: Components) -> None:
    """Add a route for each query."""
    for query in catalogue().values():
        _add_query(app, components, query)


def _add_query(app: FastAPI, components: Components, query: Query[Any]) -> None:
    async def endpoint(request: Request) -> Response:
        params = parse_parameters(
            query.params, [*request.path_params.items(), *request.query_params.multi_items()]
        )
        state = state_of(request)
        return await in_thread(request, lambda: answer(request, query, state.store(), params))

    statuses = (404, 422)
    shape = json_response(answer_schema(components, query), query.title.zh, query.example)
    responses: dict[int | str, Any] = {
        200: with_sheets(shape) if query.columns else shape,
        **problems(*statuses),
    }
    if "{id}" in query.route:
        responses[308] = {"description": "编号已更改，Location 为现在的地址"}
    app.add_api_route(
        PREFIX + query.route.replace("{id}", "{id:path}"),
        endpoint,
        methods=["GET"],
        name=query.name,
        operation_id=query.name.replace("-", "_"),
        summary=query.title.zh,
        description=query.description.zh,
        tags=["queries"],
        response_class=Response,
        responses=responses,
        openapi_extra={"parameters": parameter_schemas(query.params, query.route)},
    )


def answer(request: Request, query: Query[Any], store: Store, params: Any) -> Response:
    """The response to a query: JSON page, whole file, or the redirect of an id that has changed."""
    if "{id}" in query.route:
        today = store.resolve(params.id)
        if today is not None and today != params.id:
            return moved(request, params.id, today)
    if params.format == "json":
        return json_answer(envelope(query, params, query.ask(store, params), store.version()))
    data = written(query, store, params, whole_answer(query, store, params), params.format)
    return download(data, MEDIA_TYPES[params.format], f"{query.name}.{params.format}")


def json_answer(body: Any, status: int = 200) -> Response:
    """A JSON response."""
    return Response(orjson.dumps(body), status, media_type="application/json")


def moved(request: Request, old: str, today: str) -> Response:
    """A permanent redirect to the same address with today's id, its query string kept."""
    head, _, tail = request.url.path.rpartition(old)
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(quote(f"{head}{today}{tail}", safe="/:") + query, 308)


def download(data: bytes, media_type: str, name: str) -> Response:
    """A response that browsers save as a file of that name."""
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, media_type=media_type, headers={"Content-Disposition": disposition})
