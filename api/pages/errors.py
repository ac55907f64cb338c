"""Addresses that are none, as a page for a browser; programs get the problem as before."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from api.pages.rendering import rendered
from graph.errors import NotFound


def add(app: FastAPI) -> None:
    as_problem = app.exception_handlers[HTTPException]

    async def shown(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        wants_page = "text/html" in request.headers.get("accept", "")
        if error.status_code == 404 and wants_page and not request.url.path.startswith("/api/"):
            none = NotFound("没有这个页面；请从上面的导航进入，或用查找。")
            return rendered(request, "error.html", {"error": none}, 404)
        return await as_problem(request, error)  # pyright: ignore[reportGeneralTypeIssues]  # ours is async

    app.add_exception_handler(HTTPException, shown)
