"""The explorer's own stylesheet and scripts, served from the package."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from fastapi import FastAPI, Request
from fastapi.responses import Response

from graph.errors import NotFound

_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_A_YEAR = "public, max-age=31536000, immutable"


@cache
def _asset(name: str) -> tuple[bytes, str] | None:
    """Bytes and media type of a file of `api/static`, or None."""
    kind = _TYPES.get(name.rpartition(".")[2])
    known = {entry.name for entry in files("api").joinpath("static").iterdir()}
    if kind is None or name not in known:
        return None
    return files("api").joinpath("static", name).read_bytes(), kind


@cache
def asset_url(name: str) -> str:
    """The address of a file with the hash of its content, so that browsers may keep it for good."""
    found = _asset(name)
    if found is None:
        raise KeyError(name)
    return f"/static/explorer/{name}?v={hashlib.sha256(found[0]).hexdigest()[:10]}"


def add(app: FastAPI) -> None:
    app.add_api_route(
        "/static/explorer/{name}", serve, methods=["GET"], include_in_schema=False, response_class=Response
    )
    app.add_api_route("/favicon.ico", icon, methods=["GET"], include_in_schema=False, response_class=Response)


async def serve(request: Request) -> Response:
    found = _asset(request.path_params["name"])
    if found is None:
        raise NotFound("没有这个文件。")
    # An address without a hash (an import inside a module) may change with the next version.
    keep = _A_YEAR if "v" in request.query_params else "no-cache"
    return Response(found[0], media_type=found[1], headers={"Cache-Control": keep})


async def icon(request: Request) -> Response:
    found = _asset("mark.svg")
    return Response(
        found[0] if found else b"", media_type="image/svg+xml", headers={"Cache-Control": _A_YEAR}
    )
