"""What a revision changed: everything that two documents state on one bridge, each line marked added, removed, moved,
renamed or kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from graph.catalogue import Parameters
from graph.model import Row
from graph.statements.comparison import Comparison, Edge, compare, end_key
from graph.statements.refs import evidence, source_ref, target_ref
from graph.statements.scope import entity_of, scope_of
from graph.vocabulary import Direction, Relation, Text
from viz.captions import caption
from viz.layout.bridge import place_bridge
from viz.links import Actor, Link, actor_of, illustrative_actors, plot
from viz.scene import Scene, View, ViewParameters
from viz.views.bridge import split_ends

if TYPE_CHECKING:
    from graph.store import Store

TITLE = Text("两份文件之间的变化", "What changed")
NOTHING = Text(
    "还没有一份文件取代另一份；请用“原文件”和“新文件”选定要比较的两份文件。",
    "No document replaces another yet; choose the two to be compared.",
)
FORMERLY = Text("{now}（原称{before}）", "{now} (was {before})")
TALLY = Text(
    "新增 {added} 条，调整 {moved} 条，取消 {removed} 条，更名 {renamed} 处，不变 {kept} 条。",
    "{added} added, {moved} moved, {removed} removed, {renamed} renamed, {kept} kept.",
)
FAMILIES: Mapping[str, tuple[Relation, ...]] = {
    "pairs": (Relation.PAIRED_WITH,),
    "liaisons": (Relation.LIAISES_WITH,),
    "tasks": (Relation.LEADS, Relation.SUPPORTS, Relation.RESPONSIBLE_FOR, Relation.OVERSEES),
}


class ChangesParameters(ViewParameters):
    before: str | None = Field(None, description="原文件（id、文号或标题）；不填则取最近被取代的文件")
    after: str | None = Field(None, description="新文件（id、文号或标题）")
    relation: Literal["pairs", "tasks", "liaisons"] | None = Field(
        None, description="只看对口、任务或挂钩联系"
    )
    kept: bool = Field(True, description="也画不变的关系")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was added, removed, moved, renamed or kept, with the lines that tell it: two for a move."""

    kind: str
    parts: tuple[tuple[str, tuple[Row, ...]], ...]
    """Mark of a line (a move's are `moved_from` and `moved`) and the claims that it stands on."""

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for _, rows in self.parts for row in rows)


def chosen_documents(store: Store, params: ChangesParameters) -> tuple[str, str] | None:
    """Ids of the two documents: those given, else the latest that replaces another, with what it replaces."""

    def resolved(text: str | None) -> str | None:
        return scope_of(store, Parameters.model_validate({"document": text})).document if text else None

    before, after = resolved(params.before), resolved(params.after)
    if before and after:
        return before, after
    for stored in reversed(store.documents()):
        new, olds = stored.document.id, stored.document.supersedes
        for old in olds:
            if after in (None, new) and before in (None, old) and store.document(old):
                return old, new
    return None


def changes_of(found: Comparison) -> list[Change]:
    """Every edge of the two documents once, with what became of it. What both state of an entity that one of them
    prints otherwise is renamed."""
    old, new = found.a.edges, found.b.edges
    renamed = {one["entity"]["id"] for one in found.renamed}

    def both(edge: Edge) -> Change:
        kind = "renamed" if renamed.intersection(edge[1:]) else "kept"
        return Change(kind, ((kind, (*old[edge], *new[edge])),))

    return [
        *(both(edge) for edge in found.kept),
        *(Change("removed", (("removed", tuple(old[edge])),)) for edge in found.removed),
        *(Change("added", (("added", tuple(new[edge])),)) for edge in found.added),
        *(
            Change("moved", (("moved_from", tuple(old[before])), ("moved", tuple(new[after]))))
            for _, before, after in found.moved
        ),
    ]


