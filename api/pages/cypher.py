"""Free Cypher for those who know it, with examples to begin from; where the store is Neo4j."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.pages.rendering import form_route, rendered, route
from api.routes.cypher import ROW_LIMIT, SECONDS, answered
from api.simple_parameters import CypherBody
from graph.errors import CoopgraphError
from graph.vocabulary import Text


@dataclass(frozen=True, slots=True)
class Example:
    title: Text
    query: str
    parameters: str = "{}"


EXAMPLES = (
    Example(
        Text("一个单位与谁对口", "Whom a unit pairs with"),
        "MATCH (u:Unit {name: $name})-[c:PAIRED_WITH]->(p)\n"
        "RETURN u.name AS unit, c.term AS term, p.name AS partner, c.document AS document",
        '{"name": "北仑区"}',
    ),
    Example(
        Text("对口最多的对象", "Partners that most units pair with"),
        "MATCH (u)-[:PAIRED_WITH]->(p)\n"
        "RETURN p.name AS partner, count(DISTINCT u) AS units ORDER BY units DESC, partner LIMIT 20",
    ),
    Example(
        Text("每位领导牵头的任务", "Tasks under each leader"),
        "MATCH (l:Leader)-[:OVERSEES]->(t:Task)\nRETURN l.name AS leader, collect(t.name) AS tasks",
    ),
    Example(
        Text("关系的种类与条数", "Claims by kind"),
        "MATCH (:Entity)-[c]->(:Entity)\nRETURN type(c) AS relation, count(c) AS claims ORDER BY claims DESC",
    ),
)


def add(app: FastAPI) -> None:
    route(app, "/cypher", cypher)
    form_route(app, "/cypher", run)


async def cypher(request: Request) -> Response:
    """The form with what the address asks, else with the first example; a script runs what the address asks."""
    asked, first = request.query_params, EXAMPLES[0]
    query, parameters = asked.get("query") or first.query, asked.get("parameters", "")
    return rendered(
        request, "cypher.html", _context(query, parameters if asked.get("query") else first.parameters)
    )


async def run(request: Request, form: dict[str, str]) -> Response:
    """The answer to a query that a plain form posts, on the page itself."""
    query, parameters = form.get("query", ""), form.get("parameters", "") or "{}"
    context = _context(query, parameters)
    try:
        given = json.loads(parameters)
        body = CypherBody.model_validate({"query": query, "parameters": given})
    except ValueError:
        wrong = '语句不能为空；参数应为 JSON 对象，如 {"name": "北仑区"}。'
        return rendered(request, "cypher.html", {**context, "refused": wrong}, 422)
    try:
        answer = await answered(request, body)
    except CoopgraphError as error:
        return rendered(request, "cypher.html", {**context, "refused": error.message}, error.http_status)
    return rendered(request, "cypher.html", {**context, "answer": answer})


def _context(query: str, parameters: str) -> dict[str, Any]:
    return {
        "examples": EXAMPLES,
        "rows": ROW_LIMIT,
        "seconds": f"{SECONDS:g}",
        "asked": query,
        "given": parameters,
        "answer": None,
        "refused": "",
    }
