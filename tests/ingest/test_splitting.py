"""Names in cells, by a truth file; leaders and posts; what holds for any text."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.naming.contract import Person, Scope, Split
from ingest.naming.gazetteer import Gazetteer, load_gazetteer
from ingest.naming.names import GazetteerNames

TRUTH = Path(__file__).parent / "truth" / "splits.csv"
NINGBO = Scope("宁波市", "doc:x")


@cache
def names() -> GazetteerNames:
    return GazetteerNames(load_gazetteer())


def _rows() -> list[dict[str, str]]:
    with TRUTH.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _shown(split: Split) -> tuple[str, str]:
    """The split as the truth file writes it: name=role+note."""
    pieces = [
        p.text + (f"={p.role}" if p.role else "") + (f"+{p.note}" if p.note else "") for p in split.pieces
    ]
    says = [
        word
        for word, told in (
            ("open", split.open_list),
            ("glued", split.glued),
            ("none", split.stated_none),
            ("repeats", split.repeats),
        )
        if told
    ]
    return "|".join(pieces), "|".join(says)


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["cell"])
def test_a_cell_splits_as_the_truth_file_says(row: dict[str, str]) -> None:
    split = names().split(row["cell"].replace("\\n", "\n"), NINGBO)
    assert _shown(split) == (row["names"], row["says"])


def test_an_empty_cell_says_nothing() -> None:
    assert names().split("  \n", NINGBO) == Split(())


CELL = st.text("市区宁波海曙经信局委和与及等无同上各有关(（）)牵头配合：:、，；;/\n 1.①公司园", max_size=30)


@given(CELL)
def test_pieces_stand_in_the_text_in_order(text: str) -> None:
    rest = "".join(text.split())
    for piece in names().split(text, NINGBO).pieces:
        if piece.text.startswith("相关"):
            continue  # 浦东新区等区政府 names the collective 相关区政府, which the text does not print
        found = rest.find("".join(piece.text.split()))
        assert found >= 0, (piece.text, rest)
        rest = rest[found + 1 :]


@pytest.mark.parametrize(("cell", "first"), [("Ａ区等相关区政府", "Ａ区"), ("１等市", "１")])
def test_a_named_member_stays_as_printed(cell: str, first: str) -> None:
    assert names().split(cell, NINGBO).pieces[0].text == first


@given(st.text(max_size=60))
def test_any_text_splits_without_failing_and_the_same_every_time(text: str) -> None:
    split = names().split(text, NINGBO)
    assert split == GazetteerNames(gazetteer()).split(text, NINGBO)
    assert all(piece.text.strip() for piece in split.pieces)


@cache
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("陈炳荣", [("陈炳荣", "")]),
        ("副市长陈仲朝", [("陈仲朝", "副市长")]),
        ("游膺局长", [("游膺", "局长")]),
        ("陈炳荣市长", [("陈炳荣", "市长")]),
        ("陈炳荣(市委常委)", [("陈炳荣", "市委常委")]),
        ("张三（市委常委、副市长）", [("张三", "市委常委、副市长")]),
        ("市委常委、副市长陈炳荣", [("陈炳荣", "市委常委、副市长")]),
        ("市政府党组成员 李四", [("李四", "市政府党组成员")]),
        ("区长张三、副区长李四", [("张三", "区长"), ("李四", "副区长")]),
        ("张 三", [("张三", "")]),
        ("李 明 王 强", [("李明", ""), ("王强", "")]),
        ("1.张三 2.李四", [("张三", ""), ("李四", "")]),
        ("买买提·艾力", [("买买提·艾力", "")]),
        ("张三等", [("张三", "")]),
        ("分管副市长", [("", "分管副市长")]),
        ("分管领导", [("", "分管领导")]),
        ("无", []),
        ("〔已隐去:姓名〕", []),
    ],
)
def test_leaders_and_their_posts(cell: str, people: list[tuple[str, str]]) -> None:
    assert names().people(cell) == tuple(Person(name, post) for name, post in people)
