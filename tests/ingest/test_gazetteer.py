"""The shipped gazetteers, the user's own, and what a wrong row is answered with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.errors import UsageError
from graph.vocabulary import EntityType
from ingest.naming.contract import Scope
from ingest.naming.gazetteer import COLUMNS, load_gazetteer, read_gazetteer
from ingest.naming.names import GazetteerNames

HEADER = "name,type,kind,region,code,also,member_of,source,date\n"
NINGBO = Scope("宁波市", "doc:x")


def _own(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    folder = tmp_path / "gazetteers"
    folder.mkdir()
    (folder / "own.csv").write_text(text, encoding=encoding)
    return tmp_path


def test_every_shipped_row_has_a_source_and_a_date() -> None:
    entries = load_gazetteer().entries
    assert len(entries) > 3000
    assert all(entry.source and re.fullmatch(r"\d{4}(-\d{2}-\d{2})?", entry.date) for entry in entries)
    bodies = [(entry.name, entry.type, entry.region, entry.code) for entry in entries]
    assert len(bodies) == len(set(bodies))


def test_regions_of_the_shipped_rows_are_places() -> None:
    gazetteer = load_gazetteer()
    places = {entry.name for entry in gazetteer.by_code.values()} | {""}
    wrong = [
        e.origin for e in gazetteer.entries if e.region not in places and not e.region.startswith("上海市")
    ]
    assert wrong == []
    assert sum(e.kind == "province" for e in gazetteer.by_code.values()) == 34


def test_the_users_rows_extend_the_shipped_ones(tmp_path: Path) -> None:
    rows = (
        "宁波市区域合作局,Unit,bureau,宁波市,,short:市支援合作局|former:宁波市对口支援局,,三定方案,2019-01\n"
        "宁波南湾新区,Unit,zone_committee,宁波市,3302z08,,开发园区管委会,方案,2024\n"
    )
    names = GazetteerNames(load_gazetteer(_own(tmp_path, HEADER + rows, "utf-8-sig")))
    for printed in ("市支援合作局", "宁波市支援合作局", "宁波市对口支援局", "市区域合作局"):
        resolved = names.resolve(printed, NINGBO)
        assert resolved.known and resolved.entity.id == "unit:宁波市区域合作局", printed
    assert names.resolve("市支援合作局", NINGBO).aliases == ("unit:市支援合作局@宁波市",)
    assert not names.resolve("市支援合作局", Scope("杭州市", "d")).known
    zones = names.resolve("开发园区管委会", NINGBO).entity
    assert len(names.background(zones)[1]) == 8


def test_the_users_row_of_a_known_body_wins(tmp_path: Path) -> None:
    row = "临港集团,Enterprise,,上海市,,alias:某临港公司,,名录,2026\n"
    gazetteer = load_gazetteer(_own(tmp_path, HEADER + row))
    assert GazetteerNames(gazetteer).resolve("某临港公司", NINGBO).entity.id == "enterprise:临港集团"


def test_two_bodies_of_one_name_are_told_by_their_region(tmp_path: Path) -> None:
    rows = (
        "市民中心,Organisation,unknown,宁波市,,,,甲,2020\n市民中心,Organisation,unknown,上海市,,,,乙,2020\n"
    )
    names = GazetteerNames(load_gazetteer(_own(tmp_path, HEADER + rows)))
    assert names.resolve("市民中心", NINGBO).entity.id == "organisation:宁波市市民中心"
    assert names.resolve("市民中心", Scope("杭州市", "d")).problem == "ambiguous_name"


@pytest.mark.parametrize(
    ("row", "line", "reason"),
    [
        ("甲局,Unit,bureau,宁波市,,,,,2020", 2, "缺少 source"),
        (",Unit,bureau,宁波市,,,,甲,2020", 2, "缺少 name"),
        ("甲局,Office,,宁波市,,,,甲,2020", 2, "type 列"),
        ("甲局,Unit,office,宁波市,,,,甲,2020", 2, "kind 列"),
        ("甲局,Unit,bureau,宁波市,,市甲局,,甲,2020", 2, "also 列"),
        ("甲局,Unit,bureau,宁波市,,,,甲,去年", 2, "date 列"),
        ("甲区,Unit,district,宁波市,33,,,甲,2020", 2, "code 列"),
        ("\n甲局,Unit,bureau,宁波市,,,,甲,2020,多,余", 3, "单元格比表头多"),
        ("甲局,Unit,bureau,宁波市,,,,甲,2020-13", 2, "date 列"),
        ("甲局,Unit,bureau,宁波市,,,,甲,Mar-19", 2, "date 列"),
        ("甲局,Unit,bureau,宁坡市,,,,甲,2020", 2, "region 列的“宁坡市”"),
        ("甲局,Unit,bureau,宁波市,,,各有关园区,甲,2020", 2, "member_of 列的“各有关园区”"),
        ("甲局,Unit,bureau,宁波市,,short:市甲局|alias:市甲局,,甲,2020", 2, "写了两次"),
        ("甲局,Unit,bureau,宁波市,,,,甲,2020\n甲局,Unit,bureau,宁波市,,,,乙,2021", 3, "own.csv:2 重复"),
        (
            "甲局,Unit,bureau,宁波市,,short:市甲局,,甲,2020\n乙局,Unit,bureau,宁波市,,short:市甲局,,乙,2021",
            3,
            "在 own.csv:2 已是“甲局”的名称",
        ),
    ],
)
def test_a_wrong_row_is_answered_with_file_line_and_reason(
    tmp_path: Path, row: str, line: int, reason: str
) -> None:
    with pytest.raises(UsageError) as caught:
        load_gazetteer(_own(tmp_path, f"{HEADER}{row}\n"))
    assert f"own.csv:{line}" in caught.value.message and reason in caught.value.message


def test_a_wrong_header_or_encoding_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="不认识的列 全称"):
        list(read_gazetteer("全称,type\n", "own.csv"))
    with pytest.raises(UsageError, match="缺少列 source"):
        list(read_gazetteer("name,type,date\n", "own.csv"))
    with pytest.raises(UsageError, match="英文逗号"):
        list(read_gazetteer("name;type;source;date\n", "own.csv"))
    with pytest.raises(UsageError, match="列 name 写了两次"):
        list(read_gazetteer("name,name,type,source,date\n", "own.csv"))
    with pytest.raises(UsageError, match=r"own\.csv:2.*valid_to 列的“2019”早于"):
        list(
            read_gazetteer(
                "name,type,valid_from,valid_to,source,date\n甲局,Unit,2020,2019,甲,2020\n", "own.csv"
            )
        )
    folder = tmp_path / "gazetteers"
    folder.mkdir()
    (folder / "own.csv").write_bytes(HEADER.encode() + "甲局".encode() * 9 + b"\n" + "乙局".encode("gbk") * 9)
    with pytest.raises(UsageError, match=r"own\.csv:1.*UTF-8"):
        load_gazetteer(tmp_path)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_what_a_spreadsheet_makes_of_a_file_is_read(tmp_path: Path, encoding: str) -> None:
    row = "甲局,单位,bureau,宁波市,,short：市甲局｜former：市乙局,,三定方案,2019/3/9,,"
    text = f"{HEADER.strip()},,\n{row}\n,,,,,,,,,,\n"
    entry = load_gazetteer(_own(tmp_path, text, encoding)).entries[-1]
    assert (entry.name, entry.type, entry.date) == ("甲局", EntityType.UNIT, "2019-03-09")
    assert [(name.kind, name.text) for name in entry.also] == [("short", "市甲局"), ("former", "市乙局")]


def test_the_columns_are_those_that_the_shipped_files_have() -> None:
    entry = next(e for e in load_gazetteer().entries if e.name == "上海临港经济发展（集团）有限公司")
    assert entry.type is EntityType.ENTERPRISE and entry.state_owned == "true"
    assert len(COLUMNS) == len(set(COLUMNS))


REFORM = (
    "name,type,kind,region,also,valid_from,valid_to,source,date\n"
    "宁波市甲旅游局,Unit,bureau,宁波市,short:市甲旅游局,,2018-12,三定方案,2010\n"
    "宁波市甲文化广电旅游局,Unit,bureau,宁波市,"
    "short:市甲文广旅游局|former:宁波市甲旅游局|former:市甲旅游局,2019-01,,机构改革方案,2019-01\n"
)


@pytest.mark.parametrize(
    ("date", "name", "problem"),
    [
        ("2017-05-01", "宁波市甲旅游局", ""),
        ("2018", "宁波市甲旅游局", ""),
        ("2018-12-31", "宁波市甲旅游局", ""),
        ("2019-01", "宁波市甲文化广电旅游局", ""),
        ("2021-03-04", "宁波市甲文化广电旅游局", ""),
        ("", "宁波市甲文化广电旅游局", ""),
    ],
)
def test_the_date_of_a_document_tells_a_body_from_its_successor(
    tmp_path: Path, date: str, name: str, problem: str
) -> None:
    names = GazetteerNames(load_gazetteer(_own(tmp_path, REFORM)))
    for printed in ("市甲旅游局", "宁波市甲旅游局", "甲旅游局"):
        resolved = names.resolve(printed, Scope("宁波市", "doc:x", date))
        assert (resolved.entity.name, resolved.problem) == (name, problem), printed
    assert (
        names.resolve("市甲文广旅游局", Scope("宁波市", "d", date)).entity.id == "unit:宁波市甲文化广电旅游局"
    )
