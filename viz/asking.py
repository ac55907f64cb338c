"""What views ask the graph, turned into links between actors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from graph.catalogue import Answer, find_query
from graph.errors import InvalidParameter
from graph.model import EntityRef, Evidence
from graph.statements.claims import ROLES
from graph.statements.entities import entities_by_id
from graph.statements.refs import evidence as evidence_of
from graph.statements.refs import place
from graph.statements.scope import scope_of
from graph.vocabulary import Direction, Relation
from viz.links import Actor, Actors, Link, actor_of
from viz.scene import ViewParameters

if TYPE_CHECKING:
    from graph.store import Store

ROLE_MEMBERS = {
    Relation.OVERSEES: "leaders",
    Relation.LEADS: "lead",
    Relation.SUPPORTS: "support",
    Relation.RESPONSIBLE_FOR: "responsible",
}
UNFILTERED = ("status", "as_of", "lang", "expand")
"""What stays when the total is asked for, of which a filtered picture shows a part."""


def ask(store: Store, name: str, given: Mapping[str, Any]) -> Answer:
    """The whole answer of a query; of `given`, it takes what it has parameters for."""
    query = find_query(name)
    known = {field.alias or name for name, field in query.params.model_fields.items()}
    chosen = {k: v for k, v in given.items() if k in known and k not in ("page", "size", "format")}
    try:
        params = query.params(**chosen)
    except ValidationError as wrong:
        field = str(wrong.errors()[0]["loc"][0])
        raise InvalidParameter(
            f"参数 {field} 的值“{chosen.get(field)}”不可用，请改正后再试。", parameter=field
        ) from None
    return query.ask(store, params)


def chosen(params: ViewParameters) -> dict[str, Any]:
    """The view's parameters as they may be handed to a query."""
    return {name: getattr(params, name) for name in type(params).model_fields}


def without_filters(params: ViewParameters) -> dict[str, Any]:
    return {name: getattr(params, name) for name in UNFILTERED}


def pair_links(store: Store, given: Mapping[str, Any]) -> list[Link]:
    """Pairs in official order of their units, then as printed."""
    actors = Actors()
    return [
        Link(
            actors.of(item["unit"]),
            actors.of(item["counterpart"]),
            Relation.PAIRED_WITH,
            item["term"],
            tuple(item["evidence"]),
            directed=item["direction"] == Direction.A_TO_B,
        )
        for item in ask(store, "pairs", given).items
    ]


def liaison_links(store: Store, given: Mapping[str, Any]) -> list[Link]:
    """Leaders and what they are linked to."""
    return [
        Link(
            actor_of(item["leader"]),
            actor_of(item["counterpart"]),
            Relation.LIAISES_WITH,
            "",
            tuple(item["evidence"]),
        )
        for item in ask(store, "liaisons", given).items
    ]


def _role_evidence(
    store: Store, params: ViewParameters, tasks: Sequence[str]
) -> dict[tuple[str, str, str], list[Evidence]]:
    """(actor, task, relation) → the cells that say so, in the order in which they stand."""
    found: dict[tuple[str, str, str], list[Evidence]] = {}
    for row in sorted(ROLES.into(store, scope_of(store, params), tasks), key=place):
        found.setdefault((row["source"], row["target"], row["type"]), []).append(evidence_of(row))
    return found


def task_links(store: Store, params: ViewParameters, items: Sequence[Mapping[str, Any]]) -> list[Link]:
    """The parts that leaders and units have in the tasks of a `tasks` answer, in the tables' order."""
    proof = _role_evidence(store, params, [item["task"]["id"] for item in items])
    links: list[Link] = []
    for item in items:
        task = actor_of(item["task"])
        for relation, member in ROLE_MEMBERS.items():
            for ref in item[member]:
                origins: Sequence[EntityRef] = ref.get("expanded_from") or (ref,)
                cells = [e for o in origins for e in proof.get((o["id"], task.id, relation), ())]
                term = next((e["term"] for e in cells if e["term"]), "")
                links.append(Link(actor_of(ref), task, relation, term, tuple(cells)))
    return links


def detailed(store: Store, actors: Iterable[Actor]) -> list[Actor]:
    """The actors with the kind, region and rank that the graph knows of them."""
    wanted = list(actors)
    rows = entities_by_id(store, [actor.id for actor in wanted])
    return [
        Actor(actor.id, actor.type, actor.name, row["kind"], row["region"], row["rank"])
        if (row := rows.get(actor.id))
        else actor
        for actor in wanted
    ]
