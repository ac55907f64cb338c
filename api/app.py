"""The HTTP application: routes, guards, errors and the OpenAPI document put together."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from api import problems
from api.described import PROBLEM_SCHEMA
from api.logs import redact_logs
from api.routes import briefings, cypher, documents, export, health, listing, queries, review, signin, views
from api.schemas import Components
from api.security import Guard
from api.state import AppState
from graph.settings import Settings
from graph.store import Store


def create_app(
    settings: Settings | None = None, store: Store | None = None, *, insecure: bool = False
) -> FastAPI:
    """The application. Without a store, the one that the settings name is opened when first asked for.

    `insecure` answers any Host name though no token is set: for `serve --insecure`.
    """
    state = AppState(settings or Settings(), store, insecure=insecure)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        redact_logs()
        yield
        state.close()

    # FastAPI's own documentation pages load scripts from another host: only the document itself is served.
    app = FastAPI(
        title="coopgraph",
        version=_version(),
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        generate_unique_id_function=_operation_id,
        # Nothing is measured or sent anywhere.
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
        description="对口合作关系知识图谱：从公文表格读出，每条关系都指向原文单元格。",
    )
    app.state.coopgraph = state
    app.add_middleware(Guard, settings=state.settings, insecure=insecure)
    problems.install(app)
    components = Components()
    components.name("Problem", PROBLEM_SCHEMA)
    for part in (health, listing, queries, documents, review, cypher, export, views, briefings, signin):
        part.add(app, components)
    _include_pages(app)
    _describe(app, components)
    return app


def _operation_id(route: APIRoute) -> str:
    """What a generated client calls a route that is no query: `get_documents_receipt`, `get_views_bridge_svg`."""
    words = re.sub(r"\{[^}]*\}", "", route.path.removeprefix(queries.PREFIX))
    return "_".join([*sorted(method.lower() for method in route.methods or ()), *re.findall(r"\w+", words)])


def _version() -> str:
    try:
        return version("coopgraph")
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0"


def _include_pages(app: FastAPI) -> None:
    """The explorer, where it is part of this installation."""
    if importlib.util.find_spec("api.pages") is not None:
        from api.pages import add  # pyright: ignore[reportMissingImports]  # may be left out

        add(app)


def _describe(app: FastAPI, components: Components) -> None:
    """Make the OpenAPI document when it is first asked for."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
                openapi_version="3.1.0",
            )
            document = components.resolve(document)
            document["components"]["securitySchemes"] = {
                "token": {"type": "http", "scheme": "bearer", "description": "COOPGRAPH_TOKEN，设了才需要"}
            }
            document["security"] = [{}, {"token": []}]
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = openapi
