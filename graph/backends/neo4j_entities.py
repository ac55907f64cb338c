"""Entities, names and aliases in Neo4j: upsert, orphans, redirects."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from graph.backends import cypher_texts as cypher
from graph.backends.entity_rows import (
    NAME_COLUMNS,
    EntityRow,
    add_alias,
    changed_entities,
    details_text,
    name_rows,
)
from graph.vocabulary import EntityType

if TYPE_CHECKING:
    from graph.backends.neo4j_writing import Run

_BATCH = 2_000
DETAILS = ("post", "number", "title", "content", "target", "due", "due_date", "state_owned")
"""Details that are also properties of their own, so that Cypher can filter by them."""


def orphans(run: Run, touched: Collection[str]) -> frozenset[str]:
    """Those of the touched entities that nothing refers to."""
    if not touched:
        return frozenset()
    return frozenset(row["id"] for row in run(cypher.ORPHANS, ids=sorted(touched)))


def settle_touched(run: Run, touched: Collection[str]) -> None:
    """Remove the touched entities that nothing refers to any more; find where the others are named first."""
    gone = orphans(run, touched)
    if gone:
        run(cypher.DROP_ENTITIES, ids=sorted(gone))
    left = sorted(set(touched) - gone)
    for start in range(0, len(left), _BATCH):
        run(cypher.SETTLE_ORDER, ids=left[start : start + _BATCH])


def _stored(run: Run, ids: Collection[str]) -> dict[str, EntityRow]:
    found = run(cypher.STORED_ENTITIES, ids=list(ids))
    known: dict[str, EntityRow] = {}
    for row in found:
        details: dict[str, str] = json.loads(row.pop("details"))
        names: dict[str, str] = dict(row.pop("names"))
        known[row["id"]] = EntityRow(**row, details=details, names=names)
    return known


def write_entities(run: Run, entities: Mapping[str, EntityRow], *, replaced: Collection[str]) -> None:
    """Upsert entities. Those of `replaced` are held by this document alone: its word replaces the old one."""
    stored = _stored(run, entities.keys())
    rows = changed_entities(stored, entities, replaced=replaced)
    if not rows:
        return
    by_type: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_type.setdefault(row.type, []).append({"id": row.id, "properties": _properties(row)})
    for kind, written in by_type.items():
        _in_batches(run, kind, written)
    known = [row.id for row in rows if row.id in stored]
    if known:
        run(cypher.CLEAR_NAMES, ids=known)
    names = [dict(zip(NAME_COLUMNS, name, strict=True)) for row in rows for name in name_rows(row)]
    for start in range(0, len(names), _BATCH):
        run(cypher.WRITE_NAMES, rows=names[start : start + _BATCH])


def _in_batches(run: Run, kind: str, rows: Sequence[Mapping[str, Any]]) -> None:
    for start in range(0, len(rows), _BATCH):
        run(cypher.WRITE_ENTITIES[EntityType(kind)], rows=rows[start : start + _BATCH])


def _properties(row: EntityRow) -> dict[str, Any]:
    properties: dict[str, Any] = {key: row.details.get(key) for key in DETAILS}
    return {
        **properties,
        "type": row.type,
        "name": row.name,
        "kind": row.kind,
        "region": row.region,
        "rank": row.rank,
        "details": details_text(row.details),
    }


def write_aliases(run: Run, pairs: Sequence[tuple[str, str]]) -> None:
    """Record redirects, without chains."""
    before = {row["old"]: row["entity"] for row in run(cypher.ALIASES)}
    ids = {*before, *before.values(), *(end for pair in pairs for end in pair)}
    standing = {row["id"] for row in run(cypher.SAME_AS, ids=sorted(ids))}
    after = dict(before)
    add_alias(after, standing.__contains__, pairs)
    run(cypher.DELETE_ALIASES, olds=sorted(before.keys() - after.keys()))
    changed = [list(pair) for pair in after.items() if before.get(pair[0]) != pair[1]]
    run(cypher.WRITE_ALIASES, rows=changed)
