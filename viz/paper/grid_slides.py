"""Slides of words and of tables that belong to no picture."""

from __future__ import annotations

from collections.abc import Sequence

from viz.layout.text import wrap
from viz.marks import Box
from viz.palette import PALETTE
from viz.paper.deck import MARGIN, TITLE_HEIGHT, TITLE_TOP, Deck
from viz.paper.grid import Grid, GridPage, grid_pages
from viz.paper.pages import continued
from viz.paper.shapes import Canvas, Ink
from viz.paper.splitting import Area
from viz.words import WORDS

TOP = TITLE_TOP + TITLE_HEIGHT + 20
SIZE = 16
LEADING = 24.0


def add_words(deck: Deck, title: str, texts: Sequence[str], *, notes: str, name: str, lang: str) -> None:
    """A slide of a few sentences."""
    width = deck.width - 2 * MARGIN
    lines = [line for text in texts for line in (*wrap(text, width - 20, lines=4, size=SIZE), "")][:-1]

    def draw(first: int) -> Sequence[str]:
        box = Box(MARGIN, TOP, MARGIN + width, min(deck.height - 20, TOP + LEADING * len(lines)))
        return [Canvas(first, lang).text(lines, box, Ink(SIZE, PALETTE.ink), name=name)]

    deck.add_slide(title, draw, notes=notes)


def add_grid(deck: Deck, title: str, grid: Grid, *, notes: str, lang: str, mark: str = "") -> None:
    """Slides of a table, split by rows; `mark` ends each title."""
    area = Area(deck.width - 2 * MARGIN, deck.height - TOP - 24)
    tables = grid_pages(grid, area, MARGIN, TOP)
    for number, table in enumerate(tables, 1):

        def draw(first: int, xml: str = table.xml) -> Sequence[str]:
            return [xml.replace('id="{id}"', f'id="{first}"', 1)]

        said = with_cut(notes, table, lang)
        deck.add_slide(continued(title, number, len(tables), lang) + mark, draw, notes=said)


def with_cut(notes: str, page: GridPage, lang: str) -> str:
    """The notes of a slide, with the texts that its table cuts."""
    return "\n".join([notes, *(WORDS["in_full"](lang).format(text=text) for text in page.cut)])
