"""Hypothesis strategies for readings that a pipeline could have made: all types, states, statuses,
collectives with gazetteer members, successors, scoped names, and awkward text.

Names come from small pools, so that documents share entities and claims meet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from graph.ids import claim_id, document_id, entity_id, task_id
from graph.model import (
    Candidate,
    Choice,
    Claim,
    CoverageCell,
    Decision,
    Document,
    Entity,
    Name,
    Problem,
    Reading,
    SourceFile,
)
from graph.tables import Table, table_of_rows
from graph.vocabulary import (
    PARTNER_KINDS,
    PROBLEMS,
    REASONS,
    RELATIONS,
    Direction,
    EntityType,
    Relation,
    State,
    Status,
    Use,
)

AWKWARD = (
    "<script>alert(1)</script>",
    "=1+1",
    "引号\"'`",
    "反斜杠\\n",
    "全角ＡＢＣ",
    "𠮷田",
    "a\tb",
    "%_",
    "{x}",
    "$y",
)
DOCUMENTS = tuple(f"甬政办发〔{year}〕{n}号" for year in (2019, 2021) for n in (1, 2, 3))
REGIONS = ("宁波市", "上海市", "")
DATES = ("", "2019", "2019-03", "2019-03-19", "2021-12-31", "2024")
POOL: dict[EntityType, tuple[str, ...]] = {
    EntityType.UNIT: ("宁波市江北区", "宁波市海曙区", "宁波市经济和信息化局", "市支援合作局", "上海市松江区"),
    EntityType.PARK: ("张江高科技园区", "漕河泾开发区", "临港新片区"),
    EntityType.INSTITUTE: ("上海大学", "中国科学院上海药物研究所"),
    EntityType.ENTERPRISE: ("上海汽车集团", "申能（集团）有限公司"),
    EntityType.ORGANISATION: ("上海银行", "华山医院"),
    EntityType.LEADER: ("陈甲", "李乙"),
    EntityType.COLLECTIVE: ("各区县(市)", "各开发园区管委会"),
    EntityType.SECTOR: ("汽车", "生物医药"),
    EntityType.REGION: ("宁波市", "上海市"),
}
UNIT_KINDS = ("district", "bureau", "zone_committee", "other", "")
GAZETTEER_RELATIONS = (Relation.MEMBER_OF, Relation.LOCATED_IN, Relation.FOCUSES_ON)
DOCUMENT_RELATIONS = tuple(r for r in Relation if r not in (*GAZETTEER_RELATIONS, Relation.SUPERSEDES))


def texts() -> st.SearchStrategy[str]:
    """Printed text: Chinese, awkward, or any storable characters."""
    free = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)
    return st.sampled_from(("对口联系", "结对", "无", "", *AWKWARD)) | free


@st.composite
def entities(draw: st.DrawFn, kind: EntityType | None = None) -> Entity:
    """One of a pool's entities with some of its details, as different documents would know it."""
    kind = kind or draw(st.sampled_from([t for t in EntityType if t is not EntityType.TASK]))
    name = draw(st.sampled_from(POOL[kind]) | st.sampled_from(AWKWARD))
    scope = draw(st.sampled_from((None, None, "宁波市")))
    details: dict[str, str] = {}
    if kind is EntityType.LEADER:
        details["post"] = draw(st.sampled_from(("副市长", "常务副市长", "")))
    if kind is EntityType.ENTERPRISE:
        details["state_owned"] = draw(st.sampled_from(("true", "false", "unknown")))
    short = draw(st.sampled_from((name[:2], name[-2:])))
    return Entity(
        id=entity_id(kind, name, scope=scope),
        type=kind,
        name=name,
        kind=draw(st.sampled_from(UNIT_KINDS)) if kind is EntityType.UNIT else "",
        region=draw(st.sampled_from(REGIONS)),
        rank=draw(st.sampled_from(("", "330203", "330205"))),
        details=details,
        names=(Name(name), Name(short, "short")) if draw(st.booleans()) else (Name(name),),
    )


