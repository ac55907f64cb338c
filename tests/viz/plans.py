"""Small and large plans, put into an embedded store as a document would be: what the views' tests draw."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from graph.backends.embedded import EmbeddedStore
from graph.ids import claim_id, document_id, entity_id
from graph.model import Claim, CoverageCell, Document, Entity, Name, Reading, SourceFile
from graph.store import Change
from graph.tables import Cell, Table
from graph.vocabulary import Direction, EntityType, Relation, State, Status, Use

DISTRICTS = (
    "海曙区",
    "江北区",
    "北仑区",
    "镇海区",
    "鄞州区",
    "奉化区",
    "余姚市",
    "慈溪市",
    "宁海县",
    "象山县",
)
ZONES = ("宁波杭州湾新区", "宁波经济技术开发区", "宁波大榭开发区", "宁波石化经济技术开发区", "宁波保税区")
PARTNERS = (
    (EntityType.PARK, "上海漕河泾新兴技术开发区"),
    (EntityType.PARK, "上海金桥经济技术开发区"),
    (EntityType.PARK, "闵行经济技术开发区"),
    (EntityType.PARK, "上海紫竹高新技术产业开发区"),
    (EntityType.INSTITUTE, "中国科学院上海有机化学研究所"),
    (EntityType.INSTITUTE, "中国科学院上海硅酸盐研究所"),
    (EntityType.INSTITUTE, "中国科学院上海天文台"),
    (EntityType.ENTERPRISE, "上海国际集团有限公司"),
    (EntityType.ENTERPRISE, "上海国盛（集团）有限公司"),
    (EntityType.ORGANISATION, "上海市工业经济联合会"),
)
HOSTILE = "<script>alert(1)</script>&\"'园区"


def unit(name: str, rank: int, *, region: str = "宁波市", kind: str = "") -> Entity:
    kind = kind or {"区": "district", "县": "county", "市": "county"}.get(name[-1], "zone_committee")
    full = name if name.startswith(region) else f"{region}{name}"
    return Entity(
        entity_id(EntityType.UNIT, full),
        EntityType.UNIT,
        name,
        kind,
        region,
        f"3302{rank:04d}",
        names=(Name(name),),
    )


def partner(kind: EntityType, name: str, region: str = "上海市") -> Entity:
    return Entity(entity_id(kind, name), kind, name, region=region, names=(Name(name),))


def _table(rows: int) -> Table:
    cells = tuple(Cell(r, c, f"{r}.{c}", use=Use.USED) for r in range(1, rows + 1) for c in range(1, 4))
    return Table(rows, 3, cells, title="对口联系计划表", number=1, profile="counterpart")


def pair(
    document: str, a: Entity, b: Entity, row: int, *, term: str = "对口联系", status: Status = Status.OFFICIAL
) -> Claim:
    direction = Direction.A_TO_B if "支援" in term or "帮扶" in term else Direction.MUTUAL
    key = claim_id(Relation.PAIRED_WITH, a.id, b.id, document, 1, row)
    return Claim(
        key,
        Relation.PAIRED_WITH,
        a.id,
        b.id,
        document,
        1,
        row,
        2,
        b.name,
        term=term,
        direction=direction,
        status=status,
    )


def reading(
    number: str,
    entities: Iterable[Entity],
    claims: Sequence[Claim],
    *,
    title: str = "对口联系计划",
    programme: str = "沪甬产业合作",
    status: Status = Status.OFFICIAL,
    coverage: Sequence[CoverageCell] = (),
    supersedes: tuple[str, ...] = (),
    date: str = "2019-03-19",
    background: Sequence[Claim] = (),
) -> Reading:
    known = {e.id: e for e in entities}
    document = Document(
        document_id(number, ""),
        title,
        number,
        date,
        "宁波市人民政府办公厅",
        programme,
        "宁波市",
        status,
        supersedes,
    )
    rows = max((c.row or 1 for c in claims), default=1)
    return Reading(
        document,
        (SourceFile(f"{number}.docx", sha256(number.encode()).hexdigest(), "{}"),),
        (_table(rows),),
        tuple(known.values()),
        tuple(known),
        tuple(claims),
        background=tuple(background),
        coverage=tuple(coverage),
    )


def small_pairs(
    number: str = "甬政办发〔2019〕32号", *, status: Status = Status.OFFICIAL, skip: Sequence[int] = ()
) -> Reading:
    """Fifteen units with ten partners, some of them shared; every coverage state."""
    doc = document_id(number, "")
    homes = [unit(name, i) for i, name in enumerate((*DISTRICTS, *ZONES))]
    partners = [partner(kind, name) for kind, name in PARTNERS]
    claims: list[Claim] = []
    cells: list[CoverageCell] = []
    for i, home in enumerate(homes):
        for j in sorted({i % 4, 4 + i % 3, 7 + i % 2} | ({9} if i % 5 == 0 else set())):
            if (i + j) % 6 == 5 or i * 10 + j in skip:
                continue
            claims.append(pair(doc, home, partners[j], i + 2, status=status))
        for k, kind in enumerate((EntityType.PARK, EntityType.INSTITUTE, EntityType.ENTERPRISE)):
            has = any(c.source == home.id and c.target.startswith(kind.lower()) for c in claims)
            state = State.COVERED if has else (State.STATED_NONE, State.BLANK, State.UNREADABLE)[(i + k) % 3]
            reason = {"covered": "claim", "unreadable": "row_truncated"}.get(state, state.value)
            cells.append(CoverageCell(doc, home.id, kind, state, reason, "", 1, i + 2, k + 2, status))
    return reading(number, [*homes, *partners], claims, status=status, coverage=cells)


def revised() -> Reading:
    """The plan of 2019 replaced: four pairs gone, two new, one of which exchanges a park for another."""
    after = small_pairs("甬政办发〔2022〕9号", skip=(0, 15, 40, 78))
    units = [e for e in after.entities if e.type is EntityType.UNIT]
    partners = [e for e in after.entities if e.type is not EntityType.UNIT]
    doc = after.document.id
    fresh = (pair(doc, units[0], partners[2], 2), pair(doc, units[6], partners[9], 8))
    known = {c.id for c in after.claims}
    return replace(
        after,
        claims=(*after.claims, *(c for c in fresh if c.id not in known)),
        document=replace(
            after.document, date="2022-01-01", supersedes=(document_id("甬政办发〔2019〕32号", ""),)
        ),
    )


def tasks_reading() -> Reading:
    """Three tasks with leaders, lead and supporting units, two of them collectives."""
    number = "甬政办发〔2019〕99号"
    doc = document_id(number, "")
    leaders = {n: Entity(f"leader:{n}@宁波市", EntityType.LEADER, n) for n in ("陈炳荣", "陈仲朝")}
    names = ("市经信局", "市发改委", "宁波杭州湾新区管委会", "市支援合作局", "市科技局")
    units = {n: Entity(f"unit:{n}@宁波市", EntityType.UNIT, n, "bureau", "宁波市") for n in names}
    for name in ("各区县（市）政府", "开发园区管委会"):
        units[name] = Entity(f"collective:{name}@宁波市", EntityType.COLLECTIVE, name)
    plan = (
        (
            "建立两地经信领域深层次紧密交流合作机制",
            "陈炳荣",
            ("市经信局",),
            ("各区县（市）政府", "开发园区管委会"),
        ),
        (
            "建设浙沪（沪甬）产业合作示范区（园区）",
            "陈仲朝",
            ("市发改委", "宁波杭州湾新区管委会"),
            ("市支援合作局", "市经信局"),
        ),
        ("加强上海科技飞地建设", "陈炳荣", ("市科技局",), ("市经信局",)),
    )
    tasks: list[Entity] = []
    claims: list[Claim] = []

    def add(relation: Relation, source: Entity, task: Entity, row: int, column: int, term: str) -> None:
        key = claim_id(relation, source.id, task.id, doc, 1, row)
        claims.append(
            Claim(key, relation, source.id, task.id, doc, 1, row, column, source.name, term, Direction.A_TO_B)
        )

    for i, (title, leader, lead, support) in enumerate(plan):
        row = i + 2
        task = Entity(
            f"task:{number}/t1r{row}", EntityType.TASK, title, details={"number": str(i + 1), "title": title}
        )
        tasks.append(task)
        add(Relation.OVERSEES, leaders[leader], task, row, 3, "牵头领导")
        for name in lead:
            add(Relation.LEADS, units[name], task, row, 4, "牵头单位")
        for name in support:
            add(Relation.SUPPORTS, units[name], task, row, 5, "配合单位")
    return reading(number, [*leaders.values(), *units.values(), *tasks], claims, title="任务分工")


def generated(units: int, pairs: int, *, seed: int = 7) -> Reading:
    """A plan of `units` home units and about as many partners with `pairs` distinct pairs."""
    draw = random.Random(seed)
    number = f"测发〔2020〕{units % 9000 + 1}号"
    doc = document_id(number, "")
    regions = ("宁波市", "杭州市", "温州市", "嘉兴市", "绍兴市", "金华市")
    homes = [unit(f"第{i + 1}区", i, region=regions[i * len(regions) // units]) for i in range(units)]
    kinds = (EntityType.PARK, EntityType.INSTITUTE, EntityType.ENTERPRISE, EntityType.ORGANISATION)
    words = ("产业园区", "应用技术研究院", "实业集团有限公司", "行业协会")
    partners = [partner(kinds[i % 4], f"上海第{i + 1}{words[i % 4]}") for i in range(max(1, units))]
    chosen: dict[tuple[int, int], None] = {(i, i): None for i in range(units)}
    while len(chosen) < pairs:
        chosen[draw.randrange(units), min(units - 1, int(draw.random() ** 2 * units))] = None
    claims = [pair(doc, homes[a], partners[b], a + 2) for a, b in list(chosen)[:pairs]]
    return reading(number, [*homes, *partners], claims, programme="测试合作")


def three_hundred_units() -> Reading:
    """A generated plan whose table has a cell for every unit and kind of partner."""
    plan = generated(300, 600)
    has = {(claim.source, claim.target.partition(":")[0]) for claim in plan.claims}
    kinds = (EntityType.PARK, EntityType.INSTITUTE, EntityType.ENTERPRISE)
    homes = dict.fromkeys(claim.source for claim in plan.claims)
    cells = [
        CoverageCell(
            plan.document.id,
            home,
            kind,
            State.COVERED if (home, kind.lower()) in has else State.BLANK,
            "claim" if (home, kind.lower()) in has else "blank",
            "",
            1,
            row + 2,
            column + 2,
            plan.document.status,
        )
        for row, home in enumerate(homes)
        for column, kind in enumerate(kinds)
    ]
    return replace(plan, coverage=tuple(cells))


def hostile_reading() -> Reading:
    """Names that try to break out of markup, and one of five thousand characters."""
    number = "测发〔2021〕1号"
    doc = document_id(number, "")
    home = unit("北仑区", 3)
    names = (HOSTILE, "=1+1" + "甲" * 5000, "</script><img src=x onerror=alert(2)>", "\u202eevil\u0007名")
    bad = [partner(EntityType.PARK, name) for name in names]
    claims = [pair(doc, home, b, i + 2) for i, b in enumerate(bad)]
    return reading(number, [home, *bad], claims, programme="测试合作", title="<b>标题</b>")


def store_with(folder: Path, *readings: Reading) -> EmbeddedStore:
    store = EmbeddedStore(folder, timeout=30.0)
    store.apply(Change(readings=readings))
    return store
