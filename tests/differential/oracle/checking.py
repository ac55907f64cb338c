"""Contradictions between documents, and what units still owe."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from tests.differential.oracle.cooperation import task_place, tasks_in_force
from tests.differential.oracle.covering import cover, wanted_units
from tests.differential.oracle.world import LAST, Record, World, due, folded, kind_of, last_day, title

Spot = tuple[Any, ...]
Side = tuple[str, list[str], list[Spot]]
"""Document, the names that it has, its cells."""
KINDS = ("task_leaders", "task_leads", "pair_dropped", "stated_none_but_paired", "cells_differ")


def consistency(world: World, given: Record) -> list[tuple[Any, ...]]:
    found = [*_tasks(world), *_dropped(world), *_denied(world), *_differing(world)]
    found.sort(key=lambda row: (KINDS.index(row[1]), row[0]))
    return [row[1:] for row in found if given.get("kind") in (None, row[1])]


def _ends(world: World, claims: list[Record], end: str) -> list[str]:
    ids = sorted({c[end] for c in claims}, key=world.key)
    return list(dict.fromkeys(world.entities[entity]["name"] for entity in ids))


def _tasks(world: World) -> list[tuple[Any, ...]]:
    titled: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for task, document in tasks_in_force(world):
        titled[world.documents[document]["programme"], folded(title(world, task))].append((task, document))
    rows: list[tuple[Any, ...]] = []
    for kind, relation in (("task_leaders", "OVERSEES"), ("task_leads", "LEADS")):
        claims = world.current(relation)
        for group in titled.values():
            said = [(task, document, [c for c in claims if c["target"] == task]) for task, document in group]
            said = [one for one in said if one[2]]
            differ = len({frozenset(c["source"] for c in cs) for _, _, cs in said}) > 1
            if differ and len({document for _, document, _ in said}) > 1:
                sides = [(d, _ends(world, cs, "source"), world.cells(cs)) for _, d, cs in said]
                place = task_place(world, said[0][1], said[0][0])
                rows.append((place, kind, [task for task, _, _ in said], sides))
    return rows


def _dropped(world: World) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for link in world.successions:
        old, new = link["target"], link["source"]
        if old not in world.documents or new not in world.documents or not _has_replaced(world, new, old):
            continue
        before = [c for c in world.claims if c["document"] == old and c["type"] == "PAIRED_WITH"]
        now = [c for c in world.claims if c["document"] == new and c["type"] == "PAIRED_WITH"]
        kept = {(c["source"], c["target"]) for c in now}
        for unit, partner in {(c["source"], c["target"]) for c in before} - kept:
            gone = [c for c in before if (c["source"], c["target"]) == (unit, partner)]
            rest = [c for c in now if c["source"] == unit]
            whole = (new, [], [(new, None, None, None, "")])
            sides: list[Side] = [(old, [world.entities[partner]["name"]], world.cells(gone))]
            sides.append((new, _ends(world, rest, "target"), world.cells(rest)) if rest else whole)
            key = (world.key(unit), min(map(world.place, gone)), world.key(partner), new)
            rows.append((key, "pair_dropped", [unit, partner], sides))
    return rows


def _has_replaced(world: World, new: str, old: str) -> bool:
    """Whether, by the day, `new` is in force and has taken the place of `old`."""
    later, earlier = world.documents[new], world.documents[old]
    return (
        world.status in ("all", later["status"])
        and world.status in ("all", earlier["status"])
        and (later["status"] == "official" or earlier["status"] == "illustrative")
        and world.in_scope(new)
        and later["date"] <= world.day
        and not world.silent(new)
    )


def _denied(world: World) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    pairs = world.current("PAIRED_WITH")
    for cell in world.said():
        if cell["state"] != "stated_none":
            continue
        unit, document = cell["unit"], cell["document"]
        by_document: dict[str, list[Record]] = defaultdict(list)
        for claim in pairs:
            programmes = {world.documents[d]["programme"] for d in (claim["document"], document)}
            elsewhere = claim["document"] != document and len(programmes) == 1
            if elsewhere and claim["source"] == unit and kind_of(claim["target"]) == cell["kind"]:
                by_document[claim["document"]].append(claim)
        spot = (document, cell["table_no"], cell["row_no"], cell["column_no"], cell["text"])
        for other, claims in by_document.items():
            sides: list[Side] = [(document, [], [spot])]
            sides.append((other, _ends(world, claims, "target"), world.cells(claims)))
            key = (world.key(unit), world.place(cell), cell["kind"], other)
            rows.append((key, "stated_none_but_paired", [unit], sides))
    return rows


def _differing(world: World) -> list[tuple[Any, ...]]:
    return [
        ((*world.age(p["document"]), p["seq"]), "cells_differ", [], [(p["document"], [], [_spot(p)])])
        for p in world.problems
        if p["code"] == "contradiction" and world.speaks(p["document"])
    ]


def _spot(row: Record) -> Spot:
    return (row["document"], row["table_no"], row["row_no"], row["column_no"], row["text"])


OWED = ("task", "gap", "review", "attachment")


def outstanding(world: World, given: Record) -> list[tuple[Any, ...]]:
    unit = given.get("unit")
    rows = [*_open_tasks(world, unit), *_gaps(world, given), *_reviews(world, unit)]
    if unit is None:
        rows += [
            ((world.place(p), p["seq"]), None, "attachment", None, False, [_spot(p)])
            for p in world.problems
            if p["code"] == "attachment_missing" and world.speaks(p["document"])
        ]  # fmt: skip
    ordered = sorted(
        rows, key=lambda r: (r[1] is None, world.key(r[1]) if r[1] else (), OWED.index(r[2]), r[0])
    )
    return [row[1:] for row in ordered if given.get("kind") in (None, row[2])]


def _open_tasks(world: World, unit: str | None) -> list[tuple[Any, ...]]:
    stands = dict(tasks_in_force(world))
    groups: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for claim in world.expanded(world.current("LEADS", "RESPONSIBLE_FOR")):
        if claim["target"] in stands and unit in (None, claim["source"], claim["printed"][0]):
            groups[claim["source"], claim["target"]].append(claim)
    rows: list[tuple[Any, ...]] = []
    for (source, task), claims in groups.items():
        date = due(world, task)
        key = (date or LAST, task_place(world, stands[task], task))
        cells = world.cells({c["id"]: c for c in claims}.values())
        rows.append((key, source, "task", task, bool(date) and last_day(date) < world.day, cells))
    return rows


def _gaps(world: World, given: Record) -> list[tuple[Any, ...]]:
    found = cover(world)
    rows: list[tuple[Any, ...]] = []
    for unit in wanted_units(world, found, {"unit": given.get("unit")}):
        for number, kind in enumerate(found.columns):
            state, _, _, cells = found.verdicts[unit, kind]
            if state in ("stated_none", "blank", "not_mentioned"):
                rows.append((number, unit, "gap", None, False, cells))
    return rows


def _reviews(world: World, unit: str | None) -> list[tuple[Any, ...]]:
    own = {unit} | (world.collectives(unit) if unit and world.expand else set())
    return [
        (
            (world.place(k), k["id"]),
            k["entity"] if k["entity"] in world.entities else None,
            "review",
            None,
            False,
            [_spot(k)],
        )
        for k in world.candidates
        if k["id"] not in world.decided
        and world.speaks(k["document"])
        and (unit is None or k["entity"] in own)
    ]
