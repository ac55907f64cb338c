"""`GET /api/v1/export`: the whole graph as a file."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import FastAPI, Request
from fastapi.responses import Response
from pydantic import Field, create_model

from api.described import problems
from api.parameters import parse_parameters
from api.routes.queries import PREFIX, download
from api.schemas import Components, parameter_schemas
from api.simple_parameters import Strict
from api.state import in_thread, state_of
from graph.exports import exports


def add(app: FastAPI, components: Components) -> None:
    """Add the route; its formats are those in `graph/exports/`."""
    formats = exports()
    field: Any = (Literal[tuple(formats)], Field("json", description="、".join(formats)))
    model = create_model("ExportParameters", __base__=Strict, format=field)

    async def endpoint(request: Request) -> Response:
        name: str = parse_parameters(model, request.query_params.multi_items()).format  # pyright: ignore[reportAttributeAccessIssue]  # made above
        chosen = formats[name]
        data = await in_thread(request, lambda: chosen.write(state_of(request).store()))
        return download(data, chosen.media_type, f"coopgraph.{chosen.ending}")

    content: dict[str, Any] = {
        export.media_type: {
            "schema": {"type": "object"}
            if export.media_type == "application/json"
            else {"type": "string", "format": "binary"}
        }
        for export in formats.values()
    }
    app.add_api_route(
        f"{PREFIX}/export",
        endpoint,
        methods=["GET"],
        name="export",
        summary="整个图的文件",
        tags=["export"],
        response_class=Response,
        responses={200: {"description": "文件", "content": content}, **problems(422)},
        openapi_extra={"parameters": parameter_schemas(model, "/export")},
    )
