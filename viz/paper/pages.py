"""A picture on pages: as it is where its text stays readable, else split by its lines and placed anew, in columns."""

from __future__ import annotations

from dataclasses import dataclass, replace

from viz.layout.text import FONT_SIZE
from viz.marks import bounds
from viz.paper.panels import split
from viz.paper.splitting import Area
from viz.scene import Scene
from viz.words import WORDS

LARGEST = 13.0
"""Points of the largest label: small pictures are not blown up."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its part of the scene, and points a pixel."""

    scene: Scene
    scale: float


def fitting_scale(scene: Scene, area: Area) -> float:
    """Points a pixel at which the whole picture fits an area in points."""
    box = bounds(scene, margin=4)
    return min(area.width / max(1.0, box.right - box.left), area.height / max(1.0, box.bottom - box.top))


def paged(scene: Scene, area: Area, *, least: float = 9.0) -> list[Page]:
    """The pages of a network in an area in points; labels are never smaller than `least` points."""
    scale = fitting_scale(scene, area)
    if scene.empty or scale * FONT_SIZE >= least:
        return [Page(scene, min(scale, LARGEST / FONT_SIZE))]
    pixels = FONT_SIZE / least
    # Eight pixels are the margin with which a picture is fitted.
    parts = split(scene, Area(area.width * pixels - 8, area.height * pixels - 8))
    return [
        Page(numbered(part, i, len(parts)), min(fitting_scale(part, area), LARGEST / FONT_SIZE))
        for i, part in enumerate(parts, 1)
    ]


def continued(title: str, number: int, count: int, lang: str) -> str:
    """The title of the page `number` of `count`: from the second on it says that it goes on."""
    if count < 2:
        return title
    again = "续 " if lang == "zh" else "continued "
    inner = f"{again if number > 1 else ''}{number}/{count}"
    return f"{title}（{inner}）" if lang == "zh" else f"{title} ({inner})"


def numbered(part: Scene, number: int, count: int) -> Scene:
    """The part with its number in its title and how much of the whole stands on it, where there are several."""
    if count < 2:
        return part
    title = continued(part.caption.title, number, count, part.lang)
    here = len(part.matrix.rows) if part.matrix else sum(line.count for line in part.lines)
    said = WORDS["rows_here" if part.matrix else "claims_here"](part.lang).format(n=here)
    return replace(part, caption=replace(part.caption, title=title, notes=(said, *part.caption.notes)))
