"""The division of tasks: which leader oversees what, who leads it and who supports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field

from graph.vocabulary import Text
from viz.asking import ask, chosen, task_links, without_filters
from viz.captions import caption
from viz.layout.tasks import place_tasks
from viz.links import Actor, actor_of, illustrative_actors, plot
from viz.scene import Scene, View, ViewParameters

if TYPE_CHECKING:
    from graph.store import Store

TITLE = Text("任务分工图", "Who does what")


class TasksParameters(ViewParameters):
    leader: str | None = Field(None, description="牵头领导（id 或唯一名称）")
    due_before: date | None = Field(None, description="在此日及以前到期的任务")


def build(store: Store, params: TasksParameters) -> Scene:
    items = ask(store, "tasks", chosen(params)).items
    drawn = plot(task_links(store, params, items))
    numbers = {item["task"]["id"]: item["number"] for item in items}
    known = {actor.id for actor in drawn.actors}
    bare = [actor_of(item["task"]) for item in items if item["task"]["id"] not in known]
    actors = [_numbered(actor, numbers) for actor in (*drawn.actors, *bare)]
    order = list(numbers)
    actors.sort(key=lambda a: order.index(a.id) if a.id in numbers else -1)
    nodes, headings = place_tasks(actors, drawn.lines, lang=params.lang)
    only = illustrative_actors(drawn.lines)
    whole = ask(store, "tasks", without_filters(params)).items
    total = sum(len(item["evidence"]) for item in whole)
    return Scene(
        view="tasks",
        caption=caption(
            store,
            params,
            TITLE(params.lang),
            (e for line in drawn.lines for e in line.evidence),
            shown=drawn.claims,
            total=max(total, drawn.claims),
        ),
        nodes=tuple(replace(n, illustrative=n.id in only) for n in nodes),
        lines=tuple(drawn.lines),
        headings=headings if nodes else (),
        lang=params.lang,
        layered=True,
    )


def _numbered(actor: Actor, numbers: dict[str, str]) -> Actor:
    """A task with its printed number before its title."""
    number = numbers.get(actor.id, "")
    return replace(actor, name=f"{number}. {actor.name}") if number else actor


VIEW = View(
    name="tasks",
    title=TITLE,
    description=Text("领导、任务与牵头、配合单位。", "Leaders, tasks, leading and supporting units."),
    params=TasksParameters,
    build=build,
    options=("programme", "leader", "unit", "due_before", "document"),
)
