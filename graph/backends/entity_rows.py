"""Entities, their names and redirects as the rows that both backends write, and how what is new joins what is held."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Entity
from graph.records import quickly_made
from graph.search_keys import NameKeys, name_keys

NO_RANK = "~"
"""Sorts after every official rank."""
WEAK = frozenset({"", "unknown", "other"})
"""Words for 'not known', which never replace something known."""
NAME_COLUMNS = ("entity", "text", "kind", *NameKeys._fields)
_SORTED = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


@quickly_made
@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity as stored; `names` are (text, kind), each text once."""

    id: str
    type: str
    name: str
    kind: str
    region: str
    rank: str
    details: Mapping[str, str]
    names: Mapping[str, str]


def entity_row(entity: Entity) -> EntityRow:
    """The row of an entity; its full name is always among its names."""
    names = {entity.name: "full"}
    for name in entity.names:
        if name.text:
            names.setdefault(name.text, name.kind)
    return EntityRow(
        entity.id,
        entity.type.value,
        entity.name,
        entity.kind,
        entity.region,
        entity.rank or NO_RANK,
        dict(entity.details),
        names,
    )


def enrich(old: EntityRow, new: EntityRow) -> EntityRow:
    """The entity that two documents name: what the later one knows is taken, what it doesn't know stays."""
    return EntityRow(
        new.id,
        new.type,
        new.name or old.name,
        old.kind if new.kind in WEAK and old.kind else new.kind,
        new.region or old.region,
        old.rank if new.rank == NO_RANK else new.rank,
        {**old.details, **{k: v for k, v in new.details.items() if v not in WEAK or not old.details.get(k)}},
        {**old.names, **{t: k for t, k in new.names.items() if t not in old.names or k == "full"}},
    )


def details_text(details: Mapping[str, str]) -> str:
    """JSON with sorted keys, so that equal details are equal text."""
    return _SORTED.encode(dict(details)) if details else "{}"


def name_rows(row: EntityRow) -> list[tuple[str | int, ...]]:
    """Rows in the order of NAME_COLUMNS."""
    return [(row.id, text, kind, *name_keys(text)) for text, kind in row.names.items()]


def changed_entities(
    stored: Mapping[str, EntityRow], entities: Mapping[str, EntityRow], *, replaced: Collection[str]
) -> list[EntityRow]:
    """The entities that differ from the stored ones, joined with these. Those of `replaced` are held by one document
    alone: its word replaces the old one."""
    changed: list[EntityRow] = []
    for key, row in entities.items():
        old = stored.get(key)
        new = row if old is None or key in replaced else enrich(old, row)
        if new != old:
            changed.append(new)
    return changed


def add_alias(
    aliases: dict[str, str], stands: Callable[[str], bool], pairs: Sequence[tuple[str, str]]
) -> None:
    """Put (old id, id) pairs into `aliases` without chains: what led to an old id leads to its successor.

    `stands` tells whether an id is an entity today; such an id is an end of a chain.
    """
    for old, given in pairs:
        if old == given:
            continue
        new = given if stands(given) else aliases.get(given, given)
        if new == old:  # the other way round until now: the later word holds
            del aliases[given]
            new = given
        if not stands(old):
            for other, target in aliases.items():
                if target == old:
                    aliases[other] = new
        aliases[old] = new
