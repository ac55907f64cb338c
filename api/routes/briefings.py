"""`POST /api/v1/briefings`: the briefing pack as a ZIP, or told line by line while it is made."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.briefing_wishes import read_wish
from api.described import problems
from api.packing import LINES, ZIP, Turns, pack_answer
from api.parameters import parse_parameters
from api.routes.queries import PREFIX
from api.schemas import Components, parameter_schemas
from api.simple_parameters import NoParameters
from viz.briefing import BriefingParameters

_LINES = """Accept: application/x-ndjson 时，一行一个 JSON 对象：
{"waiting": n}（前面还有几份）、{"file", "done", "total"}（正在生成哪个文件），
最后一行是 {"name", "bytes", "zip"}（zip 为 Base64）或 {"problem"}。断开连接即取消。"""


def add(app: FastAPI, components: Components) -> None:
    """Add the route, and the turns that it and the explorer's form take."""
    app.state.pack_turns = Turns()
    binary = {"type": "string", "format": "binary"}
    content: dict[str, Any] = {
        ZIP: {"schema": binary},
        LINES: {"schema": {"type": "string", "description": _LINES}},
    }
    fields = {one["name"]: one["schema"] for one in parameter_schemas(BriefingParameters, "")}
    form = {"type": "object", "properties": {**fields, "template": binary}, "additionalProperties": False}
    app.add_api_route(
        f"{PREFIX}/briefings",
        make,
        methods=["POST"],
        name="briefings",
        summary="一套汇报材料（ZIP）",
        description="不给请求体即全部内容；用 multipart/form-data 时可另附自己的 Word 模板（template）。",
        tags=["views"],
        response_class=Response,
        responses={
            200: {"description": "文字材料、幻灯片、附表、各视图", "content": content},
            **problems(400, 404, 413, 422, 501),
        },
        openapi_extra={
            "requestBody": {
                "required": False,
                "content": {
                    "application/json": {"schema": BriefingParameters.model_json_schema()},
                    "multipart/form-data": {"schema": form},
                },
            },
        },
    )


async def make(request: Request) -> Response:
    parse_parameters(NoParameters, request.query_params.multi_items())
    return await pack_answer(request, await read_wish(request))
