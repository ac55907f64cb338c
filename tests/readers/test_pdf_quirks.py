"""PDF pages as offices make them, drawn line by line: rows cut by a page's end, pages and cells that are turned."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.layouts.pdf import FONT
from tests.layouts.spans import text_rows
from tests.readers.files import read_one

PORTRAIT = (595.0, 842.0)
WIDTHS = (60, 200, 220)
HEADER = [["序号"], ["任务"], ["单位"]]
PLAN = [HEADER, [["1"], ["建立合作机制"], ["市经信局"]], [["2"], ["加强科技飞地建设"], ["市科技局"]]]
READ = [["序号", "任务", "单位"], ["1", "建立合作机制", "市经信局"], ["2", "加强科技飞地建设", "市科技局"]]
Rows = Sequence[Sequence[Sequence[str]]]


def drawn(*pages: Callable[[Canvas], None]) -> list[list[list[str]]]:
    """The tables that are read from a PDF of these pages."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=PORTRAIT)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return [text_rows(table) for table in read_one(buffer.getvalue(), "a.pdf").tables]


def ruled(canvas: Canvas, rows: Rows, top: float) -> None:
    """A table of rows of cells of lines, ruled on all sides."""
    edges = [50 + sum(WIDTHS[:at]) for at in range(len(WIDTHS) + 1)]
    heights = [top]
    canvas.setFont(FONT, 11)
    for row in rows:
        for left, lines in zip(edges, row, strict=False):
            for at, line in enumerate(lines, 1):
                canvas.drawString(left + 4, heights[-1] - 16 * at, line)
        heights.append(heights[-1] - 16 * max(map(len, row)) - 8)
    for height in heights:
        canvas.line(edges[0], height, edges[-1], height)
    for edge in edges:
        canvas.line(edge, heights[0], edge, heights[-1])


@pytest.mark.parametrize("repeated", (False, True), ids=("header once", "header again"))
def test_row_cut_by_the_end_of_a_page_is_one_row(repeated: bool) -> None:
    """The last lines above the break are full, so what stands below, without a number, goes on."""
    first = [
        ["2"],
        ["加强科技飞地建设推动成果转化完善考", "核办法和激励机制建立收益共享与风险"],
        ["市科技局"],
    ]
    rest = [[""], ["分担机制"], [""]]
    below = [rest, [["3"], ["开展招商"], ["市商务局"]]]
    (table,) = drawn(
        lambda canvas: ruled(canvas, [HEADER, PLAN[1], first], 220),
        lambda canvas: ruled(canvas, [HEADER, *below] if repeated else below, 790),
    )
    whole = "加强科技飞地建设推动成果转化完善考核办法和激励机制建立收益共享与风险分担机制"
    assert table == [READ[0], READ[1], ["2", whole, "市科技局"], ["3", "开展招商", "市商务局"]]


def sideways(canvas: Canvas, rotate: int, *, told: bool) -> None:
    """A wide table on an upright page: turned by the viewer where the file says so, else by the reader's neck."""
    width, height = PORTRAIT
    if told:
        canvas.setPageRotation(rotate)
    canvas.translate(*((width, 0) if rotate == 90 else (0, height)))
    canvas.rotate(90 if rotate == 90 else -90)
    ruled(canvas, PLAN, 500)


@pytest.mark.parametrize("told", (True, False), ids=("told", "untold"))
@pytest.mark.parametrize("rotate", (90, 270))
def test_turned_page(rotate: int, told: bool) -> None:
    assert drawn(lambda canvas: sideways(canvas, rotate, told=told)) == [READ]


@pytest.mark.parametrize("turn", (90, -90), ids=("up", "down"))
def test_cell_whose_text_is_turned(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        ruled(canvas, [HEADER, [["", "", "", "", "", ""], ["建立合作机制"], ["市经信局"]]], 700)
        canvas.translate(80, 600 if turn == 90 else 660)
        canvas.rotate(turn)
        canvas.setFont(FONT, 11)
        canvas.drawString(0, 0, "第一组")

    assert drawn(draw) == [[READ[0], ["第一组", "建立合作机制", "市经信局"]]]
