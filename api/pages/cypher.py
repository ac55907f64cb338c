"""Free Cypher for those who know it, with examples to begin from; where the store is Neo4j."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.pages.rendering import page, route
from api.routes.cypher import ROW_LIMIT, SECONDS
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


async def cypher(request: Request) -> Response:
    context = {"examples": EXAMPLES, "rows": ROW_LIMIT, "seconds": f"{SECONDS:g}"}
    return await page(request, "cypher.html", lambda store, shell: context)
