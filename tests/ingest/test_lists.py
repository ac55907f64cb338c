"""Lists and tagged paragraphs: each fixture is named for its quirk. Names are printed facts or plainly made up."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.errors import FileRejected
from graph.model import Reading
from graph.settings import Settings
from graph.vocabulary import Direction, EntityType, Relation, Use
from ingest.library import Library

RULED = "结对关系"


@pytest.fixture
def library(embedded_store: EmbeddedStore, tmp_path: Path) -> Library:
    return Library(embedded_store, Settings(data_dir=tmp_path / "data", neo4j_uri=None))


def _read(library: Library, *lines: str) -> Reading:
    return library.preview([("list.txt", "\n".join(lines).encode())]).reading


def _pairs(reading: Reading) -> set[tuple[str, str]]:
    names = {entity.id: entity.name for entity in reading.entities}
    return {(names[c.source], names[c.target]) for c in reading.claims if c.type is Relation.PAIRED_WITH}


def _tasks(reading: Reading) -> dict[str, dict[str, list[str]]]:
    names = {entity.id: entity.name for entity in reading.entities}
    found: dict[str, dict[str, list[str]]] = {}
    for claim in reading.claims:
        found.setdefault(names[claim.target], {}).setdefault(claim.type.value, []).append(names[claim.source])
    return found


def _codes(reading: Reading) -> list[str]:
    return [p.code for p in reading.problems if p.code not in {"unresolved_name", "name_in_review"}]


def _every_position_has_a_use(reading: Reading) -> bool:
    return all(sum(table.counts().values()) == table.rows * table.columns for table in reading.tables)


PAIRS = {
    "groups_with_and": (
        ("对口结对关系：鄞州区与和龙市，慈溪市与龙井市，奉化区、宁海县与安图县。",),
        {("鄞州区", "和龙市"), ("慈溪市", "龙井市"), ("奉化区", "安图县"), ("宁海县", "安图县")},
    ),
    "list_comma_between_pairs": (
        (
            "组织辽宁省与江苏省、吉林省与浙江省，沈阳市与北京市开展对口合作。鼓励内蒙古自治区主动对接东部省市。",
        ),
        {("辽宁省", "江苏省"), ("吉林省", "浙江省"), ("沈阳市", "北京市")},
    ),
    "province_elided_for_the_second": (
        ("北京市帮扶内蒙古自治区、河北省张家口市和保定市；天津市帮扶甘肃省。",),
        {("北京市", "内蒙古自治区"), ("北京市", "张家口市"), ("北京市", "保定市"), ("天津市", "甘肃省")},
    ),
    "suffix_elided_for_the_first": (
        ("广州市对口帮扶梅州、清远市；珠海市对口帮扶阳江市。汕头、湛江、茂名、揭阳四市由省财政支持。",),
        {("广州市", "梅州市"), ("广州市", "清远市"), ("珠海市", "阳江市")},
    ),
    "dash_a_line": (
        ("结对合作帮扶安排", "上海市闵行区——安徽省淮南市；", "上海市松江区——安徽省六安市。"),
        {("闵行区", "淮南市"), ("松江区", "六安市")},
    ),
    "regions_without_a_task": (
        (
            "对口支援名单",
            "上海对口支援都江堰市",
            "湖南对口支援彭州市。",
            "六个地区不承担对口支援任务。",
        ),
        {("上海市", "都江堰市"), ("湖南省", "彭州市")},
    ),
    "by_position": (
        ("南京市、苏州市、无锡市分别对口帮扶淮安市、宿迁市、连云港市。",),
        {("南京市", "淮安市"), ("苏州市", "宿迁市"), ("无锡市", "连云港市")},
    ),
    "by_position_with_and": (
        ("北京市、上海市分别与什邡市、都江堰市结对。",),
        {("北京市", "什邡市"), ("上海市", "都江堰市")},
    ),
    "several_support_one": (
        ("对口帮扶", "西安市灞桥区、西安国际港务区帮扶汉中市略阳县"),
        {("灞桥区", "略阳县"), ("西安国际港务区", "略阳县")},
    ),
    "numbered_items_with_a_verb": (
        ("关于对口联系工作的意见", "1.市公安局、市体育局联系民革开封市委;", "2.市监察局联系民盟开封市委;"),
        {("市公安局", "民革开封市委"), ("市体育局", "民革开封市委"), ("市监察局", "民盟开封市委")},
    ),
    "party_and_colon": (
        ("关于对口联系工作的通知", "民革常德市委 ：市民政局、市审计局", "民盟常德市委 ：市教育局"),
        {("民革常德市委", "市民政局"), ("民革常德市委", "市审计局"), ("民盟常德市委", "市教育局")},
    ),
}


@pytest.mark.parametrize("quirk", PAIRS)
def test_pairs(library: Library, quirk: str) -> None:
    lines, expected = PAIRS[quirk]
    reading = _read(library, *lines)
    assert _pairs(reading) == expected and not _codes(reading)
    assert all(table.kind == "list" for table in reading.tables)
    assert _every_position_has_a_use(reading)


UNDETERMINED = {
    "numbers_of_distinct_sides_differ": "南京市、苏州市分别对口帮扶淮安市、宿迁市、连云港市。",
    "plain_names_among_pairs": "浙江省、江苏省与四川省、湖北省与陕西省对口协作。",
    "a_name_hangs_on": "浙江省对口帮扶四川省，湖北省。",
    "cut_off": "7.市工商局、国税局、工业经济发展局…",
}


@pytest.mark.parametrize("quirk", UNDETERMINED)
def test_undetermined_items_are_reported_and_never_half_read(library: Library, quirk: str) -> None:
    reading = _read(library, "对口帮扶", "北京市对口帮扶贵州省", UNDETERMINED[quirk])
    assert _pairs(reading) == {("北京市", "贵州省")}
    assert "row_ambiguous" in _codes(reading)
    lost = [c for t in reading.tables for c in t.cells if c.use is Use.UNREADABLE]
    assert lost and all(cell.row > 1 for cell in lost)
    assert _every_position_has_a_use(reading)


PROSE = (
    "近年来，宁波市与上海市合作不断深化。",
    "推动产业园区与科研院所合作，鼓励企业与高校合作。",
    "宁波市与上海市签署合作协议。",
    "北仑区与漕河泾开发区加强联系，促进产业合作。",
    "市发改委：负责统筹协调，加强与上海市的对口合作。",
    "浙江省与上海市共同推进长三角一体化，支援合作力度加大。",
    "北京市不再对口支援什邡市。",
)


@pytest.mark.parametrize("text", PROSE)
def test_prose_gives_no_pair(library: Library, text: str) -> None:
    with pytest.raises(FileRejected):
        _read(library, "工作方案", text)


def test_support_runs_one_way_and_pairing_both(library: Library) -> None:
    one_way = _read(library, "北京市对口支援什邡市。").claims[0]
    assert (one_way.term, one_way.direction) == ("对口支援", Direction.A_TO_B)
    mutual = _read(library, "辽宁省与江苏省对口合作。").claims[0]
    assert (mutual.term, mutual.direction) == ("对口合作", Direction.MUTUAL)


def test_evidence_names_block_item_part_and_text(library: Library) -> None:
    reading = _read(library, "对口支援", "上海对口支援都江堰市", "湖南对口支援彭州市")
    second = reading.claims[1]
    assert (second.table, second.row, second.column, second.text) == (1, 2, 4, "彭州市")


TAGGED = (
    "一、王纲市长主抓经济工作",
    "1.支持企业发展",
    "加大力度。",
    "牵头单位：市经信局",
    "配合单位：市财政局、市税务局",
    "2.招商引资。（牵头单位：市商务局，责任单位：市发改委、各区县）",
    "二、李明副市长主抓文化工作",
    "3.文化惠民。（市文化局牵头，市财政局、各区政府配合）",
    "4.文化市场。(责任单位：市经信局、市财政局)（完成时限：2025年底）",
)


def test_tags_at_the_end_and_lines_below_an_item(library: Library) -> None:
    reading = _read(library, "工作方案", *TAGGED)
    assert _tasks(reading) == {
        "支持企业发展": {"LEADS": ["市经信局"], "SUPPORTS": ["市财政局", "市税务局"], "OVERSEES": ["王纲"]},
        "招商引资": {"LEADS": ["市商务局"], "SUPPORTS": ["市发改委", "各区县"], "OVERSEES": ["王纲"]},
        "文化惠民": {"LEADS": ["市文化局"], "SUPPORTS": ["市财政局", "各区政府"], "OVERSEES": ["李明"]},
        "文化市场": {"RESPONSIBLE_FOR": ["市经信局", "市财政局"], "OVERSEES": ["李明"]},
    }
    assert _every_position_has_a_use(reading)
    (last,) = [e for e in reading.entities if e.name == "文化市场"]
    assert (last.details["number"], last.details["due_date"]) == ("4", "2025-12-31")


def test_a_tag_whose_bracket_is_not_closed_or_that_names_nobody_is_an_item_too(library: Library) -> None:
    reading = _read(
        library,
        "重点任务",
        "1.共建园区（责任单位：市甲局）",
        "2.招才引智（责任单位：市乙局",
        "3.通关（责任单位：）",
    )
    assert _tasks(reading) == {
        "共建园区": {"RESPONSIBLE_FOR": ["市甲局"]},
        "招才引智": {"RESPONSIBLE_FOR": ["市乙局"]},
    }
    assert [e.name for e in reading.entities if e.type is EntityType.TASK][-1] == "通关"


def test_first_named_leads_only_where_the_document_says_so(library: Library) -> None:
    said = _read(
        library,
        "一、发展经济。（责任单位：市经信局、市财政局，列第一位的为牵头单位，下同）",
        "二、惠民。（责任单位：市商务局、市教育局）",
    )
    assert [(c.type, c.row) for c in said.claims] == [
        (Relation.LEADS, 1),
        (Relation.SUPPORTS, 1),
        (Relation.LEADS, 2),
        (Relation.SUPPORTS, 2),
    ]
    silent = _read(library, "一、发展经济。（责任单位：市经信局、市财政局）")
    assert {claim.type for claim in silent.claims} == {Relation.RESPONSIBLE_FOR}


def test_grids_are_numbered_before_lists(library: Library) -> None:
    reading = _read(
        library, "（责任单位：市经信局）一、发展。（责任单位：市商务局）", "任务\t牵头单位", "招商\t市商务局"
    )
    assert [(table.number, table.kind) for table in reading.tables] == [(1, "grid"), (2, "list")]


RAW_TAG = re.compile(r"[（(]责任单位[:：](?P<units>[^（()）]*(?:[（(][^（()）]*[)）][^（()）]*)*)[)）]")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "tags"), [("sh_jichu_yanjiu_2025", 9), ("sh_keji_fuwuye_2025", 39), ("sh_yiliao_qixie_2025", 20)]
)
def test_real_tagged_paragraphs(library: Library, shared_dir: Path, name: str, tags: int) -> None:
    """Tags and units as counted in the raw text, by a pattern of this test and by the list beside it."""
    folder = shared_dir / "tasks" / name
    raw = (folder / "raw.md").read_bytes()
    counted = [match["units"] for match in RAW_TAG.finditer(raw.decode())]
    with (folder / "responsible.csv").open(encoding="utf-8-sig") as file:
        assert [row["units_as_written"] for row in csv.DictReader(file)] == counted
    assert len(counted) == tags == raw.decode().count("责任单位：")
    reading = library.preview([("raw.md", raw)]).reading
    (table,) = reading.tables
    assert [row[1].text.removeprefix("责任单位：") for row in table.grid()] == counted
    units: dict[int, list[str]] = {row: [] for row in range(1, tags + 1)}
    printed = {entity.id: {entity.name, *(one.text for one in entity.names)} for entity in reading.entities}
    said = [re.split("[、等]", text) for text in counted]
    for claim in reading.claims:
        assert claim.type is Relation.RESPONSIBLE_FOR and claim.row is not None
        units[claim.row] += [one for one in said[claim.row - 1] if one in printed[claim.source]]
    assert list(units.values()) == said
    assert len({claim.target for claim in reading.claims}) == tags
    assert not _codes(reading)


def test_tag_below_a_bare_leader_or_place_is_reported_and_never_a_task(library: Library) -> None:
    reading = _read(
        library,
        "1.推进园区共建。（责任单位：市发展改革委）",
        "副市长陈炳荣",
        "责任单位：市经信局",
        "北仑区",
        "责任单位：市教育局",
        "2.推进人才合作。",
        "责任单位：市人力社保局",
    )
    assert set(_tasks(reading)) == {"推进园区共建", "推进人才合作"}
    assert _codes(reading) == ["row_ambiguous", "row_ambiguous"]
    assert _every_position_has_a_use(reading)
