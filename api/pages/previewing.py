"""Before anything is written: a document as it would be read, and what it would change in the graph."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from api.pages.documents import profile_titles
from api.pages.rendering import Shell, rendered, route
from api.pages.sources import flags_of
from api.security import CSRF_FIELD, require_csrf
from api.state import in_thread, state_of
from api.uploads import Files, Upload, read_upload
from graph.cells import read_tables
from graph.errors import InvalidParameter
from graph.model import Document
from graph.store import Store
from ingest.documents.belonging import already_present

_OWN = (CSRF_FIELD, "step", "kept")
_MOST_KEPT = 8_000_000
"""Bytes of files that a preview without scripts carries for its confirmation."""
ROWS_SHOWN = 200
"""Rows of a table that a preview lays out; the document's own page shows all."""


def add(app: FastAPI) -> None:
    route(app, "/documents/preview", preview, method="POST")
    route(app, "/documents/upload", upload, method="POST", part=False)


async def preview(request: Request) -> Response:
    """A part of the documents page: the answer to an upload that nothing is written of."""
    given = await read_upload(request, state_of(request).settings.max_upload_mb)
    shell = Shell(request)
    context = await in_thread(request, lambda: _preview(request, given, shell))
    return rendered(request, "preview.html", context)


async def upload(request: Request) -> Response:
    """The same for a browser without scripts: a page with the preview; it sends the files back to have them
    written, so that nothing is kept here in between."""
    state = state_of(request)
    given = await read_upload(request, 2 * state.settings.max_upload_mb, _OWN, _unpacked)
    require_csrf(request, given.own.get(CSRF_FIELD, ""))
    shell = Shell(request)
    if given.own.get("step") == "write":
        work = lambda: state.library().ingest(given.files, given.options)  # noqa: E731  # one expression
        outcome = await in_thread(request, work, abandon=False)
        return RedirectResponse(shell.document(outcome.document_id), 303)
    context = await in_thread(request, lambda: _preview(request, given, shell))
    small = sum(len(data) for _, data in given.files) <= _MOST_KEPT
    options = {name: value for name, value in asdict(given.options).items() if value}
    kept = _packed(given.files) if small else ""
    return rendered(request, "preview_page.html", {**context, "kept": kept, "options": options})


def _packed(files: Files) -> str:
    return json.dumps([(name, base64.b64encode(data).decode()) for name, data in files])


def _unpacked(text: str) -> Files:
    """The files that a preview sent back. Raises InvalidParameter."""
    try:
        return [(str(name), base64.b64decode(data, validate=True)) for name, data in json.loads(text)]
    except (ValueError, TypeError):
        raise InvalidParameter("发回的文件内容不完整，请重新选择文件。", parameter="kept") from None


def _preview(request: Request, given: Upload, shell: Shell) -> dict[str, Any]:
    state = state_of(request)
    found = state.library().preview(given.files, given.options)
    receipt = found.receipt
    tables = read_tables(found.reading, shell.lang)
    return {
        "d": found.reading.document,
        "receipt": receipt,
        "known": state.store().document(found.reading.document.id) is not None,
        "replaced": _replaced(state.store(), found.reading.document),
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


def _replaced(store: Store, document: Document) -> list[tuple[Document, int]]:
    """The documents that it would replace, each with how many claims would no longer be in force."""
    found = [store.document(one) for one in document.supersedes]
    return [(one.document, one.receipt["claims"]) for one in found if one is not None]


def _same_files(request: Request, given: Upload) -> bool:
    """Whether these very files have been read already, with the same options."""
    hashes = [hashlib.sha256(data).hexdigest() for _, data in given.files]
    return already_present(state_of(request).store(), hashes, given.options) is not None
