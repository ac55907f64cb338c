"""What stands around one entity, one to three steps away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import Field

from graph.vocabulary import EntityType, Relation, Text
from viz.asking import ask, chosen
from viz.captions import caption
from viz.layout.wings import place_neighbourhood
from viz.links import Actor, Link, actor_of, illustrative_actors, plot
from viz.scene import Scene, View, ViewParameters

if TYPE_CHECKING:
    from graph.store import Store

TITLE = Text("{name} · 关系一览", "Around {name}")
CHOOSE = Text("请先选定一个对象：填写“中心”（id 或唯一名称）。", "Choose an entity: give its id or its name.")
LEFT_OUT = Text(
    "只画出最近的 {n} 个对象，另有 {more} 个未画出；可减小步数或加筛选。",
    "The nearest {n} are drawn, {more} more are not; take fewer steps or add a filter.",
)
MOST = 240
"""Entities that two wings can still hold legibly."""


class NeighbourhoodParameters(ViewParameters):
    id: str | None = Field(None, description="中心：对象的编号（id），或唯一名称")
    depth: int = Field(1, ge=1, le=3, description="步数，1 至 3")


def _links(edges: Sequence[Mapping[str, Any]], actors: Mapping[str, Actor]) -> list[Link]:
    links: list[Link] = []
    for edge in edges:
        if edge["source"] in actors and edge["target"] in actors:
            relation = Relation(edge["type"])
            cells = tuple(edge["evidence"])
            term = next((e["term"] for e in cells if e["term"]), "")
            links.append(Link(actors[edge["source"]], actors[edge["target"]], relation, term, cells))
    return links


def _kept(body: Mapping[str, Any], params: NeighbourhoodParameters) -> dict[str, Actor]:
    """The actors that are drawn, by id: the nearest, those of one type where that is asked for."""
    actors: dict[str, Actor] = {}
    for node in body["nodes"]:
        actor = actor_of(node)
        fits = not params.counterpart_type or actor.type == EntityType(params.counterpart_type)
        if (fits or not node["distance"]) and len(actors) <= MOST:
            actors[actor.id] = actor
    return actors


def _empty(store: Store, params: NeighbourhoodParameters) -> Scene:
    title, notes = VIEW.title(params.lang), (CHOOSE(params.lang),)
    said = caption(store, params, title, (), shown=0, total=0, notes=notes)
    return Scene("neighbourhood", said, lang=params.lang)


def build(store: Store, params: NeighbourhoodParameters) -> Scene:
    centre_text = params.id or params.unit
    if not centre_text:
        return _empty(store, params)
    body = ask(store, "neighbourhood", {**chosen(params), "id": centre_text}).body or {}
    actors = _kept(body, params)
    centre = next(iter(actors.values()))
    lines = plot(_links(body["edges"], actors)).lines
    nodes = place_neighbourhood(centre, list(actors.values()), lines)
    left_out = len(body["nodes"]) - len(actors)
    note = LEFT_OUT(params.lang).format(n=len(actors) - 1, more=left_out)
    only = illustrative_actors(lines)
    return Scene(
        view="neighbourhood",
        caption=caption(
            store,
            params,
            TITLE(params.lang).format(name=centre.name),
            (e for line in lines for e in line.evidence),
            shown=sum(line.count for line in lines),
            total=sum(edge["count"] for edge in body["edges"]),
            notes=(note,) if left_out and not params.counterpart_type else (),
        ),
        nodes=tuple(replace(n, illustrative=n.id in only) for n in nodes),
        lines=tuple(lines),
        lang=params.lang,
    )


VIEW = View(
    name="neighbourhood",
    title=Text("关系一览", "Neighbourhood"),
    description=Text(
        "以一个对象为中心，看一至三步内的关系。", "What stands one to three steps around an entity."
    ),
    params=NeighbourhoodParameters,
    build=build,
    options=("id", "depth", "counterpart_type", "programme", "document"),
)
