"""Tables of a Word document, written as one text: adding cells one by one takes quadratic time."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from markupsafe import Markup

from viz.layout.text import clean
from viz.paper.grid import Cell, Grid, Row

TEXT_WIDTH = 156.0
"""Millimetres between the margins of GB/T 9704—2012 on A4 (5.2.1)."""
ACROSS = 225.0
"""The same of a page that lies on its long side: top and bottom margins (37 and 35 mm) are at its sides."""
LONG = 160
"""Characters of a cell from which its row may go on on the next page: whole, it might be higher than a page."""
SIZE = 10.5
"""五号, in points: what tables in official documents are set in."""
_TWIPS = 56.6929
"""Twentieths of a point a millimetre."""
TWENTIETHS = 20
_PADDING = 19.0
"""Points beside a cell's text: its margins, its borders, and room for a font that is wider than ours."""
GAP = 4.0


@dataclass(frozen=True, slots=True)
class Look:
    """How a line over or under a table looks: points of its text, twentieths of a point of its height."""

    font: str
    size: float
    align: str
    line: int
    before: int
    keep: bool


CAPTION = Look("黑体", SIZE, "center", 400, 80, keep=True)
LEAD = Look("仿宋_GB2312", 9.0, "left", 260, 40, keep=True)
NOTE = Look("仿宋_GB2312", 9.0, "left", 260, 40, keep=False)
_BORDER = '<w:{side} w:val="single" w:sz="{width}" w:space="0" w:color="{colour}"/>'


def text_width_of(*, across: bool) -> float:
    """Millimetres of a line of text, on a page that stands upright or lies on its long side."""
    return ACROSS if across else TEXT_WIDTH


def word_table(grid: Grid, wide: float = TEXT_WIDTH) -> Markup:
    """The table over the text's whole width; its header stands again on every page."""
    points = grid.widths(wide * _TWIPS / TWENTIETHS, size=SIZE, padding=_PADDING)
    widths = [round(one * TWENTIETHS) for one in points]
    rules = "".join(
        _BORDER.format(side=side, width=8 if side in ("top", "bottom") else 4, colour="9AA5B1")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    room = "".join(
        f'<w:{side} w:w="{value}" w:type="dxa"/>'
        for side, value in (("top", 28), ("left", 80), ("bottom", 28), ("right", 80))
    )
    head = _row(Row(tuple(Cell(text, bold=True) for text in grid.head)), widths, header=True)
    rows = "".join(_row(row, widths) for row in grid.rows)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return Markup(
        (_line(grid.lead, LEAD) if grid.lead else "")
        + (_line(grid.caption, CAPTION) if grid.caption else "")
        + f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{rules}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{room}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{head}{rows}</w:tbl>"
        # The next heading keeps off the table.
         + (_line(grid.note, NOTE) if grid.note else _line("", NOTE))
    )


def _line(text: str, look: Look) -> str:
    """A paragraph over or under a table; an empty one is a gap."""
    fonts = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{look.font}"/>'
    size = round((look.size if text else GAP) * 2)
    spacing = f'<w:spacing w:before="{look.before if text else 0}" w:after="0" w:line="{look.line if text else 160}"'
    keep = "<w:keepNext/>" if look.keep else ""
    run = f'<w:rPr>{fonts}<w:sz w:val="{size}"/></w:rPr>'
    said = f'<w:r>{run}<w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r>' if text else ""
    return (
        f'<w:p><w:pPr>{keep}{spacing} w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/>'
        f'<w:jc w:val="{look.align}"/>{run}</w:pPr>{said}</w:p>'
    )


def _row(row: Row, widths: list[int], *, header: bool = False) -> str:
    repeated = "<w:tblHeader/>" if header else ""
    if row.heading:
        cells = _cell(row.cells[0], sum(widths), f'<w:gridSpan w:val="{len(widths)}"/>', keep="<w:keepNext/>")
    else:
        cells = "".join(_cell(cell, width) for cell, width in zip(row.cells, widths, strict=True))
    whole = "" if any(len(cell.text) > LONG for cell in row.cells) else "<w:cantSplit/>"
    return f"<w:tr><w:trPr>{whole}{repeated}</w:trPr>{cells}</w:tr>"


def _cell(cell: Cell, width: int, span: str = "", *, keep: str = "") -> str:
    bold = "<w:b/>" if cell.bold else ""
    colour = f'<w:color w:val="{cell.colour[1:]}"/>'
    size = f'<w:sz w:val="{round(SIZE * 2)}"/>'
    look = (
        f'<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋_GB2312"/>'
        f"{bold}{colour}{size}</w:rPr>"
    )
    spacing = '<w:spacing w:before="0" w:after="0" w:line="300" w:lineRule="exact"/>'
    paragraph = (
        f'<w:pPr>{keep}{spacing}<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/></w:pPr>'
    )
    text = f'<w:r>{look}<w:t xml:space="preserve">{escape(clean(cell.text))}</w:t></w:r>' if cell.text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}<w:vAlign w:val="center"/></w:tcPr>'
        f"<w:p>{paragraph}{text}</w:p></w:tc>"
    )
