"""Made plans for timing: each of a thousand claims of every kind over entities of its own, so that the answer about
one unit is of the same size however many plans a store holds."""

from __future__ import annotations

from dataclasses import replace

from graph.model import Candidate, Reading
from graph.vocabulary import EntityType, Relation, State
from tests.queries.papers import Paper

PER_PLAN = 1_000
"""Claims of a plan's document."""
UNITS, MEMBERS, TASKS = 100, 10, 120
KINDS = (EntityType.PARK, EntityType.INSTITUTE, EntityType.ENTERPRISE)
REGION = "region:宁波市"


def unit(plan: int, number: int) -> str:
    return f"unit:单位{plan}-{number}"


def partner(plan: int, number: int) -> str:
    return f"{KINDS[number % 3].value.lower()}:对象{plan}-{number}"


def leader(plan: int, number: int) -> str:
    return f"leader:领导{plan}-{number}@宁波市"


def document_of(plan: int) -> str:
    return f"doc:甬政办发〔2019〕{plan + 1}号"


def made_plan(plan: int) -> Reading:
    """One plan: 540 pairs of units and 10 of a collective, 40 liaisons, 30 sectors, 380 roles in tasks; ten gaps, ten
    names in review; every tenth replaces the one before it."""
    paper = Paper(
        document_of(plan),
        f"方案{plan}",
        date="2019-03-19",
        programme=f"事项{plan % 7}",
        replaces=(document_of(plan - 1),) if plan % 10 == 9 else (),
    )
    for number in range(UNITS):
        short = [(f"单{plan}-{number}", "short")]
        paper.entity(unit(plan, number), kind="district", region="宁波市", names=short)
        paper.gazetteer(Relation.LOCATED_IN, unit(plan, number), REGION)
    _pairs(paper, plan)
    _others(paper, plan)
    for number in range(TASKS):
        paper.task(
            number + 2,
            f"任务{plan}-{number}",
            table=2,
            leaders=[leader(plan, number % 10)],
            lead=[unit(plan, number % UNITS)],
            support=[unit(plan, (number + 1) % UNITS)],
            responsible=[unit(plan, number)] if number < 20 else [],
            due_date=f"20{20 + number % 9}-06-30",
        )
    paper.problem("attachment_missing")
    return replace(paper.reading(), candidates=tuple(_waiting(plan, number) for number in range(10)))


def _waiting(plan: int, number: int) -> Candidate:
    """A name in review."""
    name = f"单{plan}-{number}"
    return Candidate(
        f"k{plan}-{number}", name, "宁波市", unit(plan, number), document_of(plan), 1, number + 2, 1, name, ()
    )


def _pairs(paper: Paper, plan: int) -> None:
    """Five or six a unit, two units a partner; the last ten units have no enterprise, which the plan leaves blank."""
    for number in range(540):
        home, column = number % UNITS, number // UNITS % 3
        if column == 2 and home >= UNITS - 10:
            column = 0
        partner_number = number // 2 * 3 + column
        paper.pair(unit(plan, home), partner(plan, partner_number), row=home + 2, column=column + 2)
    for home in range(UNITS - 10, UNITS):
        paper.cell(unit(plan, home), EntityType.ENTERPRISE, State.BLANK, row=home + 2, column=4)
    collective = f"collective:各单位{plan}@宁波市"
    for number in range(10):
        paper.pair(collective, partner(plan, number), row=UNITS + 2, column=number % 3 + 2)
    paper.members(collective, *(unit(plan, number) for number in range(MEMBERS)))


def _others(paper: Paper, plan: int) -> None:
    for number in range(40):
        paper.claim(
            Relation.LIAISES_WITH, leader(plan, number % 10), partner(plan, number), table=3, row=number + 2
        )
    for number in range(30):
        ends = (partner(plan, number), f"sector:领域{plan}-{number % 5}")
        paper.claim(Relation.FOCUSES_ON, *ends, row=number + 2, column=5)


def wide_plan() -> Reading:
    """One plan of 3,000 units, each with a park, an institute and an enterprise."""
    paper = Paper(document_of(0), "宽表", date="2019-03-19", programme="事项0")
    for number in range(9_000):
        home, column = divmod(number, 3)
        paper.pair(unit(0, home), partner(0, number), row=home + 2, column=column + 2)
    return paper.reading()
