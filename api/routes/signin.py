"""Signing in and out by a page, for people whose browser cannot send a Bearer token."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.bodies import read_form
from api.schemas import Components
from api.security import CSRF_FIELD, nonce_of, require_csrf
from api.sessions import COOKIE, SECONDS, is_token, new_session
from api.state import state_of

_MAX_BYTES = 10_000
_PAUSE = 0.5
"""Seconds that a wrong token costs."""


def add(app: FastAPI, components: Components) -> None:
    """Add the pages; they are no part of the API's description."""
    for path, endpoint, method in (
        ("/signin", page, "GET"),
        ("/signin", sign_in, "POST"),
        ("/signout", sign_out, "POST"),
    ):
        app.add_api_route(path, endpoint, methods=[method], include_in_schema=False, response_class=Response)


@cache
def _template() -> Any:
    from jinja2 import Environment, PackageLoader

    return Environment(loader=PackageLoader("api"), autoescape=True).get_template("signin.html")


def _page(request: Request, wanted: str, lang: str, *, wrong: bool) -> Response:
    html = _template().render(nonce=nonce_of(request), next=own_path(wanted), lang=lang, wrong=wrong)
    return HTMLResponse(html, 401 if wrong else 200)


def own_path(wanted: str) -> str:
    """The path to go to after signing in: one of this site, never another's."""
    parts = urlsplit(wanted.replace("\\", "/"))
    if parts.scheme or parts.netloc or not wanted.startswith("/") or wanted.startswith("//"):
        return "/"
    return wanted


async def page(request: Request) -> Response:
    query = request.query_params
    return _page(request, query.get("next", "/"), query.get("lang", "zh"), wrong=False)


async def sign_in(request: Request) -> Response:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MAX_BYTES:
            return _page(request, "/", "zh", wrong=True)
    form = dict(parse_qsl(body.decode("utf-8", "replace")))
    wanted = form.get("next", "/")
    token = state_of(request).settings.token
    if token is None:
        return RedirectResponse(own_path(wanted), 303)
    if not is_token(token.get_secret_value(), form.get("token", "")):
        await asyncio.sleep(_PAUSE)
        return _page(request, wanted, form.get("lang", "zh"), wrong=True)
    answer = RedirectResponse(own_path(wanted), 303)
    answer.set_cookie(
        COOKIE,
        new_session(token.get_secret_value()),
        max_age=SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


async def sign_out(request: Request) -> Response:
    """End the session; the form carries its token, for a script may not have sent it."""
    form = await read_form(request)
    require_csrf(request, form.get(CSRF_FIELD, ""))
    answer = RedirectResponse("/signin", 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer
