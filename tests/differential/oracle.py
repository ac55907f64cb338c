"""The answers again, in plain Python and NetworkX, written from docs/queries.md and not from the code.

It reads the tables of the embedded store as they stand and knows nothing of the query layer. Answers are told
in short: ids, states, counts and the positions of the cells.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import networkx as nx

Record = dict[str, Any]
PARTNER_KINDS = ("Park", "Institute", "Enterprise", "Unit", "Organisation")
TYPE_OF_PREFIX = {
    "unit": "Unit", "park": "Park", "institute": "Institute", "enterprise": "Enterprise",
    "organisation": "Organisation", "leader": "Leader", "task": "Task", "collective": "Collective",
    "sector": "Sector", "region": "Region",
}  # fmt: skip
STATES = ("covered", "stated_none", "blank", "unreadable", "not_mentioned")
COOPERATION = ("PAIRED_WITH", "LIAISES_WITH", "LEADS", "SUPPORTS", "RESPONSIBLE_FOR", "OVERSEES")
LAST = "\uffff"


def kind_of(entity: str) -> str:
    return TYPE_OF_PREFIX[entity.split(":")[0]]


def last_day(moment: str) -> str:
    """The last day of a year, month or day. Months are given 31 days: only compared, never shown."""
    return moment + {4: "-12-31", 7: "-31", 10: ""}[len(moment)]


@dataclass
class World:
    """The stored graph, asked under one set of the common parameters."""

    entities: dict[str, Record]
    documents: dict[str, Record]
    claims: list[Record]
    coverage: list[Record]
    mentions: list[Record]
    problems: list[Record]
    candidates: list[Record]
    decided: set[str]
    successions: list[Record]
    status: str = "official"
    day: str = ""
    programme: str | None = None
    document: str | None = None
    expand: bool = False
    _members: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def key(self, entity: str) -> tuple[Any, ...]:
        row = self.entities[entity]
        return (LAST if row["rank"] == "~" else row["rank"], row["seq"], entity)

    def replaced(self, document: str) -> bool:
        day = self.documents[document]["superseded_on"]
        return day != "" and day <= self.day  # 2019 begins on its first day: text order tells

    def in_scope(self, document: str) -> bool:
        row = self.documents[document]
        return self.programme in (None, row["programme"]) and self.document in (None, document)

    def dated(self, claim: Record) -> bool:
        start, end = claim["valid_from"], claim["valid_to"]
        return (not start or self.day >= start) and (not end or self.day <= last_day(end))

    def current(self, *relations: str) -> list[Record]:
        """Claims of documents that are in force within all dimensions."""
        return [
            c
            for c in self.claims
            if c["type"] in relations
            and c["document"] is not None
            and self.status in ("all", c["status"])
            and self.in_scope(c["document"])
            and not self.replaced(c["document"])
            and self.dated(c)
        ]

    def background(self, *relations: str) -> list[Record]:
        """MEMBER_OF, LOCATED_IN and FOCUSES_ON in force, gazetteers' under every status."""
        return [
            c
            for c in self.claims
            if c["type"] in relations
            and self.dated(c)
            and (
                c["document"] is None
                or (self.status in ("all", c["status"]) and not self.replaced(c["document"]))
            )
        ]

    def members(self, collective: str) -> list[str]:
        """Members in official order, those of inner collectives too; no collectives."""
        if collective not in self._members:
            graph = nx.DiGraph((c["target"], c["source"]) for c in self.background("MEMBER_OF"))
            inside = nx.descendants(graph, collective) if collective in graph else set[str]()
            found = [m for m in inside if kind_of(m) != "Collective"]
            self._members[collective] = sorted(found, key=self.key)
        return self._members[collective]

    def collectives(self, entity: str) -> set[str]:
        graph = nx.DiGraph((c["source"], c["target"]) for c in self.background("MEMBER_OF"))
        return set(nx.descendants(graph, entity)) if entity in graph else set()

    def place(self, claim: Record) -> tuple[Any, ...]:
        document = claim["document"]
        date = self.documents[document]["date"] if document else ""
        where = (claim["table_no"] or 0, claim["row_no"] or 0, claim["column_no"] or 0)
        return (date or LAST, document or LAST, *where)

    def cells(self, claims: Iterable[Record]) -> list[tuple[Any, ...]]:
        """Positions of the cells, in their order; of one cell's claims the order is by claim id."""
        ordered = sorted(claims, key=lambda c: (self.place(c), c["id"]))
        return [(c["document"], c["table_no"], c["row_no"], c["column_no"], c["text"]) for c in ordered]

    def expanded(self, claims: Iterable[Record]) -> list[Record]:
        """Claims with members in place of collectives, where that is asked for."""
        found: list[Record] = []
        for claim in claims:
            sources, targets = [claim["source"]], [claim["target"]]
            if self.expand:
                sources = (kind_of(sources[0]) == "Collective" and self.members(sources[0])) or sources
                targets = (kind_of(targets[0]) == "Collective" and self.members(targets[0])) or targets
            for source in sources:
                for target in targets:
                    if source != target or not self.expand:
                        printed = (claim["source"], claim["target"])
                        found.append({**claim, "source": source, "target": target, "printed": printed})
        return found


