"""Slides of a scene: its caption, the picture as native shapes and glued lines, the legend, the sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.vocabulary import ILLUSTRATIVE_MARK
from viz.layout.text import clean, shorten, text_width, wrap
from viz.legend import illustrative_key, line_keys, type_keys
from viz.marks import Box
from viz.paper.deck import MARGIN, TITLE_HEIGHT, TITLE_SIZE, TITLE_TOP, Deck
from viz.paper.making import way_back
from viz.paper.pages import Page, numbered, paged
from viz.paper.picture import Picture
from viz.paper.shapes import Canvas, Ink
from viz.paper.splitting import Area
from viz.paper.theme import SOFT
from viz.scene import Line, Node, Scene
from viz.strokes import TONES, Stroke, kind_label, kinds_shown, stroke_of
from viz.words import WORDS

CAPTION = Ink(11, SOFT)
SMALL = Ink(9, SOFT)
LEADING = {11: 15.0, 9: 12.0}
FULL = 0.94
"""How much of a line is filled: a font that stands for ours may be wider."""


def caption_lines(scene: Scene, width: float) -> list[str]:
    """Filters, date, how much is shown of what, and what is left out."""
    said, caption = WORDS["shown_rows" if scene.matrix else "shown"](scene.lang), scene.caption
    facts = [caption.filters, WORDS["as_of"](scene.lang).format(date=caption.data_date)]
    facts.append(said.format(shown=caption.shown, total=caption.total))
    text = " · ".join(clean(fact) for fact in facts if fact)
    return [line for part in (text, *caption.notes) for line in wrap(part, FULL * width, lines=2, size=11)]


def title_of(scene: Scene, width: float, name: str = "") -> str:
    """The title, or another name, as it fits a slide's one line, with 示例 when anything illustrative is shown."""
    mark = f"（{ILLUSTRATIVE_MARK}）" if scene.caption.illustrative else ""
    room = width - text_width(mark, TITLE_SIZE) - 12
    return shorten(clean(name or scene.caption.title), room, TITLE_SIZE) + mark


def notes_of(scene: Scene) -> str:
    """What stands in the speaker's notes: sources, and how the slide is made again."""
    caption = scene.caption
    facts = [clean(caption.title), caption.filters, WORDS["as_of"](scene.lang).format(date=caption.data_date)]
    facts += [WORDS["sources"](scene.lang), *caption.sources, way_back(scene)]
    return "\n".join(clean(fact) for fact in facts if fact)


class Frame:
    """What surrounds the picture on a slide, and the room that it leaves."""

    def __init__(self, deck: Deck, scene: Scene) -> None:
        self.lang = scene.lang
        self.width = deck.width - 2 * MARGIN
        self.caption = caption_lines(scene, self.width)
        self.sources = _sources(scene, self.width)
        self.legend = _legend_rows(scene, self.width)
        self.top = TITLE_TOP + TITLE_HEIGHT + 4 + len(self.caption) * LEADING[11] + 8
        foot = len(self.sources) * LEADING[9] + len(self.legend) * 16.0
        self.bottom = deck.height - 20 - foot - 6
        self.area = Area(self.width, self.bottom - self.top)
        self.room = Box(MARGIN, self.top, MARGIN + self.width, self.bottom)

    def say(self, shape: str) -> str:
        """What a shape is called."""
        return WORDS[f"shape_{shape}"](self.lang)

    def draw(self, canvas: Canvas) -> list[str]:
        """The text boxes and the legend's marks about the picture."""
        y = TITLE_TOP + TITLE_HEIGHT + 4
        box = Box(MARGIN, y, MARGIN + self.width, y + len(self.caption) * LEADING[11])
        parts = [canvas.text(self.caption, box, CAPTION, name=self.say("caption"))]
        y = self.bottom + 6
        for row in self.legend:
            x = MARGIN
            for entry in row:
                parts += entry.draw(canvas, x, y + 8, self.say("legend"))
                x += entry.width
            y += 16.0
        if self.sources:
            box = Box(MARGIN, y, MARGIN + self.width, y + len(self.sources) * LEADING[9])
            parts.append(canvas.text(self.sources, box, SMALL, name=self.say("sources")))
        return parts


