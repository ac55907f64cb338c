"""The bridge: who pairs with whom, home units on the left, their partners on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import Field

from graph.vocabulary import Text
from viz.asking import chosen, detailed, pair_links, without_filters
from viz.captions import caption
from viz.layout.bridge import place_bridge
from viz.links import Actor, Link, illustrative_actors, plot
from viz.scene import Scene, View, ViewParameters

if TYPE_CHECKING:
    from graph.store import Store

TITLE = Text("对口关系图", "Who pairs with whom")
HOME, PARTNER = Text("单位", "Units"), Text("对口对象", "Counterparts")


class BridgeParameters(ViewParameters):
    counterpart: str | None = Field(None, description="对口对象（id 或唯一名称）")
    sector: str | None = Field(None, description="产业领域（id 或唯一名称）")


def _region(actors: Sequence[Actor], fallback: str) -> str:
    """The region over a column: the one that all of it share, else what the column holds."""
    regions = {actor.region for actor in actors}
    return regions.pop() or fallback if len(regions) == 1 else fallback


def split_ends(store: Store, links: Sequence[Link]) -> tuple[list[Actor], list[Actor]]:
    """Home units and partners in the order of the answer, with kind, region and rank."""
    homes = detailed(store, {link.source.id: link.source for link in links}.values())
    partners = detailed(store, {link.target.id: link.target for link in links}.values())
    return homes, partners


def build(store: Store, params: BridgeParameters) -> Scene:
    links = pair_links(store, chosen(params))
    lines = plot(links, undirected=False).lines
    homes, partners = split_ends(store, links)
    titles = (_region(homes, HOME(params.lang)), _region(partners, PARTNER(params.lang)))
    nodes, headings, crossing = place_bridge(homes, partners, lines, titles=titles, lang=params.lang)
    only = illustrative_actors(lines)
    evidence = [e for line in lines for e in line.evidence]
    everything = pair_links(store, without_filters(params))
    return Scene(
        view="bridge",
        caption=caption(
            store,
            params,
            TITLE(params.lang),
            evidence,
            shown=len(evidence),
            total=sum(len(link.evidence) for link in everything),
        ),
        nodes=tuple(replace(n, illustrative=n.ref in only) for n in nodes),
        lines=crossing,
        headings=headings if nodes else (),
        lang=params.lang,
        layered=True,
    )


VIEW = View(
    name="bridge",
    title=TITLE,
    description=Text("左边是本地单位，右边按类型列出对口对象。", "Home units left, partners by type right."),
    params=BridgeParameters,
    build=build,
    options=("programme", "unit", "counterpart", "counterpart_type", "sector", "document"),
)
