"""A view in the explorer: its filters, the picture, and every form it can be taken away in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.pages.filters import LABELS, Field, word
from api.pages.lists import view_downloads
from api.pages.rendering import Shell, address, page, programme_names, route
from api.parameters import allowed_values, parameter_names, parse_parameters, plain_types
from graph.store import Store
from viz.registry import find_view, views
from viz.scene import View

_OWN_CONTROLS = frozenset({"page", "size", "format", "lang", "status", "theme"})


def add(app: FastAPI) -> None:
    route(app, "/views/{name}", view)


async def view(request: Request) -> Response:
    return await page(
        request, "view.html", lambda store, shell: _view(store, shell, request.path_params["name"])
    )


def _view(store: Store, shell: Shell, name: str) -> Mapping[str, Any]:
    shown = find_view(name)
    parse_parameters(shown.params, shell.request.query_params.multi_items())
    filters = dict(shell.request.query_params)
    programmes = programme_names(store, shell)
    return {
        "view": shown,
        "views": list(views().values()),
        "fields": [
            _field(shown, n, shell, programmes)
            for n in parameter_names(shown.params)
            if n not in _OWN_CONTROLS
        ],
        "frame": address(f"/embed/{name}", filters),
        "downloads": view_downloads(name, filters),
        "needs": [] if "id" not in parameter_names(shown.params) or filters.get("id") else ["id"],
    }


def _field(view: View, name: str, shell: Shell, programmes: list[str]) -> Field:
    model = view.params.model_fields[parameter_names(view.params)[name]]
    value = shell.request.query_params.get(name, "")
    label = LABELS[name](shell.lang) if name in LABELS else (model.description or name)
    values = programmes if name == "programme" else allowed_values(model)
    if values:
        return Field(
            name, label, "choice", value, model.description or "", [(v, word(v, shell.lang)) for v in values]
        )
    kinds = {kind.__name__ for kind in plain_types(model.annotation) if isinstance(kind, type)}
    control = "tick" if "bool" in kinds else "date" if "date" in kinds else "text"
    return Field(name, label, control, value, model.description or "")
