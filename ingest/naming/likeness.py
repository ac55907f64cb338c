"""Likely but uncertain matches for names that nothing knows: near in characters, of the same sound, or shortened.

They are never applied by themselves: they go to the review desk.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from rapidfuzz import fuzz, process

from graph.ids import normalise
from graph.model import Choice, Entity
from graph.vocabulary import EntityType
from ingest.naming.abbreviations import short_key
from ingest.naming.gazetteer import Entry
from ingest.naming.gazetteer_index import GazetteerIndex
from ingest.naming.words import Kind, said, seat

LIKELY = 80.0
"""Least score (0-100) of two whole names: one character of five may differ."""
CORE = 70.0
"""Least score of what is left without region, legal form and kind, which many names share."""
SAME_SHORT, SAME_SOUND, OTHER_LEVEL, SHORTENED = 98.0, 95.0, 90.0, 85.0
_LONGEST_BARE = 4
MOST = 5
"""Candidates a name."""
_FEW = 64
"""Rows of the matrix up to which starting threads costs more than it saves."""
SHORTEST = 5
"""Names of fewer characters are only compared by sound: a character of four that differs is another name."""
FORMS = re.compile(
    r"(?:有限责任公司|股份有限公司|有限公司|公司|集团|控股|股份|\(|\)|研究院|研究所|研究中心|大学|学院|经济技术开发区|高新技术产业开发区|开发区"
    r"|产业园区|工业园区|园区|产业园|自治县|自治州|委员会|局|委|办|厅)+"
)
_ZONES = (Kind(EntityType.PARK), Kind(EntityType.UNIT, "zone_committee"))
_SHORTENED_TYPES = frozenset({EntityType.ENTERPRISE, EntityType.INSTITUTE, EntityType.PARK})


class Likeness:
    """Compares unknown names with the names of a gazetteer; all of a call in one matrix."""

    def __init__(self, index: GazetteerIndex) -> None:
        self._index = index
        self._core = lru_cache(maxsize=50_000)(self._core_of)

    @cached_property
    def _known(self) -> list[tuple[str, Entry]]:
        """Every name of an entity, with its entry."""
        return [
            (text, entry)
            for text, entries in self._index.gazetteer.by_name.items()
            for entry in entries
            if len(text) >= 3 and entry.type is not EntityType.COLLECTIVE
        ]

    @cached_property
    def _long(self) -> list[tuple[str, Entry]]:
        return [(text, entry) for text, entry in self._known if len(text) >= SHORTEST]

    @cached_property
    def _sounds(self) -> dict[tuple[str, ...], list[tuple[str, Entry]]]:
        index: dict[tuple[str, ...], list[tuple[str, Entry]]] = {}
        for text, entry in self._known:
            index.setdefault(sound(text), []).append((text, entry))
        return index

    @cached_property
    def _characters(self) -> dict[str, set[int]]:
        """Full names that can be shortened, by each of their characters."""
        index: dict[str, set[int]] = {}
        for at, (text, entry) in enumerate(self._known):
            if entry.type in _SHORTENED_TYPES and normalise(entry.name) == text:
                for character in set(text):
                    index.setdefault(character, set()).add(at)
        return index

    def choices(self, unknown: Sequence[Entity]) -> list[tuple[Choice, ...]]:
        """Candidates for each entity that stands as printed, best first."""
        if not unknown:
            return []
        names = [self._whole_name(entity) for entity in unknown]
        near = self._near(names)
        return [
            self._best(
                entity,
                name,
                [
                    *alike,
                    *self._sounding(name),
                    *self._shortened(name),
                    *self._of_stem(name),
                    *self._zone(entity),
                    *self._bare(entity),
                ],
            )
            for entity, name, alike in zip(unknown, names, near, strict=True)
        ]

    def _whole_name(self, entity: Entity) -> str:
        """市科学技木局 in 宁波市 is compared as 宁波市科学技木局."""
        name = normalise(entity.name)
        region = self._index.places.region(entity.region)
        if region is None or entity.type is not EntityType.UNIT:
            return name
        word = self._index.level_word(region)
        return f"{region.name}{name.removeprefix(word)}" if name.startswith(word) and len(name) > 3 else name

    def _near(self, names: Sequence[str]) -> list[list[tuple[float, str, Entry]]]:
        """For each name the known ones that differ in few characters, by one matrix of all."""
        found: list[list[tuple[float, str, Entry]]] = [[] for _ in names]
        asked = [at for at, name in enumerate(names) if len(name) >= SHORTEST]
        if not asked:
            return found
        queries = [names[at] for at in asked]
        known = [text for text, _ in self._long]
        scores = process.cdist(
            queries, known, scorer=fuzz.ratio, score_cutoff=LIKELY, workers=-1 if len(queries) > _FEW else 1
        )
        for row, column in zip(*scores.nonzero(), strict=True):
            text, entry = self._long[column]
            if self._cores_alike(queries[row], text):
                found[asked[row]].append((float(scores[row, column]), text, entry))
        return found

    def _cores_alike(self, one: str, other: str) -> bool:
        return alike(self._core(one), self._core(other))

    def _core_of(self, name: str) -> str:
        """上海国盛(集团)有限公司 → 国盛."""
        leading = self._index.places.leading(name)
        rest = leading.rest if leading is not None and leading.rest else name
        return FORMS.sub("", rest) or (leading.place.name if leading is not None else rest)

    def _sounding(self, name: str) -> Iterable[tuple[float, str, Entry]]:
        """海署区 → 海曙区."""
        if len(name) >= 3:
            for text, entry in self._sounds.get(sound(name), ()):
                yield SAME_SOUND, text, entry

    def _shortened(self, name: str) -> Iterable[tuple[float, str, Entry]]:
        """上海交大 → 上海交通大学: all characters in order, the first the same or after the region."""
        name = re.sub(r"[()]", "", name)
        if len(name) < 2:
            return
        sets = [self._characters.get(character, set[int]()) for character in set(name)]
        for at in sorted(set.intersection(*sets)) if all(sets) else ():
            text, entry = self._known[at]
            rest = (text, self._core_of(text), text.removeprefix("中国"))
            if text.startswith(name) and said(name) in _ZONES:
                continue  # 临港新片区东方芯港 is a part of 临港新片区
            start = name if len(name) < 3 else name[0]
            if in_order(name, text) and any(form.startswith(start) for form in rest):
                yield SHORTENED, text, entry

    @cached_property
    def _zones(self) -> dict[tuple[str, str], list[tuple[str, Entry]]]:
        """Zones and parks by region and short form: 经济开发区 and 经济技术开发区 are often one under two names."""
        index: dict[tuple[str, str], list[tuple[str, Entry]]] = {}
        for text, entry in self._known:
            region = self._index.region_of_entry(entry) if _is_zone(entry.type, entry.kind) else None
            if region is not None:
                key = entry.region, short_key(self._index.without_region(text, region))
                index.setdefault(key, []).append((text, entry))
        return index

    def _zone(self, entity: Entity) -> Iterable[tuple[float, str, Entry]]:
        region = self._index.places.region(entity.region)
        if region is not None and _is_zone(entity.type, entity.kind):
            name = seat(normalise(entity.name))
            leading = self._index.places.leading(name)
            rest = leading.rest if leading is not None and leading.place is region else name
            for text, entry in self._zones.get((entity.region, short_key(rest or name)), ()):
                yield SAME_SHORT, text, entry

    def _bare(self, entity: Entity) -> Iterable[tuple[float, str, Entry]]:
        """发改 and 市发改, where the region has one 发改委: what lists leave of a body's name."""
        region = self._index.places.region(entity.region)
        name = normalise(entity.name)
        if region is None or entity.kind not in {"unknown", "other"} or len(name) > _LONGEST_BARE:
            return
        rest = name.removeprefix(self._index.level_word(region))
        for ending in "局委办厅":
            for entry in self._index.bodies(region, f"{short_key(rest)}{ending}"):
                yield SHORTENED, entry.name, entry

    def _of_stem(self, name: str) -> Iterable[tuple[float, str, Entry]]:
        """奉化市 → 奉化区."""
        for place in self._index.places.of_stem(name):
            yield OTHER_LEVEL, place.name, place

    def _best(
        self, entity: Entity, name: str, likely: Iterable[tuple[float, str, Entry]]
    ) -> tuple[Choice, ...]:
        fitting = [item for item in likely if self._fits(entity, item[2])]
        best: dict[str, Choice] = {}
        for score, text, entry in sorted(fitting, key=lambda item: self._order(entity, item)):
            known = self._index.entity(entry)
            if known.id != entity.id:
                choice = Choice(
                    id=known.id,
                    type=known.type,
                    name=known.name,
                    score=round(score, 1),
                    reason=_reason(name, text, score),
                )
                best.setdefault(known.id, choice)
        return tuple(list(best.values())[:MOST])

    def _order(self, entity: Entity, item: tuple[float, str, Entry]) -> tuple[float, bool, str, str]:
        """Best first; of equals, those in the region of the name before others."""
        score, text, entry = item
        region = self._index.places.region(entity.region)
        lies = entry if entry.is_place else self._index.region_of_entry(entry)
        outside = lies is None or not self._index.places.within(lies, region)
        return -score, outside, entry.code, text

    def _fits(self, entity: Entity, entry: Entry) -> bool:
        """Whether both can be one body: of one type, and for a bureau or zone of one region."""
        vague = entity.type is EntityType.ORGANISATION and entity.kind == "unknown"
        zones = _is_zone(entity.type, entity.kind) and _is_zone(entry.type, entry.kind)
        if entity.type is not entry.type and not vague and not zones:
            return False
        if entry.is_place:
            return entity.kind in {"province", "city", "district", "county", "other", "unknown"}
        return entry.type is not EntityType.UNIT or entry.region == entity.region


