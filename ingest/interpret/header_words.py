"""What header words say: the role that each plays in a profile."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from graph.ids import normalise
from ingest.profiling import ColumnRule, Profile

_TAIL = re.compile(r"\([^()]*\)$|[:：*]+$")


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
