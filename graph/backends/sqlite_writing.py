"""Writing one change into the embedded store, inside the transaction of the caller."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime

from graph.backends.rows import (
    UNDATED_SUCCESSOR,
    EntityRow,
    Prepared,
    add_alias,
    candidate_row,
    details_text,
    enrich,
    moved_claim,
    name_rows,
    pack,
    pack_table,
)
from graph.model import Decision, Document
from graph.vocabulary import Status

_BY_DOCUMENT = ("file", "source_table", "problem", "mention", "claim", "coverage", "candidate", "background")

_CLEAR_TOUCHED = "DELETE FROM temp.touched"
_TOUCH = """
INSERT OR IGNORE INTO temp.touched
    SELECT entity FROM mention WHERE document = ?1
    UNION SELECT source FROM claim WHERE document = ?1
    UNION SELECT target FROM claim WHERE document = ?1
    UNION SELECT unit FROM coverage WHERE document = ?1
    UNION SELECT c.source FROM background b JOIN claim c ON c.id = b.claim WHERE b.document = ?1
    UNION SELECT c.target FROM background b JOIN claim c ON c.id = b.claim WHERE b.document = ?1"""
_ORPHANS = """
SELECT id FROM temp.touched t
WHERE NOT EXISTS (SELECT 1 FROM mention WHERE entity = t.id)
  AND NOT EXISTS (SELECT 1 FROM claim WHERE source = t.id)
  AND NOT EXISTS (SELECT 1 FROM claim WHERE target = t.id)
  AND NOT EXISTS (SELECT 1 FROM coverage WHERE unit = t.id)"""
_LOOSE_BACKGROUND = """
DELETE FROM claim WHERE id IN (SELECT claim FROM background WHERE document = ?1)
    AND NOT EXISTS (SELECT 1 FROM background WHERE claim = claim.id AND document <> ?1)"""
_UPSERT_DOCUMENT = """
INSERT INTO document (id, seq, title, number, date, issuer, programme, region, status, options, receipt,
                      added, fingerprint)
VALUES (:id, :seq, :title, :number, :date, :issuer, :programme, :region, :status, :options, :receipt,
        :added, :fingerprint)
ON CONFLICT (id) DO UPDATE SET title = excluded.title, number = excluded.number, date = excluded.date,
    issuer = excluded.issuer, programme = excluded.programme, region = excluded.region,
    status = excluded.status, options = excluded.options, receipt = excluded.receipt,
    fingerprint = excluded.fingerprint"""
_SUPERSEDED_ON = """
UPDATE document SET superseded_on = coalesce((
    SELECT min(CASE s.date WHEN '' THEN ?1 ELSE s.date END)
    FROM supersedes x JOIN document s ON s.id = x.source
    WHERE x.target = document.id AND (s.status = 'official' OR document.status = 'illustrative')), '')
WHERE id IN (SELECT value FROM json_each(?2))"""
_CLAIM = "INSERT OR IGNORE INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_UPSERT_ENTITY = """
INSERT INTO entity (id, type, name, kind, region, rank, seq, details) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET type = excluded.type, name = excluded.name, kind = excluded.kind,
    region = excluded.region, rank = excluded.rank, details = excluded.details"""


def begin_change(connection: sqlite3.Connection) -> None:
    """Make the scratch table of entities that may have lost their last mention."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (id TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.execute(_CLEAR_TOUCHED)


def remove_document(connection: sqlite3.Connection, document: str) -> bool:
    """Remove a document with all that only it holds. False when it isn't there."""
    if not connection.execute("SELECT 1 FROM document WHERE id = ?", (document,)).fetchone():
        return False
    _clear_document(connection, document)
    targets = _supersedes(connection, document)
    connection.execute("DELETE FROM supersedes WHERE source = ?", (document,))
    connection.execute("DELETE FROM document WHERE id = ?", (document,))
    _settle_supersedes(connection, targets)
    drop_orphans(connection)
    return True


