"""Before anything is written: a document as it would be read, and what it would change in the graph."""

from __future__ import annotations

import hashlib
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.pages.documents import profile_titles
from api.pages.rendering import Shell, rendered, route
from api.pages.sources import flags_of
from api.state import in_thread, state_of
from api.uploads import Upload, read_upload
from graph.cells import read_tables
from ingest.belonging import already_present

ROWS_SHOWN = 200
"""Rows of a table that a preview lays out; the document's own page shows all."""


def add(app: FastAPI) -> None:
    route(app, "/documents/preview", preview, method="POST")


async def preview(request: Request) -> Response:
    """A part of the documents page: the answer to an upload that nothing is written of."""
    given = await read_upload(request, state_of(request).settings.max_upload_mb)
    shell = Shell(request)
    context = await in_thread(request, lambda: _preview(request, given, shell))
    return rendered(request, "preview.html", context)


def _preview(request: Request, given: Upload, shell: Shell) -> dict[str, Any]:
    state = state_of(request)
    found = state.library().preview(given.files, given.options)
    receipt = found.receipt
    tables = read_tables(found.reading, shell.lang)
    return {
        "d": found.reading.document,
        "receipt": receipt,
        "known": state.store().document(found.reading.document.id) is not None,
        "present": _same_files(request, given),
        "tables": [
            (info, table, flags_of(receipt["problems"], info["table"]))
            for info, table in zip(receipt["tables"], tables, strict=True)
        ],
        "most": ROWS_SHOWN,
        "profiles": profile_titles(shell.lang),
        "added": found.added,
        "removed": found.removed,
    }


def _same_files(request: Request, given: Upload) -> bool:
    """Whether these very files have been read already, with the same options."""
    hashes = [hashlib.sha256(data).hexdigest() for _, data in given.files]
    return already_present(state_of(request).store(), hashes, given.options) is not None
