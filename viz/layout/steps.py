"""Chains between two entities: one column a step, in the order of the chains, so that lines run from left to right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from viz.layout.columns import Column, place_columns
from viz.links import Actor
from viz.scene import Node

LABEL_WIDTH = 150.0
STEP = 230.0
"""Pixels from column to column: a label and room for the lines."""


def place_steps(actors: Iterable[Actor], steps: Mapping[str, int]) -> tuple[Node, ...]:
    """The nodes; `steps` says in which column an actor stands, by its id. Names stand beside the two ends, and under
    what lies between them."""
    columns: dict[int, list[Actor]] = {}
    for actor in actors:
        columns.setdefault(steps[actor.id], []).append(actor)
    last = max(columns, default=0)
    placed = [
        Column(
            step,
            (step - last / 2) * STEP,
            "left" if step == 0 else "right" if step == last else "below",
            [("", columns[step])],
            label_width=LABEL_WIDTH,
        )
        for step in sorted(columns)
    ]
    return place_columns(placed)[0]
