"""What the gazetteers themselves say of an entity: members of a collective, where a body lies, a park's sectors."""

from __future__ import annotations

from graph.ids import claim_id, entity_id
from graph.model import Claim, Entity, Name
from graph.vocabulary import Direction, EntityType, Relation
from ingest.naming.collectives import area_key, area_kinds
from ingest.naming.gazetteer import Entry
from ingest.naming.gazetteer_index import GazetteerIndex


class Background:
    """Gazetteer claims by the entity that owns them."""

    def __init__(self, index: GazetteerIndex) -> None:
        self._index = index
        self._members: dict[str, list[Entry]] | None = None

    def of(self, entity: Entity) -> tuple[list[Claim], list[Entity]]:
        """Claims that `entity` owns, with the entities at their other ends."""
        if entity.type is EntityType.COLLECTIVE:
            return self._membership(entity)
        entry = self._index.entry_of_id(entity.id)
        if entry is None:
            return [], []
        claims: list[Claim] = []
        ends: list[Entity] = []
        for end, relation in (*self._places(entry), *self._sectors(entry)):
            claims.append(_claim(relation, entity.id, end.id, entry))
            ends.append(end)
        return claims, ends

    def _places(self, entry: Entry) -> list[tuple[Entity, Relation]]:
        region = self._index.places.parent_of(entry) if entry.is_place else self._index.region_of_entry(entry)
        if region is None:
            return []
        name = self._index.places.canonical(region)
        parent = self._index.entity(region)
        place = Entity(
            entity_id(EntityType.REGION, name),
            EntityType.REGION,
            region.name,
            kind=region.kind,
            region=parent.region,
            rank=region.code,
            names=parent.names,
        )
        return [(place, Relation.LOCATED_IN)]

    def _sectors(self, entry: Entry) -> list[tuple[Entity, Relation]]:
        sectors = (
            Entity(entity_id(EntityType.SECTOR, name), EntityType.SECTOR, name, names=(Name(name),))
            for name in entry.sectors
        )
        return [(sector, Relation.FOCUSES_ON) for sector in sectors]

    def _membership(self, collective: Entity) -> tuple[list[Claim], list[Entity]]:
        listed = self._listed().get(collective.id, [])
        members = listed or self._divisions(collective)
        ends = [self._index.entity(entry) for entry in members]
        claims = [
            _claim(Relation.MEMBER_OF, end.id, collective.id, entry)
            for end, entry in zip(ends, members, strict=True)
        ]
        return claims, ends

    def _listed(self) -> dict[str, list[Entry]]:
        """Entries that name their collective, by the collective's id, in official order."""
        if self._members is None:
            self._members = {}
            for entry in sorted(self._index.gazetteer.entries, key=lambda e: e.code or "~"):
                for name in entry.member_of:
                    region = (
                        self._index.places.parent_of(entry)
                        if entry.is_place
                        else self._index.region_of_entry(entry)
                    )
                    known = self._index.collective(name, region)
                    if known is not None:
                        self._members.setdefault(self._index.id(known), []).append(entry)
        return self._members

    def _divisions(self, collective: Entity) -> list[Entry]:
        """各区 of a city: its districts by the list of divisions. 有关区 names some, nobody knows which."""
        key = area_key(collective.name)
        region = self._index.places.region(collective.region)
        if key is None or region is None or region.kind not in {"city", "province"}:
            return []
        if region.kind == "province" and not region.name.endswith("市"):
            return []
        return [
            place
            for place in self._index.places.inside(region, area_kinds(key))
            if not place.valid_to and "不再列出" not in place.source
        ]


def _claim(relation: Relation, source: str, target: str, entry: Entry) -> Claim:
    member = relation is Relation.MEMBER_OF
    return Claim(
        id=claim_id(relation, source, target, None, None, None),
        type=relation,
        source=source,
        target=target,
        document=None,
        table=None,
        row=None,
        column=None,
        text="",
        direction=Direction.A_TO_B,
        valid_from=entry.member_from if member else "",
        valid_to=entry.member_to if member else "",
        citation=entry.citation,
    )
