"""DOCX: the paper of a view under GB/T 9704, tables that read back, pictures with words, and users' own templates."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from openxml_audit import OpenXmlValidator
from pptx import Presentation

from graph.backends.embedded import EmbeddedStore
from graph.errors import UsageError
from tests.paper.test_pptx import CASES
from tests.parts import require_part
from tests.viz.test_layout import draw
from viz.asking import ask
from viz.paper.fonts import find_chinese_font
from viz.paper.making import command_of
from viz.paper.word_template import default_template
from viz.rendering import render


@pytest.fixture(autouse=True)
def font() -> None:
    require_part(find_chinese_font(), "needs a Chinese font")


def opened(data: bytes) -> Any:
    return Document(io.BytesIO(data))


def checked(data: bytes, folder: Path) -> Any:
    path = folder / "paper.docx"
    path.write_bytes(data)
    result = OpenXmlValidator().validate(str(path))
    assert result.is_valid, [str(e) for e in result.errors][:5]
    return opened(data)


def test_sizes_and_margins_are_those_of_official_documents(plan: EmbeddedStore) -> None:
    paper = opened(render(draw(plan, "coverage", {}), "docx"))
    page = paper.sections[0]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(m.mm) for m in margins] == [37, 35, 28, 26]
    assert round(page.page_width / Mm(1)) == 210
    title, body = paper.paragraphs[0], paper.styles["coopgraph 正文"]
    assert title.style.font.size == Pt(22)
    assert body.font.size == Pt(16)
    assert body.paragraph_format.line_spacing == Pt(28)


@pytest.mark.parametrize(("view", "given"), CASES)
def test_files_are_valid_and_equal(
    plan: EmbeddedStore, tmp_path: Path, view: str, given: dict[str, Any]
) -> None:
    scene = draw(plan, view, given)
    data = render(scene, "docx")
    if view in ("tasks", "coverage"):
        assert data == render(scene, "docx")
    paper = checked(data, tmp_path)
    assert f"coopgraph view {view}" in paper.core_properties.comments
    assert "{" not in "".join(p.text for p in paper.paragraphs)
    pictures = paper.element.body.xpath(".//wp:docPr")
    assert bool(pictures) == (view != "coverage")
    assert all(scene.caption.title in picture.get("descr") for picture in pictures)


def test_pairs_read_back_from_the_table_are_those_of_the_query(plan: EmbeddedStore) -> None:
    table = opened(render(draw(plan, "bridge", {"status": "all"}), "docx")).tables[0]
    read = {(row.cells[0].text, row.cells[2].text) for row in table.rows[1:]}
    items = ask(plan, "pairs", {"status": "all"}).items
    assert read == {(i["unit"]["name"], i["counterpart"]["name"]) for i in items}


@pytest.mark.parametrize("view", ["bridge", "network", "coverage", "tasks", "changes", "neighbourhood"])
def test_an_empty_answer_is_said(empty: EmbeddedStore, view: str) -> None:
    paper = opened(render(draw(empty, view, {}), "docx"))
    assert "没有符合条件的内容" in "".join(p.text for p in paper.paragraphs)


def test_hostile_names_stay_text(hostile: EmbeddedStore, tmp_path: Path) -> None:
    paper = checked(render(draw(hostile, "bridge", {}), "docx"), tmp_path)
    cells = [cell.text for cell in paper.tables[0].columns[2].cells]
    assert any(cell.startswith("<script>alert(1)</script>&") for cell in cells)
    assert any(cell.startswith("=1+1") for cell in cells)


def template(*texts: str) -> bytes:
    paper = Document()
    for text in texts:
        paper.add_paragraph(text)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def test_a_user_s_template_is_filled(plan: EmbeddedStore) -> None:
    own = template(
        "我局文件", "{{ title }}", "{%p for section in sections %}", "{{ section.heading }}", "{%p endfor %}"
    )
    said = [p.text for p in opened(render(draw(plan, "coverage", {}), "docx", template=own)).paragraphs]
    assert said[0] == "我局文件"
    assert "对口覆盖情况" in said[1]


@pytest.mark.parametrize(
    ("own", "complaint"),
    [
        (b"no document", "模板"),
        (template("{{ title }}"), "缺少标记"),
        (template("{{ title }}", "{{ secret }}", "{{ sections }}"), "secret"),
        (template("{{ title", "{{ sections }}"), "标记写得不对"),
        (template("{{ title }}{{ sections.__class__.__mro__[1].__subclasses__() }}"), "模板"),
    ],
)
def test_a_wrong_template_gets_a_clear_word(plan: EmbeddedStore, own: bytes, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        render(draw(plan, "coverage", {}), "docx", template=own)


def test_our_own_template_is_free_of_findings(tmp_path: Path) -> None:
    path = tmp_path / "template.docx"
    path.write_bytes(default_template())
    assert OpenXmlValidator().validate(str(path)).is_valid


def test_the_command_is_whole_and_not_stretched(plan: EmbeddedStore) -> None:
    """However long the filters are: 255 characters are what a library takes, not what a file holds."""
    scene = draw(plan, "bridge", {})
    query = f"programme={'沪甬产业合作' * 60}&status=all"
    scene = replace(scene, caption=replace(scene.caption, query=query))
    found: Any = opened(render(scene, "docx"))
    assert command_of(scene) in found.core_properties.comments
    assert command_of(scene) in Presentation(io.BytesIO(render(scene, "pptx"))).core_properties.comments
    told = [p for p in found.paragraphs if command_of(scene) in p.text]
    assert [p.alignment for p in told] == [WD_ALIGN_PARAGRAPH.LEFT]


def test_a_picture_in_columns_begins_on_the_first_page(plan: EmbeddedStore) -> None:
    """Too high for what the summary leaves of the page, it goes on; a page-high one would leave the page empty."""
    found: Any = opened(render(draw(plan, "bridge", {"status": "all"}), "docx"))
    heights = [shape.height.pt for shape in found.inline_shapes]
    assert heights[0] + 28 * 5 < 638
    assert all(height <= 571 for height in heights)
