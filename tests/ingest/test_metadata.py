"""What a document says of itself."""

from __future__ import annotations

import pytest

from graph.tables import table_of_rows
from graph.vocabulary import Status
from ingest.blocks import Block, Paragraph, ReadFile
from ingest.documents.dates import iso_date
from ingest.documents.metadata import Metadata, programme_of, read_metadata


def _region_of(text: str) -> str:
    return next((place for place in ("宁波市", "开封市", "贺州市") if place in text), "")


def _file(*lines: str, name: str = "文件.txt", properties: dict[str, str] | None = None) -> ReadFile:
    blocks: tuple[Block, ...] = tuple(Paragraph(line) for line in lines)
    return ReadFile(name, "ab" * 32, "text", blocks, properties or {})


def _read(*lines: str) -> Metadata:
    return read_metadata([_file(*lines)], _region_of)


def test_notice_on_a_web_page() -> None:
    meta = _read(
        "当前位置:主页 > 政策 > 正文",
        "开封市人民政府办公室关于印发开封市推进汴郑产业协作行动计划的通知 [汴政办〔2020〕7号]",
        "发布日期：2020-06-01",
        "各县区人民政府,市直各单位:",
        "根据《某某通知》(汴政〔2018〕62号)要求，现印发给你们。",
        "开封市人民政府办公室",
        "2020年5月19日",
        "版权保护: 本文由 主页 发布",
    )
    assert meta.number == "汴政办〔2020〕7号"
    assert meta.title == "开封市人民政府办公室关于印发开封市推进汴郑产业协作行动计划的通知"
    assert meta.issuer == "开封市人民政府办公室"
    assert meta.date == "2020-05-19"
    assert meta.programme == "汴郑产业协作"
    assert meta.region == "开封市"
    assert meta.status is Status.OFFICIAL


def test_number_on_its_own_line_and_title_over_two_lines() -> None:
    meta = _read(
        "贺州市人民政府文件",
        "贺政发〔2021〕03号",
        "贺州市人民政府关于印发",
        "贺州市对接粤港澳产业合作实施方案的通知",
        "各县（区）人民政府：",
        "贺州市人民政府",
        "二〇二一年十二月三十一日",
    )
    assert meta.number == "贺政发〔2021〕3号"
    assert meta.title == "贺州市人民政府关于印发贺州市对接粤港澳产业合作实施方案的通知"
    assert meta.date == "2021-12-31"
    assert meta.programme == "对接粤港澳产业合作"


def test_a_number_cited_in_the_text_is_not_the_documents_own() -> None:
    meta = _read("关于开展结对工作的通知", "各单位：", "按照《甲》（甬政发〔2018〕62号）办理。", "2019年3月")
    assert meta.number is None
    assert meta.date == "2019-03"


def test_label_of_a_government_site() -> None:
    meta = _read(
        "索引号：A1", "发文字号：甬政办发[2019]032号", "成文日期：2019-03-19", "关于合作的通知", "各单位："
    )
    assert (meta.number, meta.date) == ("甬政办发〔2019〕32号", "2019-03-19")


def test_issuer_of_the_signature_when_the_title_has_none() -> None:
    meta = _read("关于做好对口联系工作的通知", "各单位：", "请办理。", "宁波市经济和信息化局", "2019年4月1日")
    assert (meta.issuer, meta.region) == ("宁波市经济和信息化局", "宁波市")


def test_title_rows_of_a_sheet_speak_like_paragraphs() -> None:
    table = table_of_rows(
        [["甬政办发〔2019〕32号附件2", ""], ["对口联系计划表", ""], ["单位", "对口园区"], ["甲", "乙"]]
    )
    meta = read_metadata([ReadFile("附件2.xlsx", "0" * 64, "xlsx", (table,))], _region_of)
    assert meta.number == "甬政办发〔2019〕32号"
    assert meta.title == "对口联系计划表"


def test_the_files_name_speaks_last() -> None:
    assert read_metadata([_file("好", name="对口名单.txt")], _region_of).title == "对口名单"
    assert (
        read_metadata([_file("结对帮扶安排", "海曙区——松阳县", name="a.txt")], _region_of).title
        == "结对帮扶安排"
    )
    assert read_metadata([_file("1.推进产业合作", name="a.txt")], _region_of).title == "a"
    named = _file("好", properties={"title": "宁波对口名单"})
    assert read_metadata([named], _region_of).title == "宁波对口名单"


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (["对口联系计划表（示例）"], Status.ILLUSTRATIVE),
        (["示例：某市合作方案"], Status.ILLUSTRATIVE),
        (["填报示例说明", "某市合作方案"], Status.OFFICIAL),
        (["某市合作方案"], Status.OFFICIAL),
    ],
)
def test_illustrative_mark(lines: list[str], status: Status) -> None:
    assert _read(*lines).status is status


def test_illustrative_mark_in_properties_or_a_tables_header() -> None:
    table = table_of_rows([["单位（示例）", "对口园区"], ["甲", "乙"]])
    assert (
        read_metadata([ReadFile("a.xlsx", "0", "xlsx", (table,))], _region_of).status is Status.ILLUSTRATIVE
    )
    marked = _file("某市合作方案", properties={"keywords": "示例"})
    assert read_metadata([marked], _region_of).status is Status.ILLUSTRATIVE


def test_stated_repeal_names_what_is_superseded() -> None:
    meta = _read(
        "宁波市人民政府办公厅关于印发合作方案的通知",
        "甬政办发〔2021〕5号",
        "各单位：",
        "本通知自印发之日起施行，《旧方案》（甬政办发〔2019〕32号）同时废止；《另一件》（甬政发〔2018〕1号）继续有效。",
    )
    assert meta.repeals == ("甬政办发〔2019〕32号",)


@pytest.mark.parametrize(
    ("title", "programme"),
    [
        ("宁波市人民政府办公厅关于印发宁波市推进沪甬产业合作工作方案的通知", "沪甬产业合作"),
        ("关于印发《沪甬产业合作2020年度工作计划》的通知", "沪甬产业合作"),
        ("宁波市10个区县(市)与延边州8个县市对口结对名单", "宁波市10个区县(市)与延边州8个县市对口结对名单"),
    ],
)
def test_programme(title: str, programme: str) -> None:
    assert programme_of(title, "宁波市人民政府办公厅", "宁波市") == programme


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2019年3月19日", "2019-03-19"),
        ("二〇一九年三月十九日", "2019-03-19"),
        ("2019 年 3 月", "2019-03"),
        ("2019年", "2019"),
        ("2019-3-19", "2019-03-19"),
        ("2019年13月1日", ""),
        ("于2019年3月19日前", ""),
    ],
)
def test_iso_date(text: str, date: str) -> None:
    assert iso_date(text) == date
