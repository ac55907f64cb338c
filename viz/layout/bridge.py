"""The bridge: home units in official order on the left, partners by type on the right.

Crossings are kept few by the median rule (Eades and Wormald, "Edge crossings in drawings of bipartite graphs",
Algorithmica 11, 1994): a partner stands by the median of its home units' places. The lower median is one of
those places, never a mean of two, so that the order of partners survives a home unit coming in: adding a
pair moves nothing but its own ends by more than one slot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from graph.vocabulary import PARTNER_KINDS, TYPES, UNIT_KINDS, EntityType
from viz.layout.columns import Column, place_columns
from viz.links import Actor
from viz.scene import Heading, Line, Node

RIGHT_SUFFIX = "#partner"
"""Ends the node id of an entity that is a home unit and a partner at once, where it stands on the right."""


def _span(rows: int) -> float:
    """Pixels between the two columns of marks: wider for tall pictures, so that lines stay readable."""
    return min(880.0, 360.0 + 2.0 * rows)


def _kind_heading(actor: Actor, lang: str) -> str:
    """The heading of a home unit's group: its kind of unit, else its type."""
    if actor.type is EntityType.UNIT and actor.kind in UNIT_KINDS:
        return UNIT_KINDS[actor.kind](lang)
    return TYPES[actor.type].label(lang)


def home_groups(homes: Sequence[Actor], lang: str) -> list[tuple[str, list[Actor]]]:
    """Home units in groups by kind; groups by their first member, members as they come (official order)."""
    groups: dict[str, list[Actor]] = {}
    for actor in homes:
        groups.setdefault(_kind_heading(actor, lang), []).append(actor)
    if len(groups) == 1:
        return [("", next(iter(groups.values())))]
    return list(groups.items())


def partner_order(
    partners: Iterable[Actor], slots: Mapping[str, int], ends: Iterable[tuple[str, str]]
) -> list[Actor]:
    """Partners by type, then the lower median of their home units' slots, then rank, name, id.

    `slots` is the place of each home unit from the top; `ends` are (home id, partner id) pairs.
    """
    touched: dict[str, list[int]] = {}
    for home, partner in ends:
        touched.setdefault(partner, []).append(slots[home])
    types = [*PARTNER_KINDS, *(t for t in TYPES if t not in PARTNER_KINDS)]

    def key(actor: Actor) -> tuple[int, int, str, str, str]:
        places = sorted(touched.get(actor.id, [0]))
        median = places[(len(places) - 1) // 2]
        return types.index(actor.type), median, actor.rank or "~", actor.name, actor.id

    return sorted(partners, key=key)


def place_bridge(
    homes: Sequence[Actor],
    partners: Sequence[Actor],
    lines: Sequence[Line],
    *,
    titles: tuple[str, str] = ("", ""),
    lang: str = "zh",
) -> tuple[tuple[Node, ...], tuple[Heading, ...], tuple[Line, ...]]:
    """Nodes, headings and lines of a bridge. `homes` come in official order; every line joins one of `homes`
    (its source) to one of `partners` (its target). An entity that is both stands on both sides."""
    left = home_groups(homes, lang)
    slots = {actor.id: i for i, actor in enumerate(a for _, group in left for a in group)}
    ordered = partner_order(partners, slots, ((line.source, line.target) for line in lines))
    right = [(TYPES[kind].label(lang), list(group)) for kind, group in groupby(ordered, key=lambda a: a.type)]
    both = {actor.id for actor in partners} & slots.keys()
    half = _span(max(len(homes), len(partners))) / 2
    nodes, headings = place_columns(
        [
            Column(0, -half, "left", left, titles[0]),
            Column(1, half, "right", right, titles[1], suffix=RIGHT_SUFFIX),
        ]
    )
    names = {i: i + RIGHT_SUFFIX for i in both}
    return _settle(nodes, both), headings, tuple(_crossing(line, names) for line in lines)


def _settle(nodes: Iterable[Node], both: set[str]) -> tuple[Node, ...]:
    """Partners under their own ids but for those that stand on both sides."""
    return tuple(
        replace(node, id=node.entity, entity="") if node.entity and node.entity not in both else node
        for node in nodes
    )


def _crossing(line: Line, names: Mapping[str, str]) -> Line:
    return replace(line, target=names[line.target]) if line.target in names else line