def load(folder: Path) -> World:
    """The world as the embedded store keeps it."""
    connection = sqlite3.connect(folder / "coopgraph.sqlite3")
    connection.row_factory = sqlite3.Row

    def every(table: str) -> list[Record]:
        return [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]

    world = World(
        entities={row["id"]: row for row in every("entity")},
        documents={row["id"]: row for row in every("document")},
        claims=every("claim"),
        coverage=every("coverage"),
        mentions=every("mention"),
        problems=every("problem"),
        candidates=every("candidate"),
        decided={row["candidate"] for row in every("decision")},
        successions=every("supersedes"),
    )
    connection.close()
    return world


def title(world: World, task: str) -> str:
    row = world.entities[task]
    return json.loads(row["details"]).get("title") or row["name"]


# ---- pairs, liaisons -------------------------------------------------------------------------------------


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
        if kind_of(m["entity"]) == "Task"
        and world.status in ("all", world.documents[m["document"]]["status"])
        and world.in_scope(m["document"])
        and not world.replaced(m["document"])
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
        due = json.loads(world.entities[task]["details"]).get("due_date", "")
        if day and not (due and last_day(due) <= day):
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


# ---- coverage, gaps --------------------------------------------------------------------------------------


@dataclass
class Cover:
    columns: list[str]
    units: list[str]
    verdicts: dict[tuple[str, str], tuple[str, str, int, list[tuple[Any, ...]]]]
    partners: dict[str, dict[str, list[Record]]]


def cover(world: World) -> Cover:
    said = [
        {**v, "id": ""}
        for v in world.coverage
        if world.status in ("all", v["status"])
        and world.in_scope(v["document"])
        and not world.replaced(v["document"])
    ]
    columns = [k for k in PARTNER_KINDS if any(v["kind"] == k for v in said)]
    spoken: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for cell in said:
        inside = world.members(cell["unit"]) if kind_of(cell["unit"]) == "Collective" else []
        for unit in inside or [cell["unit"]]:
            spoken[unit, cell["kind"]].append(cell)
    units = sorted({unit for unit, _ in spoken}, key=world.key)
    headed = {(v["document"], v["table_no"], v["row_no"], v["column_no"]): v["kind"] for v in said}
    pairs_ = world.current("PAIRED_WITH")
    verdicts: dict[tuple[str, str], tuple[str, str, int, list[tuple[Any, ...]]]] = {}
    partners: dict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    for unit in units:
        own = {unit} | world.collectives(unit)
        covering: dict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
        direct: set[str] = set()
        for claim in pairs_:
            for near, far in (("source", "target"), ("target", "source")):
                if claim[near] not in own or claim[far] == unit:
                    continue
                kinds = [kind_of(claim[far])]
                if kinds == ["Collective"]:
                    inner = {kind_of(m) for m in world.members(claim[far])} & set(PARTNER_KINDS)
                    spot = (claim["document"], claim["table_no"], claim["row_no"], claim["column_no"])
                    header = headed.get(spot) if near == "source" else None
                    kinds = list(inner) or [header or "Organisation"]
                for kind in kinds:
                    covering[kind][claim[far]].append(claim)
                    partners[unit][claim[far]].append(claim)
                    if claim[near] == unit:
                        direct.add(kind)
        for kind in columns:
            verdicts[unit, kind] = _verdict(
                world, spoken.get((unit, kind), []), covering[kind], kind in direct,
                [v for v in said if v["kind"] == kind],
            )  # fmt: skip
    return Cover(columns, units, verdicts, partners)


def _verdict(
    world: World,
    cells: list[Record],
    covering: dict[str, list[Record]],
    direct: bool,
    tables: list[Record],
) -> tuple[str, str, int, list[tuple[Any, ...]]]:
    if covering:
        claims = {c["id"]: c for rows in covering.values() for c in rows}
        reason = "claim" if direct else "via_collective"
        return ("covered", reason, len(covering), world.cells(claims.values()))
    order = lambda v: (world.place(v), v["unit"], v["text"])  # noqa: E731 — an order used twice below
    others = [v for v in cells if v["state"] != "covered"]
    if others:
        state = min((v["state"] for v in others), key=STATES.index)
        proof = sorted((v for v in others if v["state"] == state), key=order)
        return (state, proof[0]["reason"], 0, _spots(proof))
    if cells:
        return ("not_mentioned", "not_in_force", 0, _spots(sorted(cells, key=order)))
    whole = {(v["document"], v["table_no"]): v for v in reversed(tables)}
    there = [v for v in whole.values() if v["table_no"] is not None]
    state, reason = ("not_mentioned", "unit_not_listed") if there else ("unreadable", "")
    proof = [{**v, "row_no": None, "column_no": None, "text": ""} for v in there or whole.values()]
    return (state, reason, 0, _spots(sorted(proof, key=lambda v: world.place(v))))


