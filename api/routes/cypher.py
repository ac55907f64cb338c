"""Read-only Cypher for those who know it. Neo4j only: the embedded store answers 501 `needs_neo4j`."""

from __future__ import annotations

from typing import Any, TypedDict

import orjson
from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.bodies import read_body
from api.cypher_guard import require_guarded_server, require_harmless_plan, require_plain_parameters
from api.described import json_response, problems
from api.overrunning import answer_within
from api.parameters import parse_parameters
from api.routes.queries import PREFIX, json_answer
from api.schemas import Components
from api.simple_parameters import CypherBody, NoParameters
from api.state import in_thread, state_of
from graph.errors import TooLarge
from graph.store import CypherAnswer

ROW_LIMIT = 1000
SECONDS = 10.0
GRACE = 2.0
"""Seconds for which the server's own refusal of a query that takes too long is waited for."""
MAX_BYTES = 5_000_000
"""Size of the answer; later rows are left out, and the answer says that it is truncated."""


class CypherResult(TypedDict):
    """Rows by column; nodes and edges that stand in them also once each."""

    columns: list[str]
    rows: list[list[Any]]
    truncated: bool
    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]


_EXAMPLE = {
    "columns": ["name", "n"],
    "rows": [["江北区", 3]],
    "truncated": False,
    "nodes": [],
    "edges": [],
}


def add(app: FastAPI, components: Components) -> None:
    """Add the route."""
    app.add_api_route(
        f"{PREFIX}/cypher",
        cypher,
        methods=["POST"],
        summary="只读的 Cypher 查询（仅 Neo4j）",
        description=(
            f"在只读访问模式下执行，最多 {ROW_LIMIT} 行、{SECONDS:g} 秒、{MAX_BYTES // 1_000_000} MB；"
            "值只能放在 parameters 中。Neo4j 在行与行之间才看时限：单个表达式（如对很长的 range 作 reduce）"
            "到时也答 query_timeout，但服务器可能还要算一阵。"
        ),
        tags=["cypher"],
        response_class=Response,
        responses={
            200: json_response(components.of(CypherResult), "结果", _EXAMPLE),
            **problems(400, 413, 422, 501),
        },
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": CypherBody.model_json_schema()}},
            }
        },
    )


async def cypher(request: Request) -> Response:
    parse_parameters(NoParameters, request.query_params.multi_items())
    body = await read_body(request, CypherBody)

    return json_answer(await answered(request, body))


async def answered(request: Request, body: CypherBody) -> CypherResult:
    """The query's rows, after the guards; raises what the store and the guards raise."""

    def work() -> CypherResult:
        store = state_of(request).store()
        require_guarded_server(store)
        require_plain_parameters(body.parameters)
        require_harmless_plan(store, body.query, body.parameters)
        found = answer_within(
            SECONDS + GRACE,
            lambda: store.cypher(body.query, body.parameters, limit=ROW_LIMIT, seconds=SECONDS),
        )
        return within_size(found)

    return await in_thread(request, work)


def within_size(answer: CypherAnswer, limit: int = MAX_BYTES) -> CypherResult:
    """The rows that fit into `limit` bytes of JSON. Nodes and edges are those of the rows, so they go when rows do.

    Raises TooLarge where not even one row fits.
    """
    size, kept = 0, 0
    for row in answer.rows:
        size += len(orjson.dumps(row, default=str))
        if size > limit:
            break
        kept += 1
    if answer.rows and not kept:
        raise TooLarge("一行结果就超过 5 MB；请只返回需要的属性，或加 LIMIT。", parameter="query")
    whole = kept == len(answer.rows)
    return CypherResult(
        columns=answer.columns,
        rows=answer.rows[:kept],
        truncated=answer.truncated or not whole,
        nodes=[dict(node) for node in answer.nodes] if whole else [],
        edges=[dict(edge) for edge in answer.edges] if whole else [],
    )
