"""A view in the explorer: its filters, the picture, and every form it can be taken away in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response
from markupsafe import Markup

from api.pages.filters import filter_fields
from api.pages.rendering import Shell, page, route
from api.pages.sharing import taken_away
from api.parameters import parameter_names, parse_parameters
from api.routes.views import library_address
from api.security import nonce_of
from graph.store import Store
from viz.registry import find_view, views


def add(app: FastAPI) -> None:
    route(app, "/views/{name}", view)


async def view(request: Request) -> Response:
    return await page(
        request, "view.html", lambda store, shell: _view(store, shell, request.path_params["name"])
    )


def _view(store: Store, shell: Shell, name: str) -> Mapping[str, Any]:
    from viz.rendering import render

    shown = find_view(name)
    given = [(k, v) for k, v in shell.request.query_params.multi_items() if v != ""]
    params = parse_parameters(shown.params, given)
    # In the page itself rather than in a frame, so that opening a group changes the address.
    scene = shown.build(store, params)
    drawn = render(
        scene,
        "html",
        mode="element",
        theme=params.theme if "theme" in dict(given) else "auto",
        nonce=nonce_of(shell.request),
        library_url=library_address(),
    )
    filters = dict(given)
    fields = filter_fields(shown.params, shell, store, shown.options)
    return {
        "view": shown,
        "views": list(views().values()),
        "fields": fields,
        "used": sum(field.set for field in fields),
        "empty": scene.empty,
        "picture": Markup(drawn.decode()),
        **taken_away(shell, name, filters),
        "unchosen": "id" in parameter_names(shown.params) and not filters.get("id"),
    }
