"""What printed names stand for, by gazetteers, decisions and what the names themselves say (`ingest.naming.Names`).

Ids follow one rule: a body that a gazetteer knows has its full name, a place its path where the name alone is not
unique in the country; anything else stands as printed, scoped by the region it belongs to, so that the 市发改委 of
two cities never merge. A full name that carries its own region (宁波市农业农村局) needs neither scope nor gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from graph.ids import candidate_id, entity_id, normalise
from graph.model import Choice, Claim, Decision, Entity, Name
from graph.vocabulary import EntityType, type_of_id
from ingest.background import Background
from ingest.collectives import home_side, in_title, is_collective
from ingest.gazetteer import Entry, Gazetteer
from ingest.gazetteer_index import LEVEL, GazetteerIndex
from ingest.likeness import Likeness
from ingest.naming import Person, Resolved, Scope, Split
from ingest.naming_words import Kind, is_national, is_registered, kind_of, seat
from ingest.person_names import people
from ingest.splitting import split_names

_QUOTES = "\"'“”‘’《》〈〉「」『』*·•.。:：,，、;； "
_ACTING = re.compile(r"^(?P<level>省|自治区|州|市|区|县|旗|盟)(?:人民政府|政府)$")
_ELIDED = re.compile(
    r"^(?![省市区县州盟旗](?!场|域|容)).+(?:局|委|办|厅|办公室|委员会|组织部|宣传部|统战部)$|^(?:组织部|宣传部|统战部)$"
)
"""Bodies printed without the 市 that a list printed once: not 市委, but 市场监管局."""


class GazetteerNames:
    """Names over one set of gazetteers, decisions and aliases; answers are kept for its life."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        decisions: Mapping[str, Decision] | None = None,
        aliases: Mapping[str, str] | None = None,
    ) -> None:
        self._index = GazetteerIndex(gazetteer)
        self._decisions = decisions or {}
        self._aliases = aliases or {}
        self._likeness = Likeness(self._index)
        self._background = Background(self._index)
        self._kept: dict[tuple[str, EntityType | None, Scope], Resolved] = {}
        self._splits: dict[tuple[str, Scope], Split] = {}

    def split(self, text: str, scope: Scope) -> Split:
        key = (text, scope)
        if key not in self._splits:
            self._splits[key] = split_names(text, lambda part: self._is_known(part, scope))
        return self._splits[key]

    def people(self, text: str) -> tuple[Person, ...]:
        return people(text)

    def resolve(self, printed: str, scope: Scope, expected: EntityType | None = None) -> Resolved:
        return self.resolve_many([(printed, expected)], scope)[0]

    def resolve_many(self, printed: list[tuple[str, EntityType | None]], scope: Scope) -> list[Resolved]:
        fresh: dict[tuple[str, EntityType | None, Scope], Resolved] = {}
        for text, expected in printed:
            key = (text, expected, scope)
            if key not in self._kept and key not in fresh:
                fresh[key] = self._resolve(text, scope, expected)
        if fresh:
            self._kept |= self._with_choices(fresh)
        return [self._kept[(text, expected, scope)] for text, expected in printed]

    def leader(self, person: Person, scope: Scope) -> Resolved:
        name = normalise(person.name)
        post = {"post": person.post} if person.post else {}
        identifier = entity_id(EntityType.LEADER, name, scope=scope.key)
        entity = Entity(
            identifier, EntityType.LEADER, name, region=scope.region, details=post, names=(Name(name),)
        )
        return Resolved(self._renamed(entity), known=True)

    def collective(self, text: str, scope: Scope) -> Resolved | None:
        clean = normalise(text).strip(_QUOTES)
        region = self._index.places.region(scope.region)
        entry = self._index.collective(clean, region)
        if entry is not None:
            return Resolved(self._index.entity(entry), known=True)
        if not is_collective(clean):
            return None
        return Resolved(self._index.printed_collective(clean, scope, region), known=False)

    def collectives_in(self, title: str, scope: Scope) -> list[Resolved]:
        side = home_side(title)
        leading = self._index.places.leading(side)
        if leading is not None and leading.spelled:
            side = leading.rest
            scope = Scope(self._index.places.canonical(leading.place), scope.document)
        found = (
            self.collective(text, scope) or self.collective(f"各{text}", scope) for text in in_title(side)
        )
        return [resolved for resolved in found if resolved is not None]

    def background(self, entity: Entity) -> tuple[list[Claim], list[Entity]]:
        return self._background.of(entity)

    def region_of(self, text: str) -> str:
        return self._index.region_of(normalise(text))

    def _is_known(self, part: str, scope: Scope) -> bool:
        text = normalise(part).strip(_QUOTES)
        if not self._index.may_know(text):
            return False
        return bool(self._index.lookup(text, self._index.places.region(scope.region)))

    def _resolve(self, printed: str, scope: Scope, expected: EntityType | None) -> Resolved:
        text = normalise(printed).strip(_QUOTES) or normalise(printed) or printed
        decided = self._decided(text, scope)
        if decided is not None:
            return decided
        collective = self.collective(text, scope)
        if collective is not None and not self._index.is_full_name(text):
            return collective
        region = self._index.places.region(scope.region)
        acting = _ACTING.match(text)
        place = self._index.places.of_level(acting["level"], region) if acting else None
        entries = (place,) if place is not None else self._index.lookup(text, region)
        if len(entries) == 1:
            entity = self._index.entity(entries[0])
            return Resolved(entity, known=True, aliases=self._earlier(text, scope, expected, entity))
        unknown = self._printed(text, scope, expected)
        if entries:
            choices = tuple(
                self._choice(entry, 100.0, f"同名：{self._index.path(entry)}") for entry in entries[:8]
            )
            return replace(unknown, problem="ambiguous_name", choices=choices)
        return unknown

    def _choice(self, entry: Entry, score: float, reason: str) -> Choice:
        entity = self._index.entity(entry)
        return Choice(id=entity.id, type=entity.type, name=entity.name, score=score, reason=reason)

    def _decided(self, text: str, scope: Scope) -> Resolved | None:
        decision = self._decisions.get(candidate_id(text, scope.key))
        if decision is None or decision.entity is None:
            return None
        entity = self._index.entity_of_id(decision.entity)
        if entity is None:
            kind = type_of_id(decision.entity) or EntityType.ORGANISATION
            entity = self._stored(decision.entity, kind, scope.region)
        return Resolved(entity, known=True, aliases=self._earlier(text, scope, entity.type, entity))

    def _stored(self, identifier: str, kind: EntityType, region: str) -> Entity:
        """An entity of which only the id is known here: its name is what the id says."""
        name, _, scoped = identifier.partition(":")[2].partition("@")
        return Entity(
            identifier,
            kind,
            name,
            kind=kind_of(name, kind).kind,
            region=scoped or region,
            names=(Name(name),),
        )

    def _earlier(
        self, text: str, scope: Scope, expected: EntityType | None, entity: Entity
    ) -> tuple[str, ...]:
        """Ids under which the body would stand had no gazetteer or decision known it."""
        if entity.type is EntityType.COLLECTIVE:
            return ()
        before = self._printed(text, scope, expected).entity.id
        return (before,) if before != entity.id else ()

    def _printed(self, text: str, scope: Scope, expected: EntityType | None) -> Resolved:
        """The entity of a name that nothing knows: as printed, scoped."""
        kind = kind_of(text, expected)
        stem = seat(text)
        region = self._index.places.region(scope.region)
        own = self._index.own_region(text, kind.type)
        if own is not None and own.spelled:
            return self._full_name(text, stem, kind, own.place, own.rest)
        if is_national(text):
            return self._scoped(text, stem, kind, "")
        if own is not None:
            return self._scoped(text, stem, kind, self._index.places.canonical(own.place))
        level = LEVEL.match(stem)
        around = (
            self._index.places.of_level(level.group(), region) if level and kind.type in _SCOPED else None
        )
        if around is None and region is not None and kind.kind in _BODIES and _ELIDED.search(stem):
            return self._elided(text, stem, kind, scope, region)
        around = around or region
        key = self._index.places.canonical(around) if around is not None else scope.key
        return self._scoped(text, stem, kind, key)

    def _elided(self, text: str, stem: str, kind: Kind, scope: Scope, region: Entry) -> Resolved:
        """安监局 in 开封市 is what 市安监局 names there: lists print the 市 once."""
        level = self._index.level_word(region) + ("委" if _OF_PARTY.match(stem) else "")
        key = self._index.places.canonical(region)
        resolved = self._scoped(f"{level}{text}", f"{level}{stem}", kind, key)
        names = (*resolved.entity.names, Name(text, "printed"))
        return replace(
            resolved,
            entity=replace(resolved.entity, names=names),
            aliases=(*resolved.aliases, entity_id(kind.type, stem, scope=scope.key)),
        )

    def _full_name(self, text: str, stem: str, kind: Kind, place: Entry, rest: str) -> Resolved:
        """宁波市农业农村局: the id of its own; what only said 市农业农村局 there was an earlier form of it."""
        canonical = self._index.places.canonical(place)
        entity = self._new(entity_id(kind.type, stem), text, kind, canonical)
        short = f"{self._index.level_word(place)}{seat(rest)}" if rest else ""
        aliases = (entity_id(kind.type, short, scope=canonical),) if rest and kind.kind in _BODIES else ()
        return Resolved(self._renamed(entity), known=False, aliases=aliases)

    def _scoped(self, text: str, stem: str, kind: Kind, key: str) -> Resolved:
        entity = self._new(
            entity_id(kind.type, stem, scope=key), text, kind, key if "doc:" not in key else ""
        )
        renamed = self._renamed(entity)
        full = is_registered(text) or (
            not key and kind.kind != "unknown" and kind.type is not EntityType.ENTERPRISE
        )
        settled = renamed.id != entity.id or full
        aliases = (entity.id,) if renamed.id != entity.id else ()
        return Resolved(
            renamed,
            known=renamed.id != entity.id,
            aliases=aliases,
            problem="" if settled else "unresolved_name",
        )

    def _new(self, identifier: str, text: str, kind: Kind, region: str) -> Entity:
        owned = {"state_owned": "unknown"} if kind.type is EntityType.ENTERPRISE else {}
        return Entity(
            identifier, kind.type, text, kind.kind, region, details=owned, names=(Name(text, "printed"),)
        )

    def _renamed(self, entity: Entity) -> Entity:
        """The entity under the id that it answers for today."""
        seen = {entity.id}
        target = entity.id
        while (following := self._aliases.get(target)) and following not in seen:
            seen.add(following)
            target = following
        if target == entity.id:
            return entity
        known = self._index.entity_of_id(target)
        return known or self._stored(target, type_of_id(target) or entity.type, entity.region)

    def _with_choices(
        self, fresh: dict[tuple[str, EntityType | None, Scope], Resolved]
    ) -> dict[tuple[str, EntityType | None, Scope], Resolved]:
        """Review candidates for unknown names: compared with the gazetteers in one matrix."""
        asked = {
            key: resolved
            for key, resolved in fresh.items()
            if _may_be_known(resolved) and self._open(key[0], key[2])
        }
        likely = self._likeness.choices([resolved.entity for resolved in asked.values()])
        answers = dict(fresh)
        for (key, resolved), choices in zip(asked.items(), likely, strict=True):
            if choices:
                answers[key] = replace(resolved, problem="name_in_review", choices=choices)
        return {k: self._silenced(k, r) for k, r in answers.items()}

    def _open(self, printed: str, scope: Scope) -> bool:
        return candidate_id(normalise(printed).strip(_QUOTES), scope.key) not in self._decisions

    def _silenced(self, key: tuple[str, EntityType | None, Scope], resolved: Resolved) -> Resolved:
        """A rejected candidate asks no more; the name stays unresolved."""
        if not resolved.choices or self._open(key[0], key[2]):
            return resolved
        return replace(resolved, problem="unresolved_name", choices=())


_OF_PARTY = re.compile(r"^(?:组织部|宣传部|统战部|政法委)$")
"""Departments of a party committee: a list that begins with 市委组织部 goes on with 宣传部."""


def _may_be_known(resolved: Resolved) -> bool:
    """Whether to look for likely matches: full names of bureaus, and collectives, stand for themselves."""
    full = resolved.problem == "" and resolved.entity.type is EntityType.UNIT
    return not (resolved.known or full or resolved.problem == "ambiguous_name") and (
        resolved.entity.type is not EntityType.COLLECTIVE
    )


_BODIES = frozenset({"bureau", "party_organ"})
_SCOPED = frozenset({EntityType.UNIT, EntityType.ORGANISATION})