def _is_zone(kind: EntityType, unit: str) -> bool:
    return kind is EntityType.PARK or unit == "zone_committee"


def _reason(name: str, text: str, score: float) -> str:
    if score == SAME_SOUND:
        return f"与“{text}”读音相同"
    if score == SAME_SHORT:
        return f"与“{text}”的规范简称相同"
    if score == OTHER_LEVEL:
        return f"与“{text}”只差区划名称"
    return f"可能是“{text}”的简称" if score == SHORTENED and len(name) < len(text) else f"与“{text}”字形相近"


def alike(mine: str, theirs: str) -> bool:
    """Whether what is left of two names without region, legal form and kind is near in characters or sound."""
    return bool(mine and theirs) and (
        fuzz.ratio(mine, theirs) >= CORE or (len(mine) == len(theirs) and sound(mine) == sound(theirs))
    )


def in_order(short: str, long: str) -> bool:
    """Whether a text has all characters of another in their order."""
    rest = iter(long)
    return all(character in rest for character in short)


@lru_cache(maxsize=50_000)
def sound(text: str) -> tuple[str, ...]:
    """Its syllables, without tones."""
    return tuple(_pinyin(character) for character in text)


@lru_cache(maxsize=10_000)
def _pinyin(character: str) -> str:
    from pypinyin import (
        lazy_pinyin,
    )  # its dictionary takes 0.1 s to load, and is only needed for unknown names

    return lazy_pinyin(character)[0]
