"""The truth beside each document: a CSV that a planner can read, and the comparison with what was read."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.ids import normalise
from graph.model import Claim, Entity, Reading
from graph.vocabulary import Direction

DOCUMENTS = Path(__file__).parent / "documents"
RELATIONS = {
    "对口": "PAIRED_WITH",
    "单向": "PAIRED_WITH",
    "挂钩": "LIAISES_WITH",
    "牵头": "LEADS",
    "配合": "SUPPORTS",
    "责任": "RESPONSIBLE_FOR",
    "领导": "OVERSEES",
    "成员": "MEMBER_OF",
}
"""The words of the truth files. 单向 is a pair whose first side supports the second."""
_EITHER_WAY = "对口"


@dataclass(frozen=True, slots=True)
class Fact:
    """One line: whether the document must give it (是), may (可), or must be reported as untold (报); by printed
    names and the position of its cell in the document's own table (0: any)."""

    demand: str
    word: str
    a: str
    b: str
    type: str
    table: int
    row: int
    column: int

    def __str__(self) -> str:
        cell = f" 表{self.table}行{self.row}列{self.column}" if self.table else ""
        return f"{self.word}：{self.a} — {self.b}{cell}"


@dataclass(slots=True)
class Score:
    """What became of a document's facts."""

    right: int = 0
    wrong: list[str] = field(default_factory=list[str])
    missed: list[str] = field(default_factory=list[str])


def facts(document: Path) -> list[Fact]:
    """The facts of the truth file beside a document."""
    path = document.with_name(f"{document.name.split('.')[0]}.truth.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Fact(
            demand=row["须有"],
            word=row["关系"],
            a=row["甲方"],
            b=row["乙方"],
            type=row["乙方类型"],
            table=int(row["表"] or 0),
            row=int(row["行"] or 0),
            column=int(row["列"] or 0),
        )
        for row in rows
    ]


def score(reading: Reading, expected: Sequence[Fact], above: Sequence[int] = ()) -> Score:
    """Each claim against one fact. `above`: rows that a format puts above each table."""
    entities = {entity.id: entity for entity in reading.entities}
    left = list(expected)
    found = Score()
    for claim in reading.claims:
        if claim.type.value not in RELATIONS.values():
            continue
        fact = next((one for one in left if _states(claim, one, entities, above)), None)
        if fact is None:
            found.wrong.append(_shown(claim, entities))
            continue
        left.remove(fact)
        found.right += 1
    lost = {(p.table, p.row) for p in reading.problems if p.code in ("row_ambiguous", "unknown_table")}
    for fact in left:
        where = (fact.table or None, _row(fact, above) or None)
        reported = where in lost or (not fact.row and bool(lost))
        if fact.demand == "是" or (fact.demand == "报" and not reported):
            found.missed.append(str(fact))
    return found


def _row(fact: Fact, above: Sequence[int]) -> int:
    """The grid row of a fact in this format, 0 where the truth names none."""
    return fact.row + above[fact.table - 1] if fact.row and fact.table <= len(above) else fact.row


def _states(claim: Claim, fact: Fact, entities: dict[str, Entity], above: Sequence[int]) -> bool:
    if fact.demand == "报" or claim.type.value != RELATIONS[fact.word]:
        return False
    a, b = entities[claim.source], entities[claim.target]
    turned = fact.word == _EITHER_WAY and _is(a, fact.b) and _is(b, fact.a)
    if not turned and not (_is(a, fact.a) and _is(b, fact.b)):
        return False
    if fact.type and (a if turned else b).type.value != fact.type:
        return False
    if fact.word == "单向" and claim.direction is not Direction.A_TO_B:
        return False
    if fact.table and claim.table != fact.table:
        return False
    same_column = turned or not fact.column or claim.column == fact.column
    return not fact.row or (claim.row == _row(fact, above) and same_column)


def _is(entity: Entity, printed: str) -> bool:
    names = (entity.name, *(name.text for name in entity.names))
    return normalise(printed) in map(normalise, names)


def _shown(claim: Claim, entities: dict[str, Entity]) -> str:
    a, b = entities[claim.source], entities[claim.target]
    return (
        f"表{claim.table}行{claim.row}列{claim.column}“{claim.text}”：{a.name}（{a.type.value}）"
        f" {claim.type.value} {b.name}（{b.type.value}）{claim.direction.value if claim.direction else ''}"
    )
