"""Pairs, liaisons, tasks, portfolios, loads and overlaps."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from tests.differential.oracle.world import COOPERATION, LAST, Record, World, due, kind_of, last_day


def couples(world: World, claims: Iterable[Record]) -> list[tuple[Any, ...]]:
    groups: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for claim in claims:
        programme = world.documents[claim["document"]]["programme"]
        key = (claim["source"], claim["target"], programme, claim["term"], claim["direction"])
        groups[key].append(claim)

    def order(item: tuple[tuple[str, ...], list[Record]]) -> tuple[Any, ...]:
        (source, target, *rest), rows = item
        return (world.key(source), min(map(world.place, rows)), world.key(target), *rest)

    return [
        (source, target, programme, term, world.cells({c["id"]: c for c in rows}.values()))
        for (source, target, programme, term, _), rows in sorted(groups.items(), key=order)
    ]


def pairs(world: World, given: Record) -> list[tuple[Any, ...]]:
    unit, other = given.get("unit"), given.get("counterpart")
    kind, sector = given.get("counterpart_type"), given.get("sector")
    focused = {c["source"] for c in world.background("FOCUSES_ON") if c["target"] == sector}

    def stands(claim: Record, end: int, entity: str) -> bool:
        return entity in ((claim["source"], claim["target"])[end], claim["printed"][end])

    def fits(claim: Record) -> bool:
        ends = (claim["source"], claim["target"])
        opposite = [1] if unit is None else [1 - e for e in (0, 1) if stands(claim, e, unit)]
        return any(
            (other is None or stands(claim, e, other)) and kind in (None, kind_of(ends[e])) for e in opposite
        ) and (sector is None or not focused.isdisjoint(ends))

    return couples(world, filter(fits, world.expanded(world.current("PAIRED_WITH"))))


def liaisons(world: World, given: Record) -> list[tuple[Any, ...]]:
    leader, other = given.get("leader"), given.get("with")
    return couples(
        world,
        [
            c
            for c in world.expanded(world.current("LIAISES_WITH"))
            if leader in (None, c["source"]) and (other is None or other in (c["target"], c["printed"][1]))
        ],
    )


# ---- tasks -----------------------------------------------------------------------------------------------

ROLES = ("OVERSEES", "LEADS", "SUPPORTS", "RESPONSIBLE_FOR")


def task_place(world: World, document: str, task: str) -> tuple[Any, ...]:
    found = re.search(r"/t(\d+)r(\d+)$", task)
    table, row = (int(found[1]), int(found[2])) if found else (0, 0)
    return (world.key(task)[0], world.documents[document]["date"] or LAST, document, table, row, task)


def tasks_in_force(world: World) -> list[tuple[str, str]]:
    """(task, document), in order; a task that several documents name is the first's."""
    found: dict[str, str] = {}
    stated = [
        (m["document"], m["entity"])
        for m in world.mentions
        if kind_of(m["entity"]) == "Task" and world.speaks(m["document"])
    ]
    for document, task in sorted(stated, key=lambda pair: task_place(world, *pair)):
        found.setdefault(task, document)
    return list(found.items())


def tasks(world: World, given: Record) -> list[tuple[Any, ...]]:
    claims = world.current(*ROLES)
    unit, leader, day = given.get("unit"), given.get("leader"), given.get("due_before")
    own = {unit} | (world.collectives(unit) if unit and world.expand else set())
    rows: list[tuple[Any, ...]] = []
    for task, _ in tasks_in_force(world):
        said = [c for c in claims if c["target"] == task]
        if leader and not any(c["type"] == "OVERSEES" and c["source"] == leader for c in said):
            continue
        if unit and not any(c["type"] != "OVERSEES" and c["source"] in own for c in said):
            continue
        date = due(world, task)
        if day and not (date and last_day(date) <= day):
            continue
        parts: list[list[str]] = []
        for role in ROLES:
            named = sorted(
                (c for c in said if c["type"] == role),
                key=lambda c: (c["column_no"] or 0, world.key(c["source"])),
            )
            actors: list[str] = []
            for claim in named:
                is_collective = world.expand and kind_of(claim["source"]) == "Collective"
                actors += (is_collective and world.members(claim["source"])) or [claim["source"]]
            parts.append(list(dict.fromkeys(actors)))
        rows.append((task, *parts, world.cells(said)))
    return rows


