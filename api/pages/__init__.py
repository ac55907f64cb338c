"""The explorer: server-rendered pages over the same queries as the API.

One module a page (or a family of pages); each has `add(app)`. Templates are in `api/templates/explorer/`,
the stylesheet and the small scripts in `api/static/`.
"""

from __future__ import annotations

from fastapi import FastAPI

from api.pages import (
    assets,
    briefing,
    compare,
    coverage,
    cypher,
    desk,
    documents,
    entity,
    errors,
    lists,
    oembed,
    paths,
    previewing,
    sources,
    start,
    views,
)


def add(app: FastAPI) -> None:
    """Add all pages; none of them is part of the API's description."""
    parts = (
        assets,
        errors,
        briefing,
        start,
        entity,
        lists,
        oembed,
        paths,
        coverage,
        compare,
        previewing,
        desk,
        cypher,
        documents,
        sources,
        views,
    )
    for part in parts:
        part.add(app)
