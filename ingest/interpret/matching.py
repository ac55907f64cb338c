"""Which profile a table fits: header words over one or several header rows, and what is missing where none fits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from graph.ids import normalise
from ingest.interpret.sheet import Sheet, is_mark
from ingest.profiling import ColumnRule, Profile

_HEADER_WITHIN = 8
"""Rows in which a header is sought: titles, units of measure and 附件N stand above it."""
_LONGEST_HEADER = 40
_TAIL = re.compile(r"\([^()]*\)$|[:：*]+$")
_ENOUGH = 1.5
"""What header words and title must say together: two columns, or one column and the title."""
_SIDE_ROLES = frozenset({"number", "note", "personal", "group"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of one panel with its role; `header` is its header as printed, lower header row first."""

    index: int
    rule: ColumnRule | None
    header: str
    weight: float = 0.0

    @property
    def role(self) -> str:
        return self.rule.role if self.rule else ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A profile laid over a table. `panels` has more than one list of columns where the same columns stand side by
    side; `marks` are columns that hold only √ and the like."""

    profile: Profile
    first: int
    last: int
    panels: tuple[tuple[Column, ...], ...]
    marks: frozenset[int]
    score: float
    missing: tuple[str, ...]


class _Words:
    """The header words of a profile, compiled."""

    def __init__(self, columns: Sequence[ColumnRule]) -> None:
        self.plain: dict[str, ColumnRule] = {}
        self.patterns: list[tuple[re.Pattern[str], ColumnRule]] = []
        for rule in columns:
            for word in rule.words:
                if len(word) > 2 and word.startswith("/") and word.endswith("/"):
                    self.patterns.append((re.compile(word[1:-1]), rule))
                else:
                    self.plain.setdefault(normalise(word), rule)

    def match(self, parts: Sequence[str]) -> tuple[ColumnRule, float] | None:
        """The rule that a header plays and how loud it says so; `parts` are its words from top to bottom."""
        bottom, joined, top = parts[-1], "".join(parts), parts[0]
        forms = dict.fromkeys((joined, bottom))
        for form in forms:
            if rule := self._plain(form):
                return rule, 1.0
        for form in forms:
            if rule := self._pattern(form):
                return rule, 0.5
        if len(parts) > 1:
            if rule := self._plain(top):
                return rule, 1.0
            if rule := self._pattern(top):
                return rule, 0.5
        return None

    def _plain(self, form: str) -> ColumnRule | None:
        return self.plain.get(form) or self.plain.get(_TAIL.sub("", form))

    def _pattern(self, form: str) -> ColumnRule | None:
        shorter = _TAIL.sub("", form)
        for text in dict.fromkeys((form, shorter)):
            for pattern, rule in self.patterns:
                if pattern.fullmatch(text):
                    return rule
        return None


@lru_cache(maxsize=64)
def words_of(columns: tuple[ColumnRule, ...]) -> _Words:
    """The compiled header words of a profile's columns."""
    return _Words(columns)


def match_header(parts: Sequence[str], profile: Profile) -> ColumnRule | None:
    """The rule that header words (normalised, from top to bottom) play in a profile, or None."""
    found = words_of(profile.columns).match(parts)
    return found[0] if found else None


def find_layout(sheet: Sheet, profiles: Sequence[Profile]) -> tuple[Layout | None, Layout | None]:
    """The best layout that fits, and the nearest one, which may miss something. Earlier profiles win a tie."""
    best: Layout | None = None
    near: Layout | None = None
    title = normalise(sheet.title)
    for first, last in _header_rows(sheet):
        headers = [_parts(sheet, first, last, c) for c in range(1, sheet.columns + 1)]
        marks = sheet.mark_columns(last + 1)
        for profile in profiles:
            layout = _lay(profile, headers, first, last, marks, title)
            if near is None or _nearness(layout) > _nearness(near):
                near = layout
            if not layout.missing and layout.score >= _ENOUGH and (best is None or layout.score > best.score):
                best = layout
    return best, near


def _nearness(layout: Layout) -> float:
    return layout.score - len(layout.missing)


