"""The stored graph as the embedded store keeps it, asked under one set of the common parameters."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
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
    """The last day of a year, month or day."""
    if len(moment) < 10:
        start = date.fromisoformat(f"{moment}-01-01"[:10])
        after = start.replace(day=28) + timedelta(days=4) if len(moment) == 7 else start + timedelta(days=366)
        return (after.replace(day=1) - timedelta(days=1)).isoformat()
    return moment


@dataclass
class World:
    """The stored graph, asked under one set of the common parameters."""

    entities: dict[str, Record]
    documents: dict[str, Record]
    claims: list[Record]
    coverage: list[Record]
    mentions: list[Record]
    problems: list[Record]
    names: list[Record]
    aliases: list[Record]
    candidates: list[Record]
    decided: set[str]
    successions: list[Record]
    status: str = "official"
    day: str = ""
    programme: str | None = None
    document: str | None = None
    expand: bool = False
    _members: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    _appearances: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def forget(self) -> None:
        """Ask under other parameters from here on."""
        self._members.clear()

    def key(self, entity: str) -> tuple[Any, ...]:
        rank = self.entities[entity]["rank"]
        return (LAST if rank == "~" else rank, self._first().get(entity, (LAST,)), entity)

    def _first(self) -> dict[str, tuple[str, ...]]:
        """Where documents name each entity first."""
        if not self._appearances:
            for mention in self.mentions:
                where = (*self.age(mention["document"]), mention["place"])
                self._appearances[mention["entity"]] = min(
                    where, self._appearances.get(mention["entity"], where)
                )
        return self._appearances

    def replaced(self, document: str) -> bool:
        day = self.documents[document]["superseded_on"]
        return day != "" and day <= self.day  # 2019 begins on its first day: text order tells

    def silent(self, document: str) -> bool:
        """Whether a document as a whole does not speak on the day: not yet, or no more."""
        return self.documents[document]["date"] > self.day or self.replaced(document)

    def in_scope(self, document: str) -> bool:
        row = self.documents[document]
        return self.programme in (None, row["programme"]) and self.document in (None, document)

    def dated(self, claim: Record) -> bool:
        document, start, end = claim["document"], claim["valid_from"], claim["valid_to"]
        if document is not None and not start:
            start = self.documents[document]["date"]
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

    def speaks(self, document: str) -> bool:
        """Whether what goes with a document as a whole holds."""
        fits = self.status in ("all", self.documents[document]["status"]) and self.in_scope(document)
        return fits and not self.silent(document)

    def said(self) -> list[Record]:
        """What the counterpart tables in force say of units and kinds."""
        return [
            {**v, "id": ""}
            for v in self.coverage
            if self.status in ("all", v["status"])
            and self.in_scope(v["document"])
            and not self.silent(v["document"])
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

    def age(self, document: str) -> tuple[str, str]:
        """Documents by date, undated ones last, then by id."""
        return (self.documents[document]["date"] or LAST, document)

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


def folded(text: str) -> str:
    """How names and titles are compared: without spaces, by one width and case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


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
        names=every("name"),
        aliases=every("alias"),
        candidates=every("candidate"),
        decided={row["candidate"] for row in every("decision")},
        successions=every("supersedes"),
    )
    connection.close()
    return world


def title(world: World, task: str) -> str:
    row = world.entities[task]
    return json.loads(row["details"]).get("title") or row["name"]


def due(world: World, task: str) -> str:
    return json.loads(world.entities[task]["details"]).get("due_date", "")
