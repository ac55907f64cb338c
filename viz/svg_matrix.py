"""The coverage matrix as SVG: a ruled table whose cells tell their state by sign, word and colour."""

from __future__ import annotations

from xml.sax.saxutils import escape

from graph.vocabulary import STATES
from viz.layout.text import clean, shorten, text_width
from viz.matrix import DrawnCell, DrawnRow, matrix_rows, state_keys
from viz.palette import PALETTE
from viz.scene import Scene
from viz.words import WORDS

ROW = 27.0
HEAD = 34.0
GROUP = 34.0
COLUMN = 230.0
SIZE = 13.0
RULE = "#DEDAD0"
SOFT = "#55626E"


def _text(
    text: str, x: float, y: float, *, size: float = SIZE, fill: str = PALETTE.ink, weight: int = 400
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y + size * 0.36:.1f}" font-size="{size:g}" fill="{fill}" font-weight="{weight}">'
        f"{escape(text)}</text>"
    )


def _rule(y: float, width: float, colour: str = RULE) -> str:
    return f'<line x1="0" y1="{y:.1f}" x2="{width:.1f}" y2="{y:.1f}" stroke="{colour}" stroke-width="1"/>'


def _name_width(scene: Scene) -> float:
    assert scene.matrix is not None
    widest = max((text_width(clean(row.name), SIZE) for row in scene.matrix.rows), default=0.0)
    return min(300.0, widest + 40)


def _cell_words(cell: DrawnCell) -> str:
    if not cell.count:
        return cell.word
    return shorten(f"{cell.word} {cell.count}　{clean(cell.detail)}", COLUMN - 34, SIZE)


def _row(row: DrawnRow, number: int, y: float, first: float) -> str:
    parts = [_text(shorten(clean(row.name), first - 20, SIZE), 0, y + ROW / 2, weight=600)]
    for i, cell in enumerate(row.cells):
        colour = STATES[cell.state].colour
        x = first + i * COLUMN
        parts.append(_text(cell.sign, x, y + ROW / 2, fill=colour))
        parts.append(_text(_cell_words(cell), x + 20, y + ROW / 2, fill=colour))
    return f'<g id="row-{number}">{"".join(parts)}</g>'


def matrix_size(scene: Scene) -> tuple[float, float]:
    """Width and height in pixels, with the legend of states."""
    assert scene.matrix is not None
    groups = matrix_rows(scene, None)
    height = HEAD + sum(len(g.rows) * ROW + (GROUP if g.name else 0) for g in groups) + 44
    keys = sum(64 + text_width(f"{key.label} {key.count}", 12) for key in state_keys(scene))
    return max(_name_width(scene) + COLUMN * len(scene.matrix.columns), keys), height


def matrix_svg(scene: Scene) -> str:
    """The table from its top-left corner, its legend below."""
    assert scene.matrix is not None
    first, (width, _) = _name_width(scene), matrix_size(scene)
    heads = [_text(WORDS["unit"](scene.lang), 0, HEAD / 2, size=12, fill=SOFT)]
    for i, (_, label) in enumerate(scene.matrix.columns):
        heads.append(_text(label(scene.lang), first + i * COLUMN, HEAD / 2, size=12, fill=SOFT))
    parts = [f'<g id="columns">{"".join(heads)}</g>', _rule(HEAD, width, PALETTE.ink)]
    y, number = HEAD, 0
    for group in matrix_rows(scene, None):
        if group.name:
            parts.append(_text(group.name, 0, y + GROUP * 0.62, size=12, fill=SOFT))
            y += GROUP
            parts.append(_rule(y, width))
        for row in group.rows:
            number += 1
            parts.append(_row(row, number, y, first))
            y += ROW
            parts.append(_rule(y, width))
    x = 0.0
    for key in state_keys(scene):
        words = f"{key.label} {key.count}"
        parts.append(_text(key.sign, x, y + 28, size=12, fill=key.colour))
        parts.append(_text(words, x + 18, y + 28, size=12))
        x += 64 + text_width(words, 12)
    return "".join(parts)
