"""Answers told in short, as the oracle tells them: ids, states, counts and the positions of the cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def spots(row: Any) -> list[tuple[Any, ...]]:
    return [(e["document"], e["table"], e["row"], e["column"], e["text"]) for e in row["evidence"]]


def ids(refs: Any) -> list[str]:
    return [ref["id"] for ref in refs]


def told_pairs(body: Any) -> Any:
    return [
        (i["unit"]["id"], i["counterpart"]["id"], i["programme"] or "", i["term"], spots(i))
        for i in body["items"]
    ]


def told_liaisons(body: Any) -> Any:
    return [
        (i["leader"]["id"], i["counterpart"]["id"], i["programme"] or "", i["term"], spots(i))
        for i in body["items"]
    ]


def told_tasks(body: Any) -> Any:
    return [
        (
            i["task"]["id"],
            ids(i["leaders"]),
            ids(i["lead"]),
            ids(i["support"]),
            ids(i["responsible"]),
            spots(i),
        )
        for i in body["items"]
    ]


def told_coverage(body: Any) -> Any:
    return [
        (
            row["unit"]["id"],
            [(k, c["state"], _reason(c), c["count"], spots(c)) for k, c in row["cells"].items()],
        )
        for row in body["rows"]
    ]


def _reason(cell: Any) -> str:
    """The reason, but where the oracle leaves it open: that of an absent table that names no unit asked for."""
    absent = cell["state"] == "unreadable" and all(
        e["text"] == "" and e["row"] is None for e in cell["evidence"]
    )
    return "" if absent else cell["reason"]


def told_gaps(body: Any) -> Any:
    return [
        (
            i["unit"]["id"],
            i["counterpart_type"],
            i["state"],
            i["reason"],
            spots(i),
            [
                (s["counterpart"]["id"], s["score"], [(b["reason"], spots(b)) for b in s["because"]])
                for s in i["suggestions"]
            ],
        )
        for i in body["items"]
    ]


def told_neighbourhood(body: Any) -> Any:
    nodes = [(n["id"], n["distance"]) for n in body["nodes"]]
    return (nodes, [(e["source"], e["target"], e["type"], e["count"]) for e in body["edges"]])


def told_stats(body: Any) -> Any:
    some = [{k: n for k, n in body[member].items() if n} for member in ("entities", "relations")]
    return (*some, body["documents"])


def told_portfolio(body: Any) -> Any:
    roles = [
        [(i["task"]["id"], spots(i), ids(i["expanded_from"])) for i in body[role]]
        for role in ("oversees", "leads", "supports", "responsible")
    ]
    parts = (told_pairs({"items": body["pairs"]}), told_liaisons({"items": body["liaisons"]}))
    assert body["count"] == sum(map(len, (*roles, *parts)))
    return (*roles, *parts)


def told_documents(body: Any) -> Any:
    return [
        (
            i["id"],
            i["programme"],
            i["status"],
            i["entities"],
            i["claims"],
            i["problems"],
            ids(i["superseded_by"]),
            i["superseded_on"],
        )
        for i in body["items"]
    ]


def told_programmes(body: Any) -> Any:
    return [
        (i["programme"], ids(i["documents"]), i["relations"], i["claims"], i["illustrative"])
        for i in body["items"]
    ]


def told_entity(body: Any) -> Any:
    relations = [
        (
            group["type"],
            [(i["entity"]["id"], i["end"], i["term"], i["programme"], spots(i)) for i in group["items"]],
        )
        for group in body["relations"]
    ]
    names = [(n["text"], n["kind"]) for n in body["names"]]
    rest = (body["details"], names, body["aliases"], ids(body["documents"]), relations)
    return (body["kind"], body["region"], *rest)


def told_consistency(body: Any) -> Any:
    return [
        (i["kind"], ids(i["entities"]), [(s["document"], s["says"], spots(s)) for s in i["sides"]])
        for i in body["items"]
    ]


def told_outstanding(body: Any) -> Any:
    return [
        (
            i["unit"] and i["unit"]["id"],
            i["kind"],
            i["task"] and i["task"]["id"],
            i["overdue"],
            spots(i),
        )
        for i in body["items"]
    ]


def told_load(body: Any) -> Any:
    return [(i["role"], i["entity"]["id"], i["partners"], i["tasks"], i["outlier"]) for i in body["items"]]


TOLD: dict[str, Callable[[Any], Any]] = {
    "centrality": lambda body: [(i["entity"]["id"], i["value"]) for i in body["items"]],
    "consistency": told_consistency,
    "coverage": told_coverage,
    "documents": told_documents,
    "entities": lambda body: [(i["id"], i["matched"], i["match"], i["illustrative"]) for i in body["items"]],
    "entity": told_entity,
    "gaps": told_gaps,
    "liaisons": told_liaisons,
    "load": told_load,
    "neighbourhood": told_neighbourhood,
    "outstanding": told_outstanding,
    "overlap": lambda body: [(i["kind"], ids(i["entities"]), ids(i["others"])) for i in body["items"]],
    "pairs": told_pairs,
    "paths": lambda body: [ids(i["nodes"]) for i in body["items"]],
    "portfolio": told_portfolio,
    "programmes": told_programmes,
    "stats": told_stats,
    "tasks": told_tasks,
    "unpaired": lambda body: ids(i["entity"] for i in body["items"]),
}
"""Query → its answer in the oracle's short form."""