def write_reading(connection: sqlite3.Connection, prepared: Prepared) -> bool:
    """Replace a document by its reading. False when the store already holds just that."""
    document = prepared.reading.document
    row = connection.execute("SELECT fingerprint FROM document WHERE id = ?", (document.id,)).fetchone()
    if row and row[0] == prepared.fingerprint:
        return False
    if row:
        _clear_document(connection, document.id)
    for old, new in prepared.reading.merges:
        _merge(connection, old, new)
    _write_entities(connection, prepared.entities, replaced=_orphans(connection) if row else frozenset())
    _write_document(connection, prepared)
    _write_contents(connection, prepared)
    drop_orphans(connection)
    pairs = (*prepared.reading.aliases, *prepared.reading.merges)
    if pairs:
        _write_aliases(connection, pairs)
    return True


def write_decision(connection: sqlite3.Connection, decision: Decision) -> bool:
    row = (
        decision.candidate, decision.printed, decision.scope, decision.entity, decision.user, decision.when,
    )  # fmt: skip
    old = connection.execute("SELECT * FROM decision WHERE candidate = ?", row[:1]).fetchone()
    if old == row:
        return False
    connection.execute("INSERT OR REPLACE INTO decision VALUES (?, ?, ?, ?, ?, ?)", row)
    return True


def undo_decision(connection: sqlite3.Connection, candidate: str) -> bool:
    """Take a decision back, and with it the alias that it made for the name's own id."""
    row = connection.execute("SELECT entity FROM decision WHERE candidate = ?", (candidate,)).fetchone()
    if row is None:
        return False
    connection.execute("DELETE FROM decision WHERE candidate = ?", (candidate,))
    connection.execute(
        "DELETE FROM alias WHERE entity = ?2 AND old IN (SELECT entity FROM candidate WHERE id = ?1)",
        (candidate, row[0]),
    )
    return True


