"""Looking names up in a gazetteer: scoped short forms, names with their region put before or left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

from graph.ids import entity_id, normalise
from graph.model import Entity, Name
from graph.vocabulary import EntityType
from ingest.naming.abbreviations import short_key
from ingest.naming.collectives import area_key
from ingest.naming.contract import Scope
from ingest.naming.gazetteer import Entry, Gazetteer
from ingest.naming.places import LEVEL_WORDS, Leading, Places
from ingest.naming.words import is_committee, seat

LEVEL = re.compile(rf"^(?:{'|'.join(sorted(LEVEL_WORDS, key=len, reverse=True))})(?!场|域|容)(?=.{{2,}})")
"""The word at a body's front that says whose it is: 市 of 市经信局, not of 市场监管局."""
_BEFORE_COUNTY = re.compile(r"(?:^|[、,，;；与和及同《“(（]|关于|印发)$")
_WATERS = "湾江河湖山港路"
"""Characters that go on a place's short name to another name (杭州湾)."""
_BODIES = frozenset({"bureau", "party_organ"})
_ACTING_ENDS = frozenset("府会局室院委")
"""Last characters of governments, committees and of the long forms of bodies."""
_CARRIES = frozenset({EntityType.UNIT, EntityType.ENTERPRISE, EntityType.PARK, EntityType.ORGANISATION})


def in_force(entries: tuple[Entry, ...], date: str) -> tuple[Entry, ...]:
    """Of bodies that one name can mean those that there were at a date (ISO, of any precision; '' is today): 市旅游局
    is the bureau of that name until its end, and afterwards the one that lists it as a former name."""
    day = date or _TODAY
    alive = tuple(e for e in entries if _began(e.valid_from, day) and _began(day, e.valid_to or day))
    return alive or entries


def _began(first: str, second: str) -> bool:
    """Whether one date is not after another, as far as both are precise."""
    length = min(len(first), len(second))
    return first[:length] <= second[:length]


_TODAY = "9999"