def _spots(cells: list[Record]) -> list[tuple[Any, ...]]:
    return [(v["document"], v["table_no"], v["row_no"], v["column_no"], v["text"]) for v in cells]


def coverage(world: World, given: Record) -> list[tuple[Any, ...]]:
    found = cover(world)
    return [
        (unit, [(kind, *found.verdicts[unit, kind]) for kind in found.columns])
        for unit in _wanted(world, found, given)
    ]


def _wanted(world: World, found: Cover, given: Record) -> list[str]:
    unit, kind = given.get("unit"), given.get("unit_kind")
    wanted = None
    if unit:
        wanted = {unit, *(world.members(unit) if kind_of(unit) == "Collective" else ())}
    return [
        u
        for u in found.units
        if (wanted is None or u in wanted) and kind in (None, world.entities[u]["kind"])
    ]


def gaps(world: World, given: Record) -> list[tuple[Any, ...]]:
    found = cover(world)
    rows: list[tuple[Any, ...]] = []
    for unit in _wanted(world, found, given):
        for kind in found.columns:
            state, reason, _, cells = found.verdicts[unit, kind]
            if state in ("covered", "unreadable") or given.get("counterpart_type") not in (None, kind):
                continue
            if given.get("state") in (None, state):
                rows.append((unit, kind, state, reason, cells, suggestions(world, found, unit, kind)))
    return rows


def suggestions(world: World, found: Cover, unit: str, kind: str) -> list[tuple[str, float, list[str]]]:
    mine = found.partners.get(unit, {})
    focus: dict[str, set[str]] = defaultdict(set)
    for claim in world.background("FOCUSES_ON"):
        focus[claim["source"]].add(claim["target"])
    peers = {m for c in world.collectives(unit) for m in world.members(c)} - {unit}
    neighbours = {
        u for u in found.units if u != unit and not mine.keys().isdisjoint(found.partners.get(u, {}))
    }
    served: dict[str, set[str]] = defaultdict(set)
    for other in found.units:
        for partner in found.partners.get(other, {}):
            served[partner].add(other)
    rows: list[tuple[float, Any, str, list[str]]] = []
    for partner in {*focus, *served}:
        if kind_of(partner) != kind or partner in mine or partner in found.units:
            continue
        shared = len(focus.get(partner, set()) & focus.get(unit, set()))
        near = served[partner] & neighbours
        beside = served[partner] & (peers - neighbours)
        reasons = ["shared_sector"] * shared + ["neighbour"] * bool(near) + ["peer"] * bool(beside)
        if reasons:
            score = 3 * shared + 2 * bool(near) + bool(beside) + 1 / (1 + len(served[partner]))
            rows.append((-round(score, 3), world.key(partner), partner, [*reasons, "load"]))
    return [(partner, -score, reasons) for score, _, partner, reasons in sorted(rows)[:5]]


# ---- the network -----------------------------------------------------------------------------------------


def network_claims(world: World) -> list[Record]:
    """All relations in force; gazetteers' hold in every scope."""
    return [
        c
        for c in world.claims
        if world.dated(c)
        and (
            c["document"] is None
            or (
                world.status in ("all", c["status"])
                and world.in_scope(c["document"])
                and not world.replaced(c["document"])
            )
        )
    ]


def _closed(entity: str, *ends: str) -> bool:
    return kind_of(entity) in ("Region", "Sector") and entity not in ends


def neighbourhood(world: World, given: Record) -> tuple[Any, ...]:
    centre, depth = given["id"], given.get("depth", 1)
    claims = network_claims(world)
    distance = {centre: 0}
    for step in range(1, depth + 1):
        edge = {n for n, d in distance.items() if d == step - 1 and not _closed(n, centre)}
        for claim in claims:
            for near, far in (("source", "target"), ("target", "source")):
                if claim[near] in edge:
                    distance.setdefault(claim[far], step)
    walked = {n for n, d in distance.items() if d < depth and not _closed(n, centre)}
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    for claim in claims:
        if claim["source"] in walked or claim["target"] in walked:
            counts[claim["source"], claim["target"], claim["type"]] += 1
    nodes = sorted(distance.items(), key=lambda item: (item[1], world.key(item[0])))
    edges = sorted(counts.items(), key=lambda e: (world.key(e[0][0]), world.key(e[0][1]), e[0][2]))
    return (nodes, [(*ends, count) for ends, count in edges])


