"""Type marks as small inline pictures: the same shapes and colours as in every view."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup

from graph.vocabulary import TYPES, EntityType
from viz.marks import OUTLINES


@cache
def mark_svg(entity_type: str) -> Markup:
    """The mark of a type, 12 × 12 pixels, hidden from screen readers (the type is told in words beside it)."""
    mark = TYPES[EntityType(entity_type)].mark
    outline = OUTLINES.get(mark.shape)
    if outline:
        points = " ".join(f"{x:g},{y:g}" for x, y in outline)
        drawn = f'<polygon points="{points}" fill="{mark.colour}"/>'
    elif mark.shape == "box":
        drawn = f'<rect x="-1.25" y="-.8" width="2.5" height="1.6" rx=".4" fill="{mark.colour}"/>'
    elif mark.shape == "ring":
        drawn = f'<circle r="1" fill="none" stroke="{mark.colour}" stroke-width=".42" stroke-dasharray=".62 .42"/>'
    elif mark.shape == "ellipse":
        drawn = f'<ellipse rx="1.25" ry=".8" fill="{mark.colour}"/>'
    else:
        drawn = f'<circle r="1" fill="{mark.colour}"/>'
    return Markup(
        f'<svg class="mark" width="12" height="12" viewBox="-1.4 -1.4 2.8 2.8" aria-hidden="true">{drawn}</svg>'
    )
