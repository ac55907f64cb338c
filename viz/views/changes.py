"""What a revision changed: the pairs of two documents on one bridge, each marked added, removed, moved or kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import Field

from graph.catalogue import Parameters
from graph.model import Row
from graph.statements.refs import evidence, source_ref, target_ref
from graph.statements.revisions import stated_pairs
from graph.statements.scope import scope_of
from graph.vocabulary import Direction, Relation, Text, type_of_id
from viz.captions import caption
from viz.layout.bridge import place_bridge
from viz.links import Link, actor_of, illustrative_actors, plot
from viz.scene import Scene, View, ViewParameters
from viz.views.bridge import split_ends

if TYPE_CHECKING:
    from graph.store import Store

TITLE = Text("对口关系变化", "What changed")
NOTHING = Text(
    "还没有一份文件取代另一份；请用“原文件”和“新文件”选定要比较的两份文件。",
    "No document replaces another yet; choose the two to be compared.",
)


class ChangesParameters(ViewParameters):
    before: str | None = Field(None, description="原文件（id、文号或标题）；不填则取最近被取代的文件")
    after: str | None = Field(None, description="新文件（id、文号或标题）")
    kept: bool = Field(True, description="也画不变的关系")


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


def what_became(old: Sequence[Row], new: Sequence[Row]) -> dict[tuple[str, str], str]:
    """(home, partner) → kept, removed, added, moved_from or moved.

    A home unit that exchanges a partner for another of the same type has moved from the one to the other.
    """
    before = dict.fromkeys((row["source"], row["target"]) for row in old)
    after = dict.fromkeys((row["source"], row["target"]) for row in new)
    found = {ends: "kept" if ends in after else "removed" for ends in before}
    freed: dict[tuple[str, object], list[str]] = {}
    for home, partner in before:
        if found[home, partner] == "removed":
            freed.setdefault((home, type_of_id(partner)), []).append(partner)
    for home, partner in after:
        if (home, partner) not in before:
            left = freed.get((home, type_of_id(partner)))
            found[home, partner] = "moved" if left else "added"
            if left:
                found[home, left.pop(0)] = "moved_from"
    return found


def compared(store: Store, before: str, after: str, lang: str) -> list[Link]:
    """The pairs of both documents as links marked with what became of them, in official order."""
    old, new = stated_pairs(store, before), stated_pairs(store, after)
    changes = what_became(old, new)
    rows = sorted((*old, *new), key=lambda row: (row["source_rank"], row["source_seq"]))
    return [_link(row, changes[row["source"], row["target"]], lang) for row in rows]


def _link(row: Row, change: str, lang: str) -> Link:
    return Link(
        actor_of(source_ref(row, lang)),
        actor_of(target_ref(row, lang)),
        Relation.PAIRED_WITH,
        row["term"],
        (evidence(row),),
        directed=row["direction"] == Direction.A_TO_B,
        change=change,
    )


def _fits(link: Link, params: ChangesParameters) -> bool:
    if params.unit and params.unit not in (
        link.source.id,
        link.source.name,
        link.target.id,
        link.target.name,
    ):
        return False
    return not params.counterpart_type or link.target.type == params.counterpart_type


def _tally(links: Sequence[Link], lang: str) -> tuple[str, ...]:
    ends = {(link.source.id, link.target.id): link.change for link in links}
    counts = [list(ends.values()).count(change) for change in ("added", "moved", "removed", "kept")]
    if lang == "en":
        return ("{} added, {} moved, {} removed, {} kept.".format(*counts),)
    return ("新增 {} 对，调整 {} 对，取消 {} 对，不变 {} 对。".format(*counts),)


def build(store: Store, params: ChangesParameters) -> Scene:
    documents = chosen_documents(store, params)
    if documents is None:
        notes = (NOTHING(params.lang),)
        return Scene("changes", caption(store, params, TITLE(params.lang), (), shown=0, total=0, notes=notes))
    everything = compared(store, *documents, params.lang)
    fitting = [link for link in everything if _fits(link, params)]
    links = [link for link in fitting if params.kept or link.change != "kept"]
    lines = plot(links, undirected=False).lines
    homes, partners = split_ends(store, links)
    nodes, headings, crossing = place_bridge(homes, partners, lines, lang=params.lang)
    only = illustrative_actors(lines)
    said = replace_documents(params, documents)
    return Scene(
        view="changes",
        caption=caption(
            store,
            said,
            TITLE(params.lang),
            (e for line in lines for e in line.evidence),
            shown=sum(line.count for line in lines),
            total=sum(len(link.evidence) for link in everything),
            notes=_tally(fitting, params.lang),
        ),
        nodes=tuple(replace(n, illustrative=n.ref in only) for n in nodes),
        lines=crossing,
        headings=headings,
        lang=params.lang,
        layered=True,
    )


def replace_documents(params: ChangesParameters, documents: tuple[str, str]) -> ChangesParameters:
    """The parameters with the two documents that were found, so that the picture's query names them."""
    return params.model_copy(update={"before": documents[0], "after": documents[1]})


VIEW = View(
    name="changes",
    title=TITLE,
    description=Text(
        "比较两份文件：新增、取消、移动、不变。", "Two documents compared: added, removed, moved, kept."
    ),
    params=ChangesParameters,
    build=build,
    options=("before", "after", "counterpart_type", "unit", "kept"),
)
