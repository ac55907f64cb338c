"""Views as files (`/views/{name}.{ending}`) and for a frame (`/embed/{name}`)."""

from __future__ import annotations

import importlib.util
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.described import problems
from api.parameters import parse_parameters
from api.routes.queries import download
from api.schemas import Components, parameter_schemas
from api.security import nonce_of
from api.state import in_thread, state_of

MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def add(app: FastAPI, components: Components) -> None:
    """Add both routes for each view, so that each has its own parameters in the OpenAPI document."""
    if importlib.util.find_spec("viz.registry") is None:  # while views are being built
        return
    from viz.registry import views
    from viz.rendering import formats

    for view in views().values():
        for ending in formats():
            _add(app, view, f"/views/{view.name}.{ending}", ending, frame=False)
        if "html" in formats():
            _add(app, view, f"/embed/{view.name}", "html", frame=True)


def _add(app: FastAPI, view: Any, path: str, ending: str, *, frame: bool) -> None:
    async def endpoint(request: Request) -> Response:
        params = parse_parameters(view.params, request.query_params.multi_items())
        data = await in_thread(request, lambda: _draw(request, view, params, ending, frame=frame))
        if frame:
            return Response(data, media_type=MEDIA_TYPES[ending])
        return download(data, MEDIA_TYPES[ending], f"{view.name}.{ending}")

    media = MEDIA_TYPES[ending].partition(";")[0]
    content = {
        media: {
            "schema": {"type": "string"}
            if ending in ("html", "svg")
            else {"type": "string", "format": "binary"}
        }
    }
    app.add_api_route(
        path,
        endpoint,
        methods=["GET"],
        summary=f"{view.title.zh}（{'嵌入用页面' if frame else ending}）",
        tags=["views"],
        response_class=Response,
        responses={200: {"description": "视图", "content": content}, **problems(404, 422, 501)},
        openapi_extra={"parameters": parameter_schemas(view.params, path)},
    )


def _draw(request: Request, view: Any, params: Any, ending: str, *, frame: bool) -> bytes:
    from viz.rendering import render

    scene = view.build(state_of(request).store(), params)
    return render(scene, ending, nonce=nonce_of(request)) if frame else render(scene, ending)
