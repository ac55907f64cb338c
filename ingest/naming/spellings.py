"""Different spellings of one body that no gazetteer lists: 市海洋渔业局 and 市海洋与渔业局 of one city.

Nobody can say for certain that they are one, so they go to the review desk: the shorter name asks whether it is
the fuller one. Only names of one type (zones and parks are one) and one region are compared, and never two that
differ in a number or a direction (第一医院, 第二医院; 城东, 城西).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from graph.ids import normalise
from graph.model import Choice, Entity
from graph.vocabulary import EntityType
from ingest.naming.abbreviations import short_key
from ingest.naming.gazetteer_index import LEVEL, GazetteerIndex
from ingest.naming.likeness import (
    FORMS,
    LIKELY,
    MOST,
    SAME_SHORT,
    SAME_SOUND,
    SHORTENED,
    SHORTEST,
    alike,
    in_order,
    sound,
)
from ingest.naming.words import seat

NAMEPLATE = 97.0
"""Score of a name that stands in brackets after another (两块牌子), or is a former one."""
_BLOCK = 512
"""Rows of a matrix that are in memory at once."""
_SHORTEST_PART = 3
"""Characters that a shortened name must have left: two are found in too many."""
_TOLD_APART = re.compile(r"[0-9A-Za-z]+|[一二三四五六七八九十甲乙丙丁东西南北上下]")
_Found = dict[str, dict[str, Choice]]
"""What an entity may be, by the ids of both."""
_BODIES = frozenset({EntityType.UNIT, EntityType.ORGANISATION, EntityType.PARK})
"""Types whose names mean the same with and without their region."""


@dataclass(frozen=True, slots=True)
class _Name:
    """A name as it is compared: `core` is what is left without its region, `whole` the name with it,
    `kernel` the core without legal form and kind, `signs` its numbers and directions."""

    entity: Entity
    whole: str
    core: str
    short: str
    kernel: str
    signs: tuple[str, ...]


class Spellings:
    """Compares unlisted entities with one another."""

    def __init__(self, index: GazetteerIndex) -> None:
        self._index = index

    def alike(
        self, entities: Sequence[Entity], others: Sequence[tuple[Entity, str]] = ()
    ) -> dict[str, tuple[Choice, ...]]:
        """For each entity that may be another one of these, what it may be, best first; by entity id.

        `entities` stand in order of first appearance: of two names of one length the later one asks. `others`
        are units, listed ones too, with each name that they have beside their own.
        """
        found = self.beside(entities, others)
        for group in self._groups(entities):
            for name, fuller, score, reason in _pairs(group):
                choice = _choice(fuller.entity, score, reason.format(fuller.entity.name))
                known = found.setdefault(name.entity.id, {})
                if score > known.get(fuller.entity.id, {"score": 0.0})["score"]:
                    known[fuller.entity.id] = choice
        return {
            key: tuple(sorted(choices.values(), key=lambda c: -c["score"])[:MOST])
            for key, choices in found.items()
        }

    def beside(self, unlisted: Sequence[Entity], others: Sequence[tuple[Entity, str]]) -> _Found:
        """For each unlisted unit whose name is another name of some unit of its region (市委教育工委, where a
        document prints 市教育局（市委教育工委）): that unit. `others` are units with such a name."""
        known: dict[tuple[str, str], list[Entity]] = {}
        for entity, text in others:
            name = self._name(replace(entity, name=text))
            known.setdefault((_scope(entity), name.short), []).append(entity)
        found: _Found = {}
        for entity in unlisted:
            if entity.type is EntityType.UNIT:
                name = self._name(entity)
                for other in known.get((_scope(entity), name.short), ()):
                    if other.id != entity.id:
                        reason = f"与“{other.name}”是两块牌子或前后名称"
                        choice = _choice(other, NAMEPLATE, reason)
                        found.setdefault(entity.id, {})[other.id] = choice
        return found

    def _groups(self, entities: Sequence[Entity]) -> Iterator[list[_Name]]:
        """Names that can be spellings of one another, the fullest first."""
        groups: dict[tuple[str, str], list[_Name]] = {}
        for entity in entities:
            zone = entity.type is EntityType.PARK or entity.kind == "zone_committee"
            kind = "zone" if zone else entity.type.value
            groups.setdefault((kind, _scope(entity)), []).append(self._name(entity))
        for group in groups.values():
            if len(group) > 1:
                yield sorted(group, key=lambda name: (-len(name.whole), -len(name.entity.name)))

    def _name(self, entity: Entity) -> _Name:
        name = seat(normalise(entity.name))
        region = self._index.places.region(entity.region)
        core, level = name, LEVEL.match(name)
        leading = self._index.places.leading(name)
        body = entity.type in _BODIES
        led = leading is not None and len(leading.rest) > 1 and (region is None or leading.place is region)
        if leading is not None and led and body:
            core, level, region = leading.rest, None, leading.place
        elif level is not None and region is not None and level.group() == self._index.level_word(region):
            core, level = name[level.end() :], None
        whole = f"{region.name}{core}" if region is not None and body else name
        rest = leading.rest if leading is not None and led else core
        kernel = FORMS.sub("", rest) or rest
        signs = (level.group() if level is not None else "", *_TOLD_APART.findall(core))
        return _Name(entity, whole, core, short_key(core), kernel, signs)


def _scope(entity: Entity) -> str:
    return entity.id.partition("@")[2] or entity.region


def _choice(entity: Entity, score: float, reason: str) -> Choice:
    return Choice(id=entity.id, type=entity.type, name=entity.name, score=round(score, 1), reason=reason)


_Pair = tuple[_Name, _Name, float, str]


def _pairs(group: Sequence[_Name]) -> Iterator[_Pair]:
    """Pairs of one group, the name that asks before the fuller one, with score and reason."""
    yield from _equal(group, [name.short for name in group], SAME_SHORT, "与“{}”的规范简称相同")
    by_signs: dict[tuple[str, ...], list[_Name]] = {}
    for name in group:
        by_signs.setdefault(name.signs, []).append(name)
    for same in by_signs.values():
        if len(same) > 1:
            yield from _equal(same, [sound(name.core) for name in same], SAME_SOUND, "与“{}”读音相同")
            yield from _shortened(same)
            yield from _near(same)


def _equal(names: Sequence[_Name], keys: Iterable[object], score: float, reason: str) -> Iterator[_Pair]:
    """Names of one key: each asks whether it is the fullest of them."""
    fullest: dict[object, _Name] = {}
    for name, key in zip(names, keys, strict=True):
        first = fullest.setdefault(key, name)
        if first is not name and len(name.core) >= 2:
            yield name, first, score, reason


def _shortened(names: Sequence[_Name]) -> Iterator[_Pair]:
    """规划局 in 自然资源和规划局: all its characters in order, and the same kind of body at the end."""
    places = _places(names)
    for at, name in enumerate(names):
        if len(name.core) < _SHORTEST_PART:
            continue
        holding = set[int].intersection(*(places[character] for character in set(name.core)))
        for other in sorted(holding):
            if other < at and _shortens(name.core, names[other].core, name.entity.type):
                yield name, names[other], SHORTENED, "可能是“{}”的简称"


def _places(names: Sequence[_Name]) -> Mapping[str, set[int]]:
    """Which names hold a character."""
    places: dict[str, set[int]] = {}
    for at, name in enumerate(names):
        for character in set(name.core):
            places.setdefault(character, set()).add(at)
    return places


def _shortens(short: str, long: str, kind: EntityType) -> bool:
    if len(short) >= len(long) or not in_order(short, long):
        return False
    if long.startswith(short):  # 市公安局交警支队 is a part of 市公安局; a company's legal form is none
        return bool(FORMS.fullmatch(long.removeprefix(short)))
    return short[-1] == long[-1] and (kind is not EntityType.ENTERPRISE or short[0] == long[0])


def _near(names: Sequence[_Name]) -> Iterator[_Pair]:
    """Names that differ in few characters: for each the nearest of the fuller ones."""
    asked = [name for name in names if len(name.whole) >= SHORTEST]
    texts = [name.whole for name in asked]
    for start in range(0, len(asked), _BLOCK):
        block = texts[start : start + _BLOCK]
        scores = process.cdist(
            block, texts[: start + len(block)], scorer=fuzz.ratio, score_cutoff=LIKELY, workers=-1
        )
        for row, name in enumerate(asked[start : start + _BLOCK]):
            fuller = scores[row, : start + row]
            near = fuller.nonzero()[0]
            for other in near[(-fuller[near]).argsort(kind="stable")[:MOST]]:
                if alike(name.kernel, asked[other].kernel):
                    yield name, asked[other], float(fuller[other]), "与“{}”字形相近"
