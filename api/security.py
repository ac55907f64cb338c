"""What stands before every route: the Host header, the token, cross-site requests, and the headers of answers.

- Host: without a token only names of this machine are answered, so that a foreign page cannot reach the
  program by a name that it makes point here (DNS rebinding).
- Token: with COOPGRAPH_TOKEN set, everything but health and sign-in needs it, as Bearer or as a session.
- Cross-site: what changes something is refused when a browser says that another site sent it; with a session
  it must carry the session's own token too: as a header, or as a field of the forms under FORM_PATHS, whose
  routes check it themselves (`require_csrf`) when they have read the form.
- Headers: a strict Content-Security-Policy with a nonce a request, and the usual rest.

Sources: W3C Content Security Policy Level 3; Fetch Metadata Request Headers; OWASP Cross-Site Request Forgery
Prevention Cheat Sheet.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import problem
from api.sessions import COOKIE, CSRF_HEADER, csrf_token, is_session, is_token
from graph.errors import Forbidden
from graph.settings import Settings

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OPEN_PATHS = frozenset({"/healthz", "/readyz", "/signin", "/favicon.ico"})
FORM_PATHS = frozenset(
    {"/signout", "/review/decision", "/documents/upload", "/documents/removal", "/cypher", "/briefing"}
)
"""Where plain forms are posted, for browsers without scripts."""
CSRF_FIELD = "csrf"
_FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def nonce_of(request: Request) -> str:
    """The nonce that this answer's inline scripts and styles must carry."""
    return request.scope["state"]["nonce"]


def csrf_of(request: Request) -> str:
    """What this page's scripts send as `X-CSRF-Token`; empty where no session needs it."""
    return request.scope["state"]["csrf"]


def require_csrf(request: Request, given: str) -> None:
    """Raises Forbidden unless a form carries the token of this session; without a session none is needed."""
    expected = csrf_of(request)
    if expected and not is_token(expected, given or request.headers.get(CSRF_HEADER, "")):
        raise Forbidden("页面已过期，请刷新后再试。")


@dataclass(frozen=True, slots=True)
class _Caller:
    """Who asks: by bearer token, by session cookie, or neither."""

    bearer: bool = False
    cookie: str = ""

    @property
    def known(self) -> bool:
        return self.bearer or bool(self.cookie)


class Guard:
    """ASGI middleware with all of the above. Paths under /static are open: they hold no data."""

    def __init__(self, app: ASGIApp, settings: Settings, *, insecure: bool = False) -> None:
        self._app = app
        self._token = settings.token.get_secret_value() if settings.token else ""
        self._insecure = insecure
        self._ancestors = " ".join(["'self'", *settings.frame_ancestors.split()])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        caller = self._caller(headers)
        nonce = secrets.token_urlsafe(16)
        state = scope.setdefault("state", {})
        state["nonce"] = nonce
        state["csrf"] = csrf_token(self._token, caller.cookie) if caller.cookie else ""
        guarded = self._with_headers(scope, send, nonce)
        refusal = self._refusal(scope, headers, caller)
        if refusal is not None:
            await refusal(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)

    def _caller(self, headers: Headers) -> _Caller:
        if not self._token:
            return _Caller()
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and is_token(self._token, given.strip()):
            return _Caller(bearer=True)
        try:
            morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            morsel = None
        if morsel is not None and is_session(self._token, morsel.value):
            return _Caller(cookie=morsel.value)
        return _Caller()

    def _refusal(self, scope: Scope, headers: Headers, caller: _Caller) -> Response | None:
        """The answer to a request that goes no further, or None."""
        path = str(scope["path"])
        if not self._token and not self._insecure and not _is_local_name(headers.get("host", "")):
            return problem(
                421,
                "wrong_host",
                "未设口令时只回答本机名称（localhost、127.0.0.1）的请求；请用本机地址，或设置 COOPGRAPH_TOKEN。",
            )
        if self._token and not caller.known and path not in _OPEN_PATHS and not path.startswith("/static/"):
            return _ask_for_token(scope, headers)
        if scope["method"] not in _SAFE_METHODS and not caller.bearer:
            form = headers.get("content-type", "").startswith(_FORM_TYPES)
            return self._cross_site(headers, caller, checked_later=form and path in FORM_PATHS)
        return None

    def _cross_site(self, headers: Headers, caller: _Caller, *, checked_later: bool) -> Response | None:
        refused = problem(
            403, "cross_site", "请求像是别的网站发出的，已拒绝；请从本程序的页面操作，或用 Bearer 口令。"
        )
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return refused
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower():
            return refused
        if caller.cookie and not checked_later:
            given = headers.get(CSRF_HEADER, "")
            if not is_token(csrf_token(self._token, caller.cookie), given):
                return problem(403, "csrf_token", "页面已过期，请刷新后再试。")
        return None

    def _with_headers(self, scope: Scope, send: Send, nonce: str) -> Send:
        framed = str(scope["path"]).startswith("/embed/")
        ancestors = self._ancestors if framed else "'none'"

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", policy(nonce, ancestors))
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "same-origin")
                headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
                headers.setdefault(
                    "Cross-Origin-Resource-Policy", "cross-origin" if framed else "same-origin"
                )
                headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
                if not framed:
                    headers.setdefault("X-Frame-Options", "DENY")
                if not str(scope["path"]).startswith("/static/"):
                    headers.setdefault("Cache-Control", "no-store" if self._token else "no-cache")
            await send(message)

        return sending


def policy(nonce: str, ancestors: str) -> str:
    """The Content-Security-Policy of an answer: own assets and what carries the nonce, nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            f"style-src 'self' 'nonce-{nonce}'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "frame-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            f"frame-ancestors {ancestors}",
        )
    )


def _is_local_name(host: str) -> bool:
    """Whether a Host header names this machine."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name.lower().rstrip(".") in _LOOPBACK_NAMES


def _ask_for_token(scope: Scope, headers: Headers) -> Response:
    """To a browser that wants a page, the sign-in page; to anything else, 401."""
    if scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
        query = scope["query_string"].decode("latin-1")
        wanted = quote(str(scope["path"]), safe="/") + (f"?{query}" if query else "")
        return RedirectResponse(f"/signin?next={quote(wanted, safe='')}", 303)
    return problem(
        401,
        "unauthorised",
        "需要口令：请在 Authorization 头中以 Bearer 发送 COOPGRAPH_TOKEN，或在 /signin 登录。",
        headers={"WWW-Authenticate": "Bearer"},
    )
