"""`GET /api/v1/export`: the whole graph as a file."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.described import problems
from api.exporting import MEDIA_TYPES, export_graph
from api.parameters import parse_parameters
from api.routes.queries import PREFIX, download
from api.schemas import Components, parameter_schemas
from api.simple_parameters import ExportParameters
from api.state import in_thread, state_of


def add(app: FastAPI, components: Components) -> None:
    """Add the route."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    content = {
        media: ({"schema": {"type": "object"}} if "json" in media else binary)
        for media in MEDIA_TYPES.values()
    }
    app.add_api_route(
        f"{PREFIX}/export",
        export,
        methods=["GET"],
        summary="整个图的文件",
        tags=["export"],
        response_class=Response,
        responses={200: {"description": "文件", "content": content}, **problems(422)},
        openapi_extra={"parameters": parameter_schemas(ExportParameters, "/export")},
    )


async def export(request: Request) -> Response:
    params = parse_parameters(ExportParameters, request.query_params.multi_items())
    ending = "zip" if params.format == "csv" else params.format
    data = await in_thread(request, lambda: export_graph(state_of(request).store(), ending))
    return download(data, MEDIA_TYPES[ending], f"coopgraph.{ending}")
