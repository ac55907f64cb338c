"""The coverage matrix as native tables, and its states as a native chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.dml import MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from graph.vocabulary import ILLUSTRATIVE_MARK, STATES, State, Text
from viz.layout.text import clean
from viz.marks import Box
from viz.matrix import NOT_ASKED, DrawnCell, matrix_rows, state_keys
from viz.palette import PALETTE
from viz.paper.deck import MARGIN, Deck
from viz.paper.grid import Cell, Grid, Row, grid_pages
from viz.paper.grid_slides import with_cut
from viz.paper.pages import continued
from viz.paper.shapes import Canvas, Ink
from viz.paper.slides import Frame, notes_of, title_of
from viz.paper.splitting import Area
from viz.scene import Scene
from viz.words import WORDS

CHART_TITLE = Text("各类对口对象的覆盖情况（单位数）", "Units by coverage state and kind of counterpart")
INK = PALETTE.ink[1:]
HATCHES = {
    State.STATED_NONE: MSO_PATTERN.LIGHT_VERTICAL,
    State.BLANK: MSO_PATTERN.PERCENT_10,
    State.UNREADABLE: MSO_PATTERN.LIGHT_UPWARD_DIAGONAL,
    State.NOT_MENTIONED: MSO_PATTERN.LIGHT_HORIZONTAL,
}
"""Like the states' signs: ○ ◌ ▨ –."""
NAMES = 3
"""Partners named in a cell; the rest are counted."""


def cell_words(cell: DrawnCell, names: Sequence[str], lang: str) -> str:
    """Sign, word, count, and the first partners."""
    if cell.state is not State.COVERED:
        return f"{cell.sign} {cell.word}"
    shown = WORDS["and"](lang).join(clean(name) for name in names[:NAMES])
    rest = len(names) - NAMES
    more = WORDS["more"](lang).format(n=rest) if rest > 0 else ""
    return f"{cell.sign} {cell.count}　{shown}" + (WORDS["semicolon"](lang) + more if more else "")


def coverage_grid(scene: Scene) -> Grid:
    """The matrix as a table, groups under their headings."""
    assert scene.matrix is not None
    columns = [value for value, _ in scene.matrix.columns]
    names = {(row.id, c): row.cells.get(c, NOT_ASKED).names for row in scene.matrix.rows for c in columns}
    rows: list[Row] = []
    for group in matrix_rows(scene, None):
        if group.name:
            rows.append(Row((Cell(group.name, "#55626E"),), heading=True))
        for row in group.rows:
            cells = [
                Cell(cell_words(cell, names[row.id, c], scene.lang), STATES[cell.state].colour)
                for cell, c in zip(row.cells, columns, strict=True)
            ]
            rows.append(Row((Cell(row.name, bold=True), *cells)))
    head = (WORDS["unit"](scene.lang), *(label(scene.lang) for _, label in scene.matrix.columns))
    return Grid(WORDS["coverage"](scene.lang), head, tuple(rows))


def _keys(scene: Scene, canvas: Canvas, frame: Frame, y: float) -> str:
    words = "    ".join(f"{key.sign} {key.label} {key.count}" for key in state_keys(scene))
    box = Box(MARGIN, y, MARGIN + frame.width, y + 12)
    return canvas.text([words], box, Ink(9, "#55626E"), name=frame.say("legend"))


def add_coverage(deck: Deck, scene: Scene) -> None:
    """Slides of the matrix, split by rows, and one with the states as a chart."""
    frame = Frame(deck, scene)
    room = Area(frame.area.width, frame.area.height - 18)
    tables = grid_pages(coverage_grid(scene), room, MARGIN, frame.top)
    for number, table in enumerate(tables, 1):

        def draw(first: int, xml: str = table.xml) -> Sequence[str]:
            canvas = Canvas(first, scene.lang)
            shown = xml.replace('id="{id}"', f'id="{canvas.new_id()}"', 1)
            return [shown, _keys(scene, canvas, frame, frame.bottom - 8), *frame.draw(canvas)]

        name = continued(scene.caption.title, number, len(tables), scene.lang)
        notes = with_cut(notes_of(scene), table, scene.lang)
        deck.add_slide(title_of(scene, frame.width, name), draw, notes=notes)
    _add_chart(deck, scene, frame)


def _add_chart(deck: Deck, scene: Scene, frame: Frame) -> None:
    """A stacked bar a kind of counterpart, with how many units are in which state."""
    assert scene.matrix is not None
    columns = [value for value, _ in scene.matrix.columns]
    counts = {c: Counter(row.cells.get(c, NOT_ASKED).state for row in scene.matrix.rows) for c in columns}
    data = CategoryChartData()
    data.categories = [label(scene.lang) for _, label in scene.matrix.columns]
    states = [key.state for key in state_keys(scene)]
    for state in states:
        name = f"{STATES[state].sign} {STATES[state].label(scene.lang)}"
        data.add_series(name, [counts[c][state] or None for c in columns])
    mark = f"（{ILLUSTRATIVE_MARK}）" if scene.caption.illustrative else ""
    slide: Any = deck.add_slide(
        CHART_TITLE(scene.lang) + mark,
        lambda first: frame.draw(Canvas(first, scene.lang)),
        notes=notes_of(scene),
    )
    kind = XL_CHART_TYPE.BAR_STACKED
    place = (Pt(MARGIN), Pt(frame.top), Pt(frame.width), Pt(frame.bottom - frame.top))
    chart: Any = slide.shapes.add_chart(kind, *place, data).chart
    for axis in chart._chartSpace.xpath(
        "//c:axId | //c:crossAx"
    ):  # the library's ids are below zero: not allowed
        axis.set("val", axis.get("val").lstrip("-"))
    _dress(chart, states)


def _dress(chart: Any, states: Sequence[State]) -> None:
    chart.has_legend, chart.has_title = True, False
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.font.size = Pt(12)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap, plot.has_data_labels = 60, 100, True
    plot.data_labels.font.size = Pt(11)
    chart.category_axis.reverse_order = True
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    for series, state in zip(plot.series, states, strict=True):
        _hatch(series, state)


def _on_white(labels: Any) -> None:
    """Numbers on a ground of their own, so that no hatch runs through them."""
    ground = parse_xml(
        f'<c:spPr {nsdecls("c", "a")}><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></c:spPr>'
    )
    labels._element.insert_element_before(ground, "c:txPr", "c:dLblPos", "c:showLegendKey", "c:showVal")


def _hatch(series: Any, state: State) -> None:
    """The state's colour, as a hatch for all but one, so that a print without colours tells them apart."""
    colour, fill, labels = (
        RGBColor.from_string(STATES[state].colour[1:]),
        series.format.fill,
        series.data_labels,
    )
    labels.show_value = True
    labels.font.size, labels.font.bold = Pt(11), True
    labels.font.color.rgb = RGBColor(255, 255, 255) if state is State.COVERED else RGBColor.from_string(INK)
    if state is State.COVERED:
        fill.solid()
        fill.fore_color.rgb = colour
        return
    fill.patterned()
    fill.pattern = HATCHES[state]
    fill.fore_color.rgb, fill.back_color.rgb = colour, RGBColor(255, 255, 255)
    _on_white(labels)
    series.format.line.color.rgb = colour
