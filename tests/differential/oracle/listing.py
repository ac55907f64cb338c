"""What there is: documents, programmes, entities, one entity, and what nobody pairs with."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import networkx as nx

from tests.differential.oracle.networks import network_claims
from tests.differential.oracle.world import COOPERATION, Record, World, folded, kind_of


def unpaired(world: World, given: Record) -> list[str]:
    kinds = [given["type"]] if given.get("type") else ["Park", "Institute", "Enterprise"]
    paired = {c[end] for c in world.current("PAIRED_WITH") for end in ("source", "target")}
    inside = _inside(world, given.get("region"))
    return [
        entity
        for entity in sorted(_known(world, scoped=False), key=world.key)
        if kind_of(entity) in kinds
        and paired.isdisjoint({entity} | world.collectives(entity))
        and (inside is None or entity in inside)
    ]


def _inside(world: World, region: str | None) -> set[str] | None:
    """What lies in a region, by LOCATED_IN step by step downwards, and by the region that scopes it."""
    if region is None:
        return None
    graph = nx.DiGraph((c["target"], c["source"]) for c in world.claims if c["type"] == "LOCATED_IN")
    places = {e for e, row in world.entities.items() if row["type"] == "Region" and row["name"] == region}
    inside = {n for place in places if place in graph for n in nx.descendants(graph, place)}
    below = {world.entities[n]["name"] for n in inside if kind_of(n) == "Region"} | {region}
    return inside | {e for e, row in world.entities.items() if row["region"] in below}


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


def _documents(world: World) -> list[str]:
    fitting = [
        d
        for d, row in world.documents.items()
        if world.status in ("all", row["status"]) and world.in_scope(d)
    ]
    return sorted(fitting, key=world.age)


def documents(world: World, given: Record) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for key in _documents(world):
        later = [
            x["source"] for x in world.successions if x["target"] == key and x["source"] in world.documents
        ]
        severities = {"info": 0, "warning": 0, "error": 0}
        for problem in world.problems:
            if problem["document"] == key:
                severities[problem["severity"]] += 1
        row = world.documents[key]
        named = sum(m["document"] == key for m in world.mentions)
        claims = sum(c["document"] == key for c in world.claims)
        replaced = (sorted(later, key=world.age), row["superseded_on"] or None)
        rows.append((key, row["programme"] or None, row["status"], named, claims, severities, *replaced))
    return rows


def programmes(world: World, given: Record) -> list[tuple[Any, ...]]:
    """The documents are in order, so that programmes come by their earliest one."""
    found: dict[str, list[str]] = defaultdict(list)
    for key in _documents(world):
        if world.documents[key]["programme"]:
            found[world.documents[key]["programme"]].append(key)
    rows: list[tuple[Any, ...]] = []
    for name, keys in found.items():
        counts = dict.fromkeys(COOPERATION, 0)
        for claim in world.current(*COOPERATION):
            if world.documents[claim["document"]]["programme"] == name:
                counts[claim["type"]] += 1
        sample = all(world.documents[key]["status"] == "illustrative" for key in keys)
        rows.append((name, keys, counts, sum(counts.values()), sample))
    return rows


TIERS = ("exact", "prefix", "alias", "pinyin", "initials", "part", "similar")


def entities(world: World, given: Record) -> list[tuple[Any, ...]]:
    inside, kind, q = _inside(world, given.get("region")), given.get("type"), folded(given.get("q") or "")
    known = [e for e in _known(world, scoped=True) if inside is None or e in inside]
    if not (given.get("q") or "").strip():
        listed = [e for e in sorted(known, key=world.key) if kind in (None, kind_of(e))]
        return [(e, None, None, _sample(world, e)) for e in listed]
    best: dict[str, tuple[Any, ...]] = {}
    for similar in (False, True):
        for name in world.names:
            tier = (_resembles(q, name) if similar else _matches(q, name)) if q else None
            entity = name["entity"]
            if tier is None or kind not in (None, kind_of(entity)):
                continue
            order = (TIERS.index(tier), len(name["folded"]), world.key(entity), name["text"], entity)
            best[entity] = min(order, best.get(entity, order))
        if best:
            break
    return [
        (e, text, TIERS[tier], _sample(world, e))
        for tier, _, _, text, e in sorted(best.values())
        if e in known
    ]


def _sample(world: World, entity: str) -> bool:
    """Whether only illustrative documents name it, and no gazetteer."""
    statuses = {world.documents[m["document"]]["status"] for m in world.mentions if m["entity"] == entity}
    listed = any(entity in (c["source"], c["target"]) for c in world.claims if c["document"] is None)
    return statuses == {"illustrative"} and not listed


def _matches(q: str, name: Record) -> str | None:
    text, full = name["folded"], name["kind"] == "full"
    if text == q:
        return "exact" if full else "alias"
    if text.startswith(q):
        return "prefix" if full else "alias"
    if name["pinyin"].startswith(q):
        return "pinyin"
    if name["initials"].startswith(q):
        return "initials"
    return "part" if len(q) > 1 and q in text else None


def _resembles(q: str, name: Record) -> str | None:
    """One character wrong, missing or too many, or another character of the same sound."""
    if len(q) < 3:
        return None
    text = name["folded"]
    shorter, longer = sorted((q, text), key=len)
    near = False
    if len(longer) == len(shorter):
        near = sum(a != b for a, b in zip(q, text, strict=True)) <= 1
    elif len(longer) == len(shorter) + 1:
        near = any(longer[:n] + longer[n + 1 :] == shorter for n in range(len(longer)))
    return "similar" if near or (not q.isascii() and name["pinyin"] == _sound(q)) else None


def _sound(text: str) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text))


NAME_KINDS = ("full", "short", "former", "alias", "printed")
RELATIONS = (*COOPERATION, "MEMBER_OF", "LOCATED_IN", "FOCUSES_ON")


def entity(world: World, given: Record) -> tuple[Any, ...]:
    key = given["id"]
    row = world.entities[key]
    names = sorted(
        ((n["text"], n["kind"]) for n in world.names if n["entity"] == key),
        key=lambda n: (NAME_KINDS.index(n[1]), n[0]),
    )
    old = sorted(a["old"] for a in world.aliases if a["entity"] == key and a["old"] not in world.entities)
    named = {m["document"] for m in world.mentions if m["entity"] == key}
    papers = [d for d in named if world.status in ("all", world.documents[d]["status"])]
    return (row["kind"], row["region"], json.loads(row["details"]), names, old,
            sorted(papers, key=world.age), _relations(world, key))  # fmt: skip


def _relations(world: World, key: str) -> list[tuple[str, list[tuple[Any, ...]]]]:
    own = {key} | (world.collectives(key) if world.expand else set())
    groups: dict[str, dict[tuple[str, ...], list[Record]]] = defaultdict(lambda: defaultdict(list))
    for claim in network_claims(world):
        for near, far in (("source", "target"), ("target", "source")):
            belongs = claim["type"] == "MEMBER_OF"
            if claim[near] not in own or (belongs and claim[near] != key):
                continue
            others = [claim[far]]
            if world.expand and kind_of(claim[far]) == "Collective" and not belongs:
                others = world.members(claim[far]) or others
            programme = world.documents[claim["document"]]["programme"] if claim["document"] else ""
            for other in others:
                if other != key:
                    group = (other, far, claim["term"], claim["direction"], programme)
                    groups[claim["type"]][group].append(claim)

    def order(item: tuple[tuple[str, ...], list[Record]]) -> tuple[Any, ...]:
        (other, *rest), claims = item
        return (world.key(other), min(map(world.place, claims)), *rest)

    return [
        (
            relation,
            [
                (other, end, term, programme or None, world.cells({c["id"]: c for c in claims}.values()))
                for (other, end, term, _, programme), claims in sorted(groups[relation].items(), key=order)
            ],
        )
        for relation in RELATIONS
        if relation in groups
    ]
