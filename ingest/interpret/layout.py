"""A profile laid over a table: which column plays which role."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.profiling import ColumnRule, Profile

PEOPLE = re.compile("领导|姓名|职务|责任人|负责人|人员|专员|特派员|组长|成员$|同志$")
"""Headers over people, who are no side of a pair."""
SIDE_ROLES = frozenset({"number", "note", "personal", "group"})
"""Roles that say nothing of what a table relates."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of one panel with its role; `header` is its header as printed, lower header row first."""

    index: int
    rule: ColumnRule | None
    header: str
    weight: float = 0.0

    @property
    def role(self) -> str:
        return self.rule.role if self.rule else ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A profile laid over a table. `panels` has more than one list of columns where the same columns stand side by
    side; `marks` are columns that hold only √ and the like."""

    profile: Profile
    first: int
    last: int
    panels: tuple[tuple[Column, ...], ...]
    marks: frozenset[int]
    score: float
    missing: tuple[str, ...]