def _sources(scene: Scene, width: float) -> list[str]:
    if not scene.caption.sources:
        return []
    named = WORDS["semicolon"](scene.lang).join(scene.caption.sources)
    return wrap(WORDS["sources"](scene.lang) + named, FULL * width, lines=3, size=9)


class _Entry:
    """One entry of the legend: a mark or a piece of a line, and its words."""

    def __init__(self, words: str, node: Node | None = None, line: tuple[Line, bool] | None = None) -> None:
        self.words, self.node, self.line = words, node, line
        self.width = 30 + text_width(words, 9) + 14

    def draw(self, canvas: Canvas, x: float, y: float, name: str) -> list[str]:
        box = Box(x + 26, y - 6, x + 26 + text_width(self.words, 9) + 8, y + 6)
        words = canvas.text([self.words], box, SMALL, anchor="ctr", name=name)
        if self.node:
            return [canvas.mark(self.node.type, (x + 12, y), 4.5, f"{name} {self.words}")[0], words]
        assert self.line is not None
        stroke = stroke_of(self.line[0])
        if self.line[1]:
            stroke = replace(stroke, dashes=stroke.dashes or (7.0, 5.0))
        # A thin rectangle, not a line: every line on a slide is glued to what it joins.
        return [_key_line(canvas, x, y, stroke, name), words]


def _key_line(canvas: Canvas, x: float, y: float, stroke: Stroke, name: str) -> str:
    pieces = 3 if stroke.dashes else 1
    length = 20.0 / pieces - (2.5 if stroke.dashes else 0)
    parts: list[str] = []
    for i in range(pieces):
        left = x + 2 + i * 20.0 / pieces
        box = Box(left, y - 0.8, left + length, y + 0.8)
        parts.append(canvas.text([""], box, Ink(1, SOFT), name=name, fill=TONES[stroke.tone]))
    return canvas.group(parts, Box(x + 2, y - 0.8, x + 22, y + 0.8), name)


def _legend_rows(scene: Scene, width: float) -> list[list[_Entry]]:
    """What occurs, in rows that fit the width."""
    example = {node.type: node for node in scene.nodes}
    entries = [_Entry(f"{k.label} {k.count}", example[k.value]) for k in type_keys(scene)]  # pyright: ignore[reportArgumentType]  # a type's value is the type
    lines = {kind: (line, count) for kind, line, count in kinds_shown(scene.lines)}
    for key in line_keys(scene):
        entries.append(
            _Entry(f"{kind_label(key.value)(scene.lang)} {key.count}", line=(lines[key.value][0], False))
        )
    dashed = illustrative_key(scene)
    if dashed:
        first = next(line for line in scene.lines if line.illustrative)
        entries.append(_Entry(dashed.label, line=(first, True)))
    rows: list[list[_Entry]] = []
    used = width
    for entry in entries:
        if used + entry.width > width:
            rows.append([])
            used = 0.0
        rows[-1].append(entry)
        used += entry.width
    return rows


def add_network(deck: Deck, scene: Scene) -> None:
    """The slides of a network; every claim stands on exactly one."""
    frame = Frame(deck, scene)
    pages = paged(scene, frame.area)
    if len(pages) > 1:  # numbered pages have the longest captions
        frame = Frame(deck, numbered(scene, 2, 99))
        pages = paged(scene, frame.area)
    for page in pages:
        around = Frame(deck, page.scene)

        def draw(first: int, page: Page = page, around: Frame = around) -> Sequence[str]:
            canvas = Canvas(first, scene.lang)
            return [*Picture(page, frame.room, canvas).draw(), *around.draw(canvas)]

        deck.add_slide(title_of(page.scene, frame.width), draw, notes=notes_of(page.scene))


def add_empty(deck: Deck, scene: Scene) -> None:
    """A slide that says that there is nothing, and why."""
    frame = Frame(deck, scene)
    words = [WORDS["empty"](scene.lang), WORDS["empty_hint"](scene.lang)]

    def draw(first: int) -> Sequence[str]:
        canvas = Canvas(first, scene.lang)
        middle = (frame.top + frame.bottom) / 2
        box = Box(MARGIN, middle - 24, MARGIN + frame.width, middle + 24)
        shown = canvas.text(words, box, Ink(16, SOFT), align="ctr", anchor="ctr", name=frame.say("nothing"))
        return [shown, *frame.draw(canvas)]

    deck.add_slide(title_of(scene, frame.width), draw, notes=notes_of(scene))
