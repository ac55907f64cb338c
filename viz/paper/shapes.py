"""DrawingML by hand: a slide's shapes are written as one text and parsed once, since adding shapes to groups one
by one takes quadratic time. Lengths are in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from graph.vocabulary import TYPES, EntityType
from viz.layout.text import clean
from viz.marks import Box, Point
from viz.paper.theme import colour_xml

EMU = 12_700
"""English Metric Units a point."""
_PRESETS = {
    "dot": ("ellipse", -1.0, -1.0, 1.0, 1.0),
    "ring": ("ellipse", -0.9, -0.9, 0.9, 0.9),
    "ellipse": ("ellipse", -1.3, -0.85, 1.3, 0.85),
    "square": ("rect", -0.88, -0.88, 0.88, 0.88),
    "diamond": ("diamond", -1.2, -1.2, 1.2, 1.2),
    "hexagon": ("hexagon", -1.1, -0.96, 1.1, 0.96),
    "triangle": ("triangle", -1.15, -1.15, 1.15, 0.9),
    "triangleDown": ("flowChartMerge", -1.15, -0.9, 1.15, 1.15),
    "star": ("star5", -1.35, -1.35, 1.35, 1.1),
    "box": ("roundRect", -1.4, -0.9, 1.4, 0.9),
}
"""Mark → preset shape and its box for radius 1, y downwards."""
_SITES: dict[str, dict[int, Point]] = {
    "ellipse": {0: (0.5, 0), 2: (0, 0.5), 4: (0.5, 1), 6: (1, 0.5)},
    "rect": {0: (0.5, 0), 1: (0, 0.5), 2: (0.5, 1), 3: (1, 0.5)},
    "roundRect": {0: (0.5, 0), 1: (0, 0.5), 2: (0.5, 1), 3: (1, 0.5)},
    "diamond": {0: (0.5, 0), 1: (0, 0.5), 2: (0.5, 1), 3: (1, 0.5)},
    "hexagon": {0: (1, 0.5), 3: (0, 0.5)},
    "triangle": {0: (0.5, 0), 1: (0.25, 0.5), 3: (0.5, 1), 5: (0.75, 0.5)},
    "flowChartMerge": {0: (0.5, 0), 1: (0.25, 0.5), 2: (0.5, 1), 3: (0.75, 0.5)},
    "star5": {0: (0.5, 0), 1: (0, 0.382), 4: (1, 0.382)},
}
"""Connection sites by index, as fractions of the shape's box (ECMA-376, presetShapeDefinitions)."""
ALIGN = {"start": "l", "middle": "ctr", "end": "r"}


