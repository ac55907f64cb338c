"""oEmbed: a program that is given the address of a view, or of a page that draws one, learns how to frame it.

Source: oEmbed 1.0, https://oembed.com (JSON only; sizes within `maxwidth` and `maxheight`).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from markupsafe import Markup
from pydantic import Field

from api.pages.lists import PAGES
from api.pages.rendering import address
from api.pages.sharing import view_filters
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
    found = drawn_on(unquote(parts.path), dict(parse_qsl(parts.query)))
    if f"{parts.scheme}://{parts.netloc}" != base or found is None:
        raise NotFound("只有本站的视图和带图的页面可以嵌入；请给出 /views/… 的地址。")
    name, given = found
    view = find_view(name)
    lang = parse_parameters(view.params, given.items()).lang
    title = view.title(lang)
    width, height = min(_WIDTH, params.maxwidth), min(_HEIGHT, params.maxheight)
    source = base + address(f"/embed/{name}", given)
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


def drawn_on(path: str, given: dict[str, str]) -> tuple[str, dict[str, str]] | None:
    """The view that a page draws, with the filters that the two share; None for a page without one."""
    folder, _, rest = path.strip("/").partition("/")
    if folder in ("views", "embed"):
        return rest, given
    if folder == "entities" and rest:
        return "neighbourhood", view_filters("neighbourhood", {**given, "id": rest})
    if path == "/coverage":
        return "coverage", view_filters("coverage", given)
    spec = next((one for one in PAGES if path == f"/{one.query}" and one.view), None)
    if spec is None:
        return None
    return spec.view, view_filters(spec.view, {k: v for k, v in given.items() if k not in spec.apart})
