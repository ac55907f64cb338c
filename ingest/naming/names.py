"""What printed names stand for, by gazetteers, decisions and what the names say (`ingest.naming.contract.Names`).

Ids follow one rule: a body that a gazetteer knows has its full name, a place its path where the name alone is not
unique in the country; anything else stands as printed, scoped by the region it belongs to, so that the 市发改委 of
two cities never merge. A full name that carries its own region (宁波市农业农村局) needs neither scope nor gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from functools import lru_cache

from graph.characters import as_printed, simplified
from graph.ids import candidate_id, compact, entity_id, normalise
from graph.model import Choice, Claim, Decision, Entity, Name
from graph.vocabulary import EntityType
from ingest.naming.background import Background
from ingest.naming.collectives import home_side, in_title, is_collective
from ingest.naming.contract import Person, Resolved, Scope, Split
from ingest.naming.gazetteer import Entry, Gazetteer
from ingest.naming.gazetteer_index import GazetteerIndex, in_force
from ingest.naming.likeness import Likeness
from ingest.naming.person_names import people
from ingest.naming.splitting import split_names
from ingest.naming.standing import Standing

_QUOTES = "\"'“”‘’《》〈〉「」『』*·•.。:：,，、;； "
_AS_IT_IS = re.compile("[一-鿿]{2}")
"""Characters that normalising leaves as they are."""
_ACTING = re.compile(r"^(?P<level>省|自治区|州|市|区|县|旗|盟)(?:人民政府|政府)$")


class GazetteerNames:
    """Names over one set of gazetteers, decisions and aliases; answers are kept for its life."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        decisions: Mapping[str, Decision] | None = None,
        aliases: Mapping[str, str] | None = None,
    ) -> None:
        self.index = GazetteerIndex(gazetteer)
        self._decisions = decisions or {}
        self._standing = Standing(self.index, aliases or {})
        self._likeness = Likeness(self.index)
        self._background = Background(self.index)
        self._knows = lru_cache(maxsize=100_000)(self._is_known)
        self._kept: dict[tuple[str, EntityType | None, Scope], Resolved] = {}
        self._splits: dict[tuple[str, Scope], Split] = {}

    def under(self, decisions: Mapping[str, Decision], aliases: Mapping[str, str]) -> GazetteerNames:
        """The same gazetteers, with all that was looked up in them, under other decisions and aliases."""
        other = copy(self)
        other._decisions = decisions
        other._standing = Standing(self.index, aliases)
        other._kept = {}
        other._splits = {}
        return other

    def split(self, text: str, scope: Scope) -> Split:
        key = (text, scope)
        if key not in self._splits:
            plain, region = simplified(text), self.index.places.region(scope.region)
            found = split_names(plain, lambda part: self._knows(part, region))
            self._splits[key] = found if plain == text else _split_as_printed(found, text)
        return self._splits[key]

    def people(self, text: str) -> tuple[Person, ...]:
        plain = simplified(text)
        found = people(plain)
        if plain == text:
            return found
        return tuple(Person(as_printed(one.name, text), as_printed(one.post, text)) for one in found)

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

    def named_in(self, document: str) -> dict[str, dict[str, str]]:
        alone: dict[str, dict[str, str]] = {}
        for (text, _, scope), resolved in self._kept.items():
            if scope.document == document:
                alone.setdefault(text, {})[resolved.entity.id] = text
        found = dict(alone)
        for (text, scope), split in self._splits.items():
            if scope.document == document:
                pieces = (alone.get(piece.text, {}) for piece in split.pieces)
                found[text] = {entity: name for piece in pieces for entity, name in piece.items()}
        return found

    def leader(self, person: Person, scope: Scope) -> Resolved:
        name = compact(person.name)
        post = {"post": person.post} if person.post else {}
        identifier = entity_id(EntityType.LEADER, name, scope=scope.key)
        entity = Entity(
            identifier, EntityType.LEADER, name, region=scope.region, details=post, names=(Name(name),)
        )
        return Resolved(self._standing.renamed(entity), known=True)

    def collective(self, text: str, scope: Scope) -> Resolved | None:
        clean = normalise(text).strip(_QUOTES)
        region = self.index.places.region(scope.region)
        entry = self.index.collective(clean, region)
        if entry is not None:
            return Resolved(self.index.entity(entry), known=True)
        if not is_collective(clean):
            return None
        return Resolved(self.index.printed_collective(clean, scope, region), known=False)

    def collectives_in(self, title: str, scope: Scope) -> list[Resolved]:
        side = home_side(title)
        leading = self.index.places.leading(side)
        if leading is not None and leading.spelled:
            side = leading.rest
            scope = scope._replace(region=self.index.places.canonical(leading.place))
        found = (
            self.collective(text, scope) or self.collective(f"各{text}", scope) for text in in_title(side)
        )
        return [resolved for resolved in found if resolved is not None]

    def background(self, entity: Entity) -> tuple[list[Claim], list[Entity]]:
        return self._background.of(entity)

    def region_of(self, text: str) -> str:
        return self.index.region_of(normalise(text))

    def _is_known(self, part: str, region: Entry | None) -> bool:
        """Whether a part of a text in simplified characters is a name in a region."""
        if _AS_IT_IS.match(part, max(len(part) - 2, 0)) and not self.index.may_know(part):
            return False  # most parts that are tried end as no name does, and need not be normalised to tell
        text = normalise(part).strip(_QUOTES)
        return self.index.may_know(text) and bool(self.index.lookup(text, region))

    def _resolve(self, printed: str, scope: Scope, expected: EntityType | None) -> Resolved:
        text = normalise(printed).strip(_QUOTES) or normalise(printed) or printed
        decided = self._decided(text, scope.key, scope, expected)
        if decided is not None:
            return decided
        collective = self.collective(text, scope)
        if collective is not None and not self.index.is_full_name(text):
            return collective
        region = self.index.places.region(scope.region)
        acting = _ACTING.match(text)
        place = self.index.places.of_level(acting["level"], region) if acting else None
        entries = (place,) if place is not None else self.index.lookup(text, region)
        entries = in_force(entries, scope.date) if len(entries) > 1 else entries
        if len(entries) == 1:
            entity = self.index.entity(entries[0])
            return Resolved(entity, known=True, aliases=self._earlier(text, scope, expected, entity))
        unknown = self._standing.as_printed(text, scope, expected)
        shown = compact(printed).strip(_QUOTES)
        if shown != text and not unknown.known and simplified(shown) == text:
            unknown = _shown(unknown, text, shown)
        if entries:
            choices = tuple(
                self._choice(entry, 100.0, f"同名：{self.index.path(entry)}") for entry in entries[:8]
            )
            return replace(unknown, problem="ambiguous_name", choices=choices)
        return unknown if unknown.known else self._same_body(unknown, scope, expected) or unknown

    def _same_body(self, unknown: Resolved, scope: Scope, expected: EntityType | None) -> Resolved | None:
        """What was decided of the body that stands under this id, however this document prints its name."""
        stem, _, key = unknown.entity.id.partition(":")[2].partition("@")
        decided = self._decided(stem, key, scope, expected)
        if decided is None or decided.entity.id == unknown.entity.id:
            return None
        return replace(decided, aliases=(unknown.entity.id, *unknown.aliases))

    def _choice(self, entry: Entry, score: float, reason: str) -> Choice:
        entity = self.index.entity(entry)
        return Choice(id=entity.id, type=entity.type, name=entity.name, score=score, reason=reason)

    def _decided(self, text: str, key: str, scope: Scope, expected: EntityType | None) -> Resolved | None:
        """The entity that a person said this name is, under the id that it stands under today."""
        decision = self._decisions.get(candidate_id(text, key)) if self._decisions else None
        if decision is None or decision.entity is None:
            return None
        entity = self._standing.of_id(decision.entity, scope.region)
        return Resolved(entity, known=True, aliases=self._earlier(text, scope, expected, entity))

    def _earlier(
        self, text: str, scope: Scope, expected: EntityType | None, entity: Entity
    ) -> tuple[str, ...]:
        """Ids under which the body would stand had no gazetteer or decision known it."""
        if entity.type is EntityType.COLLECTIVE:
            return ()
        before = self._standing.as_printed(text, scope, expected).entity.id
        return (before,) if before != entity.id else ()

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


def _split_as_printed(split: Split, text: str) -> Split:
    """The pieces of a text in traditional characters, which was split in simplified ones, as printed."""
    pieces = [
        replace(piece, text=as_printed(piece.text, text), note=as_printed(piece.note, text))
        for piece in split.pieces
    ]
    return replace(split, pieces=tuple(pieces))


def _shown(resolved: Resolved, text: str, shown: str) -> Resolved:
    """An unlisted entity under its name in the characters in which it is printed."""
    entity = resolved.entity
    names = tuple(Name(name.text.replace(text, shown), name.kind) for name in entity.names)
    return replace(resolved, entity=replace(entity, name=entity.name.replace(text, shown), names=names))


def _may_be_known(resolved: Resolved) -> bool:
    """Whether to look for likely matches: full names of bureaus, and collectives, stand for themselves."""
    full = resolved.problem == "" and resolved.entity.type is EntityType.UNIT
    return not (resolved.known or full or resolved.problem == "ambiguous_name") and (
        resolved.entity.type is not EntityType.COLLECTIVE
    )
