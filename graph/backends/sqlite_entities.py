"""Entities, names and aliases in the embedded store: upsert, orphans, redirects."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence

from graph.backends.entity_rows import EntityRow, add_alias, changed_entities, details_text, name_rows

CLEAR_TOUCHED = "DELETE FROM temp.touched"
_ORPHANS = """
SELECT id FROM temp.touched t
WHERE NOT EXISTS (SELECT 1 FROM mention WHERE entity = t.id)
  AND NOT EXISTS (SELECT 1 FROM claim WHERE source = t.id)
  AND NOT EXISTS (SELECT 1 FROM claim WHERE target = t.id)
  AND NOT EXISTS (SELECT 1 FROM coverage WHERE unit = t.id)"""
_UPSERT_ENTITY = """
INSERT INTO entity (id, type, name, kind, region, rank, seq, details) VALUES (?, ?, ?, ?, ?, ?, '~', ?)
ON CONFLICT (id) DO UPDATE SET type = excluded.type, name = excluded.name, kind = excluded.kind,
    region = excluded.region, rank = excluded.rank, details = excluded.details"""

_SCRATCH_NAMES = "CREATE TEMP TABLE IF NOT EXISTS fresh_name AS SELECT * FROM name WHERE 0"
_WRITE_NAMES = "INSERT INTO name SELECT * FROM temp.fresh_name ORDER BY rowid"
"""One statement for all: after each statement that wrote to the full-text index SQLite flushes that index."""
_DELETE_NAMES = "DELETE FROM name WHERE entity IN (SELECT value FROM json_each(?))"

_SETTLE_ORDER = """
UPDATE entity SET seq = coalesce((
    SELECT min(CASE d.date WHEN '' THEN '~' ELSE d.date END || ' ' || d.id || ' ' || m.place)
    FROM mention m JOIN document d ON d.id = m.document WHERE m.entity = entity.id), '~')
WHERE id IN (SELECT id FROM temp.touched)"""


def settle_touched(connection: sqlite3.Connection) -> None:
    """Remove the touched entities that nothing refers to any more; find where the others are named first."""
    gone = [(entity,) for entity in orphans(connection)]
    connection.executemany("DELETE FROM entity WHERE id = ?", gone)
    connection.execute(_DELETE_NAMES, (json.dumps([entity for (entity,) in gone]),))
    connection.execute(_SETTLE_ORDER)
    connection.execute(CLEAR_TOUCHED)


def orphans(connection: sqlite3.Connection) -> frozenset[str]:
    return frozenset(entity for (entity,) in connection.execute(_ORPHANS))


def _stored(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, EntityRow]:
    wanted = json.dumps(list(ids))
    names: dict[str, dict[str, str]] = {}
    for entity, text, kind in connection.execute(
        "SELECT entity, text, kind FROM name WHERE entity IN (SELECT value FROM json_each(?))", (wanted,)
    ):
        names.setdefault(entity, {})[text] = kind
    found = connection.execute(
        "SELECT id, type, name, kind, region, rank, details FROM entity"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (wanted,),
    )
    return {
        row[0]: EntityRow(*row[:6], details=json.loads(row[6]), names=names.get(row[0], {})) for row in found
    }


def write_entities(
    connection: sqlite3.Connection, entities: dict[str, EntityRow], *, replaced: Collection[str]
) -> None:
    """Upsert entities. Those of `replaced` are held by this document alone: its word replaces the old one."""
    stored = _stored(connection, entities.keys())
    rows = changed_entities(stored, entities, replaced=replaced)
    connection.executemany(
        _UPSERT_ENTITY,
        [(r.id, r.type, r.name, r.kind, r.region, r.rank, details_text(r.details)) for r in rows],
    )
    connection.execute(_DELETE_NAMES, (json.dumps([r.id for r in rows if r.id in stored]),))
    connection.execute(_SCRATCH_NAMES)
    connection.executemany(
        "INSERT INTO temp.fresh_name VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [n for r in rows for n in name_rows(r)],
    )
    connection.execute(_WRITE_NAMES)
    connection.execute("DELETE FROM temp.fresh_name")


def write_aliases(connection: sqlite3.Connection, pairs: Sequence[tuple[str, str]]) -> None:
    before = dict(connection.execute("SELECT old, entity FROM alias").fetchall())
    ids = json.dumps([*before, *before.values(), *(end for pair in pairs for end in pair)])
    standing = {
        entity
        for (entity,) in connection.execute(
            "SELECT id FROM entity WHERE id IN (SELECT value FROM json_each(?))", (ids,)
        )
    }
    after = dict(before)
    add_alias(after, standing.__contains__, pairs)
    connection.executemany("DELETE FROM alias WHERE old = ?", [(o,) for o in before.keys() - after.keys()])
    changed = [pair for pair in after.items() if before.get(pair[0]) != pair[1]]
    connection.executemany("INSERT OR REPLACE INTO alias VALUES (?, ?)", changed)
