"""A picture on sheets of paper: whole where its text stays readable, else on further sheets (续) by its groups.

Lengths are in pixels of the picture; a sheet is drawn at `dpi` dots an inch.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from viz.layout.text import FONT_SIZE
from viz.paper.pages import numbered
from viz.paper.panels import split
from viz.paper.raster import Job
from viz.paper.splitting import Area
from viz.render_svg import frame_height, render_svg, svg_size
from viz.scene import MatrixRow, Scene
from viz.svg_matrix import GROUP, HEAD, ROW

SHEETS = {"A4": (210, 297), "A3": (297, 420)}
"""Width and height in millimetres (ISO 216)."""
SHEET_MARGIN = 10
"""Millimetres of paper round the picture on a sheet."""
PRINT_DPI = 300
LEAST = 9.0
"""Points of a name on a sheet at least."""
LARGEST = 14.0
WHITE = "#FFFFFF"
"""The ground of what is printed: the paper's own."""
MARGIN = 8.0
"""Pixels round the picture itself, where its sheet has a margin of its own."""
_POINTS = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as SVG of a whole page, and its size in dots."""

    scene: Scene
    job: Job


def leaves(scene: Scene, room: Area, *, least: float = 1.0, first: float | None = None) -> list[Scene]:
    """The picture whole where it fits `room` pixels with its caption, shrunk to no less than `least`; else in parts.
    Of the first page no more than `first` pixels of height are taken, where that is given and the picture is in
    columns, which can go on."""
    first = first if scene.layered else None
    width, height = svg_size(render_svg(scene, margin=MARGIN))
    if scene.empty or (width * least <= room.width and height * least <= (first or room.height)):
        return [scene]
    inner = room.width - 2 * MARGIN
    # Numbered parts have the longest captions; the legend of the whole names at least what a part's does.
    about = frame_height(numbered(scene, 2, 99), inner, margin=MARGIN)
    high = room.height - about
    if scene.matrix:
        scale = min(1.0, inner / (width - 2 * MARGIN))
        parts = _by_rows(scene, high / scale)
    else:
        parts = split(scene, Area(inner, high), first and first - about)
    return [numbered(part, i, len(parts)) for i, part in enumerate(parts, 1)]


def _by_rows(scene: Scene, height: float) -> list[Scene]:
    """The matrix in parts of some rows each; a group's heading stands again where it goes on."""
    assert scene.matrix is not None
    pages: list[list[MatrixRow]] = [[]]
    used = HEAD + 44
    for name, rows in groupby(scene.matrix.rows, key=lambda row: row.group):
        heading = GROUP if name else 0.0
        for number, row in enumerate(rows):
            opening = heading if number == 0 else 0.0
            if pages[-1] and used + opening + ROW > height:
                pages.append([])
                used, opening = HEAD + 44, heading
            pages[-1].append(row)
            used += opening + ROW
    return [replace(scene, matrix=replace(scene.matrix, rows=tuple(rows))) for rows in pages]


def sheets(scene: Scene, paper: str) -> list[Sheet]:
    """The sheets of a picture, upright or across as it is better filled, drawn at 300 dots an inch."""
    short, long = SHEETS[paper]
    pixel = LEAST / FONT_SIZE / _POINTS
    """Millimetres of a pixel at the smallest size."""
    ways = [(long, short), (short, long)] if _stands_across(scene) else [(short, long), (long, short)]
    tried = [
        (size, leaves(scene, Area(*((side - 2 * SHEET_MARGIN) / pixel for side in size)))) for size in ways
    ]
    size, parts = min(tried, key=lambda way: len(way[1]))
    drawn = [render_svg(part, margin=MARGIN, paper=WHITE) for part in parts]
    most = pixel * (LARGEST / LEAST if len(parts) == 1 else 1.0)
    return [Sheet(part, _on_sheet(svg, size, most)) for part, svg in zip(parts, drawn, strict=True)]


def _stands_across(scene: Scene) -> bool:
    """Whether the sheet lies on its long side: for wide pictures; tall ones in two columns stand upright."""
    width, height = svg_size(render_svg(scene, margin=MARGIN))
    columns = len({node.column for node in scene.nodes})
    return width > height or (scene.layered and columns > 2) or (scene.matrix is not None and width > 720)


def _on_sheet(svg: str, size: tuple[int, int], most: float) -> Job:
    """The picture in the middle of the top of a page of `size` millimetres, at most `most` millimetres a pixel."""
    width, height = svg_size(svg)
    across, down = size
    ratio = min((across - 2 * SHEET_MARGIN) / width, (down - 2 * SHEET_MARGIN) / height, most)
    left, top = (across / ratio - width) / 2, SHEET_MARGIN / ratio
    wide, high = (round(side / 25.4 * PRINT_DPI) for side in size)
    box = f"{-left:.2f} {-top:.2f} {across / ratio:.2f} {down / ratio:.2f}"
    ground = f'<rect x="{-left:.2f}" y="{-top:.2f}" width="{across / ratio:.2f}" height="{down / ratio:.2f}" '
    start, _, rest = svg.partition(f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"')
    placed = f'{start}width="{wide}" height="{high}" viewBox="{box}"{rest}'
    return placed.replace("<rect id", f'{ground}fill="{WHITE}"/><rect id', 1), wide, high
