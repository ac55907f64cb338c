"""What the views place and join: actors and links, made of the rows that queries answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.model import EntityRef, Evidence
from graph.vocabulary import EntityType, Relation, Status
from viz.scene import Line

UNDIRECTED = frozenset((Relation.PAIRED_WITH,))
"""Relations for which A–B and B–A are one line, unless one runs one way."""


@dataclass(frozen=True, slots=True)
class Actor:
    """An entity to be placed. `kind`, `region` and `rank` are as `graph.model.Entity` has them."""

    id: str
    type: EntityType
    name: str
    kind: str = ""
    region: str = ""
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One answered relation between two actors with its evidence: one a claim."""

    source: Actor
    target: Actor
    type: Relation
    term: str = ""
    evidence: tuple[Evidence, ...] = ()
    directed: bool = False
    """Whether it runs one way by its printed term (支援, 帮扶); then its line has an arrow."""
    change: str = ""


@dataclass(slots=True)
class Plot:
    """What a view has before placing: actors in the order of the answers, and lines between them."""

    actors: list[Actor] = field(default_factory=list[Actor])
    lines: list[Line] = field(default_factory=list[Line])

    @property
    def claims(self) -> int:
        return sum(line.count for line in self.lines)


_TYPES = {kind.value: kind for kind in EntityType}


def actor_of(ref: EntityRef) -> Actor:
    return Actor(ref["id"], _TYPES[ref["type"]], ref["name"])


class Actors(dict[str, Actor]):
    """The actors of an answer by id: each is made once, in however many rows it stands."""

    def of(self, ref: EntityRef) -> Actor:
        known = self.get(ref["id"])
        if known is None:
            known = self[ref["id"]] = actor_of(ref)
        return known


def _line_key(link: Link, undirected: bool) -> tuple[str, str, str, str]:
    ends = (link.source.id, link.target.id)
    if undirected and link.type in UNDIRECTED and not link.directed:
        ends = (min(ends), max(ends))
    return (*ends, link.type, link.change)


def _joined(lines: Sequence[Link]) -> Line:
    first = lines[0]
    evidence, terms = first.evidence, [first.term]
    if len(lines) > 1:  # most lines are one link
        evidence = tuple(e for link in lines for e in link.evidence)
        terms = list(dict.fromkeys(link.term for link in lines if link.term))
    return Line(
        source=first.source.id,
        target=first.target.id,
        type=first.type,
        term="、".join(terms),
        directed=any(link.directed for link in lines),
        count=max(1, len(evidence)),
        illustrative=bool(evidence) and all(e["status"] == Status.ILLUSTRATIVE for e in evidence),
        evidence=evidence,
        change=first.change,
    )


def plot(links: Iterable[Link], *, undirected: bool = True) -> Plot:
    """Actors in order of first appearance; parallel links as one line with the evidence of all. Unless
    `undirected`, a line keeps its ends: on a bridge A–B and B–A are two."""
    actors: dict[str, Actor] = {}
    groups: dict[tuple[str, str, str, str], list[Link]] = {}
    for link in links:
        actors.setdefault(link.source.id, link.source)
        actors.setdefault(link.target.id, link.target)
        groups.setdefault(_line_key(link, undirected), []).append(link)
    return Plot(list(actors.values()), [_joined(group) for group in groups.values()])


def illustrative_actors(lines: Iterable[Line]) -> frozenset[str]:
    """Ids of actors on whom nothing but illustrative claims stand."""
    seen: dict[str, bool] = {}
    for line in lines:
        for end in (line.source, line.target):
            seen[end] = seen.get(end, True) and line.illustrative
    return frozenset(end for end, only in seen.items() if only)