@dataclass
class _Draft:
    """What a reading gathers while it is drawn."""

    document: Document
    entities: dict[str, Entity]

    def take(self, entity: Entity) -> str:
        return self.entities.setdefault(entity.id, entity).id


def _of(draw: st.DrawFn, draft: _Draft, kinds: Sequence[EntityType], row: int) -> str:
    kind = draw(st.sampled_from(sorted(kinds)))
    if kind is EntityType.TASK:
        key = task_id(draft.document.id, 1, row)
        details = {"number": str(row), "title": draw(texts()), "content": draw(texts())}
        details["due_date"] = draw(st.sampled_from(DATES))
        return draft.take(Entity(key, kind, details["title"] or "任务", details=details))
    return draft.take(draw(entities(kind)))


def _claim(draw: st.DrawFn, draft: _Draft, relation: Relation) -> Claim | None:
    spec = RELATIONS[relation]
    row, column = draw(st.integers(2, 4)), draw(st.integers(1, 3))
    source = _of(draw, draft, list(spec.sources - {EntityType.TASK}), row)
    target = _of(draw, draft, list(spec.targets), row)
    if source == target:
        return None
    background = relation in GAZETTEER_RELATIONS
    document = None if background else draft.document.id
    table = None if background else 1
    return Claim(
        id=claim_id(relation, source, target, document, table, None if background else row),
        type=relation,
        source=source,
        target=target,
        document=document,
        table=table,
        row=None if background else row,
        column=None if background else column,
        text="" if background else draw(texts()),
        term=draw(st.sampled_from(("对口联系", "帮扶", ""))),
        direction=draw(st.sampled_from(Direction)),
        status=Status.OFFICIAL if background else draft.document.status,
        valid_from=draw(st.sampled_from(DATES)),
        valid_to=draw(st.sampled_from(DATES)),
        citation="宁波市区划" if background else None,
    )


def _coverage(draw: st.DrawFn, draft: _Draft) -> CoverageCell:
    state = draw(st.sampled_from(State))
    absent = state is State.UNREADABLE and draw(st.booleans())
    return CoverageCell(
        document=draft.document.id,
        unit=draft.take(draw(entities(draw(st.sampled_from((EntityType.UNIT, EntityType.COLLECTIVE)))))),
        kind=draw(st.sampled_from(PARTNER_KINDS)),
        state=state,
        reason=draw(st.sampled_from(sorted(REASONS))),
        text=draw(texts()),
        table=None if absent else 1,
        row=None if absent else draw(st.integers(2, 4)),
        column=None if absent else draw(st.integers(1, 3)),
        status=draft.document.status,
    )


def _candidate(draw: st.DrawFn, draft: _Draft) -> Candidate:
    unit = draft.take(draw(entities(EntityType.UNIT)))
    choices = (Choice(id="unit:宁波市江北区", type="Unit", name="宁波市江北区", score=0.9, reason="相近"),)
    return Candidate(
        id=hashlib.sha256(unit.encode()).hexdigest()[:8],
        printed=draw(texts()),
        scope="宁波市",
        entity=unit,
        document=draft.document.id,
        table=1,
        row=draw(st.integers(2, 4)),
        column=draw(st.integers(1, 3)),
        text=draw(texts()),
        choices=choices,
    )


