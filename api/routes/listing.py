"""`GET /api/v1/queries`: the catalogue itself."""

from __future__ import annotations

from typing import Any, NotRequired, TypedDict

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.described import json_response, problems
from api.parameters import allowed_values, parameter_names, parse_parameters
from api.routes.queries import PREFIX, json_answer
from api.schemas import Components, members, parameter_schemas
from api.simple_parameters import PageParameters
from api.state import in_thread, state_of
from graph.catalogue import Query, catalogue


class ParameterItem(TypedDict):
    name: str
    description: str
    required: bool
    allowed: NotRequired[list[str]]


class QueryItem(TypedDict):
    """A query of the catalogue, with where and how to ask it."""

    name: str
    title: str
    description: str
    path: str
    listed: bool
    parameters: list[ParameterItem]


_EXAMPLE: QueryItem = {
    "name": "pairs",
    "title": "对口关系",
    "description": "谁与谁结对",
    "path": "/api/v1/pairs",
    "listed": True,
    "parameters": [{"name": "unit", "description": "单位", "required": False}],
}


def add(app: FastAPI, components: Components) -> None:
    """Add the route."""
    whole = {"type": "integer", "minimum": 0}
    schema = members(
        {
            "items": {"type": "array", "items": components.of(QueryItem)},
            "total": whole,
            "page": {"type": "integer", "minimum": 1},
            "size": whole,
            "version": {"type": "string"},
        }
    )
    example = {"items": [_EXAMPLE], "total": 1, "page": 1, "size": 50, "version": "a-1"}
    app.add_api_route(
        f"{PREFIX}/queries",
        queries,
        methods=["GET"],
        operation_id="catalogue",
        summary="所有查询",
        tags=["queries"],
        response_class=Response,
        responses={
            200: json_response(components.name("Queries", schema), "所有查询", example),
            **problems(422),
        },
        openapi_extra={"parameters": parameter_schemas(PageParameters, "/queries")},
    )


async def queries(request: Request) -> Response:
    params = parse_parameters(PageParameters, request.query_params.multi_items())
    version = await in_thread(request, lambda: state_of(request).store().version())
    items = [_item(query, params.lang) for query in catalogue().values()]
    start = (params.page - 1) * params.size
    return json_answer(
        {
            "items": items[start : start + params.size],
            "total": len(items),
            "page": params.page,
            "size": params.size,
            "version": version,
        }
    )


def _item(query: Query[Any], lang: str) -> QueryItem:
    return QueryItem(
        name=query.name,
        title=query.title(lang),
        description=query.description(lang),
        path=PREFIX + query.route,
        listed=query.listed,
        parameters=[
            _parameter(query.params, name, field) for name, field in parameter_names(query.params).items()
        ],
    )


def _parameter(model: Any, name: str, field_name: str) -> ParameterItem:
    field = model.model_fields[field_name]
    item = ParameterItem(name=name, description=field.description or "", required=field.is_required())
    if allowed := allowed_values(field):
        item["allowed"] = allowed
    return item
