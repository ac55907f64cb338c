"""How lines are drawn: tone, width and dashes by relation, change and status, the same in every renderer."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.vocabulary import ILLUSTRATIVE_MARK, RELATIONS, Relation, Text
from viz.scene import Line
from viz.words import CHANGE_SIGNS, WORDS

DASHES = (7.0, 5.0)
"""Of illustrative claims."""
DOTS = (1.5, 4.0)
"""Of claims that a revision took away."""
LONG = (13.0, 4.0)
"""Of claims that a revision moved to another partner."""
LONG_AND_DOT = (9.0, 4.0, 1.5, 4.0)
"""Of what a moved claim was before."""
SHORT = (3.5, 2.5)
"""Of claims on which only a name changed."""
PRESETS: Mapping[tuple[float, ...], str] = {
    DASHES: "dash",
    DOTS: "sysDot",
    LONG: "lgDash",
    LONG_AND_DOT: "lgDashDot",
    SHORT: "sysDash",
}
"""The preset line dashes of DrawingML (ECMA-376 part 1, 20.1.10.48) that come nearest."""
TONES = {
    "line": "#A9B4BD",
    "strong": "#1F5F8B",
    "problem": "#B45309",
    "moved": "#7B4A9E",
    "renamed": "#4B6B3C",
}
"""Colours of lines on paper by tone; the dark theme has its own."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """`tone` is a key of TONES, `width` in pixels at zoom 1, `dashes` in pixels or empty."""

    tone: str
    width: float
    dashes: tuple[float, ...] = ()

    @property
    def preset(self) -> str:
        """The name of its dashes in Office; empty for a whole line."""
        return PRESETS[self.dashes] if self.dashes else ""


_BY_RELATION = {
    Relation.LEADS: Stroke("strong", 2.2),
    Relation.OVERSEES: Stroke("strong", 1.4),
    Relation.RESPONSIBLE_FOR: Stroke("strong", 1.4),
}
_KEPT = Stroke("line", 0.9)
_BY_CHANGE = {
    "added": Stroke("strong", 2.8),
    "removed": Stroke("problem", 2.0, DOTS),
    "moved": Stroke("moved", 2.2, LONG),
    "moved_from": Stroke("moved", 1.5, LONG_AND_DOT),
    "renamed": Stroke("renamed", 1.6, SHORT),
}
"""Told apart by dashes alone, so that a grey print says the same; added and kept, both whole, by their width."""


def stroke_of(line: Line) -> Stroke:
    """How one line is drawn; wider with the logarithm of its count, but for what a revision kept."""
    if line.change == "kept":
        return _KEPT
    base = _BY_CHANGE.get(line.change) or _BY_RELATION.get(line.type) or Stroke("line", 1.2)
    width = min(base.width + 2.6, base.width + 0.5 * math.log2(line.count))
    dashes = base.dashes or (DASHES if line.illustrative else ())
    return Stroke(base.tone, round(width, 2), dashes)


def kind_of(line: Line) -> str:
    """What the legend counts a line as: its change, else its relation."""
    return line.change or line.type


def kind_label(kind: str) -> Text:
    """A kind of line in words; of a change with its sign."""
    if kind not in CHANGE_SIGNS:
        return RELATIONS[Relation(kind)].label
    words, sign = WORDS[kind], CHANGE_SIGNS[kind]
    return Text(f"{sign} {words.zh}", f"{sign} {words.en}") if sign else words


def says(line: Line, lang: str) -> str:
    """The printed term, else the relation's name."""
    return line.term or RELATIONS[line.type].label(lang)


def tag(line: Line, lang: str) -> str:
    """What stands at a line's middle when it is lit: sign of change, term, count, 示例."""
    said = WORDS[line.change](lang) if line.change not in ("", "kept") else says(line, lang)
    parts = [CHANGE_SIGNS.get(line.change, ""), said, f"×{line.count}" if line.count > 1 else ""]
    parts.append(ILLUSTRATIVE_MARK if line.illustrative else "")
    return " ".join(part for part in parts if part)


def tag_colour(line: Line, plain: str) -> str:
    """The colour on paper of what stands at a line's middle: of a change its line's own, else the plain one."""
    return plain if line.change in ("", "kept") else TONES[stroke_of(line).tone]


def kinds_shown(lines: Iterable[Line]) -> list[tuple[str, Line, int]]:
    """The kinds that occur, in the vocabulary's order: (kind, an example, how many). Claims are counted; of changes
    the relations that changed, or were kept, as the comparison counts them: both documents state what was kept."""
    first: dict[str, Line] = {}
    counts: dict[str, int] = {}
    for line in lines:
        kind = kind_of(line)
        first.setdefault(kind, line)
        counts[kind] = counts.get(kind, 0) + (1 if line.change else line.count)
    order = [*CHANGE_SIGNS, *RELATIONS]
    return [(kind, first[kind], counts[kind]) for kind in sorted(first, key=order.index)]
