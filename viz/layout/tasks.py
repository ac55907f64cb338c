"""The division of tasks: leaders on the left, tasks in the middle in printed order, units on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.vocabulary import EntityType, Text
from viz.layout.columns import Column, place_columns
from viz.links import Actor
from viz.scene import Heading, Line, Node

TITLES = (Text("领导", "Leaders"), Text("任务", "Tasks"), Text("单位", "Units"))
BOX_WIDTH = 280.0
SIDE_GAP = 330.0
"""Pixels from the middle of the tasks to the marks of leaders and units."""


def by_place(actors: Sequence[Actor], lines: Sequence[Line], slots: dict[str, int]) -> list[Actor]:
    """Actors by the lower median of their tasks' places, those that lead before those that support."""
    places: dict[str, list[int]] = {}
    first: dict[str, int] = {}
    for number, line in enumerate(lines):
        if line.target in slots:
            places.setdefault(line.source, []).append(slots[line.target])
            first.setdefault(line.source, number)

    def key(actor: Actor) -> tuple[int, int, str]:
        found = sorted(places.get(actor.id, [0]))
        return found[(len(found) - 1) // 2], first.get(actor.id, 0), actor.id

    return sorted(actors, key=key)


def place_tasks(
    actors: Sequence[Actor], lines: Sequence[Line], *, lang: str = "zh"
) -> tuple[tuple[Node, ...], tuple[Heading, ...]]:
    """Nodes and headings. `actors` come in the tables' order; the name of a task is drawn in its box."""
    tasks = [a for a in actors if a.type is EntityType.TASK]
    slots = {task.id: i for i, task in enumerate(tasks)}
    leaders = by_place([a for a in actors if a.type is EntityType.LEADER], lines, slots)
    units = by_place([a for a in actors if a.type not in (EntityType.TASK, EntityType.LEADER)], lines, slots)
    titles = [title(lang) for title in TITLES]
    columns = [
        Column(0, -SIDE_GAP, "left", [("", leaders)], titles[0]),
        Column(1, 0.0, "inside", [("", tasks)], titles[1], label_width=BOX_WIDTH - 24, lines=4),
        Column(2, SIDE_GAP, "right", [("", units)], titles[2]),
    ]
    filled = [replace(c, index=i) for i, c in enumerate(c for c in columns if c.groups[0][1])]
    return place_columns(filled)
