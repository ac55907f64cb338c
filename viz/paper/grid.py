"""Native tables of a slide, dealt out by rows to as many slides as they take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from viz.layout.text import ELLIPSIS, clean, wrap
from viz.marks import Box
from viz.palette import PALETTE
from viz.paper.shapes import EMU, Ink, runs_xml
from viz.paper.splitting import Area
from viz.paper.theme import SOFT, colour_xml
from viz.paper.widths import fitted

SIZE = 10.5
"""Points of a table's text."""
LEADING = 15.5
PADDING = 3.0
SIDE = 5.0
MOST_LINES = 9
"""Lines of a cell that are shown; a longer text, which no office writes, goes on in the slide's notes."""
RULE = "#DEDAD0"


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    colour: str = PALETTE.ink
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; a `heading` fills it as one cell."""

    cells: tuple[Cell, ...]
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its header; on paper with a `lead` and a `caption` over it, and a `note` under it."""

    name: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    lead: str = ""
    caption: str = ""
    note: str = ""

    def widths(self, room: float, *, size: float, padding: float) -> list[float]:
        """Points of each column, `room` together."""
        texts = [[cell.text for cell in row.cells] for row in self.rows if not row.heading]
        return fitted(self.head, texts, room, size=size, padding=padding)


@dataclass(frozen=True, slots=True)
class _Laid:
    """A row with the texts that it shows, and how high it is."""

    texts: tuple[str, ...]
    row: Row
    height: float


def _laid(row: Row, widths: Sequence[float]) -> _Laid:
    room = [sum(widths)] if row.heading else widths
    wrapped = [
        wrap(cell.text, width - 2 * SIDE - SIZE, lines=MOST_LINES, size=SIZE) if cell.text else [""]
        for cell, width in zip(row.cells, room, strict=False)
    ]
    texts = tuple(_whole(cell.text, lines) for cell, lines in zip(row.cells, wrapped, strict=False))
    return _Laid(texts, row, max(map(len, wrapped)) * LEADING + 2 * PADDING)


def _whole(text: str, lines: Sequence[str]) -> str:
    """The text as one, however it was wrapped to measure it: a line broken here would break twice where a font is
    wider. Cut where it takes too many lines."""
    cut = len(lines) == MOST_LINES and lines[-1].endswith(ELLIPSIS)
    return "".join(lines) if cut else clean(text)


def _pages(rows: Sequence[_Laid], room: float) -> Iterator[list[_Laid]]:
    """Rows by page; a heading goes with the row under it, and stands again where its group goes on."""
    page: list[_Laid] = []
    used = 0.0
    heading: _Laid | None = None
    for i, row in enumerate(rows):
        following = rows[i + 1].height if row.row.heading and i + 1 < len(rows) else 0.0
        if page and used + row.height + following > room:
            yield page
            page = [heading] if heading and not row.row.heading else []
            used = sum(r.height for r in page)
        if row.row.heading:
            heading = row
        page.append(row)
        used += row.height
    if page:
        yield page


def _even_pages(rows: Sequence[_Laid], room: float) -> list[list[_Laid]]:
    """No more pages than are needed, about as full one as another: none holds a last row alone."""
    pages = list(_pages(rows, room))
    low, high = room / 2, room
    for _ in range(6):
        middle = (low + high) / 2
        tried = list(_pages(rows, middle))
        low, high = (low, middle) if len(tried) == len(pages) else (middle, high)
    return list(_pages(rows, high))


@dataclass(frozen=True, slots=True)
class GridPage:
    """A page's part of a table as XML, and the texts that it cuts, whole: for the notes."""

    xml: str
    cut: tuple[str, ...]


def grid_pages(grid: Grid, area: Area, left: float, top: float) -> list[GridPage]:
    """The table by pages, `left` and `top` in points; each repeats the header."""
    widths = grid.widths(area.width, size=SIZE, padding=2 * SIDE + SIZE)
    head = _laid(Row(tuple(Cell(text, SOFT) for text in grid.head)), widths)
    laid = [_laid(row, widths) for row in grid.rows]
    return [
        GridPage(_frame(grid.name, [head, *page], widths, Box(left, top, left + area.width, top)), _cut(page))
        for page in _even_pages(laid, area.height - head.height)
    ]


def _cut(rows: Sequence[_Laid]) -> tuple[str, ...]:
    """Each text that ends in an ellipsis on the page, once."""
    cells = ((text, cell) for laid in rows for text, cell in zip(laid.texts, laid.row.cells, strict=False))
    return tuple(dict.fromkeys(whole for text, cell in cells if (whole := clean(cell.text)) != text))


def _frame(name: str, rows: Sequence[_Laid], widths: Sequence[float], at: Box) -> str:
    columns = "".join(f'<a:gridCol w="{round(width * EMU)}"/>' for width in widths)
    height = sum(row.height for row in rows)
    body = "".join(_row(row, len(widths), first=i == 0) for i, row in enumerate(rows))
    place = f'<a:off x="{round(at.left * EMU)}" y="{round(at.top * EMU)}"/>'
    size = f'<a:ext cx="{round((at.right - at.left) * EMU)}" cy="{round(height * EMU)}"/>'
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{{id}}" name={quoteattr(name)}/><p:cNvGraphicFramePr>'
        '<a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f"<p:xfrm>{place}{size}</p:xfrm><a:graphic><a:graphicData "
        'uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl><a:tblPr firstRow="1"/>'
        f"<a:tblGrid>{columns}</a:tblGrid>{body}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def _row(laid: _Laid, columns: int, *, first: bool) -> str:
    cells: list[str] = []
    for text, cell in zip(laid.texts, laid.row.cells, strict=False):
        span = f' gridSpan="{columns}"' if laid.row.heading and columns > 1 else ""
        cells.append(_cell(text, cell, span, first))
    missing = columns - len(cells)
    merged = ' hMerge="1"' if laid.row.heading else ""
    cells += [_cell("", Cell(""), merged, first)] * missing
    return f'<a:tr h="{round(laid.height * EMU)}">{"".join(cells)}</a:tr>'


def _cell(text: str, cell: Cell, span: str, first: bool) -> str:
    ink = Ink(SIZE, cell.colour, cell.bold)
    inner = runs_xml(text, ink) if text else ""
    rule = f'<a:ln{{side}} w="{EMU if first else EMU // 2}">{colour_xml(PALETTE.ink if first else RULE)}</a:ln{{side}}>'
    none = "".join(f'<a:ln{side} w="0"><a:noFill/></a:ln{side}>' for side in "LRT")
    side, down = round(SIDE * EMU), round(PADDING * EMU)
    margins = f'marL="{side}" marR="{side}" marT="{down}" marB="{down}"'
    return (
        f"<a:tc{span}><a:txBody><a:bodyPr/><a:lstStyle/><a:p>{inner}"
        f'<a:endParaRPr lang="zh-CN" sz="{round(SIZE * 100)}"/></a:p></a:txBody>'
        f'<a:tcPr {margins} anchor="ctr">{none}{rule.format(side="B")}<a:noFill/></a:tcPr></a:tc>'
    )
