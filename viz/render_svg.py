"""SVG of any scene: real text, grouped and named elements, a title and a description, no script.

Plain presentation attributes only, so that Inkscape, browsers and resvg draw the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from graph.vocabulary import TYPES
from viz.layout.text import FONT_SIZE, LINE_HEIGHT, clean, shorten, text_width, wrap
from viz.legend import illustrative_key, line_keys, mark_svg, type_keys
from viz.marks import Box, Point, bounds, label_box, line_ends, mark_centre
from viz.palette import PALETTE
from viz.paper.panels import panelled
from viz.registry import Renderer
from viz.scene import Heading, Line, Node, Scene
from viz.strokes import TONES, stroke_of, tag, tag_colour
from viz.svg_matrix import matrix_size, matrix_svg
from viz.words import WORDS

FONTS = (
    "'PingFang SC','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC','WenQuanYi Micro Hei',sans-serif"
)
MARGIN = 36.0
MIN_WIDTH = 560.0
FOOT = 26.0
"""Pixels between the picture and its legend."""
SOFT = "#55626E"
_SIZE = re.compile(r'<svg [^>]*?width="(\d+)" height="(\d+)" viewBox="[^"]*"')
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def said(text: str) -> str:
    """Text for an element: markup escaped, what XML may not hold taken out."""
    return escape(_NOT_XML.sub("", text))


def attribute(text: str) -> str:
    """A quoted attribute value."""
    return quoteattr(_NOT_XML.sub("", text))


def text_svg(
    text: str,
    x: float,
    y: float,
    *,
    size: float = FONT_SIZE,
    anchor: str = "start",
    fill: str = "",
    weight: int = 400,
) -> str:
    """One line of text whose vertical middle is at y."""
    look = f' font-weight="{weight}"' if weight != 400 else ""
    colour = f' fill="{fill}"' if fill else ""
    place = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x:.1f}" y="{y + size * 0.36:.1f}" font-size="{size:g}"{place}{colour}{look}>{said(text)}</text>'


def _label(node: Node, rim: str) -> str:
    """The wrapped name with a rim of that colour, of none where no line passes under it."""
    box = label_box(node)
    anchor = {"right": "start", "left": "end"}.get(node.side, "middle")
    x = {"start": box.left, "end": box.right}.get(anchor, (box.left + box.right) / 2)
    lines = node.label.split("\n")
    top = (box.top + box.bottom) / 2 - LINE_HEIGHT * len(lines) / 2
    spans = "".join(
        f'<tspan x="{x:.1f}" y="{top + LINE_HEIGHT * (i + 0.5) + FONT_SIZE * 0.36:.1f}">{said(line)}</tspan>'
        for i, line in enumerate(lines)
    )
    halo = (
        "" if not rim or node.side == "inside" else f' stroke="{rim}" stroke-width="3" paint-order="stroke"'
    )
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text{place} stroke-linejoin="round"{halo}>{spans}</text>'


def _node(node: Node, number: int, scene: Scene, paper: str) -> str:
    x, y = mark_centre(node)
    if node.side == "inside":
        size = f'x="{x - node.width / 2:.1f}" y="{y - node.height / 2:.1f}" width="{node.width:.1f}"'
        look = f'fill="#ffffff" stroke="{TYPES[node.type].mark.colour}" stroke-width="1.2"'
        mark = f'<rect {size} height="{node.height:.1f}" rx="7" {look}/>'
    else:
        mark = mark_svg(node.type, x, y, node.radius, paper=paper)
    count = (
        text_svg(str(node.members), x, y, size=11, anchor="middle", fill="#ffffff") if node.members else ""
    )
    # In columns, names stand outside of the marks, where no line comes.
    label = _label(node, "" if scene.layered else paper)
    title = f"<title>{said(node.name)}（{said(TYPES[node.type].label(scene.lang))}）</title>"
    return f'<g id="node-{number}" data-entity={attribute(node.ref)}>{title}{mark}{count}{label}</g>'


def path_of(a: Point, b: Point, layered: bool) -> str:
    """The path of a line: a level curve between columns, straight otherwise."""
    if not layered:
        return f"M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}"
    middle = (a[0] + b[0]) / 2
    return f"M{a[0]:.1f} {a[1]:.1f}C{middle:.1f} {a[1]:.1f} {middle:.1f} {b[1]:.1f} {b[0]:.1f} {b[1]:.1f}"


def _line(line: Line, nodes: dict[str, Node], number: int, scene: Scene) -> str:
    a, b = nodes[line.source], nodes[line.target]
    stroke = stroke_of(line)
    dashes = f' stroke-dasharray="{" ".join(f"{d:g}" for d in stroke.dashes)}"' if stroke.dashes else ""
    arrow = f' marker-end="url(#arrow-{stroke.tone})"' if line.directed else ""
    start, end = line_ends(a, b)
    if line.directed:
        end = _short_of(start, end, b.radius + 3)
    path = f'<path d="{path_of(start, end, scene.layered)}" stroke="{TONES[stroke.tone]}" '
    path += f'stroke-width="{stroke.width:g}"{dashes}{arrow}/>'
    title = f"<title>{said(a.name)} — {said(tag(line, scene.lang))} — {said(b.name)}</title>"
    claims = f'data-claims="{line.count}" data-relation="{line.type}"'
    return f'<g id="line-{number}" {claims}>{title}{path}</g>'


def _short_of(start: Point, end: Point, room: float) -> Point:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = max(1e-6, (dx * dx + dy * dy) ** 0.5)
    return end[0] - dx / length * room, end[1] - dy / length * room


def _tags(scene: Scene, nodes: dict[str, Node], paper: str) -> Iterator[str]:
    """Signs of change at the middle of their lines, and 示例 where official claims stand beside."""
    mixed = 0 < sum(line.illustrative for line in scene.lines) < len(scene.lines)
    taken: list[Box] = []
    for line in scene.lines:
        if line.change in ("", "kept") and not (mixed and line.illustrative):
            continue
        (ax, ay), (bx, by) = line_ends(nodes[line.source], nodes[line.target])
        words = tag(line, scene.lang)
        half = text_width(words, 11) / 2 + 4
        x, y = (ax + bx) / 2, (ay + by) / 2
        box = Box(x - half, y - 8, x + half, y + 8)
        if any(box.meets(other) for other in taken):
            continue
        taken.append(box)
        fill = tag_colour(line, SOFT)
        back = (
            f'<rect x="{box.left:.1f}" y="{box.top:.1f}" width="{2 * half:.1f}" height="16" fill="{paper}"/>'
        )
        yield back + text_svg(words, x, y, size=11, anchor="middle", fill=fill)


def _heading(heading: Heading) -> str:
    size, weight, fill = (15, 600, PALETTE.ink) if heading.level == 1 else (12, 400, SOFT)
    return text_svg(
        heading.text, heading.x, heading.y, size=size, anchor=heading.anchor, fill=fill, weight=weight
    )


def _caption_lines(scene: Scene, width: float) -> list[str]:
    """What stands under the title: filters, date, how much is shown, what is left out."""
    shown = WORDS["shown_rows" if scene.matrix else "shown"](scene.lang)
    caption = scene.caption
    facts = [caption.filters, WORDS["as_of"](scene.lang).format(date=caption.data_date)]
    facts.append(shown.format(shown=caption.shown, total=caption.total))
    text = " · ".join(clean(fact) for fact in facts if fact)
    return [line for part in (text, *caption.notes) for line in wrap(part, width, lines=3, size=12.5)]


def _head(scene: Scene, width: float) -> tuple[str, float]:
    """The title block and its height."""
    caption = scene.caption
    mark = f"（{WORDS['illustrative'](scene.lang)}）" if caption.illustrative else ""
    title = shorten(clean(caption.title), width - 120, 20) + mark
    parts = [text_svg(title, 0, 14, size=20, weight=600, fill=PALETTE.ink)]
    y = 44.0
    for line in _caption_lines(scene, width):
        parts.append(text_svg(line, 0, y, size=12.5, fill=SOFT))
        y += 19
    return f'<g id="caption">{"".join(parts)}</g>', y + 8


def _legend(scene: Scene, width: float) -> tuple[str, float]:
    """What occurs, in as many rows as it takes, and the height of it."""
    keys = [*type_keys(scene), *line_keys(scene)]
    dashed = illustrative_key(scene)
    keys += [dashed] if dashed else []
    parts: list[str] = []
    x = y = 0.0
    for key in keys:
        words = f"{key.label} {key.count}" if key.count else key.label
        room = 34 + text_width(words, 12) + 18
        if x and x + room > width:
            x, y = 0.0, y + 22
        parts.append(f'<g transform="translate({x + 13:.1f} {y + 10:.1f})">{key.svg}</g>')
        parts.append(text_svg(words, x + 32, y + 10, size=12))
        x += room
    return f'<g id="legend">{"".join(parts)}</g>', y + 30 if keys else 0.0


def _sources(scene: Scene, width: float) -> tuple[str, float]:
    caption = scene.caption
    if not caption.sources:
        return "", 0.0
    text = WORDS["sources"](scene.lang) + WORDS["semicolon"](scene.lang).join(caption.sources)
    lines = wrap(text, width, lines=6, size=12)
    parts = [text_svg(line, 0, 8 + 18 * i, size=12, fill=SOFT) for i, line in enumerate(lines)]
    return f'<g id="sources">{"".join(parts)}</g>', 18.0 * len(lines)


def _description(scene: Scene) -> str:
    caption = scene.caption
    parts = [caption.filters, *caption.notes, *caption.sources, f"?{caption.query}"]
    return WORDS["semicolon"](scene.lang).join(part for part in parts if part)


def _picture(scene: Scene, paper: str) -> tuple[str, Box]:
    """The drawing itself in its own coordinates, and the rectangle that it fills."""
    if scene.matrix:
        return matrix_svg(scene), Box(0, 0, *matrix_size(scene))
    if scene.empty:
        words = WORDS["empty"](scene.lang)
        return text_svg(words, 0, 0, size=16, anchor="middle", fill=SOFT), Box(-240, -60, 240, 60)
    nodes = {node.id: node for node in scene.nodes}
    lines = "".join(_line(line, nodes, i, scene) for i, line in enumerate(scene.lines, 1))
    marks = "".join(_node(node, i, scene, paper) for i, node in enumerate(scene.nodes, 1))
    drawn = [
        f'<g id="lines" fill="none" stroke-linecap="round">{lines}</g>',
        f'<g id="nodes">{marks}</g>',
        f'<g id="tags">{"".join(_tags(scene, nodes, paper))}</g>',
        f'<g id="headings">{"".join(map(_heading, scene.headings))}</g>',
    ]
    return "".join(drawn), bounds(scene)


def _arrows(scene: Scene) -> str:
    """The heads of directed lines, one for each tone that occurs: a head has its line's colour."""
    tones = sorted({stroke_of(line).tone for line in scene.lines if line.directed})
    markers = "".join(
        f'<marker id="arrow-{tone}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
        f'orient="auto-start-reverse"><path d="M0 1L9 5L0 9z" fill="{TONES[tone]}"/></marker>'
        for tone in tones
    )
    return f"<defs>{markers}</defs>" if markers else ""


