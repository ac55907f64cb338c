"""How many partners and tasks each unit, leader and partner carries, and whose load is far from the others'."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from statistics import median
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypedDict

from pydantic import Field

from graph.catalogue import Answer, CodeWords, Column, Parameters, Query
from graph.model import EntityRef, Evidence, Row
from graph.queries._columns import by_evidence, column, entity_columns, evidence_columns
from graph.queries._couples import expand_rows, unique
from graph.queries._examples import LEADER, TASK_PROOF
from graph.queries._outliers import Outlier, fences, outlier
from graph.queries._rows import Rows
from graph.statements.claims import COOPERATION
from graph.statements.refs import Key, proof, source_key, source_ref, target_key, target_ref
from graph.statements.scope import Scope, scope_of
from graph.vocabulary import Relation, Text

if TYPE_CHECKING:
    from graph.store import Store

Role = Literal["unit", "leader", "partner"]
ROLES: dict[Role, Text] = {
    "unit": Text("单位", "Unit"),
    "leader": Text("领导", "Leader"),
    "partner": Text("对口对象", "Partner"),
}
LEVELS = {"high": Text("明显偏多", "far more than others"), "low": Text("明显偏少", "far less than others")}
BECAUSE = Text(
    "共承担{total}项，{level}：同类{peers}个，中位数{median}，通常在{low}至{high}之间",
    "carries {total}, {level}: {peers} of its kind, median {median}, usually {low} to {high}",
)


class LoadParameters(Parameters):
    code_words: ClassVar[CodeWords] = {"role": ROLES}

    role: Role | None = Field(None, description="unit 单位、leader 领导、partner 对口对象")
    outliers: bool = Field(False, description="只看明显偏多或偏少的")


class LoadRow(TypedDict):
    """What one carries in a role: distinct `partners` (units for a partner; for a leader, whom he or she is in
    touch with) and distinct `tasks`. `outlier` is `high` or `low` where the total is far from others of the
    role, and `because` says why in words."""

    entity: EntityRef
    role: Role
    partners: int
    tasks: int
    total: int
    outlier: Outlier | None
    because: str | None
    evidence: list[Evidence]


class Burden:
    """What is gathered for one entity in one role."""

    __slots__ = ("claims", "entity", "key", "partners", "role", "tasks")

    def __init__(self, role: Role, entity: EntityRef, key: Key) -> None:
        self.role: Role = role
        self.entity, self.key = entity, key
        self.partners: set[str] = set()
        self.tasks: set[str] = set()
        self.claims: list[Row] = []

    @property
    def total(self) -> int:
        return len(self.partners) + len(self.tasks)


def ask(store: Store, params: LoadParameters) -> Answer:
    scope = scope_of(store, params)
    rows = expand_rows(store, scope, COOPERATION.fetch(store, scope))
    burdens = gather(rows, scope)
    totals = {role: sorted(b.total for b in burdens if b.role == role) for role in ROLES}
    bounds = {role: fences(values) for role, values in totals.items()}
    kept = [
        burden
        for burden in burdens
        if params.role in (None, burden.role)
        and (not params.outliers or outlier(burden.total, bounds[burden.role]))
    ]
    order = list(ROLES)
    kept.sort(key=lambda burden: (order.index(burden.role), burden.key))
    return Answer(
        items=Rows(kept, lambda page: [_item(b, totals[b.role], bounds[b.role], scope) for b in page])
    )


def gather(rows: Sequence[Row], scope: Scope) -> list[Burden]:
    """Burdens by role: a pair weighs on its source as a unit and on its target as a partner; a task on those
    who lead, support or answer for it, and on who oversees it; a liaison on the leader."""
    found: dict[tuple[Role, str], Burden] = {}

    def burden(role: Role, row: Row, end: str) -> Burden:
        known = found.get((role, row[end]))
        if known is None:
            at_source = end == "source"
            entity = source_ref(row, scope.lang) if at_source else target_ref(row, scope.lang)
            known = Burden(role, entity, source_key(row) if at_source else target_key(row))
            found[role, row[end]] = known
        known.claims.append(row)
        return known

    for row in rows:
        relation = row["type"]
        if relation == Relation.PAIRED_WITH:
            burden("unit", row, "source").partners.add(row["target"])
            burden("partner", row, "target").partners.add(row["source"])
        elif relation == Relation.LIAISES_WITH:
            burden("leader", row, "source").partners.add(row["target"])
        elif relation == Relation.OVERSEES:
            burden("leader", row, "source").tasks.add(row["target"])
        else:
            burden("unit", row, "source").tasks.add(row["target"])
    return list(found.values())


def _item(burden: Burden, totals: Sequence[int], bounds: tuple[float, float] | None, scope: Scope) -> LoadRow:
    level = outlier(burden.total, bounds)
    because = None
    if level is not None and bounds is not None:
        because = BECAUSE(scope.lang).format(
            total=burden.total,
            level=LEVELS[level](scope.lang),
            peers=len(totals),
            median=f"{median(totals):g}",
            low=max(ceil(bounds[0]), 0),
            high=floor(bounds[1]),
        )
    return {
        "entity": burden.entity,
        "role": burden.role,
        "partners": len(burden.partners),
        "tasks": len(burden.tasks),
        "total": burden.total,
        "outlier": level,
        "because": because,
        "evidence": proof(unique(burden.claims)),
    }


def _level(row: Any) -> Text | None:
    return LEVELS[row["outlier"]] if row["outlier"] else None


QUERY = Query(
    name="load",
    title=Text("承担多少", "Load"),
    description=Text(
        "每个单位、领导与对口对象各承担多少对口与任务，谁明显偏多或偏少。",
        "How many partners and tasks each unit, leader and partner carries, and who is far from the others.",
    ),
    params=LoadParameters,
    row=LoadRow,
    ask=ask,
    flatten=lambda answer, params: by_evidence(answer.items),
    columns=(
        *entity_columns("entity", "对象", "Entity"),
        Column("role", Text("角色", "Role"), lambda row: ROLES[row["role"]]),
        column("partners", "对口或联系数", "Partners"),
        column("tasks", "任务数", "Tasks"),
        column("total", "合计", "Total"),
        Column("outlier", Text("偏离", "Outlier"), _level),
        column("because", "说明", "Because"),
        *evidence_columns(),
    ),
    example={
        "items": [
            {
                "entity": LEADER,
                "role": "leader",
                "partners": 0,
                "tasks": 1,
                "total": 1,
                "outlier": None,
                "because": None,
                "evidence": [{**TASK_PROOF, "column": 4, "text": "陈炳荣", "term": "牵头领导"}],
            }
        ],
        "total": 1,
        "page": 1,
        "size": 50,
        "version": "1",
    },
)
