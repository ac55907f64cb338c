"""The picture of a slide: nodes as groups of mark and label, lines glued to the marks, signs along the lines."""

from __future__ import annotations

from graph.vocabulary import ILLUSTRATIVE_MARK
from viz.layout.text import FONT_SIZE, clean, shorten, text_width
from viz.marks import Box, Point, bounds, label_box, mark_centre, node_box
from viz.palette import PALETTE
from viz.paper.pages import Page
from viz.paper.shapes import ALIGN, EMU, Canvas, Ink, Shape
from viz.paper.theme import SOFT, colour_xml
from viz.scene import Line, Node
from viz.strokes import TONES, says, stroke_of, tag, tag_colour
from viz.words import WORDS

_TRIES = (0.5, 0.38, 0.62, 0.26, 0.74, 0.16, 0.84)
"""Where along a line its tag may stand."""


class Picture:
    """The nodes and lines of one page, moved into the slide's room."""

    def __init__(self, page: Page, at: Box, canvas: Canvas) -> None:
        self.scene, self.scale, self.canvas = page.scene, page.scale, canvas
        box = bounds(page.scene)
        width = (box.right - box.left) * page.scale
        self.left = at.left + (at.right - at.left - width) / 2 - box.left * page.scale
        # A low picture stands in the upper third of its room.
        spare = max(0.0, at.bottom - at.top - (box.bottom - box.top) * page.scale)
        self.top = at.top + spare / 3 - box.top * page.scale
        self.size = FONT_SIZE * page.scale
        self.shapes: dict[str, Shape] = {}
        self.names = {node.id: clean(node.name)[:200] or "—" for node in page.scene.nodes}
        self.taken: list[Box] = []

    def _say(self, shape: str, name: str = "") -> str:
        """What a shape is called."""
        return WORDS[f"shape_{shape}"](self.scene.lang).format(name=name)

    def at(self, point: Point) -> Point:
        return self.left + point[0] * self.scale, self.top + point[1] * self.scale

    def box(self, box: Box) -> Box:
        left, top = self.at((box.left, box.top))
        right, bottom = self.at((box.right, box.bottom))
        return Box(left, top, right, bottom)

    def draw(self) -> list[str]:
        """Lines first, so that marks lie over them."""
        nodes = [self._node(node) for node in self.scene.nodes]
        headings = [self._heading(*place) for place in self._headings()]
        lines = [self._line(line) for line in self.scene.lines]
        tags = [xml for line in self.scene.lines if (xml := self._tag(line))]
        return [*lines, *tags, *nodes, *headings]

    def _node(self, node: Node) -> str:
        name = self.names[node.id]
        lines = [line if line.strip() else "—" for line in node.label.split("\n")]
        ink = Ink(self.size, PALETTE.ink)
        if node.side == "inside":
            whole = self.box(node_box(node))
            xml, shape = self.canvas.labelled_box(node.type, whole, lines, ink, name)
            self.shapes[node.id] = shape
            self.taken.append(whole)
            return xml
        if node.members:
            lines[-1] = f"{lines[-1]} ×{node.members}"
        mark, shape = self.canvas.mark(node.type, self.at(mark_centre(node)), node.radius * self.scale, name)
        self.shapes[node.id] = shape
        box = self.box(label_box(node))
        self.taken.append(box)
        align = {"right": "l", "left": "r"}.get(node.side, "ctr")
        label = self.canvas.text(lines, box, ink, align=align, anchor="ctr", name=self._say("label", name))
        whole = Box(
            min(box.left, shape.box.left),
            min(box.top, shape.box.top),
            max(box.right, shape.box.right),
            max(box.bottom, shape.box.bottom),
        )
        return self.canvas.group([mark, label], whole, name)

    def _headings(self) -> list[tuple[str, Box, Ink, str]]:
        places: list[tuple[str, Box, Ink, str]] = []
        for heading in self.scene.headings:
            top = heading.level == 1
            size = max(9.0, (15 if top else 12) * self.scale)
            text = shorten(clean(heading.text), 260, size)
            x, y = self.at((heading.x, heading.y))
            width = text_width(text, size) + 2
            left = {"start": x, "end": x - width}.get(heading.anchor, x - width / 2)
            ink = Ink(size, PALETTE.ink if top else SOFT, bold=top)
            places.append(
                (text, Box(left, y - size * 0.65, left + width, y + size * 0.65), ink, ALIGN[heading.anchor])
            )
        return places

    def _heading(self, text: str, box: Box, ink: Ink, align: str) -> str:
        self.taken.append(box)
        return self.canvas.text([text], box, ink, align=align, anchor="ctr", name=self._say("heading", text))

    def _line(self, line: Line) -> str:
        a, b = self.shapes[line.source], self.shapes[line.target]
        level = self.scene.layered and abs(a.box.left - b.box.left) > 1
        from_, to = _middle(a.box), _middle(b.box)
        start, end = a.site(to, level=level), b.site(from_, level=level)
        said = clean(says(line, self.scene.lang))
        name = f"{self.names[line.source]} — {self.names[line.target]}"
        return self.canvas.connector(
            (a, *start), (b, *end), _look(line, self.scale), curved=level, name=name,
            descr=f"{said} · {WORDS['claims'](self.scene.lang).format(n=line.count)}",
        )  # fmt: skip

    def _tag(self, line: Line) -> str:
        """The sign of a change, and 示例 where official claims stand beside; where there is room for it."""
        mixed = 0 < sum(other.illustrative for other in self.scene.lines) < len(self.scene.lines)
        if line.change in ("", "kept") and not (mixed and line.illustrative):
            return ""
        words = clean(tag(line, self.scene.lang)) if line.change not in ("", "kept") else ILLUSTRATIVE_MARK
        a, b = self.shapes[line.source].box, self.shapes[line.target].box
        half = text_width(words, 9) / 2 + 2
        for part in _TRIES:
            x, y = _along(_middle(a), _middle(b), part, curved=self.scene.layered)
            box = Box(x - half, y - 6, x + half, y + 6)
            if not any(box.meets(other) for other in self.taken):
                self.taken.append(box)
                colour = tag_colour(line, SOFT)
                return self.canvas.text(
                    [words],
                    box,
                    Ink(9, colour),
                    align="ctr",
                    anchor="ctr",
                    name=self._say("tag"),
                    fill="#FFFFFF",
                )
        return ""


def _middle(box: Box) -> Point:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2


def _along(a: Point, b: Point, part: float, *, curved: bool) -> Point:
    """The point at `part` of the way, on the level curve or the straight line."""
    if not curved:
        return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part
    rest = 1 - part
    middle = (a[0] + b[0]) / 2
    first, third = rest**3 + 0.0, part**3
    inner = 3 * rest * rest * part, 3 * rest * part * part
    x = first * a[0] + (inner[0] + inner[1]) * middle + third * b[0]
    return x, (first + inner[0]) * a[1] + (inner[1] + third) * b[1]


def _look(line: Line, scale: float) -> str:
    stroke = stroke_of(line)
    dash = "" if not stroke.dashes else f'<a:prstDash val="{stroke.preset}"/>'
    arrow = '<a:tailEnd type="triangle" w="med" len="med"/>' if line.directed else ""
    width = round(max(0.5, stroke.width * scale) * EMU)
    return f'<a:ln w="{width}">{colour_xml(TONES[stroke.tone])}{dash}{arrow}</a:ln>'
