"""PPTX: native shapes within the slide, text that doesn't overlap, glued lines, every claim once."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Emu

from graph.backends.embedded import EmbeddedStore
from tests.viz.plans import generated, store_with
from tests.viz.test_layout import draw
from viz.asking import ask
from viz.marks import Box
from viz.render_pptx import draw_pptx
from viz.rendering import render
from viz.scene import Scene

CASES = [
    ("bridge", {"status": "all"}),
    ("network", {"status": "all"}),
    ("tasks", {}),
    ("coverage", {"status": "all"}),
    ("neighbourhood", {"id": "北仑区", "status": "all"}),
]
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@pytest.fixture(scope="session")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    """Sixty units with 120 pairs: more than a slide holds."""
    store = store_with(tmp_path_factory.mktemp("wide"), generated(60, 120))
    yield store
    store.close()


def deck(scene: Scene, **options: Any) -> Any:
    return Presentation(io.BytesIO(draw_pptx(scene, **options)))


def shapes(shape_tree: Any) -> Iterator[Any]:
    """All shapes, those in groups too; our groups do not scale."""
    for shape in shape_tree:
        yield shape
        if shape.shape_type == 6:
            yield from shapes(shape.shapes)


def box_of(shape: Any) -> Box:
    return Box(shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)


def glued(slide: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Each connector with the ids that it is glued to."""
    for line in slide._element.iter(f"{P}cxnSp"):
        start, end = line.find(f".//{A}stCxn"), line.find(f".//{A}endCxn")
        yield line, start, end


def touches(box: Box, x: int, y: int) -> bool:
    """Whether a line's end lies at the shape to which it is glued, to a rounding."""
    return box.left - 9 <= x <= box.right + 9 and box.top - 9 <= y <= box.bottom + 9


def check(presentation: Any) -> None:
    """What holds for every deck of ours."""
    for slide in presentation.slides:
        whole = Box(0, 0, presentation.slide_width, presentation.slide_height)
        texts: list[tuple[str, Box]] = []
        ids = {shape.shape_id: shape for shape in shapes(slide.shapes)}
        for shape in shapes(slide.shapes):
            box = box_of(shape)
            assert box.left >= whole.left, shape.name
            assert box.top >= whole.top, shape.name
            assert box.right <= whole.right + 1, shape.name
            assert box.bottom <= whole.bottom + 1, shape.name
            if shape.has_text_frame and shape.text_frame.text.strip():
                texts.append((shape.text_frame.text, box))
            if getattr(shape, "has_table", False) and shape.has_table:
                texts.append(("table", box))
        slack = Emu(6350)
        for (a, first), (b, second) in combinations(texts, 2):
            smaller = Box(first.left + slack, first.top + slack, first.right - slack, first.bottom - slack)
            assert not smaller.meets(second), (a, b)
        lines = {shape.shape_id: shape for shape in slide.shapes if shape.shape_type == MSO_SHAPE_TYPE.LINE}
        for xml, start, end in glued(slide):
            line = lines[int(xml.find(f".//{P}cNvPr").get("id"))]
            assert touches(box_of(ids[int(start.get("id"))]), line.begin_x, line.begin_y), line.name
            assert touches(box_of(ids[int(end.get("id"))]), line.end_x, line.end_y), line.name
        sizes = [int(run.get("sz")) for run in slide._element.iter(f"{A}rPr") if run.get("sz")]
        texts_of = [t for t in slide._element.iter(f"{A}t") if t.text]
        assert texts_of
        assert min(sizes) >= 900
        assert slide.notes_slide.notes_text_frame.text.strip()


@pytest.mark.parametrize("ratio", ["16:9", "4:3"])
@pytest.mark.parametrize(("view", "given"), CASES)
def test_shapes_lie_within_and_apart(
    plan: EmbeddedStore, view: str, given: dict[str, Any], ratio: str
) -> None:
    check(deck(draw(plan, view, given), ratio=ratio))


