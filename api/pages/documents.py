"""The documents: what has been read, what was found, reading more, comparing, removing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from api.pages.lists import one_page
from api.pages.rendering import Shell, form_route, page, parameters_of, programme_names, route
from api.pages.sharing import rows_downloads
from api.routes.documents import find_document
from api.state import in_thread, state_of
from graph.catalogue import find_query
from graph.store import Store


def add(app: FastAPI) -> None:
    route(app, "/documents", documents)
    form_route(app, "/documents/removal", removed)


async def documents(request: Request) -> Response:
    return await page(request, "documents.html", _documents)


async def removed(request: Request, form: dict[str, str]) -> Response:
    """Remove the document that a plain form names."""

    def work() -> None:
        state = state_of(request)
        state.library().remove(find_document(state.store(), form.get("id", "")).document.id)

    await in_thread(request, work, abandon=False)
    return RedirectResponse(Shell(request).link("/documents"), 303)


def _documents(store: Store, shell: Shell) -> Mapping[str, Any]:
    from ingest.reading import supported_endings

    query = find_query("documents")
    params = parameters_of(query, shell)
    answer = query.ask(store, params)
    items, total = one_page(answer, params)
    everything = query.ask(store, params.model_copy(update={"status": "all"})).items
    return {
        "items": items,
        "total": total,
        "params": params,
        "elsewhere": len(everything) - total,
        "every": list(everything),
        "endings": [ending if ending.startswith(".") else f".{ending}" for ending in supported_endings()],
        "programmes": programme_names(store, shell),
        "profiles": profile_titles(shell.lang),
        "downloads": rows_downloads("/api/v1/documents", shell.kept),
    }


def profile_titles(lang: str) -> dict[str, str]:
    """Titles of the kinds of table that are shipped, by name."""
    from ingest.interpret import load_profiles

    return {profile.name: profile.title(lang) for profile in load_profiles(None)}
