"""One body under several names: a truth table of brackets, and what a document makes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.model import Name
from graph.settings import Settings
from ingest.library import Library
from ingest.naming.contract import Scope
from ingest.naming.gazetteer import load_gazetteer
from ingest.naming.nameplates import nameplates
from ingest.naming.names import GazetteerNames
from tests.ingest.documents import TASKS, docx


@pytest.mark.parametrize(
    ("name", "note", "others"),
    [
        ("市教育局", "市委教育工委", ["alias:市委教育工委"]),
        ("市档案局", "馆", ["alias:市档案馆"]),
        ("市地方志办公室", "馆", ["alias:市地方志馆"]),
        ("市委宣传部", "市新闻出版局、市电影局", ["alias:市新闻出版局", "alias:市电影局"]),
        ("市文化广电旅游局", "原市旅游局", ["former:市旅游局"]),
        ("市卫生健康委", "挂市中医药管理局牌子", ["alias:市中医药管理局"]),
        ("宁波国家高新区", "宁波新材料科技城", ["alias:宁波新材料科技城"]),
        ("市经信局", "张三", []),
        ("市经信局", "产业处", []),
        ("市经信局", "各区县(市)政府", []),
        ("市经信局", "牵头单位", []),
        ("市发改委", "2019年", []),
        ("市经信局", "〔已隐去:姓名〕", []),
    ],
)
def test_a_bracket_holds_other_names_only_where_it_names_a_body(
    name: str, note: str, others: list[str]
) -> None:
    assert [f"{one.kind}:{one.text}" for one in nameplates(name, note)] == others


def test_a_committee_of_a_zone_under_two_names_is_that_zone() -> None:
    names, scope = GazetteerNames(load_gazetteer()), Scope("宁波市", "doc:x")
    (piece,) = names.split("宁波国家高新区（宁波新材料科技城）管委会", scope).pieces
    assert (piece.text, piece.note) == ("宁波国家高新区管委会", "宁波新材料科技城管委会")
    assert names.resolve(piece.text, scope).entity.id == "unit:宁波高新技术产业开发区"


def test_other_names_are_found_and_asked_about(embedded_store: EmbeddedStore, tmp_path: Path) -> None:
    library = Library(embedded_store, Settings(data_dir=tmp_path, neo4j_uri=None))
    rows = [
        TASKS[0],
        ("1", "建立机制", "王一", "市教育局", "市科技局"),
        ("2", "推进合作", "王一", "市教育局（市委教育工委）", "市档案局（馆）"),
        ("3", "加强交流", "王一", "市委教育工委", "市科技局"),
    ]
    reading = library.preview([("分工.docx", docx("宁波市关于分工的通知", "任务分工表", rows))]).reading
    units = {entity.id: entity for entity in reading.entities}
    assert Name("市委教育工委", "alias") in units["unit:市教育局@宁波市"].names
    assert Name("市档案馆", "alias") in units["unit:市档案局@宁波市"].names
    assert units["unit:市档案局@宁波市"].kind == "bureau"
    assert "市教育局（市委教育工委）" in {claim.text for claim in reading.claims}
    library.ingest([("分工.docx", docx("宁波市关于分工的通知", "任务分工表", rows))])
    (item,) = [one for one in library.review() if one["printed"] == "市委教育工委"]
    assert [choice["id"] for choice in item["choices"]] == ["unit:市教育局@宁波市"]
    library.accept(item["id"], "unit:市教育局@宁波市", "张三")
    assert embedded_store.resolve("unit:市委教育工委@宁波市") == "unit:市教育局@宁波市"
