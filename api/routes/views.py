"""Views as files (`/views/{name}.{ending}`) and for a frame (`/embed/{name}`)."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.described import problems
from api.parameters import parse_parameters
from api.schemas import Components, parameter_schemas
from api.security import nonce_of
from api.state import in_thread, state_of
from viz.scene import View

LIBRARY_PATH = "/static/vis-network.js"
_A_YEAR = "public, max-age=31536000, immutable"
_OWN_POLICIES = {
    # A sealed page carries its policy, with the hashes of its scripts; the header only forbids framing it.
    "html": "frame-ancestors 'none'",
    "svg": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}
_SHOWN = ("html", "svg", "png")
"""Forms that a browser shows; the others it saves."""


def add(app: FastAPI, components: Components) -> None:
    """Add both routes for each view, so that each has its own parameters in the OpenAPI document."""
    from viz.registry import views
    from viz.rendering import formats

    for view in views().values():
        for ending in formats():
            _add_file(app, view, ending)
        if "html" in formats():
            _add_frame(app, view)
    app.add_api_route(
        LIBRARY_PATH, library, methods=["GET"], include_in_schema=False, response_class=Response
    )


@cache
def library_address() -> str:
    """Where pages load the drawing library from, once for all of them; it changes with the library."""
    from viz.render_html import vis_network

    return f"{LIBRARY_PATH}?v={hashlib.sha256(vis_network().encode()).hexdigest()[:12]}"


def _add_file(app: FastAPI, view: View, ending: str) -> None:
    from viz.rendering import media_type

    async def endpoint(request: Request) -> Response:
        data = await _drawn(request, view, ending)
        placing = "inline" if ending in _SHOWN else "attachment"
        headers = {"Content-Disposition": f"{placing}; filename*=UTF-8''{quote(view.name)}.{ending}"}
        if ending in _OWN_POLICIES:
            headers["Content-Security-Policy"] = _OWN_POLICIES[ending]
        return Response(data, media_type=media_type(ending), headers=headers)

    _route(app, view, f"/views/{view.name}.{ending}", endpoint, ending, ending)


def _add_frame(app: FastAPI, view: View) -> None:
    from viz.rendering import media_type

    async def endpoint(request: Request) -> Response:
        options = {"mode": "embed", "nonce": nonce_of(request), "library_url": library_address()}
        data = await _drawn(request, view, "html", **options)
        return Response(data, media_type=media_type("html"))

    _route(app, view, f"/embed/{view.name}", endpoint, "html", "嵌入用页面")


async def _drawn(request: Request, view: View, ending: str, **options: Any) -> bytes:
    from viz.rendering import render

    params = parse_parameters(view.params, request.query_params.multi_items())
    return await in_thread(
        request,
        lambda: render(view.build(state_of(request).store(), params), ending, theme=params.theme, **options),
    )


def _route(app: FastAPI, view: View, path: str, endpoint: Any, ending: str, what: str) -> None:
    from viz.rendering import media_type

    schema = {"type": "string"} if ending in ("html", "svg") else {"type": "string", "format": "binary"}
    content = {media_type(ending).partition(";")[0]: {"schema": schema}}
    app.add_api_route(
        path,
        endpoint,
        methods=["GET"],
        summary=f"{view.title.zh}（{what}）",
        tags=["views"],
        response_class=Response,
        responses={200: {"description": view.title.zh, "content": content}, **problems(404, 422, 501)},
        openapi_extra={"parameters": parameter_schemas(view.params, path)},
    )


async def library() -> Response:
    """The drawing library; its address changes with its version, so browsers may keep it."""
    from viz.render_html import vis_network

    return Response(vis_network(), media_type="text/javascript", headers={"Cache-Control": _A_YEAR})