def _header_rows(sheet: Sheet) -> list[tuple[int, int]]:
    """Candidates for (first, last) header row; rows of one text are titles."""
    found: list[tuple[int, int]] = []
    for row in range(1, min(_HEADER_WITHIN, sheet.rows) + 1):
        cells = sheet.distinct(row)
        filled = [c for c in cells if c.text.strip()]
        if len(filled) < 2 or any(len(normalise(c.text)) > _LONGEST_HEADER for c in filled):
            continue
        if any(c.row < row for c in cells):
            continue
        depth = max(c.rowspan for c in cells)
        last = min(row + depth - 1, sheet.rows)
        if depth == 1 and row < sheet.rows and _continues(sheet, row):
            found.append((row, row + 1))
        found.append((row, last))
    return found


def _continues(sheet: Sheet, row: int) -> bool:
    """Whether the row below is a second header row whose merges were lost or stand only sideways: it has words
    under every wide header, and nothing under the others."""
    wide = False
    for c in range(1, sheet.columns + 1):
        top, below = sheet.cell(row, c), sheet.cell(row + 1, c).text.strip()
        right = sheet.cell(row, c + 1) if c < sheet.columns else None
        blank_right = right is not None and right is not top and not right.text.strip()
        if top.colspan > 1 or not top.text.strip() or (blank_right and below):
            wide = True
            if not below:
                return False
        elif below:
            return False
    return wide


def _parts(sheet: Sheet, first: int, last: int, column: int) -> tuple[str, ...]:
    """Header words of a column from top to bottom, each once; a blank top takes the one to its left, where the
    row below goes on."""
    parts: list[str] = []
    for row in range(first, last + 1):
        text = normalise(sheet.cell(row, column).text)
        if not text and row < last and sheet.cell(row + 1, column).text.strip():
            text = next(
                (t for c in range(column - 1, 0, -1) if (t := normalise(sheet.cell(row, c).text))), ""
            )
        if text and text not in parts:
            parts.append(text)
    return tuple(parts) or ("",)


def _lay(
    profile: Profile,
    headers: Sequence[tuple[str, ...]],
    first: int,
    last: int,
    marks: frozenset[int],
    title: str,
) -> Layout:
    width = _period(headers)
    words = words_of(profile.columns)
    columns: list[Column] = []
    for index, parts in enumerate(headers, 1):
        found = words.match(parts) if parts != ("",) and index not in marks else None
        header = "".join(reversed(parts))
        columns.append(
            Column(index, *(found or (None,)), header=header)
            if found is None
            else Column(index, found[0], header, found[1])
        )
    panel = columns[:width]
    score = sum(0.25 * c.weight if c.role in _SIDE_ROLES else c.weight for c in panel if c.rule)
    score -= 0.25 * sum(1 for c in panel if c.rule is None and c.header and c.index not in marks)
    score += 1.0 if len(marks) > 1 else 0.0
    score += 1.0 if any(normalise(word) in title for word in profile.titles) else 0.0
    panels = tuple(tuple(columns[at : at + width]) for at in range(0, len(columns), width))
    return Layout(profile, first, last, panels, marks, score, _missing(profile, panel, marks))


def _period(headers: Sequence[tuple[str, ...]]) -> int:
    """Number of columns after which the same headers come again (双栏), else all of them."""
    count = len(headers)
    for width in range(2, count // 2 + 1):
        if (
            count % width == 0
            and all(h == headers[i % width] for i, h in enumerate(headers))
            and headers[0] != ("",)
        ):
            return width
    return count


def _missing(profile: Profile, panel: Sequence[Column], marks: frozenset[int]) -> tuple[str, ...]:
    """Header words of the roles that are required and absent; the first word of each stands for it."""
    present = {c.role for c in panel}
    if len(marks) > 1:
        present |= {"counterpart", "responsible", "lead"}
    if profile.reading == "pairs" and sum(1 for c in panel if c.role == "counterpart") > 1:
        present.add("home")
    needs = [(rule.role,) for rule in profile.columns if rule.required]
    if profile.reading == "pairs" and "home" not in present and _unnamed(panel) is None:
        needs.append(("home",))
    lacking = [group for group in (*needs, *profile.needs) if not present & set(group)]
    return tuple(dict.fromkeys(_word(profile, group[0]) for group in lacking))


def _unnamed(panel: Sequence[Column]) -> Column | None:
    """The leftmost column without a role and with a header: it may hold the home names."""
    return next((c for c in panel if c.rule is None and c.header), None)


def _word(profile: Profile, role: str) -> str:
    words = [w for rule in profile.columns if rule.role == role for w in rule.words if not w.startswith("/")]
    return words[0] if words else role


__all__ = ["Column", "Layout", "find_layout", "is_mark", "match_header", "words_of"]
