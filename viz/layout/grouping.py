"""Grouping past what the eye can hold: entities stand together by region and type until a group is opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from graph.vocabulary import TYPES
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


def _opened(
    actors: Sequence[Actor], keys: dict[str, str], degree: Counter[str], opened: Collection[str]
) -> set[str]:
    """Ids that stand alone: members of opened groups, the most connected first, up to the limit."""
    members = [actor.id for actor in actors if keys[actor.id] in opened]
    members.sort(key=lambda i: -degree[i])
    return set(members[:LIMIT])


def group(plot: Plot, *, by: GroupBy, lang: str, opened: Collection[str] = ()) -> Grouped:
    """The plot with all actors in groups but those of the `opened` ones."""
    keys = {actor.id: group_key(actor, by, lang) for actor in plot.actors}
    degree: Counter[str] = Counter()
    for line in plot.lines:
        degree.update((line.source, line.target))
    alone = _opened(plot.actors, keys, degree, opened)
    names: dict[str, str] = {}
    members: Counter[str] = Counter()
    actors: dict[str, Actor] = {}
    for actor in plot.actors:
        if actor.id in alone:
            actors[actor.id] = actor
            continue
        name = f"group:{keys[actor.id]}"
        names[actor.id] = name
        members[name] += 1
        actors.setdefault(name, Actor(name, actor.type, clean(keys[actor.id]), region=actor.region))
    lines, inner = _between(plot.lines, lambda end: names.get(end, end))
    shown = Counter(keys[i] for i in alone)
    return Grouped(
        Plot(list(actors.values()), lines),
        dict(members),
        inner,
        {key: shown[key] for key in opened if shown[key]},
    )


def _between(lines: Sequence[Line], name: Callable[[str], str]) -> tuple[list[Line], int]:
    """Lines between groups, those of one relation joined; and how many claims lie within one."""
    joined: dict[tuple[str, str, str], list[Line]] = {}
    inner = 0
    for line in lines:
        ends = name(line.source), name(line.target)
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
