"""The picture of what a revision changed, from documents read over both stores."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.settings import Settings
from graph.statements.comparison import differences
from graph.store import Store
from ingest.library import Library
from ingest.outcomes import IngestOptions
from tests.ingest.documents import TASKS, docx
from viz.legend import line_keys
from viz.registry import find_view
from viz.render_svg import render_svg
from viz.scene import Scene
from viz.strokes import stroke_of

HEADER = ("序号", "宁波市区县(市)", "对口单位")
BEFORE = (
    ("1", "海曙区", "上海漕河泾新兴技术开发区"),
    ("2", "江北区", "黄浦区"),
    ("3", "镇海区", "东华大学"),
    ("4", "北仑区", "静安区"),
)
AFTER = (
    ("1", "海曙区", "漕河泾开发区"),
    ("2", "江北区", "徐汇区"),
    ("3", "鄞州区", "同济大学"),
    ("4", "北仑区", "静安区"),
)
LIAISONS = ("市领导", "挂钩联系企业")
Said = set[tuple[str, str, str]]


def plan(title: str, pairs: Sequence[Sequence[str]], oversees: str, liaison: str) -> bytes:
    tasks = [TASKS[0], ("1", "建立交流机制", oversees, *TASKS[1][3:]), TASKS[2]]
    links = [LIAISONS, (liaison, "百联集团有限公司"), ("李二", "上海国际集团有限公司")]
    return docx(title, "附件1", "任务分工表", tasks, "附件2", "对口联系名单", [HEADER, *pairs],
                "附件3", "市领导挂钩联系企业名单", links)  # fmt: skip


@pytest.fixture
def revised(store: Store, tmp_path: Path) -> Store:
    """A plan with tasks, pairs and liaisons, and its revision, in which each kind of change occurs."""
    library = Library(store, Settings(data_dir=tmp_path / "data", neo4j_uri=None))
    old = library.ingest([("旧.docx", plan("宁波市合作工作方案", BEFORE, "王一", "王一"))])
    new = plan("宁波市合作工作方案（2021年）", AFTER, "赵三", "赵三")
    library.ingest([("新.docx", new)], IngestOptions(replaces=old.document_id))
    return store


def drawn(store: Store, **given: object) -> Scene:
    view = find_view("changes")
    return view.build(store, view.params.model_validate(given))


def said(scene: Scene) -> Said:
    names = {node.id: node.name for node in scene.nodes}
    return {(names[line.source], line.change, names[line.target]) for line in scene.lines}


def test_pairs_tasks_and_liaisons_are_told_by_what_became_of_them(revised: Store) -> None:
    assert said(drawn(revised, kept=False)) == {
        ("海曙区", "renamed", "漕河泾开发区（原称上海漕河泾新兴技术开发区）"),
        ("江北区", "moved_from", "黄浦区"),
        ("江北区", "moved", "徐汇区"),
        ("镇海区", "removed", "东华大学"),
        ("鄞州区", "added", "同济大学"),
        ("王一", "moved_from", "建立交流机制"),
        ("赵三", "moved", "建立交流机制"),
        ("王一", "moved_from", "百联集团有限公司"),
        ("赵三", "moved", "百联集团有限公司"),
    }


def test_the_picture_counts_as_the_comparison_does(revised: Store) -> None:
    scene = drawn(revised)
    (old, new) = [one.document.id for one in revised.documents()]
    if revised.document(old).document.supersedes:  # pyright: ignore[reportOptionalMemberAccess]
        old, new = new, old
    diff = differences(revised, old, new)
    counts = {kind: len(diff[kind]) for kind in ("added", "removed", "moved", "renamed")}
    assert counts == {"added": 1, "removed": 1, "moved": 3, "renamed": 1}
    assert scene.caption.notes[0].startswith("新增 1 条，调整 3 条，取消 1 条，更名 1 处，不变 ")
    assert scene.caption.shown == scene.caption.total
    assert all(e["table"] and e["row"] for line in scene.lines for e in line.evidence)


def test_what_is_kept_stands_on_the_cells_of_both(revised: Store) -> None:
    kept = [line for line in drawn(revised).lines if line.change == "kept"]
    assert ("北仑区", "kept", "静安区") in said(drawn(revised))
    assert kept and all(len({e["document"] for e in line.evidence}) == 2 for line in kept)


def test_a_task_stands_once_though_each_document_numbers_its_own(revised: Store) -> None:
    tasks = [node.name for node in drawn(revised).nodes if node.type == "Task"]
    assert sorted(tasks) == sorted(set(tasks)) == ["建立交流机制", "建设示范园区"]


@pytest.mark.parametrize(
    ("relation", "types"),
    [
        ("pairs", {"PAIRED_WITH"}),
        ("liaisons", {"LIAISES_WITH"}),
        ("tasks", {"LEADS", "SUPPORTS", "OVERSEES"}),
    ],
)
def test_one_kind_of_relation_alone(revised: Store, relation: str, types: set[str]) -> None:
    assert {line.type for line in drawn(revised, relation=relation).lines} == types


def test_a_filter_keeps_both_halves_of_a_move(revised: Store) -> None:
    assert said(drawn(revised, unit="黄浦区")) == {
        ("江北区", "moved_from", "黄浦区"),
        ("江北区", "moved", "徐汇区"),
    }


def test_each_change_is_told_by_word_and_stroke(revised: Store) -> None:
    scene = drawn(revised, kept=False)
    svg = render_svg(scene)
    for words in ("＋ 新增", "－ 取消", "→ 调整后", "↛ 调整前", "≈ 更名"):
        assert words in svg
    strokes = {line.change: stroke_of(line) for line in scene.lines}
    assert len(strokes) == len({stroke.dashes for stroke in strokes.values()}) == 5
    assert len({stroke.preset for stroke in strokes.values()}) == 5
    added, kept = strokes["added"], next(stroke_of(x) for x in drawn(revised).lines if x.change == "kept")
    assert added.width > 2 * kept.width
    labels = [key.label for key in line_keys(scene)]
    assert labels == ["＋ 新增", "－ 取消", "↛ 调整前", "→ 调整后", "≈ 更名"]


def test_the_legend_holds_what_occurs(revised: Store) -> None:
    kinds = ["added", "removed", "moved_from", "moved", "renamed"]
    assert [key.value for key in line_keys(drawn(revised, kept=False))] == kinds
    assert [key.value for key in line_keys(drawn(revised))] == [*kinds, "kept"]
