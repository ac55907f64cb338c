"""How two entities are connected: the shortest chains between them, step by step from left to right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import Field

from graph.vocabulary import Relation, Text
from viz.asking import ask, chosen
from viz.captions import caption
from viz.layout.steps import place_steps
from viz.links import Actor, Link, actor_of, illustrative_actors, plot
from viz.scene import Scene, View, ViewParameters

if TYPE_CHECKING:
    from graph.store import Store

TITLE = Text("{source} — {target} · 联系路径", "{source} — {target}: how they are connected")
CHOOSE = Text(
    "请先填写“起点”和“终点”（id 或唯一名称）。", "Name the entity to start from and the one to end at."
)
NONE = Text("{n} 步以内没有联系；可增加步数再找。", "Not connected within {n} steps; allow more steps.")
FIRST = Text("链条较多，只画出前 {n} 条。", "There are more chains; the first {n} are drawn.")


class PathsParameters(ViewParameters):
    source: str | None = Field(None, description="起点（id 或唯一名称）")
    target: str | None = Field(None, description="终点（id 或唯一名称）")
    max_length: int = Field(4, ge=1, le=6, description="最多几步，1 至 6")


def _actors(items: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Actor], dict[str, int]]:
    """The actors of all chains in their order, and how many steps each stands from the start."""
    actors: dict[str, Actor] = {}
    steps: dict[str, int] = {}
    for item in items:
        for step, node in enumerate(item["nodes"]):
            actors.setdefault(node["id"], actor_of(node))
            steps.setdefault(node["id"], step)
    return actors, steps


def _links(items: Sequence[Mapping[str, Any]], actors: Mapping[str, Actor]) -> list[Link]:
    """The claims between neighbours, each once however many chains hold it."""
    links: dict[tuple[str, str, str], Link] = {}
    for item in items:
        for edge in item["edges"]:
            cells = tuple(edge["evidence"])
            term = next((e["term"] for e in cells if e["term"]), "")
            link = Link(actors[edge["source"]], actors[edge["target"]], Relation(edge["type"]), term, cells)
            links.setdefault((edge["source"], edge["target"], edge["type"]), link)
    return list(links.values())


def _empty(store: Store, params: PathsParameters, note: str) -> Scene:
    said = caption(store, params, VIEW.title(params.lang), (), shown=0, total=0, notes=(note,))
    return Scene("paths", said, lang=params.lang)


def build(store: Store, params: PathsParameters) -> Scene:
    if not params.source or not params.target:
        return _empty(store, params, CHOOSE(params.lang))
    answer = ask(store, "paths", chosen(params))
    items = list(answer.items)
    if not items:
        return _empty(store, params, NONE(params.lang).format(n=params.max_length))
    actors, steps = _actors(items)
    lines = plot(_links(items, actors)).lines
    ends = (items[0]["nodes"][0], items[0]["nodes"][-1])
    only = illustrative_actors(lines)
    claims = sum(line.count for line in lines)
    notes = (FIRST(params.lang).format(n=len(items)),) if answer.extra["truncated"] else ()
    return Scene(
        view="paths",
        caption=caption(
            store,
            params,
            TITLE(params.lang).format(source=ends[0]["name"], target=ends[1]["name"]),
            (e for line in lines for e in line.evidence),
            shown=claims,
            total=claims,
            notes=notes,
        ),
        nodes=tuple(replace(n, illustrative=n.id in only) for n in place_steps(actors.values(), steps)),
        lines=tuple(lines),
        lang=params.lang,
        layered=True,
    )


VIEW = View(
    name="paths",
    title=Text("联系路径", "Paths"),
    description=Text("两个名称之间最短的链条。", "The shortest chains between two names."),
    params=PathsParameters,
    build=build,
    options=("source", "target", "max_length", "programme", "document"),
)