def test_changes_are_signed(revision: EmbeddedStore) -> None:
    found = deck(draw(revision, "changes", {}))
    check(found)
    words = " ".join(s.text_frame.text for s in shapes(found.slides[0].shapes) if s.has_text_frame)
    assert "取消" in words
    assert "新增" in words


@pytest.mark.parametrize("view", ["bridge", "network"])
def test_a_large_picture_goes_on_and_draws_every_claim_once(wide: EmbeddedStore, view: str) -> None:
    scene = draw(wide, view, {})
    found = deck(scene)
    check(found)
    assert len(found.slides) > 1
    assert "续" not in found.slides[0].shapes.title.text_frame.text
    assert all("续" in slide.shapes.title.text_frame.text for slide in list(found.slides)[1:])
    drawn = pairs_of(found)
    assert len(drawn) == len(scene.lines) == 120
    assert len(set(drawn)) == 120


def pairs_of(presentation: Any) -> list[tuple[str, str]]:
    """The pairs as the shapes at both ends of each line tell them."""
    found: list[tuple[str, str]] = []
    for slide in presentation.slides:
        ids = {shape.shape_id: shape.name for shape in shapes(slide.shapes)}
        found += [(ids[int(a.get("id"))], ids[int(b.get("id"))]) for _, a, b in glued(slide)]
    return found


def test_pairs_read_back_from_the_shapes_are_those_of_the_query(plan: EmbeddedStore) -> None:
    items = ask(plan, "pairs", {"status": "all"}).items
    asked = {(i["unit"]["name"], i["counterpart"]["name"]) for i in items}
    assert set(pairs_of(deck(draw(plan, "bridge", {"status": "all"})))) == asked


@pytest.mark.parametrize(("view", "given"), CASES)
def test_files_are_valid_equal_and_say_how_they_were_made(
    plan: EmbeddedStore, tmp_path: Path, view: str, given: dict[str, Any]
) -> None:
    scene = draw(plan, view, given)
    data = render(scene, "pptx")
    assert data == render(scene, "pptx")
    path = tmp_path / "view.pptx"
    path.write_bytes(data)
    result = OpenXmlValidator().validate(str(path))
    assert result.is_valid, [str(e) for e in result.errors][:5]
    properties = Presentation(io.BytesIO(data)).core_properties
    assert f"coopgraph view {view}" in properties.comments
    assert properties.author == "coopgraph"


def test_the_matrix_is_a_native_table_and_the_states_a_native_chart(plan: EmbeddedStore) -> None:
    found = deck(draw(plan, "coverage", {}))
    kinds = [(s.has_table, s.has_chart) for slide in found.slides for s in slide.shapes]
    assert (True, False) in kinds
    assert (False, True) in kinds
    units = [
        row.cells[0].text
        for slide in found.slides
        for s in slide.shapes
        if s.has_table
        for row in list(s.table.rows)[1:]
        if not row.cells[0].is_merge_origin
    ]
    assert len(units) == len(set(units)) == 15


@pytest.mark.parametrize("view", ["bridge", "network", "coverage", "tasks", "changes", "neighbourhood"])
def test_an_empty_answer_makes_a_slide_that_says_so(empty: EmbeddedStore, view: str) -> None:
    found = deck(draw(empty, view, {}))
    check(found)
    assert len(found.slides) == 1
    assert any("没有符合条件的内容" in s.text_frame.text for s in found.slides[0].shapes if s.has_text_frame)


def test_hostile_names_are_text_and_no_path_is_inside(hostile: EmbeddedStore, tmp_path: Path) -> None:
    data = draw_pptx(draw(hostile, "bridge", {}))
    found = Presentation(io.BytesIO(data))
    check(found)
    said = "".join(s.text_frame.text for s in shapes(found.slides[0].shapes) if s.has_text_frame)
    said = said.replace("\n", "")
    assert "<script>alert(1)</script>" in said
    path = tmp_path / "hostile.pptx"
    path.write_bytes(data)
    assert OpenXmlValidator().validate(str(path)).is_valid
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert not re.search(rb"/home/|/root|/tmp|\\\\Users", content, re.IGNORECASE), name
