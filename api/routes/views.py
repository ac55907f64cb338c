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
ZIP = "application/zip"
_SHOWN = ("html", "svg", "png", "pdf")
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
        parts = await _parts(request, view, ending)
        title = view.title("en" if request.query_params.get("lang") == "en" else "zh")
        if len(parts) > 1:
            return _zipped(view, ending, parts, title)
        placing = "inline" if ending in _SHOWN else "attachment"
        headers = {"Content-Disposition": f"{placing}; {_named(view, title, ending)}"}
        if ending in _OWN_POLICIES:
            headers["Content-Security-Policy"] = _OWN_POLICIES[ending]
        return Response(parts[0], media_type=media_type(ending), headers=headers)

    _route(app, view, f"/views/{view.name}.{ending}", endpoint, ending, ending)


def _named(view: View, title: str, ending: str) -> str:
    """The name to save a file under: the view's title, for old browsers its name (RFC 6266, appendix D)."""
    return f"filename=\"{view.name}.{ending}\"; filename*=UTF-8''{quote(title, safe='')}.{ending}"


def _zipped(view: View, ending: str, parts: list[bytes], title: str) -> Response:
    """Several sheets as one ZIP, in it named as on the command line."""
    from viz.paper.packing import zipped

    names = [f"{view.name}.{ending}", *(f"{view.name}-{i}.{ending}" for i in range(2, len(parts) + 1))]
    headers = {"Content-Disposition": f"attachment; {_named(view, title, 'zip')}"}
    return Response(zipped(zip(names, parts, strict=True)), media_type=ZIP, headers=headers)


async def _parts(request: Request, view: View, ending: str) -> list[bytes]:
    """The file, or its sheets, as the filters and the choices of the form ask for it."""
    from viz.rendering import choices, render_parts

    model = choices().get(ending)
    chosen_names = frozenset(model.model_fields) if model else frozenset[str]()
    given = request.query_params.multi_items()
    params = parse_parameters(view.params, [(k, v) for k, v in given if k not in chosen_names])
    chosen = parse_parameters(model, [(k, v) for k, v in given if k in chosen_names]) if model else None
    options = {"theme": params.theme, **(chosen.model_dump() if chosen else {})}
    return await in_thread(
        request, lambda: render_parts(view.build(state_of(request).store(), params), ending, **options)
    )


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
    from viz.rendering import choices, media_type

    schema = {"type": "string"} if ending in ("html", "svg") else {"type": "string", "format": "binary"}
    content = {media_type(ending).partition(";")[0]: {"schema": schema}}
    model = choices().get(ending) if path.startswith("/views/") else None
    own = parameter_schemas(model, path) if model else []
    if model and "sheet" in model.model_fields:
        content[ZIP] = {"schema": {"type": "string", "format": "binary"}}
    app.add_api_route(
        path,
        endpoint,
        methods=["GET"],
        summary=f"{view.title.zh}（{what}）",
        tags=["views"],
        response_class=Response,
        responses={200: {"description": view.title.zh, "content": content}, **problems(404, 422, 501)},
        openapi_extra={"parameters": [*parameter_schemas(view.params, path), *own]},
    )


async def library() -> Response:
    """The drawing library; its address changes with its version, so browsers may keep it."""
    from viz.render_html import vis_network

    return Response(vis_network(), media_type="text/javascript", headers={"Cache-Control": _A_YEAR})
