"""SVG: real text, named elements, no script, the caption and what it shows of what."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] — lxml has no types

from graph.backends.embedded import EmbeddedStore
from tests.viz.test_layout import draw
from viz.render_svg import render_svg
from viz.rendering import render

SVG = "{http://www.w3.org/2000/svg}"
CASES = [
    ("bridge", {}),
    ("network", {"status": "all"}),
    ("tasks", {}),
    ("coverage", {}),
    ("neighbourhood", {"id": "北仑区"}),
]


def parsed(data: bytes) -> Any:
    return etree.fromstring(data)


def texts(root: Any) -> list[str]:
    return ["".join(t.itertext()) for t in root.iter(f"{SVG}text")]


@pytest.mark.parametrize(("view", "given"), CASES)
def test_it_is_one_well_formed_picture_without_script(
    plan: EmbeddedStore, view: str, given: dict[str, object]
) -> None:
    scene = draw(plan, view, given)
    root = parsed(render(scene, "svg"))
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title") == scene.caption.title
    assert scene.caption.query in (root.findtext(f"{SVG}desc") or "")
    assert not [e for e in root.iter() if e.tag in (f"{SVG}script", f"{SVG}image", f"{SVG}foreignObject")]
    assert not [a for e in root.iter() for a in e.attrib if str(a).startswith("on")]
    said = " ".join(texts(root))
    assert f"{scene.caption.shown}" in said and scene.caption.data_date in said
    assert len({e.get("id") for e in root.iter() if e.get("id")}) == sum(
        1 for e in root.iter() if e.get("id")
    )


@pytest.mark.parametrize(("view", "given"), CASES[:3])
def test_every_node_and_claim_is_drawn_once(plan: EmbeddedStore, view: str, given: dict[str, object]) -> None:
    scene = draw(plan, view, given)
    root = parsed(render(scene, "svg"))
    groups = [g for g in root.iter(f"{SVG}g")]
    drawn = Counter(g.get("data-entity") for g in groups if g.get("data-entity"))
    assert drawn == Counter(n.ref for n in scene.nodes)
    assert sum(int(g.get("data-claims") or 0) for g in groups) == sum(line.count for line in scene.lines)


def test_everything_lies_inside_the_paper(plan: EmbeddedStore) -> None:
    root = parsed(render(draw(plan, "bridge", {}), "svg"))
    width = float(root.get("width") or 0)
    for text in root.find(f".//{SVG}g[@id='nodes']").iter(f"{SVG}tspan"):  # pyright: ignore[reportOptionalMemberAccess] — it is there
        x = float(text.get("x") or 0)
        assert -width / 2 < x < width / 2


def test_hostile_text_is_text(hostile: EmbeddedStore) -> None:
    root = parsed(render(draw(hostile, "bridge", {}), "svg"))
    assert not list(root.iter(f"{SVG}script"))
    assert any("<script>" in text for text in texts(root))


def test_only_what_occurs_is_in_the_legend(plan: EmbeddedStore) -> None:
    root = parsed(render(draw(plan, "bridge", {"counterpart_type": "Park"}), "svg"))
    legend = root.find(f".//{SVG}g[@id='legend']")
    assert legend is not None
    said = " ".join(texts(legend))
    assert "园区" in said and "科研机构" not in said


def test_illustrative_lines_are_dashed_and_told(plan: EmbeddedStore) -> None:
    svg = render_svg(draw(plan, "bridge", {"status": "illustrative"}))
    assert "示例" in svg
    assert 'stroke-dasharray="7 5"' in svg
    assert 'stroke-dasharray="7 5"' not in render_svg(draw(plan, "bridge", {}))


def test_removed_claims_are_told_by_sign_and_dots(revision: EmbeddedStore) -> None:
    svg = render_svg(draw(revision, "changes", {}))
    assert "－ 取消" in svg
    assert 'stroke-dasharray="1.5 4"' in svg


def test_an_empty_answer_is_a_picture_that_says_so(empty: EmbeddedStore) -> None:
    assert "没有符合条件的内容" in render_svg(draw(empty, "bridge", {}))
