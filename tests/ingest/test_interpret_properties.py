"""What holds for every table, however it is made: each position counted once, the grid kept, nothing invented."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.ids import normalise
from graph.model import Claim, Entity
from graph.tables import Table, dump_table, load_table
from graph.vocabulary import Relation
from ingest.interpret.sheet import is_mark
from ingest.interpret.values import REPEATS
from ingest.profiling import TableReading
from tests.ingest.grids import context, grid, names, read

UNITS = (
    "海曙区",
    "市经信局",
    "市发改委、市科技局",
    "宁波杭州湾新区管委会",
    "奉化区，宁海县",
    "市经信局(张三)",
)
PARTNERS = ("虹桥经济技术开发区", "东华大学", "百联集团有限公司", "安图县、和龙市", "某某中心")
ODD = (
    "",
    "无",
    "/",
    "同上",
    "√",
    "●",
    "12",
    "合计",
    "注：说明",
    "一、分组",
    "□□",
    "李二",
    "副市长李二",
    "分管副市长",
    "1",
    "2",
    "〃",
)
HEADERS = (
    "序号",
    "单位",
    "对口单位",
    "对口园区",
    "科研机构",
    "国有企业",
    "工作任务",
    "牵头单位",
    "责任单位",
    "配合单位",
    "市领导",
    "联系企业",
    "支援单位",
    "受援单位",
    "成员单位",
    "备注",
    "区县(市)",
    "其他",
)
TITLES = ("对口联系计划表", "任务分工表", "领导挂钩联系表", "成员单位名单", "对口支援安排", "")
cell = st.sampled_from((*UNITS, *PARTNERS, *ODD))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Tables with real header words, awkward cells and merges anywhere that do not overlap."""
    width = draw(st.integers(1, 6))
    header = draw(st.lists(st.sampled_from(HEADERS), min_size=width, max_size=width))
    body = draw(st.lists(st.lists(cell, min_size=width, max_size=width), max_size=7))
    rows = [header, *body]
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    taken: set[tuple[int, int]] = set()
    for _ in range(draw(st.integers(0, 3))):
        row, column = draw(st.integers(1, len(rows))), draw(st.integers(1, width))
        height = draw(st.integers(1, min(3, len(rows) - row + 1)))
        breadth = draw(st.integers(1, width - column + 1))
        covered = {(r, c) for r in range(row, row + height) for c in range(column, column + breadth)}
        if not covered & taken:
            taken |= covered
            spans[(row, column)] = (height, breadth)
    return grid(rows, spans, title=draw(st.sampled_from(TITLES)))


def _printed(reading: TableReading, claim: Claim) -> str:
    """What the evidence cell prints; of a matrix its header, of 同上 what stands above it."""
    lines = reading.table.grid()
    assert claim.row is not None and claim.column is not None
    text = lines[claim.row - 1][claim.column - 1].text
    if is_mark(text.strip()) or text.strip() in REPEATS:
        above = [line[claim.column - 1].text for line in lines[: claim.row - 1]]
        return "".join([*above, text])
    return text


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_every_position_once_and_nothing_invented(table: Table) -> None:
    reading = read(table)
    assert load_table(dump_table(reading.table)).grid() == reading.table.grid()
    called = {entity.id: entity for entity in reading.entities}
    for claim in reading.claims:
        printed = _printed(reading, claim)
        ends = [called[i] for i in _cell_ends(claim)]
        assert any(_prints(printed, entity) for entity in ends), claim


def _cell_ends(claim: Claim) -> tuple[str, ...]:
    """The ends that the evidence cell names: whoever does the task, the member, else the partner (which is the
    source where the home side, a park, cannot be one)."""
    if claim.type is Relation.PAIRED_WITH:
        return claim.target, claim.source
    return (claim.source,) if claim.type in _BY_SOURCE else (claim.target,)


def _prints(printed: str, entity: Entity) -> bool:
    scope = context().scope
    pieces = [piece.text for piece in names().split(printed, scope).pieces]
    people = [normalise(person.name) for person in names().people(printed) if person.name]
    found = {names().resolve(piece, scope).entity.id for piece in pieces}
    ways = {normalise(name.text) for name in entity.names} | {normalise(entity.name)}
    return entity.id in found or entity.name in people or any(way in normalise(printed) for way in ways)


_BY_SOURCE = {
    Relation.LEADS,
    Relation.SUPPORTS,
    Relation.RESPONSIBLE_FOR,
    Relation.OVERSEES,
    Relation.MEMBER_OF,
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_reading_again_says_the_same(table: Table) -> None:
    assert read(table) == read(table)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tables())
def test_cut_rows_make_no_claim(table: Table) -> None:
    reading = read(table)
    cut = {p.row for p in reading.problems if p.code == "row_truncated"}
    assert not cut & {c.row for c in reading.claims}
