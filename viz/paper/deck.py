"""A presentation to be filled: size, theme, layouts, properties; and its bytes."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # lxml has no types
from pptx import Presentation
from pptx.oxml.ns import nsdecls
from pptx.util import Pt

from viz.layout.text import clean
from viz.paper.making import PROGRAM, say_how
from viz.paper.packing import sealed
from viz.paper.theme import FONT, themed

if TYPE_CHECKING:
    from pptx.slide import Slide

Ratio = Literal["16:9", "4:3"]
Sheet = Literal["A4", "A3"]
SIZES: dict[str, tuple[float, float]] = {
    "16:9": (960.0, 540.0),
    "4:3": (720.0, 540.0),
    "A4": (841.89, 595.28),
    "A3": (1190.55, 841.89),
}
"""Width and height of a slide in points; the sheets, lying on their long side, are for printing."""
MARGIN = 36.0
TITLE_TOP, TITLE_HEIGHT, TITLE_SIZE = 22.0, 32.0, 22.0
_TITLE_ONLY = 5
"""Place of the layout of that name among those of python-pptx' own template."""


class Deck:
    """Slides with a title each; everything else is given as XML."""

    def __init__(
        self, title: str, *, subject: str, how: str, ratio: Ratio | Sheet = "16:9", font: str = FONT
    ) -> None:
        self.width, self.height = SIZES[ratio]
        self._deck: Any = Presentation()
        self._set_up(font)
        properties = self._deck.core_properties
        properties.title, properties.subject = clean(title)[:250], clean(subject)[:250]
        properties.author = properties.last_modified_by = PROGRAM
        properties.keywords = ""
        say_how(properties, how)
        properties.created = properties.modified = datetime(2000, 1, 1)
        properties.revision = 1

    def _set_up(self, font: str) -> None:
        """One layout, our theme, our size; the placeholders of the template are moved with it."""
        deck = self._deck
        kept = deck.slide_layouts[_TITLE_ONLY]
        for layout in list(deck.slide_layouts):
            if layout is not kept and layout.name != kept.name:
                deck.slide_layouts.remove(layout)
        stretch = self.width * 12700 / deck.slide_width
        deck.slide_width, deck.slide_height = Pt(self.width), Pt(self.height)
        for shape in (*deck.slide_master.placeholders, *kept.placeholders):
            if shape.placeholder_format.type == 1:  # TITLE
                shape.left, shape.top = Pt(MARGIN), Pt(TITLE_TOP)
                shape.width, shape.height = Pt(self.width - 2 * MARGIN), Pt(TITLE_HEIGHT)
            else:
                place = (round(shape.left * stretch), shape.top, round(shape.width * stretch), shape.height)
                shape.left, shape.top, shape.width, shape.height = place
        for relation in deck.slide_master.part.rels.values():
            if relation.reltype.endswith("/theme"):
                relation.target_part._blob = themed(relation.target_part.blob, font)
        for key, relation in list(deck.part.rels.items()):
            if relation.reltype.endswith("/printerSettings"):
                deck.part.drop_rel(key)
                deck.part.rels.pop(key) if key in deck.part.rels else None

    def add_slide(
        self, title: str, draw: Callable[[int], Sequence[str]], *, notes: str, illustrative: bool = False
    ) -> Slide:
        """A slide; `draw` gives its shapes as XML from the first free id on."""
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[0])
        self._say_title(slide, title)
        for place in list(slide.placeholders):
            if place.placeholder_format.idx != 0:
                place._element.getparent().remove(place._element)
        xml = "".join(draw(100))
        root: Any = etree.fromstring(f"<p:spTree {nsdecls('p', 'a', 'r')}>{xml}</p:spTree>", _PARSER)
        tree: Any = slide.shapes._spTree
        for element in list(root):
            tree.append(element)
        frame = slide.notes_slide.notes_text_frame
        if frame is not None:
            frame.text = notes
        return slide

    def _say_title(self, slide: Any, title: str) -> None:
        frame = slide.shapes.title.text_frame
        frame.text = clean(title)
        frame.word_wrap = True
        paragraph = frame.paragraphs[0]
        paragraph.font.size, paragraph.font.bold = Pt(TITLE_SIZE), True
        paragraph.alignment = 1  # left
        frame.vertical_anchor = 3  # middle
        for side in ("margin_left", "margin_right", "margin_top", "margin_bottom"):
            setattr(frame, side, 0)

    def save(self) -> bytes:
        """The file; equal content gives equal bytes."""
        out = io.BytesIO()
        self._deck.save(out)
        return sealed(out.getvalue())


def _element_parser() -> Any:
    """A parser whose elements are python-pptx' own, so that its objects find their way in them."""
    from pptx.oxml import oxml_parser

    return oxml_parser


_PARSER = _element_parser()
