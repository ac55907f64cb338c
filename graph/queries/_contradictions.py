"""Finding where documents contradict one another, each time with both cells."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from graph.model import Evidence, Row
from graph.queries._coverage_cells import fetch_denials
from graph.queries._plans import PROBLEMS, SUCCESSIONS
from graph.queries._tasks import fetch_tasks, position
from graph.search_keys import fold
from graph.statements.claims import PAIRS, ROLES
from graph.statements.refs import LAST, Key, evidence, place, proof, source_key, target_key
from graph.statements.revisions import stated_pairs
from graph.statements.scope import Scope
from graph.store import Store

Kind = Literal["task_leaders", "task_leads", "pair_dropped", "stated_none_but_paired", "cells_differ"]
ROLE_OF: dict[Kind, str] = {"task_leaders": "OVERSEES", "task_leads": "LEADS"}


@dataclass(frozen=True, slots=True)
class Side:
    """What one document says: names in their order, and the cells."""

    document: str
    title: str
    names: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """`subject` are ids with names; `key` orders contradictions of one kind; `note` is the reader's own word."""

    kind: Kind
    subject: tuple[tuple[str, str], ...]
    programme: str
    sides: tuple[Side, ...]
    key: Key
    note: str = ""


def task_conflicts(store: Store, scope: Scope) -> list[Contradiction]:
    """Tasks of one title in several documents of a programme, with different leaders or leading units."""
    titled: dict[tuple[str, str], list[Row]] = {}
    for task in sorted(fetch_tasks(store, scope), key=position):
        title = json.loads(task["details"]).get("title") or task["name"]
        titled.setdefault((task["programme"], fold(title)), []).append(task)
    several = [tasks for tasks in titled.values() if len({t["document"] for t in tasks}) > 1]
    claims = ROLES.into(store, scope, sorted({task["id"] for tasks in several for task in tasks}))
    found: list[Contradiction] = []
    for kind, relation in ROLE_OF.items():
        by_task: dict[str, list[Row]] = {}
        for claim in claims:
            if claim["type"] == relation:
                by_task.setdefault(claim["target"], []).append(claim)
        found += [c for tasks in several for c in _differing(kind, tasks, by_task)]
    return found


def _differing(kind: Kind, tasks: Sequence[Row], by_task: dict[str, list[Row]]) -> list[Contradiction]:
    stated = [(task, by_task[task["id"]]) for task in tasks if task["id"] in by_task]
    if len({frozenset(claim["source"] for claim in claims) for _, claims in stated}) < 2:
        return []
    if len({task["document"] for task, _ in stated}) < 2:
        return []
    sides = tuple(_side(task["document"], task["document_title"], claims) for task, claims in stated)
    subject = tuple((task["id"], task["name"]) for task, _ in stated)
    return [Contradiction(kind, subject, stated[0][0]["programme"], sides, position(stated[0][0]))]


def _side(document: str, title: str, claims: Sequence[Row], end: str = "source") -> Side:
    key = source_key if end == "source" else target_key
    names = dict.fromkeys(row[f"{end}_name"] for row in sorted(claims, key=key))
    return Side(document, title, tuple(names), tuple(proof(claims)))


def dropped_pairs(store: Store, scope: Scope) -> list[Contradiction]:
    """Pairs of a replaced document that its successor does not state, with what the successor says of the unit."""
    found: list[Contradiction] = []
    stated: dict[str, list[Row]] = {}
    for link in store.fetch(SUCCESSIONS, scope.parameters()):
        for document in (link["old"], link["new"]):
            if document not in stated:
                stated[document] = stated_pairs(store, document)
        kept = {(row["source"], row["target"]) for row in stated[link["new"]]}
        gone: dict[tuple[str, str], list[Row]] = {}
        for row in stated[link["old"]]:
            if (row["source"], row["target"]) not in kept:
                gone.setdefault((row["source"], row["target"]), []).append(row)
        found += [_dropped(rows, link, stated[link["new"]]) for rows in gone.values()]
    return found


def _dropped(rows: list[Row], link: Row, successor: Sequence[Row]) -> Contradiction:
    first = min(rows, key=place)
    now = [row for row in successor if row["source"] == first["source"]]
    old = _side(link["old"], link["old_title"], rows, "target")
    new = _side(link["new"], link["new_title"], now, "target")
    if not now:
        new = Side(link["new"], link["new_title"], (), (_whole(link),))
    subject = ((first["source"], first["source_name"]), (first["target"], first["target_name"]))
    key = (source_key(first), place(first)[:5], target_key(first), link["new"])
    return Contradiction("pair_dropped", subject, link["programme"], (old, new), key)


def _whole(link: Row) -> Evidence:
    """The successor as a whole, where it says nothing of the unit."""
    return {
        "document": link["new"],
        "document_title": link["new_title"],
        "table": None,
        "row": None,
        "column": None,
        "text": "",
        "term": "",
        "status": link["new_status"],
        "source": None,
    }


def denied_pairs(store: Store, scope: Scope) -> list[Contradiction]:
    """Cells that say there is none of a kind, where another document of the programme pairs the unit with one."""
    denied = fetch_denials(store, scope)
    if not denied:
        return []
    pairs: dict[tuple[str, str], list[Row]] = {}
    for claim in PAIRS.fetch(store, scope, sorted({row["unit"] for row in denied})):
        kind = claim["target"].partition(":")[0]
        pairs.setdefault((claim["source"], kind), []).append(claim)
    found: list[Contradiction] = []
    for cell in denied:
        claims = [
            claim
            for claim in pairs.get((cell["unit"], cell["kind"].lower()), ())
            if claim["document"] != cell["document"] and claim["programme"] == cell["programme"]
        ]
        by_document: dict[str, list[Row]] = {}
        for claim in claims:
            by_document.setdefault(claim["document"], []).append(claim)
        for document, rows in by_document.items():
            none = Side(cell["document"], cell["document_title"], (), (evidence(cell),))
            other = _side(document, rows[0]["document_title"], rows, "target")
            where = (
                cell["document_date"] or LAST,
                cell["document"],
                cell["table_no"] or 0,
                cell["row_no"] or 0,
            )
            key = (
                cell["rank"],
                cell["seq"],
                cell["unit"],
                where,
                cell["column_no"] or 0,
                cell["kind"],
                document,
            )
            subject = ((cell["unit"], cell["name"]),)
            found.append(
                Contradiction("stated_none_but_paired", subject, cell["programme"], (none, other), key)
            )
    return found


def differing_cells(store: Store, scope: Scope) -> list[Contradiction]:
    """Cells of one table that its copies print differently, as the reader found them."""
    rows = store.fetch(PROBLEMS, {**scope.parameters(), "codes": ["contradiction"]})
    return [
        Contradiction(
            "cells_differ",
            (),
            row["programme"],
            (Side(row["document"], row["document_title"], (), (evidence(row),)),),
            (row["document_date"] or LAST, row["document"], row["seq"]),
            row["message"],
        )
        for row in rows
    ]
