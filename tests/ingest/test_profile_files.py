"""Profiles that planners write as TOML: the documented example works, a wrong one is answered with its line."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from graph.errors import UsageError
from ingest.interpret import load_profiles
from ingest.profile_files import parse_profile
from ingest.profiles import shipped_profiles
from ingest.profiling import ROLES, ColumnRule
from tests.ingest.grids import codes, grid, pairs, read
from tests.parts import ROOT

GUIDE = (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8")
RIGHT = """name = "mine"
reading = "pairs"

[[columns]]
role = "home"
words = ["属地"]

[[columns]]
role = "counterpart"
words = ["链主"]
"""


def _example() -> str:
    found = re.search(r"```toml\n(.*?)```", GUIDE, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_example_of_the_guide_reads_its_table() -> None:
    profile = parse_profile(_example(), "链长制.toml")
    rows = [
        ["序号", "属地", "链主企业", "链创平台", "备注"],
        ["1", "海曙区", "百联集团有限公司", "东华大学", ""],
        ["", "", "上海国盛（集团）有限公司", "无", "待定"],
    ]
    reading = read(grid(rows, title="产业链链长制分工表"), forced=profile)
    assert reading.table.profile == "chain-head"
    assert pairs(reading) == {
        ("海曙区", "百联集团有限公司"),
        ("海曙区", "东华大学"),
        ("海曙区", "上海国盛（集团）有限公司"),
    }
    assert {c.term for c in reading.claims} == {"对口联系"} and codes(reading) == {}


def test_the_guide_names_every_role_and_every_shipped_profile() -> None:
    for guide in GUIDE.split("# Kinds of tables, in English"):
        assert all(f"`{role}`" in guide for role in ROLES)
        assert all(f"`{profile.name}`" in guide for profile in shipped_profiles())
        assert all(f"`{field.name}`" in guide for field in fields(ColumnRule))


def test_the_guides_error_message_is_the_real_one() -> None:
    line = _example().splitlines().index('role = "home"                            # 本方单位') + 1
    with pytest.raises(UsageError, match=f"第{line}行：“hoem”不是列的角色，可用：number、home、counterpart"):
        parse_profile(_example().replace('role = "home"', 'role = "hoem"'), "链长制.toml")


def test_own_profiles_come_first_and_replace_shipped_ones_of_their_name(tmp_path: Path) -> None:
    folder = tmp_path / "profiles"
    folder.mkdir()
    (folder / "a.toml").write_text(RIGHT, encoding="utf-8-sig")
    (folder / "b.toml").write_text(RIGHT.replace('"mine"', '"counterpart"'), encoding="utf-8")
    named = [profile.name for profile in load_profiles(tmp_path)]
    assert named[:2] == ["mine", "counterpart"] and named.count("counterpart") == 1
    (folder / "c.toml").write_text(RIGHT, encoding="utf-8")
    with pytest.raises(UsageError, match=r"c\.toml 与 a\.toml"):
        load_profiles(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('name = "x', "第1行末尾"),
        ('name = "x"\nreading == 1', "第2行第10列"),
        (RIGHT.replace('reading = "pairs"', 'reading = "sums"'), "第2行：只能是 tasks"),
        (RIGHT.replace('"mine"', '"我的"'), "第1行：只能用字母"),
        (RIGHT.replace('name = "mine"\n', ""), "缺少“name”"),
        (RIGHT.replace('words = ["链主"]', 'words = "链主"'), "第10行：“words”要写成一组"),
        (RIGHT.replace('words = ["链主"]', "words = []"), "第10行"),
        (RIGHT.replace('words = ["链主"]', 'words = ["/(/"]'), "第10行：“/(/”不是正确的正则"),
        (RIGHT + 'kind = "Region"\n', "第11行：“Region”不是对象类型"),
        (RIGHT + 'fills = "yes"\n', "第11行：“fills”只能是 true 或 false"),
        (RIGHT + 'colour = "red"\n', "第11行：没有“colour”这一项"),
        (RIGHT.replace('role = "counterpart"', 'role = "note"'), "第2行：reading 为 pairs 时"),
        ('name = "x"\nreading = "pairs"\n', "至少要有一段"),
        ('name = "x"\nreading = "pairs"\ncolumns = [1]\n', "每一列要写成一段"),
    ],
)
def test_a_wrong_profile_is_answered_with_line_and_reason(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_profile(text, "mine.toml")
    assert message in caught.value.message and "mine.toml" in caught.value.message
    assert "\n" not in caught.value.message


def test_a_profile_in_another_encoding_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "profiles"
    folder.mkdir()
    (folder / "a.toml").write_bytes(RIGHT.encode("gb18030"))
    with pytest.raises(UsageError, match="UTF-8"):
        load_profiles(tmp_path)