def _problem(draw: st.DrawFn) -> Problem:
    code = draw(st.sampled_from(sorted(PROBLEMS)))
    where = draw(st.sampled_from(((None, None, None), (1, 2, None), (1, 2, 3))))
    return Problem(code, PROBLEMS[code].severity.value, "请核对此处。", draw(texts()), *where)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A small grid, every cell with its use."""
    from dataclasses import replace

    lines = draw(st.lists(st.lists(texts(), min_size=3, max_size=3), min_size=1, max_size=4))
    table = table_of_rows(lines, title=draw(texts()))
    cells = tuple(replace(cell, use=draw(st.sampled_from(Use))) for cell in table.cells)
    return replace(table, cells=cells, number=1, profile=draw(st.sampled_from((None, "counterpart"))))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """One of six documents; a later one may replace earlier ones."""
    number = draw(st.sampled_from(DOCUMENTS))
    others = [document_id(n, "") for n in DOCUMENTS if n != number]
    return Document(
        id=document_id(number, ""),
        title=draw(texts()) or "通知",
        number=number,
        date=draw(st.sampled_from(DATES)),
        issuer=draw(st.sampled_from(("宁波市人民政府办公厅", ""))),
        programme=draw(st.sampled_from(("沪甬产业合作", "宁波延边协作"))),
        region=draw(st.sampled_from(REGIONS)),
        status=draw(st.sampled_from(Status)),
        supersedes=tuple(draw(st.lists(st.sampled_from(others), max_size=2, unique=True))),
        options=draw(st.sampled_from(({}, {"profile": "counterpart"}))),
    )


@st.composite
def readings(draw: st.DrawFn, max_claims: int = 8) -> Reading:
    """A valid reading: every end is among its entities, every cell of its tables has a use."""
    document = draw(documents())
    draft = _Draft(document, {})
    relations = st.sampled_from(DOCUMENT_RELATIONS)
    claims = _made(draw, draft, draw(st.lists(relations, max_size=max_claims)))
    named = set(draft.entities)
    background = _made(draw, draft, draw(st.lists(st.sampled_from(GAZETTEER_RELATIONS), max_size=3)))
    named |= {c.target if c.type is Relation.MEMBER_OF else c.source for c in background.values()}
    candidates = [_candidate(draw, draft) for _ in range(draw(st.integers(0, 2)))]
    named |= {c.entity for c in candidates}
    coverage = [_coverage(draw, draft) for _ in range(draw(st.integers(0, 3)))]
    content = draw(texts())
    return Reading(
        document=document,
        files=(
            SourceFile("通知.txt", hashlib.sha256((document.id + content).encode()).hexdigest(), content),
        ),
        tables=tuple(draw(st.lists(tables(), max_size=1))),
        entities=tuple(draft.entities.values()),
        mentions=tuple(key for key in draft.entities if key in named),
        claims=tuple(claims.values()),
        background=tuple(background.values()),
        coverage=tuple(coverage),
        problems=tuple(_problem(draw) for _ in range(draw(st.integers(0, 2)))),
        candidates=tuple({(c.id, c.row, c.column): c for c in candidates}.values()),
    )


def _made(draw: st.DrawFn, draft: _Draft, relations: Sequence[Relation]) -> dict[str, Claim]:
    made = (_claim(draw, draft, relation) for relation in relations)
    return {claim.id: claim for claim in made if claim is not None}


@st.composite
def linked_readings(draw: st.DrawFn) -> Reading:
    """A reading that also learns new ids: aliases of unknown ids, and entities found to be one."""
    from dataclasses import replace

    reading = draw(readings())
    if not reading.entities:
        return reading
    held = [entity.id for entity in reading.entities]
    olds = st.sampled_from(("unit:旧名", "unit:市支援合作局", "park:张江高科技园区", "unit:宁波市江北区"))
    pairs = [(old, draw(st.sampled_from(held))) for old in draw(st.lists(olds, max_size=2, unique=True))]
    pairs = [(old, new) for old, new in pairs if old not in held]
    cut = draw(st.integers(0, len(pairs)))
    return replace(reading, aliases=tuple(pairs[:cut]), merges=tuple(pairs[cut:]))


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    """A decision on one of few candidates."""
    candidate = draw(st.sampled_from(("aaaa0001", "aaaa0002")))
    entity = draw(st.sampled_from((None, "unit:宁波市江北区")))
    return Decision(candidate, draw(texts()), "宁波市", entity, "planner", "2026-01-01T00:00:00+08:00")
