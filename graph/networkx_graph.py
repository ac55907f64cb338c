"""The graph as a `networkx.MultiDiGraph`, for notebooks and exports."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

    from graph.catalogue import StatusFilter
    from graph.statements.scope import Scope
    from graph.store import Store

# Imported where they are used: the stores name `to_networkx`, and a cold command needs none of it.


def to_networkx(
    store: Store,
    *,
    programme: str | None = None,
    document: str | None = None,
    status: StatusFilter = "all",
    as_of: date | str | None = None,
) -> nx.MultiDiGraph[str]:
    """The graph with one edge a claim, as the JSON export holds it: unfiltered, the two are equal.

    Nodes are ids of entities and documents with `type, name, label, kind, region, status, …`; an edge's key is
    its claim's id, its data `type, label, document, table, row, column, text, term, status, …`. A filter keeps
    the claims that it names and the entities and documents that they stand between or in; facts of gazetteers
    stay where both ends do. `as_of` (a day) keeps what was in force then; without it everything is there.
    Raises InvalidParameter for an unknown programme or document, a status or day that is none.
    """
    import networkx as nx

    from graph.whole import whole_graph

    given = {"programme": programme, "document": document, "status": status, "as_of": as_of}
    scope = _scope(store, given) if given != _NO_FILTER else None
    whole = whole_graph(store)
    nodes, links = whole.nodes, whole.links
    if scope is not None:
        nodes, links = _within(nodes, links, scope, dated=as_of is not None)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(version=whole.version)
    for node in nodes:
        graph.add_node(node["id"], **_without(node, "id"))
    for link in links:
        graph.add_edge(link["source"], link["target"], key=link["id"], **_without(link, "source", "target"))
    return graph


_NO_FILTER: dict[str, Any] = {"programme": None, "document": None, "status": "all", "as_of": None}


def _scope(store: Store, given: dict[str, Any]) -> Scope:
    from pydantic import ValidationError

    from graph.catalogue import Parameters
    from graph.errors import InvalidParameter
    from graph.statements.scope import scope_of

    try:
        return scope_of(store, Parameters.model_validate(given))
    except ValidationError as wrong:
        field = str(wrong.errors()[0]["loc"][0])
        raise InvalidParameter(
            f"参数 {field} 的值“{given.get(field)}”不可用，请改正后再试。", parameter=field
        ) from None


def _without(record: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in names}


def _within(
    nodes: list[dict[str, Any]], links: list[dict[str, Any]], scope: Scope, *, dated: bool
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    documents = {
        node["id"]: node["date"] or ""
        for node in nodes
        if node["type"] == "Document" and _document_in(node, scope, scope.day if dated else None)
    }
    in_force = [link for link in links if not dated or _valid(link, scope.day)]
    spoken = {key for key, date in documents.items() if not dated or date <= scope.day}
    stated = [
        link
        for link in in_force
        if link.get("document") in spoken or (link.get("document") in documents and link.get("valid_from"))
    ]
    kept = spoken | {link["document"] for link in stated}
    kept |= {link[end] for link in stated for end in ("source", "target")}
    background = [
        link
        for link in in_force
        if link.get("document") is None and link["source"] in kept and link["target"] in kept
    ]
    return [node for node in nodes if node["id"] in kept], stated + background


def _document_in(node: dict[str, Any], scope: Scope, day: str | None) -> bool:
    return (
        (scope.status == "all" or node["status"] == scope.status)
        and (scope.programme is None or node["programme"] == scope.programme)
        and (scope.document is None or node["id"] == scope.document)
        and (day is None or not node["superseded_on"] or day < node["superseded_on"])
    )


def _valid(link: dict[str, Any], day: str) -> bool:
    """Whether a claim holds on a day; dates of year or month precision are inclusive."""
    start, end = link.get("valid_from", ""), link.get("valid_to", "")
    return (not start or start <= day) and (not end or day <= f"{end}~")