class GazetteerIndex:
    """One gazetteer with the indexes of resolving; lookups are kept for the object's life."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.places = Places(gazetteer)
        self.lookup = lru_cache(maxsize=100_000)(self._lookup)
        self.entity = lru_cache(maxsize=20_000)(self._entity)
        self.region_of_entry = lru_cache(maxsize=20_000)(self._region_of_entry)

    def is_full_name(self, text: str) -> bool:
        """Whether one body is called so in full, though its name sounds like a collective."""
        named = self.gazetteer.by_name.get(text, [])
        return any(normalise(e.name) == text and e.type is not EntityType.COLLECTIVE for e in named)

    def may_know(self, text: str) -> bool:
        """Whether a normalised text ends as something that can be looked up does: tells most texts at once."""
        ends, characters = self._closings
        return text[-2:] in ends or text[-1:] in characters

    @cached_property
    def _closings(self) -> tuple[frozenset[str], frozenset[str]]:
        """The last two characters of all listed names, and the last one of bodies and of what places act as."""
        ends = frozenset(name[-2:] for name in (*self.gazetteer.by_name, *self.places.names))
        return ends, frozenset(key[-1:] for _, key in self._bodies) | _ACTING_ENDS

    def _region_of_entry(self, entry: Entry) -> Entry | None:
        return self.places.region(entry.region)

    def _lookup(self, text: str, region: Entry | None) -> tuple[Entry, ...]:
        """The entries that a normalised name can stand for, seen from `region`: one when it is certain."""
        stem = seat(text)
        for form in dict.fromkeys((text, stem)):
            zone = form is not text and is_committee(text) and not form.endswith("新区")
            found = (() if zone else self.places.find(form, region)) or self._named(form, region)
            if found:
                return found
        return self._led(text, stem, region) or self._elided(stem, region) or self._shortened(stem, region)

    def _named(self, text: str, region: Entry | None) -> tuple[Entry, ...]:
        """Entries by a name that they list; short names of units count only inside their region."""
        listed = self.gazetteer.by_name.get(text)
        if listed is None:
            return ()
        entries = [e for e in listed if not e.is_place and e.type is not EntityType.COLLECTIVE]
        fit = [e for e in entries if self._counts(e, text, region)]
        near = [e for e in fit if self._near(e, region)]
        return self._last_of_each(near or fit)

    def _counts(self, entry: Entry, text: str, region: Entry | None) -> bool:
        full = normalise(entry.name) == text
        shorts = any(n.kind == "short" and normalise(n.text) == text for n in entry.also)
        return full or not shorts or entry.type is not EntityType.UNIT or self._near(entry, region)

    def _near(self, entry: Entry, region: Entry | None) -> bool:
        lies = self.region_of_entry(entry)
        if lies is None or region is None:
            return False
        return lies is region or self.places.within(region, lies)

    def _last_of_each(self, entries: Sequence[Entry]) -> tuple[Entry, ...]:
        """One entry a body: of rows that name the same body the last one loaded, which is the user's."""
        bodies = {(e.type, normalise(e.name), self.region_of_entry(e)): e for e in entries}
        return tuple(bodies.values())

    def _led(self, text: str, stem: str, region: Entry | None) -> tuple[Entry, ...]:
        """宁波市经信局, 宁波经信局, 宁波高新区: the region before a short name of its own."""
        leading = self.places.leading(text, region)
        if leading is None or not leading.rest:
            return ()
        rest = seat(leading.rest) if stem != text else leading.rest
        level = self.level_word(leading.place)
        for form in (f"{level}{rest}", rest, f"{leading.place.name}{rest}"):
            found = tuple(e for e in self._named(form, leading.place) if self._near(e, leading.place))
            if found:
                return found
        return ()

    def _elided(self, stem: str, region: Entry | None) -> tuple[Entry, ...]:
        """市财政局 and 财政局 inside 宁波市 are 宁波市财政局."""
        if region is None:
            return ()
        level = LEVEL.match(stem)
        around = self.places.of_level(level.group(), region) if level else None
        if level and around is not None:
            return self._named(f"{around.name}{stem[level.end() :]}", around)
        found = self._named(f"{region.name}{stem}", region) or self._named(
            f"{self.level_word(region)}{stem}", region
        )
        return tuple(e for e in found if e.kind in {"bureau", "party_organ", "zone_committee"})

    def _shortened(self, stem: str, region: Entry | None) -> tuple[Entry, ...]:
        """市发展改革委 where 宁波市发展和改革委员会 is known: one short form of one region's bodies."""
        place, body = region, stem
        leading = self.places.leading(stem, region)
        level = LEVEL.match(stem)
        if leading is not None and leading.rest:
            place, body = leading.place, leading.rest
        elif level is not None:
            place, body = self.places.of_level(level.group(), region), stem[level.end() :]
        return tuple(self.bodies(place, short_key(body))) if place is not None else ()

    @cached_property
    def _bodies(self) -> dict[tuple[str, str], list[Entry]]:
        """Bureaus and party organs by (code of their region, short key of their name without it)."""
        index: dict[tuple[str, str], list[Entry]] = {}
        for entry in self.gazetteer.entries:
            region = self.region_of_entry(entry) if entry.kind in _BODIES else None
            if region is None:
                continue
            keys = {
                short_key(self.without_region(form, region))
                for form in (entry.name, *(n.text for n in entry.also))
            }
            for key in keys:
                index.setdefault((region.code, key), []).append(entry)
        return {key: list(self._last_of_each(found)) for key, found in index.items()}

    def bodies(self, region: Entry, key: str) -> Sequence[Entry]:
        """Bureaus and party organs of a place by the short key of their name without it."""
        return self._bodies.get((region.code, key), ())

    def without_region(self, name: str, region: Entry) -> str:
        """A body's name without its region, or the level word that stands for it."""
        text = normalise(name)
        stem = text.removeprefix(region.name)
        return stem if stem != text else re.sub(LEVEL, "", text)

    def level_word(self, place: Entry) -> str:
        """The word that stands for a place in its own bodies' names: 市 of 宁波市, 区 of 立山区."""
        return "自治区" if place.name.endswith("自治区") else place.name[-1]

    def own_region(self, text: str, kind: EntityType, region: Entry | None = None) -> Leading | None:
        """The region that an unknown name carries at its front or after a party's name (民革常德市委).

        Of two districts of one name a unit's is the one in `region` (江北区发改局 in 宁波市)."""
        if kind not in _CARRIES:
            leading = self.places.leading(text)
            return leading if leading is not None and leading.spelled and len(leading.rest) > 1 else None
        body = re.sub(r"^(?:中共|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟|共青团)", "", text)
        leading = self.places.leading(body, region if kind is EntityType.UNIT else None)
        if leading is None or (len(leading.rest) < 2 and body == text and leading.rest != "委"):
            return None
        return leading if leading.rest and (leading.spelled or leading.rest[0] not in _WATERS) else None

    def collective(self, text: str, region: Entry | None) -> Entry | None:
        """The gazetteer's collective of this region with this name, however its districts are written."""
        key = area_key(text)
        for entry, lies, forms, keys in self._collectives:
            if (lies is None or lies is region) and (text in forms or (key is not None and key in keys)):
                return entry
        return None

    @cached_property
    def _collectives(self) -> list[tuple[Entry, Entry | None, frozenset[str], frozenset[str | None]]]:
        """Collectives, the last one loaded first, with their region, names and area keys."""
        found: list[tuple[Entry, Entry | None, frozenset[str], frozenset[str | None]]] = []
        for entry in reversed(self.gazetteer.entries):
            if entry.type is EntityType.COLLECTIVE:
                forms = frozenset({normalise(entry.name), *(normalise(n.text) for n in entry.also)})
                keys = frozenset(area_key(form) for form in forms)
                found.append((entry, self.region_of_entry(entry), forms, keys))
        return found

    def printed_collective(self, text: str, scope: Scope, region: Entry | None) -> Entity:
        """A collective as printed, scoped; 各区 and 各区政府 are one."""
        stem = re.sub(r"(?<=[区县市旗)])(?:人民政府|政府)$", "", text) if area_key(text) else text
        key = self.places.canonical(region) if region is not None else scope.key
        form = f"{stem}政府" if area_key(text) else stem
        identifier = entity_id(EntityType.COLLECTIVE, form, scope=key)
        return Entity(
            identifier, EntityType.COLLECTIVE, text, region=scope.region, names=(Name(text, "printed"),)
        )

    def entry_of_id(self, identifier: str) -> Entry | None:
        return self._by_id.get(identifier)

    def entity_of_id(self, identifier: str) -> Entity | None:
        """The entity that a gazetteer knows under this id."""
        entry = self._by_id.get(identifier)
        return self.entity(entry) if entry is not None else None

    @cached_property
    def _by_id(self) -> dict[str, Entry]:
        return {self.id(entry): entry for entry in self.gazetteer.entries}

    def id(self, entry: Entry) -> str:
        if entry.is_place:
            return entity_id(EntityType.UNIT, self.places.canonical(entry))
        if entry.type is EntityType.COLLECTIVE:
            return entity_id(entry.type, entry.name, scope=entry.region or None)
        same = {
            normalise(e.region)
            for e in self.gazetteer.by_name[normalise(entry.name)]
            if e.type is entry.type and e.name == entry.name
        }
        return entity_id(entry.type, entry.name if len(same) == 1 else f"{entry.region}{entry.name}")

    def _entity(self, entry: Entry) -> Entity:
        region = entry.region
        if entry.is_place:
            parents = self.gazetteer.parents(entry)
            region = self.places.canonical(parents[0]) if parents else ""
        owned = {"state_owned": entry.state_owned or "unknown"} if entry.type is EntityType.ENTERPRISE else {}
        kind = entry.kind if entry.type in {EntityType.UNIT, EntityType.ORGANISATION} else ""
        return Entity(
            id=self.id(entry),
            type=entry.type,
            name=entry.name,
            kind=kind,
            region=region,
            rank=entry.code,
            details=owned,
            names=(Name(entry.name), *entry.also, *self._other_names(entry)),
        )

    def path(self, entry: Entry) -> str:
        """A name that tells it from its namesakes: 重庆市江北区."""
        return self.places.path(entry) if entry.is_place else f"{entry.region}{entry.name}"

    def _other_names(self, entry: Entry) -> tuple[Name, ...]:
        """Names under which people look for it: a place's path and government, a zone's committee."""
        forms: tuple[str, ...] = ()
        if entry.is_place:
            forms = (self.places.path(entry), f"{entry.name}政府", f"{entry.name}人民政府")
        elif entry.kind == "zone_committee":
            forms = (f"{entry.name}管委会", f"{entry.name}管理委员会")
        return tuple(Name(form, "alias") for form in forms if form != entry.name)

    def region_of(self, text: str) -> str:
        """The region that a normalised text names first, in the form that scopes use; '' when it names none.

        Provinces and cities count anywhere when spelled out; counties, and short names, only where a name can
        begin (合作市 is a city, but not in 产业合作市场).
        """
        for at in range(len(text)):
            leading = self.places.leading(text[at:])
            if leading is None:
                continue
            begins = bool(_BEFORE_COUNTY.search(text[:at]))
            if begins or (leading.spelled and leading.place.kind in {"province", "city"}):
                return self.places.canonical(leading.place)
        return ""
