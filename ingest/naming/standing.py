"""The entity of a name that nothing knows: as printed, scoped by the region it belongs to.

A full name that carries its own region (宁波市农业农村局) needs neither scope nor gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from graph.ids import entity_id
from graph.model import Entity, Name
from graph.vocabulary import EntityType, type_of_id
from ingest.naming.contract import Resolved, Scope
from ingest.naming.gazetteer import Entry
from ingest.naming.gazetteer_index import LEVEL, GazetteerIndex
from ingest.naming.words import Kind, is_national, is_registered, kind_of, seat

_ELIDED = re.compile(
    r"^(?![省市区县州盟旗](?!场|域|容)).+(?:局|委|办|厅|办公室|委员会|组织部|宣传部|统战部)$|^(?:组织部|宣传部|统战部)$"
)
"""Bodies printed without the 市 that a list printed once: not 市委, but 市场监管局."""
_OF_PARTY = re.compile(r"^(?:组织部|宣传部|统战部|政法委)$")
"""Departments of a party committee: a list that begins with 市委组织部 goes on with 宣传部."""
_BODIES = frozenset({"bureau", "party_organ"})
_SCOPED = frozenset({EntityType.UNIT, EntityType.ORGANISATION})


class Standing:
    """Entities as printed, and the ids under which entities stand today."""

    def __init__(self, index: GazetteerIndex, aliases: Mapping[str, str]) -> None:
        self._index = index
        self._aliases = aliases

    def as_printed(self, text: str, scope: Scope, expected: EntityType | None) -> Resolved:
        """The entity of a name that nothing knows: as printed, scoped."""
        kind = kind_of(text, expected)
        stem = seat(text)
        region = self._index.places.region(scope.region)
        own = self._index.own_region(text, kind.type, region)
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
        elided = around is None and kind.kind in _BODIES and _ELIDED.search(stem)
        if elided and region is not None and not self._index.places.begins(stem):
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
        head = text.removesuffix(rest).removeprefix("中共")
        if rest and kind.type is EntityType.UNIT and self._index.places.find(head, place) == (place,):
            stem = f"{canonical}{seat(rest)}"  # 浙江省宁波市甲局, 中共宁波市委, and 江北区甲局 of one of two
        entity = self._new(entity_id(kind.type, stem), text, kind, canonical)
        short = f"{self._index.level_word(place)}{seat(rest)}" if rest else ""
        aliases = (entity_id(kind.type, short, scope=canonical),) if rest and kind.kind in _BODIES else ()
        return Resolved(self.renamed(entity), known=False, aliases=aliases)

    def _scoped(self, text: str, stem: str, kind: Kind, key: str) -> Resolved:
        entity = self._new(
            entity_id(kind.type, stem, scope=key), text, kind, key if "doc:" not in key else ""
        )
        renamed = self.renamed(entity)
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

    def renamed(self, entity: Entity) -> Entity:
        """The entity under the id that it answers for today."""
        seen = {entity.id}
        target = entity.id
        while (following := self._aliases.get(target)) and following not in seen:
            seen.add(following)
            target = following
        if target == entity.id:
            return entity
        return self._stored(target, type_of_id(target) or entity.type, entity.region)

    def of_id(self, identifier: str, region: str) -> Entity:
        """The entity that answers for an id today."""
        kind = type_of_id(identifier) or EntityType.ORGANISATION
        return self.renamed(self._stored(identifier, kind, region))

    def _stored(self, identifier: str, kind: EntityType, region: str) -> Entity:
        """The gazetteer's entity of an id; of another only the id is known here: its name is what that says."""
        known = self._index.entity_of_id(identifier)
        if known is not None:
            return known
        name, _, scoped = identifier.partition(":")[2].partition("@")
        return Entity(
            identifier,
            kind,
            name,
            kind=kind_of(name, kind).kind,
            region=scoped or region,
            names=(Name(name),),
        )