def _actors(found: Comparison, lang: str) -> dict[str, Actor]:
    """Every end by its key. A task stands once, under its id in the later document; what was renamed is told with
    both names."""
    rows = [row for side in (found.a, found.b) for edge in side.edges.values() for row in edge]
    actors: dict[str, Actor] = {}
    for row in rows:
        actors[end_key(row, "source")] = actor_of(source_ref(row, lang))
        actors[end_key(row, "target")] = actor_of(target_ref(row, lang))
    for one in found.renamed:
        name = FORMERLY(lang).format(now=one["after_name"], before=one["before_name"])
        actors[one["entity"]["id"]] = replace(actors[one["entity"]["id"]], name=name)
    return actors


def _links(change: Change, actors: Mapping[str, Actor]) -> Iterator[Link]:
    for mark, rows in change.parts:
        for row in rows:
            yield Link(
                actors[end_key(row, "source")],
                actors[end_key(row, "target")],
                Relation(row["type"]),
                row["term"],
                (evidence(row),),
                directed=row["type"] == Relation.PAIRED_WITH and row["direction"] == Direction.A_TO_B,
                change=mark,
            )


def _fits(change: Change, params: ChangesParameters, unit: str | None) -> bool:
    """Whether the filters let a change through; a move stays whole."""
    if params.relation and change.rows[0]["type"] not in FAMILIES[params.relation]:
        return False
    if unit and not any(unit in (row["source"], row["target"]) for row in change.rows):
        return False
    kind = params.counterpart_type
    return not kind or any(target_ref(row, "zh")["type"] == kind for row in change.rows)


def _tally(changes: Sequence[Change], found: Comparison, lang: str) -> str:
    counts = dict.fromkeys(("added", "moved", "removed", "kept"), 0)
    for change in changes:
        if change.kind in counts:
            counts[change.kind] += 1
    ends = {row[end] for change in changes for row in change.rows for end in ("source", "target")}
    renamed = sum(one["entity"]["id"] in ends for one in found.renamed)
    return TALLY(lang).format(renamed=renamed, **counts)


def _in_order(changes: Sequence[Change]) -> list[Change]:
    """By the official order of what a line begins at, then as printed."""
    return sorted(
        changes,
        key=lambda c: (c.rows[0]["source_rank"], c.rows[0]["source_seq"], c.rows[0]["source"]),
    )


def build(store: Store, params: ChangesParameters) -> Scene:
    documents = chosen_documents(store, params)
    if documents is None:
        notes = (NOTHING(params.lang),)
        said = caption(store, params, TITLE(params.lang), (), shown=0, total=0, notes=notes)
        return Scene("changes", said, lang=params.lang)
    unit = entity_of(store, params.unit, "unit")
    found = compare(store, *documents)
    actors = _actors(found, params.lang)
    everything = changes_of(found)
    fitting = _in_order([change for change in everything if _fits(change, params, unit)])
    drawn = [change for change in fitting if params.kept or change.kind != "kept"]
    links = [link for change in drawn for link in _links(change, actors)]
    lines = plot(links, undirected=False).lines
    homes, partners = split_ends(store, links)
    nodes, headings, crossing = place_bridge(homes, partners, lines, lang=params.lang)
    only = illustrative_actors(lines)
    said = params.model_copy(update={"before": documents[0], "after": documents[1]})
    return Scene(
        view="changes",
        caption=caption(
            store,
            said,
            TITLE(params.lang),
            (e for line in lines for e in line.evidence),
            shown=sum(line.count for line in lines),
            total=sum(len(change.rows) for change in everything),
            notes=(_tally(fitting, found, params.lang),),
        ),
        nodes=tuple(replace(n, illustrative=n.ref in only) for n in nodes),
        lines=crossing,
        headings=headings,
        lang=params.lang,
        layered=True,
    )


VIEW = View(
    name="changes",
    title=TITLE,
    description=Text(
        "比较两份文件的对口、任务与挂钩联系：新增、取消、调整、更名、不变。",
        "Two documents compared, pairs, tasks and liaisons: added, removed, moved, renamed, kept.",
    ),
    params=ChangesParameters,
    build=build,
    options=("before", "after", "relation", "counterpart_type", "unit", "kept"),
)
