"""One document: its source tables as read, with every cell's use and the claims that it made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.pages.documents import profile_titles
from api.pages.rendering import Shell, page, route
from api.pages.sharing import view_downloads
from api.routes.documents import find_document
from graph.catalogue import find_query
from graph.cells import table_answer
from graph.store import Store


def add(app: FastAPI) -> None:
    route(app, "/documents/{id:path}", document)


async def document(request: Request) -> Response:
    wanted = request.path_params["id"]
    return await page(request, "document.html", lambda store, shell: _document(store, shell, wanted))


def _document(store: Store, shell: Shell, document_id: str) -> Mapping[str, Any]:
    stored = find_document(store, document_id)
    receipt = stored.receipt
    tables = [
        table_answer(store, stored.document.id, info["table"], shell.lang) for info in receipt["tables"]
    ]
    successors = [found.document for one in stored.superseded_by if (found := store.document(one))]
    replaced = [found.document for one in stored.document.supersedes if (found := store.document(one))]
    listed = find_query("documents")
    every = listed.ask(store, listed.params.model_validate({"status": "all", "size": 1000})).items
    return {
        "stored": stored,
        "others": [row for row in every if row["id"] != stored.document.id],
        "d": stored.document,
        "receipt": receipt,
        "tables": [
            (info, table, flags_of(receipt["problems"], info["table"]))
            for info, table in zip(receipt["tables"], tables, strict=True)
            if table is not None
        ],
        "profiles": profile_titles(shell.lang),
        "successors": successors,
        "replaced": replaced,
        "most": None,
        "downloads": [
            ("JSON", f"/api/v1/documents/{quote(stored.document.id, safe=':/@')}/receipt"),
            *view_downloads("network", {**shell.kept, "document": stored.document.id, "status": "all"}),
        ],
    }


def flags_of(problems: list[Any], table: int) -> dict[tuple[int, int], list[Any]]:
    """Problems of a table by cell (row, column); a problem of a whole row stands at its first cell."""
    found: dict[tuple[int, int], list[Any]] = {}
    for problem in problems:
        if problem["table"] == table and problem["row"]:
            found.setdefault((problem["row"], problem["column"] or 1), []).append(problem)
    return found
