"""The legend of what occurs, as small SVG marks with words, for pages and for drawn pictures alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from graph.vocabulary import STATUS_LABELS, TYPES, EntityType, Status
from viz.marks import OUTLINES, types_shown
from viz.scene import Line, Scene
from viz.strokes import DASHES, TONES, kind_label, kinds_shown, stroke_of


@dataclass(frozen=True, slots=True)
class Key:
    """One entry: `field` says what it filters by (type, kind, or nothing), `svg` is its sign about the origin."""

    field: str
    value: str
    label: str
    count: int
    svg: str


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of the ground and of lines by tone: fixed ones, or, on a page, the theme's variables."""

    paper: str
    tones: Mapping[str, str]


ON_PAPER = Look("#ffffff", TONES)
OF_THEME = Look("var(--cg-paper)", {tone: f"var(--cg-{tone})" for tone in TONES})


def mark_svg(kind: EntityType, x: float, y: float, radius: float, *, paper: str = "#ffffff") -> str:
    """The SVG element of a type's mark about (x, y)."""
    mark = TYPES[kind].mark
    corners = OUTLINES.get(mark.shape)
    if corners:
        points = " ".join(f"{x + cx * radius:.2f},{y + cy * radius:.2f}" for cx, cy in corners)
        return f'<polygon points="{points}" fill="{mark.colour}" stroke="{paper}" stroke-width="1"/>'
    if mark.shape == "box":
        left, top = x - radius * 1.4, y - radius * 0.9
        size = f'width="{radius * 2.8:.2f}" height="{radius * 1.8:.2f}"'
        look = f'fill="{paper}" stroke="{mark.colour}" stroke-width="1.4"'
        return f'<rect x="{left:.2f}" y="{top:.2f}" {size} rx="2.5" {look}/>'
    if mark.shape == "ellipse":
        radii = f'rx="{radius * 1.3:.2f}" ry="{radius * 0.85:.2f}"'
        return f'<ellipse cx="{x:.2f}" cy="{y:.2f}" {radii} fill="{mark.colour}" stroke="{paper}" stroke-width="1"/>'
    if mark.dashed:
        return (
            f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius * 0.88:.2f}" fill="{paper}" stroke="{mark.colour}" '
            'stroke-width="2.2" stroke-dasharray="3.2 2.2"/>'
        )
    look = f'fill="{mark.colour}" stroke="{paper}" stroke-width="1"'
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:.2f}" {look}/>'


def line_svg(line: Line, half: float, look: Look, *, dashed: bool = False) -> str:
    """A short piece of a line about the origin."""
    stroke = stroke_of(line)
    dashes = DASHES if dashed else stroke.dashes
    extra = f' stroke-dasharray="{" ".join(f"{d:g}" for d in dashes)}"' if dashes else ""
    return (
        f'<line x1="{-half:g}" y1="0" x2="{half:g}" y2="0" stroke="{look.tones[stroke.tone]}" '
        f'stroke-width="{min(3.0, stroke.width + 0.4):g}"{extra}/>'
    )


def type_keys(scene: Scene, look: Look = ON_PAPER) -> list[Key]:
    """One entry for each type that occurs, with how many."""
    counts: Counter[EntityType] = Counter()
    for ref, kind, members in {(n.ref, n.type, n.members) for n in scene.nodes}:
        counts[kind] += max(1, members) if ref else 0
    return [
        Key(
            "type",
            kind,
            TYPES[kind].label(scene.lang),
            counts[kind],
            mark_svg(kind, 0, 0, 6, paper=look.paper),
        )
        for kind in types_shown(scene.nodes)
    ]


def line_keys(scene: Scene, look: Look = ON_PAPER) -> list[Key]:
    """One entry for each kind of line, where more than one occurs or the lines tell changes."""
    kinds = kinds_shown(scene.lines)
    if len(kinds) < 2 and not any(line.change for line in scene.lines):
        return []
    return [
        Key("kind", kind, kind_label(kind)(scene.lang), count, line_svg(example, 11, look))
        for kind, example, count in kinds
    ]


def illustrative_key(scene: Scene, look: Look = ON_PAPER) -> Key | None:
    """The dashed line's entry, when one is drawn."""
    example = next((line for line in scene.lines if line.illustrative), None)
    if example is None:
        return None
    label = STATUS_LABELS[Status.ILLUSTRATIVE](scene.lang)
    return Key("", "", label, 0, line_svg(example, 14, look, dashed=True))