def frame_height(scene: Scene, width: float, *, margin: float = MARGIN) -> float:
    """Pixels of height that everything about the picture takes: caption, legend, sources, margins."""
    parts = (_head(scene, width), _legend(scene, width), _sources(scene, width))
    return 2 * margin + FOOT + sum(height for _, height in parts)


def svg_size(svg: str) -> tuple[int, int]:
    """Width and height in pixels that a picture of ours asks for."""
    found = _SIZE.search(svg)
    assert found is not None, "our own SVG states its size"
    return int(found[1]), int(found[2])


def render_svg(scene: Scene, *, margin: float = MARGIN, paper: str = PALETTE.paper) -> str:
    """The picture with its title, filters, date, legend of what occurs, and sources, on a ground of that colour;
    `margin` pixels about it."""
    drawing, box = _picture(scene, paper)
    inner = max(MIN_WIDTH, box.right - box.left)
    head, head_height = _head(scene, inner)
    legend, legend_height = _legend(scene, inner)
    sources, sources_height = _sources(scene, inner)
    top = margin + head_height
    foot = top + (box.bottom - box.top) + FOOT
    width = inner + 2 * margin
    height = foot + legend_height + sources_height + margin
    shift = margin + (inner - (box.right - box.left)) / 2 * (0 if scene.matrix else 1) - box.left
    groups = [
        f'<g transform="translate({margin:g} {margin:g})">{head}</g>',
        f'<g id="picture" transform="translate({shift:.1f} {top - box.top:.1f})">{drawing}</g>',
        f'<g transform="translate({margin:g} {foot:.1f})">{legend}</g>',
        f'<g transform="translate({margin:g} {foot + legend_height:.1f})">{sources}</g>',
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="{FONTS}" fill="{PALETTE.ink}" '
        f'font-size="{FONT_SIZE:g}" role="img" aria-labelledby="title description">\n'
        f'<title id="title">{said(scene.caption.title)}</title>\n'
        f'<desc id="description">{said(_description(scene))}</desc>\n{_arrows(scene)}\n'
        f'<rect id="paper" width="100%" height="100%" fill="{paper}"/>\n' + "\n".join(groups) + "\n</svg>\n"
    )


def _draw(scene: Scene, **options: Any) -> bytes:
    return render_svg(panelled(scene)).encode()


RENDERER = Renderer(ending="svg", media_type="image/svg+xml", draw=_draw)
