"""The network of all relations, or of those that the filters let through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from graph.vocabulary import Text
from viz.asking import ask, chosen, detailed, liaison_links, pair_links, task_links, without_filters
from viz.captions import caption, query_string
from viz.layout.grouping import LIMIT, GroupBy, Grouped, group
from viz.layout.network import place_network
from viz.links import Link, Plot, illustrative_actors, plot
from viz.scene import Node, OpenGroup, Scene, View, ViewParameters

if TYPE_CHECKING:
    from graph.store import Store

TITLE = Text("合作关系网络", "The cooperation network")
OPEN_SEPARATOR = "|"


class NetworkParameters(ViewParameters):
    counterpart: str | None = Field(None, description="对口对象（id 或唯一名称）")
    sector: str | None = Field(None, description="产业领域（id 或唯一名称）")
    leader: str | None = Field(None, description="领导（id 或唯一名称）")
    relation: Literal["pairs", "tasks", "liaisons"] | None = Field(
        None, description="只看对口、任务或挂钩联系"
    )
    grouped: Literal["auto", "always", "never"] = Field(
        "auto", description="是否分组：默认超过 1500 个节点时分组"
    )
    group_by: GroupBy = Field("region_type", description="按地区与类型、地区或类型分组")
    open: str = Field("", max_length=2000, description="展开的组，以 | 分隔")


def find_links(store: Store, params: NetworkParameters, given: Mapping[str, Any]) -> list[Link]:
    """All links that the filters let through: pairs, then liaisons, then tasks. A filter that only one of them
    has (a leader, a counterpart) leaves out the others."""
    pairs_only = any(given.get(n) for n in ("counterpart", "counterpart_type", "sector"))
    leader = bool(given.get("leader"))
    links: list[Link] = []
    if params.relation in (None, "pairs") and not leader:
        links += pair_links(store, given)
    if params.relation in (None, "liaisons") and not pairs_only:
        links += liaison_links(store, {**given, "with": given.get("unit")})
    if params.relation in (None, "tasks") and not pairs_only:
        items = ask(store, "tasks", given).items
        links += task_links(store, params, items)
    return links


def _grouped(params: NetworkParameters, whole: Plot) -> Grouped | None:
    if params.grouped == "never" or (params.grouped == "auto" and len(whole.actors) <= LIMIT):
        return None
    return group(whole, by=params.group_by, lang=params.lang, opened=_opened(params))


def _opened(params: NetworkParameters) -> list[str]:
    return list(dict.fromkeys(key for key in params.open.split(OPEN_SEPARATOR) if key))


def _as_group(node: Node, grouped: Grouped, params: NetworkParameters) -> Node:
    members = grouped.members.get(node.id, 0)
    if not members:
        return node
    key = node.id.removeprefix("group:")
    if key in grouped.alone:  # what an opened group holds beyond what can be drawn
        return replace(node, members=members)
    more = OPEN_SEPARATOR.join([*grouped.alone, key])
    return replace(node, members=members, opens=query_string(params, open=more))


def _open_groups(grouped: Grouped, params: NetworkParameters) -> tuple[OpenGroup, ...]:
    """The opened groups, each with the address of the picture without it."""
    return tuple(
        OpenGroup(
            key, count, query_string(params, open=OPEN_SEPARATOR.join(o for o in grouped.alone if o != key))
        )
        for key, count in grouped.alone.items()
    )


def _notes(grouped: Grouped | None, lang: str) -> tuple[str, ...]:
    if grouped is None:
        return ()
    hidden = sum(grouped.members.values())
    if lang == "en":
        inner = f" {grouped.inner} claims within groups are not drawn." if grouped.inner else ""
        return (f"Too many nodes to draw one by one: {hidden} stand in groups.{inner}",)
    inner = f"组内关系 {grouped.inner} 条未画出。" if grouped.inner else ""
    return (f"节点较多，{hidden} 个对象已分组显示。{inner}",)


def build(store: Store, params: NetworkParameters) -> Scene:
    links = find_links(store, params, chosen(params))
    whole = plot(links)
    whole.actors = detailed(store, whole.actors)
    grouped = _grouped(params, whole)
    drawn = grouped.plot if grouped else whole
    nodes = place_network(drawn.actors, drawn.lines, members=grouped.members if grouped else {})
    if grouped:
        nodes = tuple(_as_group(n, grouped, params) for n in nodes)
    only = illustrative_actors(drawn.lines)
    return Scene(
        view="network",
        caption=caption(
            store,
            params,
            TITLE(params.lang),
            (e for line in whole.lines for e in line.evidence),
            shown=drawn.claims,
            total=total_claims(store, params, whole.claims),
            notes=_notes(grouped, params.lang),
        ),
        nodes=tuple(replace(n, illustrative=n.id in only) for n in nodes),
        lines=tuple(drawn.lines),
        lang=params.lang,
        opened=_open_groups(grouped, params) if grouped else (),
    )


def total_claims(store: Store, params: NetworkParameters, found: int) -> int:
    """Claims of the same status without the filters."""
    if not any(getattr(params, name) for name in FILTERS):
        return found
    given = without_filters(params)
    bare = NetworkParameters(**given)
    return sum(len(link.evidence) for link in find_links(store, bare, given))


FILTERS = ("programme", "document", "unit", "counterpart", "counterpart_type", "sector", "leader", "relation")

VIEW = View(
    name="network",
    title=TITLE,
    description=Text(
        "全部关系，或按条件筛选的关系。", "All relations, or those that the filters let through."
    ),
    params=NetworkParameters,
    build=build,
    options=("programme", "unit", "leader", "relation", "counterpart_type", "sector", "document", "group_by"),
)
