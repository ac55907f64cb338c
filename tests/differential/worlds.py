"""Graphs dense enough that queries have something to say: a few documents over few entities, from a seed."""

from __future__ import annotations

from random import Random

from hypothesis import strategies as st

from graph.model import Candidate, Reading
from graph.vocabulary import PARTNER_KINDS, REASONS, Direction, EntityType, Relation, State, Status
from tests.queries.papers import Paper

UNITS = [f"unit:宁波市{n}区" for n in "甲乙丙丁"] + ["unit:市局@宁波市", "unit:松江区@上海市"]
POOL = {
    EntityType.PARK: ["park:一", "park:二", "park:三"],
    EntityType.INSTITUTE: ["institute:上海大学", "institute:<b>所"],
    EntityType.ENTERPRISE: ["enterprise:=集团", "enterprise:申能"],
    EntityType.ORGANISATION: ["organisation:银行"],
    EntityType.UNIT: UNITS,
    EntityType.COLLECTIVE: ["collective:各区@宁波市", "collective:各园@宁波市", "collective:全部@宁波市"],
}
LEADERS = ["leader:陈甲@宁波市", "leader:李乙@宁波市"]
SECTORS = ["sector:汽车", "sector:医药"]
REGIONS = ["region:宁波市", "region:上海市"]
NUMBERS = [f"doc:甬政办发〔{year}〕{n}号" for year in (2019, 2021) for n in (1, 2)]
VALID = [("", "")] * 6 + [("2019", ""), ("", "2020"), ("2019-03", "2019-03-19"), ("2022", "2030")]


def paper(random: Random, key: str) -> Paper:
    """One document's claims, tasks and coverage."""
    document = Paper(
        key,
        title=random.choice(["方案", "计划", "=通知"]) + key[-3:],
        date=random.choice(["", "2019", "2019-03-19", "2021-01", "2021-12-31"]),
        programme=random.choice(["沪甬产业合作", "沪甬产业合作", "宁波延边协作"]),
        status=random.choice([Status.OFFICIAL] * 4 + [Status.ILLUSTRATIVE]),
        replaces=tuple(k for k in NUMBERS if k != key and random.random() < 0.12),
    )
    for number, unit in enumerate(UNITS):
        rank = f"33020{number}" if number < 3 else ""
        document.entity(unit, rank=rank, kind=("district", "bureau")[number > 3], region="宁波市")
    for _ in range(random.randint(3, 12)):
        _pair(random, document)
    for _ in range(random.randint(0, 4)):
        _background(random, document)
    for row in range(2, 2 + random.randint(0, 3)):
        _task(random, document, row)
    for _ in range(random.randint(0, 6)):
        unit = random.choice([*UNITS, *POOL[EntityType.COLLECTIVE]])
        state, table = random.choice(list(State)), random.choice([1, 1, 1, None])
        where = (
            dict.fromkeys(("row", "column")) if table is None else {"row": random.randint(2, 5), "column": 2}
        )
        document.cell(
            unit,
            random.choice(PARTNER_KINDS),
            state,
            random.choice(list(REASONS)),
            table=table,
            text="无",
            **where,
        )
    if random.random() < 0.5:
        document.problem(random.choice(["attachment_missing", "contradiction"]))
    return document


def _pair(random: Random, document: Paper) -> None:
    source = random.choice([*UNITS * 3, *POOL[EntityType.COLLECTIVE], *POOL[EntityType.ORGANISATION]])
    target = random.choice(POOL[random.choice(list(POOL))])
    where = {"row": random.randint(2, 5), "column": random.randint(2, 4), "valid": random.choice(VALID)}
    if source != target:
        term = random.choice(["结对", "结对", "帮扶"])
        direction = random.choice([Direction.MUTUAL, Direction.MUTUAL, Direction.A_TO_B])
        document.pair(source, target, term=term, direction=direction, cover=random.random() < 0.8, **where)
    if random.random() < 0.3:
        document.claim(Relation.LIAISES_WITH, random.choice(LEADERS), target, **where)


def _background(random: Random, document: Paper) -> None:
    everyone = [entity for kind in POOL for entity in POOL[kind]]
    relation = random.choice(
        [Relation.MEMBER_OF, Relation.MEMBER_OF, Relation.FOCUSES_ON, Relation.LOCATED_IN]
    )
    targets = {
        Relation.MEMBER_OF: POOL[EntityType.COLLECTIVE],
        Relation.FOCUSES_ON: SECTORS,
        Relation.LOCATED_IN: REGIONS,
    }
    source, target = random.choice(everyone), random.choice(targets[relation])
    if source == target:
        return
    if random.random() < 0.6:
        document.gazetteer(relation, source, target)
    else:
        document.claim(relation, source, target, row=random.randint(2, 5))


def _task(random: Random, document: Paper, row: int) -> None:
    actors = [*UNITS, *POOL[EntityType.COLLECTIVE], *POOL[EntityType.PARK]]

    def some(pool: list[str]) -> list[str]:
        return random.sample(pool, random.randint(0, 2))

    document.task(
        row,
        random.choice(["建园", "引才", "建 园"]),
        leaders=some(LEADERS),
        lead=some(actors),
        support=some(actors),
        responsible=some(actors),
        due_date=random.choice(["", "2019", "2020-06", "2024-12-31"]),
    )


def _candidates(random: Random, reading: Reading) -> tuple[Candidate, ...]:
    if random.random() < 0.5:
        return ()
    unit = random.choice(UNITS)
    key = reading.document.id
    return (Candidate("aaaa0001", "市局", "宁波市", unit, key, 1, 2, 3, "市局", ()),)


def readings_of(seed: int) -> list[Reading]:
    """One to four documents; every second graph gives one of them twice, changed."""
    from dataclasses import replace

    random = Random(seed)
    keys = random.sample(NUMBERS, random.randint(1, 4))
    keys += [keys[0]] * (random.random() < 0.3)
    made = [paper(random, key).reading() for key in keys]
    return [replace(reading, candidates=_candidates(random, reading)) for reading in made]


def worlds() -> st.SearchStrategy[list[Reading]]:
    return st.integers(0, 2**32 - 1).map(readings_of)
