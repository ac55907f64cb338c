"""Finding where documents contradict one another, each time with both cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import orjson

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
    """`subject` are ids with names; `sides` are told when it is shown; `key` orders contradictions of one kind; `note`
    is the reader's own word."""

    kind: Kind
    subject: tuple[tuple[str, str], ...]
    programme: str
    sides: Callable[[], tuple[Side, ...]]
    key: Key
    note: str = ""


def task_conflicts(store: Store, scope: Scope) -> list[Contradiction]:
    """Tasks of one title in several documents of a programme, with different leaders or leading units."""
    titled: dict[tuple[str, str], list[Row]] = {}
    for task in fetch_tasks(store, scope):
        title = orjson.loads(task["details"]).get("title") or task["name"]
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
    subject = tuple((task["id"], task["name"]) for task, _ in stated)
    return [
        Contradiction(
            kind, subject, stated[0][0]["programme"], partial(_task_sides, stated), position(stated[0][0])
        )
    ]


def _task_sides(stated: Sequence[tuple[Row, list[Row]]]) -> tuple[Side, ...]:
    return tuple(_side(task["document"], task["document_title"], claims) for task, claims in stated)


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
        now: dict[str, list[Row]] = {}
        for row in stated[link["new"]]:
            now.setdefault(row["source"], []).append(row)
        found += [_dropped(rows, link, now) for rows in _gone(stated[link["old"]], now)]
    return found


def _gone(before: Sequence[Row], now: Mapping[str, Sequence[Row]]) -> list[list[Row]]:
    """The rows of each pair that no row of `now` (unit → rows) states."""
    kept = {(unit, row["target"]) for unit, rows in now.items() for row in rows}
    gone: dict[tuple[str, str], list[Row]] = {}
    for row in before:
        pair = (row["source"], row["target"])
        if pair not in kept:
            gone.setdefault(pair, []).append(row)
    return list(gone.values())


def _dropped(rows: Sequence[Row], link: Row, now: Mapping[str, Sequence[Row]]) -> Contradiction:
    first = rows[0] if len(rows) == 1 else min(rows, key=place)
    subject = ((first["source"], first["source_name"]), (first["target"], first["target_name"]))
    key = (source_key(first), place(first)[:5], target_key(first), link["new"])
    sides = partial(_dropped_sides, rows, link, now.get(first["source"], ()))
    return Contradiction("pair_dropped", subject, link["programme"], sides, key)


def _dropped_sides(rows: Sequence[Row], link: Row, now: Sequence[Row]) -> tuple[Side, ...]:
    new = _side(link["new"], link["new_title"], now, "target")
    if not now:
        new = Side(link["new"], link["new_title"], (), (_whole(link),))
    return _side(link["old"], link["old_title"], rows, "target"), new


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
        found += [_denied(cell, document, rows) for document, rows in by_document.items()]
    return found


def _denied(cell: Row, document: str, rows: Sequence[Row]) -> Contradiction:
    where = (cell["document_date"] or LAST, cell["document"], cell["table_no"] or 0, cell["row_no"] or 0)
    key = (cell["rank"], cell["seq"], cell["unit"], where, cell["column_no"] or 0, cell["kind"], document)
    subject = ((cell["unit"], cell["name"]),)
    sides = partial(_denied_sides, cell, document, rows)
    return Contradiction("stated_none_but_paired", subject, cell["programme"], sides, key)


def _denied_sides(cell: Row, document: str, rows: Sequence[Row]) -> tuple[Side, ...]:
    none = Side(cell["document"], cell["document_title"], (), (evidence(cell),))
    return none, _side(document, rows[0]["document_title"], rows, "target")


def differing_cells(store: Store, scope: Scope) -> list[Contradiction]:
    """Cells of one table that its copies print differently, as the reader found them."""
    rows = store.fetch(PROBLEMS, {**scope.parameters(), "codes": ["contradiction"]})
    return [
        Contradiction(
            "cells_differ",
            (),
            row["programme"],
            partial(_only_side, row),
            (row["document_date"] or LAST, row["document"], row["seq"]),
            row["message"],
        )
        for row in rows
    ]


def _only_side(row: Row) -> tuple[Side, ...]:
    return (Side(row["document"], row["document_title"], (), (evidence(row),)),)