def portfolio(world: World, given: Record) -> tuple[Any, ...]:
    entity = given["id"]
    own = {entity} | (world.collectives(entity) if world.expand else set())
    roles: list[list[tuple[Any, ...]]] = []
    for role in ROLES:
        by_task: dict[str, list[Record]] = defaultdict(list)
        for claim in world.current(role):
            if claim["source"] in own:
                by_task[claim["target"]].append(claim)

        def order(task: str, said: dict[str, list[Record]] = by_task) -> tuple[Any, ...]:
            return task_place(world, min(said[task], key=world.place)["document"], task)

        roles.append(
            [
                (
                    task,
                    world.cells(by_task[task]),
                    sorted({c["source"] for c in by_task[task]} - {entity}, key=world.key),
                )
                for task in sorted(by_task, key=order)
            ]
        )
    linked = [
        c
        for c in world.expanded(world.current("LIAISES_WITH"))
        if entity in (c["source"], c["target"], *c["printed"])
    ]
    return (*roles, pairs(world, {"unit": entity}), couples(world, linked))


def load(world: World, given: Record) -> list[tuple[Any, ...]]:
    partners: dict[tuple[str, str], set[str]] = defaultdict(set)
    tasks_: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in world.expanded(world.current(*COOPERATION)):
        source, target = claim["source"], claim["target"]
        if claim["type"] == "PAIRED_WITH":
            partners["unit", source].add(target)
            partners["partner", target].add(source)
        elif claim["type"] == "LIAISES_WITH":
            partners["leader", source].add(target)
        elif claim["type"] == "OVERSEES":
            tasks_["leader", source].add(target)
        else:
            tasks_["unit", source].add(target)
    roles = ("unit", "leader", "partner")
    carriers = sorted({*partners, *tasks_}, key=lambda c: (roles.index(c[0]), world.key(c[1])))
    totals = {carrier: len(partners[carrier]) + len(tasks_[carrier]) for carrier in carriers}
    rows: list[tuple[Any, ...]] = []
    for carrier in carriers:
        role, entity = carrier
        far = _far(totals[carrier], sorted(n for (r, _), n in totals.items() if r == role))
        if given.get("role") in (None, role) and (far or not given.get("outliers")):
            rows.append((role, entity, len(partners[carrier]), len(tasks_[carrier]), far))
    return rows


def _far(value: int, totals: list[int]) -> str | None:
    """Whether a value is far from the others': beyond the quartiles by more than the reach."""
    if len(totals) < 4:
        return None

    def quartile(share: float) -> float:
        place = share * (len(totals) - 1)
        below = int(place)
        above = min(below + 1, len(totals) - 1)
        return totals[below] + (place - below) * (totals[above] - totals[below])

    low, high = quartile(0.25), quartile(0.75)
    reach = max(1.5 * (high - low), 2)
    return "high" if value > high + reach else "low" if value < low - reach else None


def overlap(world: World, given: Record) -> list[tuple[Any, ...]]:
    by_unit: dict[str, set[str]] = defaultdict(set)
    by_partner: dict[str, set[str]] = defaultdict(set)
    for claim in world.expanded(world.current("PAIRED_WITH")):
        by_unit[claim["source"]].add(claim["target"])
        by_partner[claim["target"]].add(claim["source"])
    ordered: Callable[[Iterable[str]], list[str]] = lambda ids: sorted(ids, key=world.key)  # noqa: E731 — short
    rows: list[tuple[Any, ...]] = [
        ("shared_partner", [p], ordered(by_partner[p])) for p in ordered(by_partner) if len(by_partner[p]) > 1
    ]
    same: dict[frozenset[str], list[str]] = defaultdict(list)
    for unit in ordered(by_unit):
        same[frozenset(by_unit[unit])].append(unit)
    rows += [("same_partners", units, ordered(p)) for p, units in same.items() if len(units) > 1]
    focus: dict[str, set[str]] = defaultdict(set)
    for claim in world.background("FOCUSES_ON"):
        focus[claim["target"]].add(claim["source"])
    paired = {*by_unit, *by_partner}
    rows += [
        ("sector_without_pair", [s], ordered(focus[s])) for s in ordered(focus) if paired.isdisjoint(focus[s])
    ]
    return [row for row in rows if given.get("kind") in (None, row[0])]