def paths(world: World, given: Record) -> list[list[str]]:
    source, target = given["source"], given["target"]
    graph = nx.Graph()
    for claim in network_claims(world):
        if not _closed(claim["source"], source, target) and not _closed(claim["target"], source, target):
            graph.add_edge(claim["source"], claim["target"])
    if (
        source == target
        or source not in graph
        or target not in graph
        or not nx.has_path(graph, source, target)
    ):
        return []
    found = [list(p) for p in nx.all_shortest_paths(graph, source, target)]
    if len(found[0]) - 1 > given.get("max_length", 4):
        return []
    return sorted(found, key=lambda path: [world.key(node) for node in path])[:100]


def centrality(world: World, given: Record) -> list[tuple[str, float]]:
    graph = nx.Graph()
    for claim in world.expanded(world.current(*COOPERATION)):
        if claim["source"] != claim["target"]:
            graph.add_edge(claim["source"], claim["target"])
    measure = given.get("measure", "degree")
    values: dict[str, float] = {n: float(d) for n, d in graph.degree()}
    if measure == "betweenness":
        values = {n: round(v, 6) for n, v in nx.betweenness_centrality(graph).items()}
    if measure == "articulation":
        before = nx.number_connected_components(graph) if graph else 0
        values = {}
        for point in nx.articulation_points(graph):
            rest = graph.copy()
            rest.remove_node(point)
            values[point] = float(nx.number_connected_components(rest) - before + 1)
    return sorted(values.items(), key=lambda item: (-item[1], world.key(item[0])))


# ---- the rest --------------------------------------------------------------------------------------------


def unpaired(world: World, given: Record) -> list[str]:
    kinds = [given["type"]] if given.get("type") else ["Park", "Institute", "Enterprise"]
    paired = {c[end] for c in world.current("PAIRED_WITH") for end in ("source", "target")}
    region = given.get("region")
    inside = None
    if region:
        graph = nx.DiGraph((c["target"], c["source"]) for c in world.claims if c["type"] == "LOCATED_IN")
        places = {e for e, row in world.entities.items() if row["type"] == "Region" and row["name"] == region}
        inside = {n for place in places if place in graph for n in nx.descendants(graph, place)}
        below = {world.entities[n]["name"] for n in inside if kind_of(n) == "Region"} | {region}
        inside |= {e for e, row in world.entities.items() if row["region"] in below}
    return [
        entity
        for entity in sorted(_known(world, scoped=False), key=world.key)
        if kind_of(entity) in kinds
        and paired.isdisjoint({entity} | world.collectives(entity))
        and (inside is None or entity in inside)
    ]


def _known(world: World, *, scoped: bool) -> set[str]:
    """Entities that a fitting document names, and those that none names."""
    named: dict[str, list[str]] = defaultdict(list)
    for mention in world.mentions:
        named[mention["entity"]].append(mention["document"])
    found: set[str] = set()
    for entity in world.entities:
        fits = any(
            world.status in ("all", world.documents[d]["status"]) and (not scoped or world.in_scope(d))
            for d in named[entity]
        )
        free = not named[entity] and not (scoped and (world.programme or world.document))
        if fits or free:
            found.add(entity)
    return found


def stats(world: World, given: Record) -> tuple[Any, ...]:
    entities: dict[str, int] = defaultdict(int)
    for entity in _known(world, scoped=True):
        entities[kind_of(entity)] += 1
    relations: dict[str, int] = defaultdict(int)
    for claim in world.claims:
        document = claim["document"]
        scoped = document is None and not world.programme and not world.document
        if document is not None:
            scoped = world.in_scope(document) and not world.replaced(document)
        if scoped and world.dated(claim) and world.status in ("all", claim["status"]):
            relations[claim["type"]] += 1
    documents = {
        d
        for d, row in world.documents.items()
        if world.status in ("all", row["status"]) and world.in_scope(d)
    }
    replaced = [x for x in world.successions if x["source"] in documents and x["target"] in world.documents]
    relations["SUPERSEDES"] = len(replaced)
    return (dict(entities), {k: n for k, n in relations.items() if n}, len(documents))


def load_(world: World, given: Record) -> list[tuple[Any, ...]]:
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
    return [(role, e, len(partners[role, e]), len(tasks_[role, e])) for role, e in carriers]


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
    return rows + [
        ("sector_without_pair", [s], ordered(focus[s])) for s in ordered(focus) if paired.isdisjoint(focus[s])
    ]