def bump_version(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'version'")


def drop_orphans(connection: sqlite3.Connection) -> None:
    """Remove the touched entities that nothing refers to any more."""
    gone = [(entity,) for entity in _orphans(connection)]
    connection.executemany("DELETE FROM entity WHERE id = ?", gone)
    connection.executemany("DELETE FROM name WHERE entity = ?", gone)
    connection.execute(_CLEAR_TOUCHED)


def _orphans(connection: sqlite3.Connection) -> frozenset[str]:
    return frozenset(entity for (entity,) in connection.execute(_ORPHANS))


def _clear_document(connection: sqlite3.Connection, document: str) -> None:
    """Delete all rows of a document but its own and its supersedes."""
    connection.execute(_TOUCH, (document,))
    connection.execute(_LOOSE_BACKGROUND, (document,))
    for table in _BY_DOCUMENT:
        connection.execute(f"DELETE FROM {table} WHERE document = ?", (document,))


def _supersedes(connection: sqlite3.Connection, document: str) -> set[str]:
    found = connection.execute("SELECT target FROM supersedes WHERE source = ?", (document,))
    return {target for (target,) in found}


def _settle_supersedes(connection: sqlite3.Connection, documents: Iterable[str]) -> None:
    connection.execute(_SUPERSEDED_ON, (UNDATED_SUCCESSOR, json.dumps(sorted(documents))))


def _merge(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Move claims, coverage and mentions of an entity to another."""
    connection.execute("INSERT OR IGNORE INTO temp.touched VALUES (?)", (old,))
    held = connection.execute("SELECT * FROM claim WHERE source = ?1 OR target = ?1", (old,)).fetchall()
    for row in held:
        connection.execute("DELETE FROM claim WHERE id = ?", row[:1])
        moved = moved_claim(row, old, new)
        if moved is None:
            connection.execute("DELETE FROM background WHERE claim = ?", row[:1])
        else:
            connection.execute(_CLAIM, moved)
            connection.execute(
                "UPDATE OR REPLACE background SET claim = ? WHERE claim = ?", (moved[0], row[0])
            )
    connection.execute("UPDATE coverage SET unit = ? WHERE unit = ?", (new, old))
    connection.execute("UPDATE OR REPLACE mention SET entity = ? WHERE entity = ?", (new, old))
    connection.execute("INSERT OR IGNORE INTO temp.touched VALUES (?)", (new,))


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


def _write_entities(
    connection: sqlite3.Connection, entities: dict[str, EntityRow], *, replaced: Collection[str]
) -> None:
    """Upsert entities. Those of `replaced` are held by this document alone: its word replaces the old one."""
    stored = _stored(connection, entities.keys())
    rows: list[EntityRow] = []
    for key, row in entities.items():
        old = stored.get(key)
        new = row if old is None or key in replaced else enrich(old, row)
        if new != old:
            rows.append(new)
    seq = _take_numbers(connection, "entity_seq", len(rows))
    connection.executemany(
        _UPSERT_ENTITY,
        [
            (r.id, r.type, r.name, r.kind, r.region, r.rank, number, details_text(r.details))
            for number, r in enumerate(rows, seq)
        ],
    )
    connection.executemany("DELETE FROM name WHERE entity = ?", [(r.id,) for r in rows if r.id in stored])
    connection.executemany(
        "INSERT INTO name VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [n for r in rows for n in name_rows(r)]
    )


def _take_numbers(connection: sqlite3.Connection, key: str, count: int) -> int:
    """The first of `count` numbers that nothing has had yet."""
    (last,) = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    connection.execute("UPDATE meta SET value = ? WHERE key = ?", (str(int(last) + count), key))
    return int(last) + 1


def _write_document(connection: sqlite3.Connection, prepared: Prepared) -> None:
    document = prepared.reading.document
    known = connection.execute("SELECT 1 FROM document WHERE id = ?", (document.id,)).fetchone()
    seq = 0 if known else _take_numbers(connection, "document_seq", 1)
    connection.execute(
        _UPSERT_DOCUMENT,
        {
            "id": document.id,
            "seq": seq,
            "title": document.title,
            "number": document.number,
            "date": document.date,
            "issuer": document.issuer,
            "programme": document.programme,
            "region": document.region,
            "status": Status(document.status).value,
            "options": json.dumps(dict(document.options), ensure_ascii=False),
            "receipt": prepared.receipt,
            "added": datetime.now(UTC).isoformat(timespec="seconds"),
            "fingerprint": prepared.fingerprint,
        },
    )
    _write_supersedes(connection, document)


def _write_supersedes(connection: sqlite3.Connection, document: Document) -> None:
    targets = [target for target in dict.fromkeys(document.supersedes) if target != document.id]
    before = _supersedes(connection, document.id)
    connection.execute("DELETE FROM supersedes WHERE source = ?", (document.id,))
    connection.executemany("INSERT INTO supersedes VALUES (?, ?)", [(document.id, t) for t in targets])
    _settle_supersedes(connection, {document.id, *before, *targets})


def _write_contents(connection: sqlite3.Connection, prepared: Prepared) -> None:
    reading = prepared.reading
    key = reading.document.id
    connection.executemany(
        "INSERT INTO file VALUES (?, ?, ?, ?, ?)",
        [(key, n, f.name, f.sha256, pack(f.content)) for n, f in enumerate(reading.files, 1)],
    )
    connection.executemany(
        "INSERT INTO source_table VALUES (?, ?, ?)", [(key, t.number, pack_table(t)) for t in reading.tables]
    )
    connection.executemany(
        "INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (key, n, p.code, p.severity, p.table, p.row, p.column, p.message, p.text)
            for n, p in enumerate(reading.problems, 1)
        ],
    )
    connection.executemany("INSERT INTO mention VALUES (?, ?)", [(key, e) for e in prepared.mentions])
    connection.executemany(_CLAIM, prepared.claims)
    connection.executemany(_CLAIM, prepared.background)
    connection.executemany("INSERT INTO background VALUES (?, ?)", [(key, c[0]) for c in prepared.background])
    connection.executemany(
        "INSERT INTO coverage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                key,
                c.unit,
                c.kind.value,
                c.state.value,
                c.reason,
                c.text,
                c.table,
                c.row,
                c.column,
                c.status.value,
            )
            for c in reading.coverage
        ],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO candidate VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [candidate_row(c) for c in reading.candidates],
    )


def _write_aliases(connection: sqlite3.Connection, pairs: Sequence[tuple[str, str]]) -> None:
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
