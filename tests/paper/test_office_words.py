"""What an office expects of a briefing: numbered figures and tables, pages numbered at their outer side, long texts
whole at the end, columns that break no word, workbooks that print on one page's width."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from openpyxl import load_workbook

from graph.backends.embedded import EmbeddedStore
from graph.tabular import workbook_bytes
from tests.parts import require_part
from viz.briefing import BriefingParameters, gather
from viz.briefing_annex import annex
from viz.briefing_paper import paper_of
from viz.layout.text import clean, text_width
from viz.paper.fonts import find_chinese_font
from viz.paper.grid import Cell, Grid, Row
from viz.paper.grid_slides import with_cut
from viz.paper.splitting import Area
from viz.paper.widths import fitted
from viz.paper.word import write_paper

SHORTENED = re.compile(r"^(.*)…〔共\d+字，全文见文末第(\d+)条〕$", re.DOTALL)


@pytest.fixture(autouse=True)
def font() -> None:
    require_part(find_chinese_font(), "needs a Chinese font")


def papers(store: EmbeddedStore, **given: Any) -> Any:
    brief = gather(
        store, BriefingParameters.model_validate({"as_of": "2026-01-01", "status": "all", **given})
    )
    return brief, Document(io.BytesIO(write_paper(paper_of(brief, "coopgraph briefing"))))


def test_figures_and_tables_are_numbered_through_and_pages_at_their_outer_side(
    revision: EmbeddedStore,
) -> None:
    _, paper = papers(revision, since="doc:甬政办发〔2019〕32号")
    said = [p.text for p in paper.paragraphs]
    figures = dict.fromkeys(int(m[1]) for text in said if (m := re.match(r"图(\d+) ", text)))
    tables = [int(m[1]) for text in said if (m := re.match(r"表(\d+) ", text))]
    assert list(figures) == list(range(1, len(figures) + 1))
    assert tables == list(range(1, len(tables) + 1))
    assert len(figures) == 2  # pairs and changes
    assert len(tables) == 4  # pairs, coverage, gaps, changes
    page = paper.sections[0]
    assert paper.settings.odd_and_even_pages_header_footer
    sides = [footer.paragraphs[0].alignment for footer in (page.footer, page.even_page_footer)]
    assert sides == [WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT]


def test_what_changed_stands_as_a_list_whose_rows_are_those_of_the_picture(revision: EmbeddedStore) -> None:
    brief, paper = papers(revision, since="doc:甬政办发〔2019〕32号")
    scene = brief.scene("changes")
    changed = [line for line in scene.lines if line.change not in ("", "kept")]
    table = next(t for t in paper.tables if t.rows[0].cells[0].text == "变化")
    assert len(table.rows) - 1 == len(changed) > 0
    names = {node.id: node.name for node in scene.nodes}
    told = {(row.cells[1].text, row.cells[3].text) for row in table.rows[1:]}
    assert told == {(names[line.source], names[line.target]) for line in changed}


def test_long_names_stand_once_and_whole_and_pairs_read_back(hostile: EmbeddedStore) -> None:
    brief, paper = papers(hostile)
    whole = {row.cells[0].text: row.cells[1].text for row in paper.tables[-1].rows[1:]}
    assert [len(text) for text in whole.values()] == [5004]

    def read(text: str) -> str:
        found = SHORTENED.match(text)
        return whole[found[2]] if found else text

    pairs = {(row.cells[0].text, read(row.cells[2].text)) for row in paper.tables[0].rows[1:]}
    assert pairs == {(p["unit"]["name"], clean(p["counterpart"]["name"])) for p in brief.pairs}
    assert all(
        len(cell.text) < 700 for table in paper.tables[:-1] for row in table.rows for cell in row.cells
    )


def test_figures_of_the_summary_add_up(examples: EmbeddedStore) -> None:
    brief, _ = papers(examples)
    gaps = next(text for text in brief.summary if text.startswith("已知缺口"))
    kinds, states = gaps.split("按情形分，")
    assert sum(map(int, re.findall(r"(\d+)处", kinds.partition("：")[2]))) == len(brief.gaps)
    assert sum(map(int, re.findall(r"(\d+)处", states.partition("；")[0]))) == len(brief.gaps)
    english = gather(examples, BriefingParameters(as_of="2026-01-01", status="all", lang="en")).summary
    assert f"{len(brief.pairs)} pairs between" in english[0]
    assert f"{len(brief.gaps)} gaps are known" in english[2]
    one = gather(examples, BriefingParameters(as_of="2026-01-01", status="all", unit="象山县")).summary
    assert any("缺对口园区（文件写明无）" in text for text in one)


def test_columns_break_no_word_and_fill_the_room() -> None:
    head = ("Unit", "Kind", "Counterpart", "Relation", "Evidence")
    rows = [
        ("宁波市", "Enterprise", "上海电气集团股份有限公司" * 3, "对口联系", "table 1, row 3, column 5; " * 9)
    ] * 3
    widths = fitted(head, rows, 442.0, size=10.5, padding=19.0)
    assert sum(widths) == pytest.approx(442.0)
    assert widths[1] >= text_width("Enterprise", 10.5) + 19.0
    assert widths[3] >= text_width("对口联系", 10.5) + 19.0
    assert min(fitted(("长" * 30,) * 20, [], 100.0, size=10.5, padding=19.0)) > 0


def test_what_a_slide_cuts_stands_in_its_notes() -> None:
    from viz.paper.grid import grid_pages

    grid = Grid("表", ("单位", "说明"), (Row((Cell("甲区"), Cell("长" * 5000))),))
    (page,) = grid_pages(grid, Area(600, 400), 0, 0)
    assert with_cut("来源", page, "zh") == "来源\n全文：" + "长" * 5000


def test_the_annex_says_what_it_is_and_prints_on_the_width_of_a_page(
    examples: EmbeddedStore, hostile: EmbeddedStore, empty: EmbeddedStore
) -> None:
    brief, _ = papers(examples)
    book: Any = load_workbook(io.BytesIO(annex(brief, "coopgraph briefing")))
    about = [str(row[0]) for row in book["说明"].iter_rows(values_only=True)]
    assert about[0].endswith("（示例）")
    assert set(brief.summary) < set(about)
    assert f"对口清单（{len(brief.pairs)}行）" in "".join(about)
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.title == "说明" or sheet.print_title_rows == "$1:$1"
    heights = [
        row.height or 0
        for sheet in load_workbook(io.BytesIO(annex(papers(hostile)[0], "x"))).worksheets
        for row in sheet.row_dimensions.values()
    ]
    assert max(heights) < 300  # points: less than a page
    nothing: Any = load_workbook(io.BytesIO(annex(papers(empty)[0], "x")))
    assert nothing.sheetnames == ["说明"]
    assert "没有符合条件的内容" in "".join(str(c.value) for row in nothing["说明"].iter_rows() for c in row)


def test_workbooks_of_answers_print_on_the_width_of_a_page() -> None:
    data = workbook_bytes("对口", [("对口", ["单位", "原文"], [["甲区", "长" * 5000]])])
    sheet: Any = load_workbook(io.BytesIO(data)).active
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.row_dimensions[2].height == 300
    assert sheet["B2"].value == "长" * 5000
