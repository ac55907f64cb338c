"""Likely but uncertain matches for names that nothing knows: near in characters, or of the same sound.

They are never applied by themselves: they go to the review desk.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from rapidfuzz import fuzz, process

from graph.ids import normalise
from graph.model import Choice, Entity
from graph.vocabulary import EntityType
from ingest.gazetteer import Entry
from ingest.gazetteer_index import GazetteerIndex

LIKELY = 80.0
"""Least score (0-100) of a candidate: one character of five may differ."""
MOST = 5
"""Candidates a name."""


class Likeness:
    """Compares unknown names with the names of a gazetteer in one matrix."""

    def __init__(self, index: GazetteerIndex) -> None:
        self._index = index

    @cached_property
    def _known(self) -> list[tuple[str, Entry]]:
        """Every name of three characters or more with its entry."""
        return [
            (text, entry)
            for text, entries in self._index.gazetteer.by_name.items()
            for entry in entries
            if len(text) >= 3 and entry.type is not EntityType.COLLECTIVE
        ]

    def choices(self, unknown: Sequence[tuple[Entity, str]]) -> list[tuple[Choice, ...]]:
        """For each (entity, region of its scope) the candidates, best first."""
        if not unknown:
            return []
        queries = [self._query(entity) for entity, _ in unknown]
        scores = process.cdist(
            queries, [text for text, _ in self._known], scorer=fuzz.ratio, score_cutoff=LIKELY
        )
        answers: list[tuple[Choice, ...]] = []
        for row, (entity, _) in zip(scores, unknown, strict=True):
            likely = [(float(row[i]), *self._known[i]) for i in row.nonzero()[0]]
            answers.append(self._best(entity, likely))
        return answers

    def _query(self, entity: Entity) -> str:
        return normalise(entity.name)

    def _best(self, entity: Entity, likely: list[tuple[float, str, Entry]]) -> tuple[Choice, ...]:
        best: dict[str, Choice] = {}
        likely = [item for item in likely if self._fits(entity, item[2])]
        for score, text, entry in sorted(likely, key=lambda item: (-item[0], item[2].code, item[1])):
            known = self._index.entity(entry)
            if known.id != entity.id:
                reason = f"与“{text}”相近"
                best.setdefault(
                    known.id,
                    Choice(
                        id=known.id, type=known.type, name=known.name, score=round(score, 1), reason=reason
                    ),
                )
        return tuple(list(best.values())[:MOST])

    def _fits(self, entity: Entity, entry: Entry) -> bool:
        """Whether both can be one body: of one type, and for a bureau or zone of one region."""
        if entity.type is not entry.type and (entity.type, entity.kind) != (
            EntityType.ORGANISATION,
            "unknown",
        ):
            return False
        if entry.is_place:
            return entity.kind in {"province", "city", "district", "county", "other", "unknown"}
        return entry.type is not EntityType.UNIT or not entity.region or entry.region == entity.region
