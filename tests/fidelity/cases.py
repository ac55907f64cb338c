"""A file to ingest and what it says: nothing here knows the readers."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.blocks import Block

FACTS = Path(__file__).parent / "facts"
ONE_WAY = ("支援", "帮扶", "援建", "援助")


@dataclass(frozen=True, slots=True)
class Said:
    """One edge that a file states, by printed names. `row` is its grid row or item. `determined`: whether the layout
    tells it in this format; where it does not, the row may only be read right or reported."""

    relation: str
    source: str
    target: str
    row: int
    directed: bool = True
    determined: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """One file of one list of facts."""

    facts: str
    layout: str
    ending: str
    blocks: tuple[Block, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    a: str
    b: str
    term: str


@dataclass(frozen=True, slots=True)
class Task:
    """A task with its units by role (lead, support, responsible)."""

    number: str
    title: str
    units: dict[str, list[str]]


def pair_lists() -> dict[str, list[Pair]]:
    """The pairs of each source, in its order; a side of two names (A、B) stays one."""
    lists: dict[str, list[Pair]] = {}
    for row in _rows("pairs.csv"):
        lists.setdefault(row["list"], []).append(Pair(row["side_a"], row["side_b"], row["term"]))
    return lists


def task_lists() -> dict[str, list[Task]]:
    """The tasks of each source, in its order."""
    lists: dict[str, dict[str, Task]] = {}
    for row in _rows("tasks.csv"):
        tasks = lists.setdefault(row["list"], {})
        task = tasks.setdefault(row["number"], Task(row["number"], row["title"], {}))
        task.units.setdefault(row["role"], []).append(row["unit"])
    return {name: list(tasks.values()) for name, tasks in lists.items()}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def is_one_way(term: str) -> bool:
    return any(word in term for word in ONE_WAY)


def groups(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Runs of pairs with the same first side."""
    found: list[list[Pair]] = []
    for pair in pairs:
        if found and found[-1][0].a == pair.a:
            found[-1].append(pair)
        else:
            found.append([pair])
    return found