@dataclass(frozen=True, slots=True)
class Ink:
    """How text looks: points, colour, weight."""

    size: float
    colour: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn shape to which lines can be glued."""

    id: int
    preset: str
    box: Box

    def site(self, towards: Point, *, level: bool) -> tuple[int, Point]:
        """The connection site that faces a point, and where it is; `level` takes only sites to the left or right."""
        width, height = self.box.right - self.box.left, self.box.bottom - self.box.top
        places = {
            i: (self.box.left + x * width, self.box.top + y * height)
            for i, (x, y) in _SITES[self.preset].items()
            if not level or x != 0.5
        }
        if level:
            middle = (self.box.left + self.box.right) / 2
            chosen = max if towards[0] >= middle else min
            number = chosen(places, key=lambda i: places[i][0])
        else:
            number = min(
                places, key=lambda i: (places[i][0] - towards[0]) ** 2 + (places[i][1] - towards[1]) ** 2
            )
        return number, places[number]


def _xfrm(box: Box, *, flip: str = "", child: bool = False) -> str:
    x, y = round(box.left * EMU), round(box.top * EMU)
    cx, cy = max(0, round((box.right - box.left) * EMU)), max(0, round((box.bottom - box.top) * EMU))
    size = f'<a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/>'
    inner = f'<a:chOff x="{x}" y="{y}"/><a:chExt cx="{cx}" cy="{cy}"/>' if child else ""
    return f"<a:xfrm{flip}>{size}{inner}</a:xfrm>"


def runs_xml(text: str, ink: Ink) -> str:
    """One run of cleaned text; nothing of it is markup."""
    bold = ' b="1"' if ink.bold else ""
    size = round(ink.size * 100)
    look = f'<a:rPr lang="zh-CN" altLang="en-US" sz="{size}"{bold} dirty="0">{colour_xml(ink.colour)}</a:rPr>'
    return f"<a:r>{look}<a:t>{escape(clean(text))}</a:t></a:r>"


def body_xml(lines: Sequence[str], ink: Ink, *, align: str, anchor: str, wrap: bool) -> str:
    """A text body of one paragraph a line, without insets."""
    paragraphs = "".join(
        f'<a:p><a:pPr algn="{align}" marL="0" indent="0"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/></a:pPr>{runs_xml(line, ink) if line else ""}</a:p>'
        for line in lines
    )
    room = f'wrap="{"square" if wrap else "none"}" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0"'
    head = f'<a:bodyPr {room} anchor="{anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
    return f"<p:txBody>{head}{paragraphs}</p:txBody>"


class Canvas:
    """Collects the shapes of one slide; what they are is said in `lang`."""

    def __init__(self, first_id: int, lang: str) -> None:
        self.lang = lang
        self.parts: list[str] = []
        self._next = first_id

    def new_id(self) -> int:
        self._next += 1
        return self._next - 1

    def _said(self, kind: EntityType, name: str) -> str:
        """What a mark stands for, for who cannot see it, as an attribute's value."""
        return quoteattr(f"{TYPES[kind].label(self.lang)} {name}")

    def text(
        self, lines: Sequence[str], box: Box, ink: Ink, *, align: str = "l", anchor: str = "t", name: str,
        fill: str = "", wrap: bool = False,
    ) -> str:  # fmt: skip
        """A text box."""
        number = self.new_id()
        ground = colour_xml(fill) if fill else "<a:noFill/>"
        called = quoteattr(clean(name)[:80])
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={called}/><p:cNvSpPr txBox="1"/><p:nvPr/>'
            f'</p:nvSpPr><p:spPr>{_xfrm(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{ground}</p:spPr>'
            f"{body_xml(lines, ink, align=align, anchor=anchor, wrap=wrap)}</p:sp>"
        )

    def mark(self, kind: EntityType, at: Point, radius: float, name: str) -> tuple[str, Shape]:
        """A type's mark about a point."""
        mark = TYPES[kind].mark
        preset, left, top, right, bottom = _PRESETS[mark.shape]
        box = Box(
            at[0] + left * radius, at[1] + top * radius, at[0] + right * radius, at[1] + bottom * radius
        )
        hollow = mark.dashed or mark.shape == "box"
        line = colour_xml(mark.colour if hollow else "#FFFFFF")
        dash = '<a:prstDash val="sysDash"/>' if mark.dashed else ""
        width = round((1.5 if hollow else 0.5) * EMU)
        shape = Shape(self.new_id(), preset, box)
        xml = (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{shape.id}" name={quoteattr(name)} '
            f"descr={self._said(kind, name)}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{_xfrm(box)}"
            f'<a:prstGeom prst="{preset}"><a:avLst/></a:prstGeom>{colour_xml("#FFFFFF" if hollow else mark.colour)}'
            f'<a:ln w="{width}">{line}{dash}</a:ln></p:spPr></p:sp>'
        )
        return xml, shape

    def labelled_box(
        self, kind: EntityType, box: Box, lines: Sequence[str], ink: Ink, name: str
    ) -> tuple[str, Shape]:
        """A rounded box that is mark and label at once."""
        shape = Shape(self.new_id(), "roundRect", box)
        colour = TYPES[kind].mark.colour
        xml = (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{shape.id}" name={quoteattr(name)} '
            f"descr={self._said(kind, name)}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{_xfrm(box)}"
            f'<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val 12000"/></a:avLst></a:prstGeom>'
            f'{colour_xml("#FFFFFF")}<a:ln w="{EMU}">{colour_xml(colour)}</a:ln></p:spPr>'
            f"{body_xml(lines, ink, align='ctr', anchor='ctr', wrap=False)}</p:sp>"
        )
        return xml, shape

    def group(self, parts: Sequence[str], box: Box, name: str) -> str:
        """Shapes that move together."""
        return (
            f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="{self.new_id()}" name={quoteattr(name)}/><p:cNvGrpSpPr/><p:nvPr/>'
            f"</p:nvGrpSpPr><p:grpSpPr>{_xfrm(box, child=True)}</p:grpSpPr>{''.join(parts)}</p:grpSp>"
        )

    def connector(
        self, start: tuple[Shape, int, Point], end: tuple[Shape, int, Point], look: str, *, curved: bool,
        name: str, descr: str,
    ) -> str:  # fmt: skip
        """A line glued to both shapes; `look` is the XML inside its `a:ln` element, width first as attribute."""
        (ax, ay), (bx, by) = start[2], end[2]
        flip = (' flipH="1"' if bx < ax else "") + (' flipV="1"' if by < ay else "")
        box = Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
        preset = "curvedConnector3" if curved and abs(by - ay) > 0.5 else "straightConnector1"
        adjust = '<a:gd name="adj1" fmla="val 50000"/>' if preset == "curvedConnector3" else ""
        return (
            f'<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="{self.new_id()}" name={quoteattr(name)} descr={quoteattr(descr)}/>'
            f'<p:cNvCxnSpPr><a:stCxn id="{start[0].id}" idx="{start[1]}"/><a:endCxn id="{end[0].id}" idx="{end[1]}"/>'
            f"</p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr><p:spPr>{_xfrm(box, flip=flip)}"
            f'<a:prstGeom prst="{preset}"><a:avLst>{adjust}</a:avLst></a:prstGeom>{look}</p:spPr></p:cxnSp>'
        )
