"""Whether the program lives, and whether its store can be reached."""

from __future__ import annotations

from typing import TypedDict

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.described import json_response, problems
from api.routes.queries import json_answer
from api.schemas import Components
from api.state import in_thread, state_of


class Health(TypedDict):
    status: str


class Readiness(TypedDict):
    status: str
    backend: str


def add(app: FastAPI, components: Components) -> None:
    """Add both routes; neither needs a token, and neither tells more than it must."""
    app.add_api_route(
        "/healthz",
        healthz,
        methods=["GET"],
        summary="程序在运行",
        tags=["health"],
        response_class=Response,
        responses={200: json_response(components.of(Health), "在运行", {"status": "ok"})},
    )
    app.add_api_route(
        "/readyz",
        readyz,
        methods=["GET"],
        summary="存储可用",
        tags=["health"],
        response_class=Response,
        responses={
            200: json_response(components.of(Readiness), "可用", {"status": "ready", "backend": "embedded"}),
            503: problems()[503],
        },
    )


async def healthz() -> Response:
    return json_answer(Health(status="ok"))


async def readyz(request: Request) -> Response:
    def work() -> Readiness:
        store = state_of(request).store()
        store.check()
        return Readiness(status="ready", backend=store.backend)

    return json_answer(await in_thread(request, work))
