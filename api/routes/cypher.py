"""Read-only Cypher for those who know it. Neo4j only: the embedded store answers 501 `needs_neo4j`."""

from __future__ import annotations

from typing import Any, TypedDict

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.bodies import read_body
from api.cypher_guard import require_guarded_server
from api.described import json_response, problems
from api.parameters import parse_parameters
from api.routes.queries import PREFIX, json_answer
from api.schemas import Components
from api.simple_parameters import CypherBody, NoParameters
from api.state import in_thread, state_of

ROW_LIMIT = 1000
SECONDS = 10.0


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
        description=f"在只读访问模式下执行，最多 {ROW_LIMIT} 行、{SECONDS:g} 秒；值只能放在 parameters 中。",
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

    def work() -> CypherResult:
        store = state_of(request).store()
        require_guarded_server(store)
        answer = store.cypher(body.query, body.parameters, limit=ROW_LIMIT, seconds=SECONDS)
        return CypherResult(
            columns=answer.columns,
            rows=answer.rows,
            truncated=answer.truncated,
            nodes=[dict(node) for node in answer.nodes],
            edges=[dict(edge) for edge in answer.edges],
        )

    return json_answer(await in_thread(request, work))
