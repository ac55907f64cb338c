"""`POST /api/v1/briefings`: the briefing pack as a ZIP."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.bodies import read_body
from api.described import problems
from api.parameters import parse_parameters
from api.routes.queries import PREFIX, download
from api.schemas import Components
from api.simple_parameters import NoParameters
from api.state import in_thread, state_of
from viz.briefing import BriefingParameters

ZIP = "application/zip"


def add(app: FastAPI, components: Components) -> None:
    """Add the route."""
    content: dict[str, Any] = {ZIP: {"schema": {"type": "string", "format": "binary"}}}
    app.add_api_route(
        f"{PREFIX}/briefings",
        make,
        methods=["POST"],
        name="briefings",
        summary="一套汇报材料（ZIP）",
        tags=["views"],
        response_class=Response,
        responses={
            200: {"description": "文字材料、幻灯片、附表、各视图", "content": content},
            **problems(400, 404, 413, 422, 501),
        },
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": BriefingParameters.model_json_schema()}},
            },
        },
    )


async def make(request: Request) -> Response:
    parse_parameters(NoParameters, request.query_params.multi_items())
    params = await read_body(request, BriefingParameters)
    data = await in_thread(request, lambda: _pack(request, params))
    return download(data, ZIP, "briefing.zip")


def _pack(request: Request, params: BriefingParameters) -> bytes:
    """The pack; a client that hangs up stops it before the next file."""
    from viz.briefing import gather
    from viz.briefing_pack import make_pack, packed

    brief = gather(state_of(request).store(), params)
    return packed(make_pack(brief))
