"""Errors over HTTP: RFC 9457 `application/problem+json` with a stable `code`.

Members beside those of the RFC: `code`; `parameter` and `allowed` for a wrong parameter; `near` for an
unknown name; `receipt` for a rejected upload.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from graph.errors import CoopgraphError

MEDIA_TYPE = "application/problem+json"

_PHRASES = {status.value: status.phrase for status in HTTPStatus}
_PLAIN = {
    400: ("bad_request", "请求的格式不对，请检查后重试。"),
    404: ("not_found", "没有这个地址，可用的地址见 /openapi.json。"),
    405: ("method_not_allowed", "这个地址不支持该方法，请看 Allow 头或 /openapi.json。"),
}


def problem(
    status: int, code: str, detail: str, *, headers: dict[str, str] | None = None, **members: Any
) -> Response:
    """A problem response; members that are None are left out."""
    body = {
        "type": f"urn:coopgraph:problem:{code}",
        "title": _PHRASES.get(status, "Client Closed Request"),
        "status": status,
        "detail": detail,
        "code": code,
        **{name: value for name, value in members.items() if value is not None},
    }
    return Response(orjson.dumps(body, default=str), status, media_type=MEDIA_TYPE, headers=headers)


def problem_of(error: CoopgraphError) -> Response:
    """The problem response of one of our errors."""
    headers = {"Retry-After": "5"} if error.http_status == 503 else None
    if error.http_status == 401:
        headers = {"WWW-Authenticate": "Bearer"}
    return problem(error.http_status, error.code, error.message, headers=headers, **error.details)


def install(app: FastAPI) -> None:
    """Answer every error of the application as a problem."""

    async def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, CoopgraphError)
        return problem_of(error)

    async def plain(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        code, detail = _PLAIN.get(error.status_code, ("error", str(error.detail)))
        return problem(error.status_code, code, detail, headers=dict(error.headers or {}))

    async def unexpected(request: Request, error: Exception) -> Response:
        # The server logs the traceback; the client learns nothing of it.
        return problem(500, "internal_error", "程序出错，未能回答；请把服务日志中的记录交给维护人员。")

    app.add_exception_handler(CoopgraphError, ours)
    app.add_exception_handler(HTTPException, plain)
    app.add_exception_handler(Exception, unexpected)
