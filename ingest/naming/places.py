"""Places in names: which division a text names, in which region, and which region a text begins with."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from graph.ids import normalise
from ingest.naming.gazetteer import Entry, Gazetteer

_LEVELS = {"province": 0, "city": 1, "district": 2, "county": 2}
_SUFFIXES = ("特别行政区", "自治区", "地区", "省", "市", "区", "县", "盟", "旗")
_ENDS = "省市区县州盟旗"
_DEEPEST = 8
"""Places that one path names, one of them perhaps twice; a text of nothing but places goes on for ever."""
LEVEL_WORDS = {
    "省": ("province",), "自治区": ("province",), "州": ("city",), "盟": ("city",), "区": ("district",),
    "县": ("county",), "旗": ("county",), "市": ("city", "province", "county"),
}  # fmt: skip
"""Which kind of place a level word at a name's front (市经信局) speaks of, likeliest first."""


def bare(name: str) -> str:
    """宁波市 → 宁波; names of two characters (沙县) keep theirs."""
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name.removesuffix(suffix)
    return name


class Leading(NamedTuple):
    """A place at a text's front; `spelled`: with its 省, 市, 区 or 县 (宁波市, not 宁波)."""

    place: Entry
    rest: str
    spelled: bool


class Places:
    """The divisions of a gazetteer, found by name, short name and path. Results are kept for the object's life."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._parents = lru_cache(maxsize=5_000)(gazetteer.parents)
        self.find = lru_cache(maxsize=50_000)(self._find)
        self.canonical = lru_cache(maxsize=20_000)(self._canonical)
        self.leading = lru_cache(maxsize=50_000)(self._leading)
        self.region = lru_cache(maxsize=5_000)(self._region)

    @cached_property
    def _full(self) -> dict[str, list[Entry]]:
        """Places by names that end in their kind: full, ethnic short (恩施州) and former ones."""
        index: dict[str, list[Entry]] = {}
        for place in self._gazetteer.by_code.values():
            for text in (place.name, *(n.text for n in place.also)):
                if text[-1] in _ENDS:
                    index.setdefault(normalise(text), []).append(place)
        return index

    @cached_property
    def _short(self) -> dict[str, list[Entry]]:
        """Places by their names without 省, 市, 区, 县 (宁波, 恩施, 沪)."""
        index: dict[str, list[Entry]] = {}
        for place in self._gazetteer.by_code.values():
            forms = {
                bare(place.name),
                place.name.removesuffix("新区"),
                *(n.text for n in place.also if n.text[-1] not in _ENDS),
            }
            for form in forms - {place.name}:
                index.setdefault(normalise(form), []).append(place)
        return index

    @cached_property
    def _beginnings(self) -> dict[str, list[int]]:
        """The first two characters of all names of places, and the lengths of the names that begin so, longest first:
        most other names are told by them at once, and of the others few lengths are to be tried."""
        lengths: dict[str, set[int]] = {}
        for name in (name for name in self.names if len(name) > 1):
            lengths.setdefault(name[:2], set()).add(len(name))
        return {begin: sorted(found, reverse=True) for begin, found in lengths.items()}

    @property
    def names(self) -> Iterator[str]:
        """All names that a place is found by."""
        yield from self._full
        yield from self._short

    def within(self, place: Entry, region: Entry | None) -> bool:
        """Whether a place lies in a region (or is it)."""
        return region is not None and (place is region or region in self._parents(place))

    def of_stem(self, text: str) -> list[Entry]:
        """Places whose name is this one but for its kind (奉化市 → 奉化区)."""
        stem = bare(text)
        return self._short.get(stem, []) if stem != text else []

    def parent_of(self, place: Entry) -> Entry | None:
        """The place directly above, or None for a province."""
        return next(iter(self._parents(place)), None)

    def path(self, place: Entry) -> str:
        """宁波市江北区; a province stands alone, a city after its province."""
        parents = self._parents(place)
        return (parents[0].name if parents else "") + place.name

    def _canonical(self, place: Entry) -> str:
        """The name that goes in ids: alone where it is unique in the country, else with its path."""
        return place.name if len(self._current(place.name)) == 1 else self.path(place)

    def _current(self, name: str) -> list[Entry]:
        return [p for p in self._full.get(normalise(name), []) if p.name == name]

    def _find(self, text: str, region: Entry | None) -> tuple[Entry, ...]:
        """The places that a normalised text can name as seen from `region`: one when it is certain.

        A place inside the region, or around it, is preferred; then the higher level (海南 is the province).
        Short names of districts and counties count only inside the region.
        """
        found = self._by_path(text)
        if found:
            return found
        exact = self._prefer(self._full.get(text, []), region)
        if exact:
            return exact
        short = self._short.get(text, [])
        near = [p for p in short if _LEVELS[p.kind] < 2 or self.within(p, region)]
        return self._prefer(near, region)

    def _prefer(self, places: list[Entry], region: Entry | None) -> tuple[Entry, ...]:
        if not places:
            return ()
        inside = [p for p in places if self.within(p, region)]
        around = [p for p in places if region is not None and p in self._parents(region)]
        for group in (inside, around):
            if group:
                return tuple(group)
        top = min((_LEVELS[p.kind] for p in places), default=0)
        return tuple(p for p in places if _LEVELS[p.kind] == top)

    def _by_path(self, text: str, depth: int = 1) -> tuple[Entry, ...]:
        """浙江省宁波市, 宁波江北区: a place after the place that it lies in."""
        if text[:2] not in self._beginnings or depth > _DEEPEST:
            return ()
        for parent, rest in self.prefixes(text):
            if not rest:
                continue
            below = [p for p in self._full.get(rest, []) if p is not parent and self.within(p, parent)]
            below = below or [
                p for p in self._short.get(rest, []) if p is not parent and self.within(p, parent)
            ]
            if below:
                return tuple(below)
            deeper = [p for p in self._by_path(rest, depth + 1) if p is not parent and self.within(p, parent)]
            if deeper:
                return tuple(deeper)
        return ()

    def prefixes(self, text: str) -> Iterator[tuple[Entry, str]]:
        """Places at a text's front with what follows, longest first; provinces and cities also by short name."""
        for length in self._beginnings.get(text[:2], ()):
            head = text[:length]
            if len(head) < length:
                continue
            for place in self._full.get(head, ()):
                yield place, text[length:]
            for place in self._short.get(head, ()):
                if _LEVELS[place.kind] < 2:
                    yield place, text[length:]

    def begins(self, text: str) -> bool:
        """Whether a normalised text begins with the spelled name of some place (鼓楼区教育局), whichever it is."""
        return any(text.removesuffix(rest)[-1] in _ENDS for _, rest in self.prefixes(text))

    def _leading(self, text: str, region: Entry | None = None, depth: int = 1) -> Leading | None:
        """The place that a normalised text begins with, a path counting as one (浙江省宁波市江北区…).

        Homonyms are told by `region`, else nothing is said of them.
        """
        if text[:2] not in self._beginnings:
            return None
        by_length: dict[int, list[Entry]] = {}
        for place, rest in self.prefixes(text):
            by_length.setdefault(len(rest), []).append(place)
        for rest_length in sorted(by_length):
            places = self._prefer(by_length[rest_length], region)
            if len(places) != 1:
                continue
            place, rest = places[0], text[len(text) - rest_length :]
            deeper = self.leading(rest, place, depth + 1) if rest and depth < _DEEPEST else None
            if deeper is not None and deeper.place is not place and self.within(deeper.place, place):
                return deeper
            head = text[: len(text) - rest_length]
            return Leading(place, rest, head.endswith(place.name[-1]) and len(head) > 2)
        return None

    def _region(self, name: str) -> Entry | None:
        """The place that a scope's region names, or None."""
        places = self.find(normalise(name), None) if name else ()
        return places[0] if len(places) == 1 else None

    def of_level(self, word: str, region: Entry | None) -> Entry | None:
        """The place that 市, 省, 区 or 县 means in a region: the region itself or one around it."""
        if region is None:
            return None
        around = [region, *self._parents(region)]
        for kind in LEVEL_WORDS.get(word, ()):
            match = next((p for p in around if p.kind == kind and p.name.endswith(word[-1])), None)
            if match is not None:
                return match
        return None

    def inside(self, region: Entry, kinds: frozenset[str]) -> list[Entry]:
        """The districts and counties directly below a city or a municipality, by code."""
        places = self._gazetteer.by_code.values()
        below = [p for p in places if p.kind in kinds and p is not region and self.within(p, region)]
        return sorted(below, key=lambda p: p.code)
