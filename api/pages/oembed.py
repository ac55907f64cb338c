"""oEmbed: a program that is given a view's address learns how to frame it.

Source: oEmbed 1.0, https://oembed.com (JSON only; sizes within `maxwidth` and `maxheight`).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from markupsafe import Markup
from pydantic import Field

from api.pages.rendering import address
from api.parameters import parse_parameters
from api.problems import problem
from api.simple_parameters import Strict
from graph.errors import NotFound
from viz.registry import find_view

_WIDTH, _HEIGHT = 1000, 600


class OembedParameters(Strict):
    url: str = Field(max_length=4000, description="视图的地址")
    format: str = Field("json", description="json")
    maxwidth: int = Field(_WIDTH, ge=1, le=10_000, description="最大宽度，像素")
    maxheight: int = Field(_HEIGHT, ge=1, le=10_000, description="最大高度，像素")


def add(app: FastAPI) -> None:
    app.add_api_route("/oembed", oembed, methods=["GET"], include_in_schema=False, response_class=Response)


async def oembed(request: Request) -> Response:
    params = parse_parameters(OembedParameters, request.query_params.multi_items())
    if params.format != "json":
        return problem(501, "not_built", "oEmbed 只提供 JSON；请用 format=json。")
    return JSONResponse(_described(params, str(request.base_url).rstrip("/")))


def _described(params: OembedParameters, base: str) -> dict[str, Any]:
    """The answer for a view of this site. Raises NotFound for any other address, 422 for wrong filters."""
    parts = urlsplit(params.url)
    folder, _, name = parts.path.strip("/").partition("/")
    if f"{parts.scheme}://{parts.netloc}" != base or folder not in ("views", "embed"):
        raise NotFound("只有本站的视图可以嵌入；请给出 /views/… 的地址。")
    view = find_view(name)
    given = parse_qsl(parts.query)
    lang = parse_parameters(view.params, given).lang
    title = view.title(lang)
    width, height = min(_WIDTH, params.maxwidth), min(_HEIGHT, params.maxheight)
    source = base + address(f"/embed/{name}", dict(given))
    frame = Markup('<iframe src="{}" width="{}" height="{}" loading="lazy" title="{}"></iframe>')
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": "coopgraph",
        "provider_url": base,
        "title": title,
        "width": width,
        "height": height,
        "html": str(frame.format(source, width, height, title)),
    }


def oembed_address(base: str, page: str) -> str:
    """Where a page's oEmbed answer is found."""
    return address(f"{base}/oembed", {"url": page})
