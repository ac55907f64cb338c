"""Grouping past what the eye can hold: entities stand together by region and type until a group is opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from graph.vocabulary import TYPES, EntityType
from viz.layout.text import clean
from viz.links import Actor, Plot
from viz.scene import Line

LIMIT = 1500
"""Nodes above which a picture is grouped."""
EVIDENCE_KEPT = 12
"""Cells that a line between groups shows; its count is of all."""
GroupBy = Literal["region_type", "region", "type"]


@dataclass(frozen=True, slots=True)
class Grouped:
    """The smaller picture: groups are actors whose id begins with `group:`; `members` is how many each holds.
    `inner` counts claims within one group, which are not drawn."""

    plot: Plot
    members: dict[str, int]
    inner: int
    alone: dict[str, int]
    """Opened groups, in the order in which they were opened: how many of each stand alone."""


def group_key(actor: Actor, by: GroupBy, lang: str) -> str:
    """The group that an actor belongs to, as its name is shown."""
    region = actor.region or ("Region unknown" if lang == "en" else "地区未注明")
    kind = TYPES[actor.type].label(lang)
    return {"region": region, "type": kind, "region_type": f"{region} · {kind}"}[by]


def _keys(actors: Sequence[Actor], by: GroupBy, lang: str) -> dict[str, str]:
    """The group of each actor by its id; thousands of actors share a few."""
    known: dict[tuple[str, EntityType], str] = {}
    keys: dict[str, str] = {}
    for actor in actors:
        alike = (actor.region, actor.type)
        if alike not in known:
            known[alike] = group_key(actor, by, lang)
        keys[actor.id] = known[alike]
    return keys


def _opened(plot: Plot, keys: Mapping[str, str], opened: Collection[str]) -> set[str]:
    """Ids that stand alone: members of opened groups, the most connected first, up to the limit."""
    degree = Counter(end for line in plot.lines for end in (line.source, line.target))
    members = [actor.id for actor in plot.actors if keys[actor.id] in opened]
    members.sort(key=lambda i: -degree[i])
    return set(members[:LIMIT])


def group(plot: Plot, *, by: GroupBy, lang: str, opened: Collection[str] = ()) -> Grouped:
    """The plot with all actors in groups but those of the `opened` ones."""
    keys = _keys(plot.actors, by, lang)
    alone = _opened(plot, keys, opened) if opened else set[str]()
    names: dict[str, str] = {}
    members: Counter[str] = Counter()
    actors: dict[str, Actor] = {}
    for actor in plot.actors:
        if actor.id in alone:
            actors[actor.id] = actor
            continue
        name = names[actor.id] = f"group:{keys[actor.id]}"
        members[name] += 1
        if name not in actors:
            actors[name] = Actor(name, actor.type, clean(keys[actor.id]), region=actor.region)
    lines, inner = _between(plot.lines, names)
    shown = Counter(keys[i] for i in alone)
    return Grouped(
        Plot(list(actors.values()), lines),
        dict(members),
        inner,
        {key: shown[key] for key in opened if shown[key]},
    )


def _between(lines: Sequence[Line], names: Mapping[str, str]) -> tuple[list[Line], int]:
    """Lines between groups, those of one relation joined; and how many claims lie within one. `names` has the
    group of each actor that is in one."""
    joined: dict[tuple[str, str, str], list[Line]] = {}
    inner = 0
    for line in lines:
        ends = names.get(line.source, line.source), names.get(line.target, line.target)
        if ends[0] == ends[1]:
            inner += line.count
        else:
            joined.setdefault((*ends, line.type), []).append(line)
    return [_sum(found, ends[0], ends[1]) for ends, found in joined.items()], inner


def _sum(lines: Sequence[Line], source: str, target: str) -> Line:
    terms = list(dict.fromkeys(line.term for line in lines if line.term))
    return replace(
        lines[0],
        source=source,
        target=target,
        term="、".join(terms[:3]),
        count=sum(line.count for line in lines),
        illustrative=all(line.illustrative for line in lines),
        evidence=tuple(e for line in lines[:EVIDENCE_KEPT] for e in line.evidence)[:EVIDENCE_KEPT],
    )
