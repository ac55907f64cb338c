"""Writing one change into the embedded store, inside the transaction of the caller."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from graph.backends.rows import (
    UNDATED_SUCCESSOR,
    Prepared,
    candidate_row,
    coverage_row,
    document_row,
    moved_claim,
    pack,
    pack_tables,
)
from graph.backends.sqlite_entities import (
    CLEAR_TOUCHED,
    orphans,
    settle_touched,
    write_aliases,
    write_entities,
)
from graph.errors import Overtaken
from graph.model import Decision, Document
from graph.store import Premise

_BY_DOCUMENT = ("file", "source_table", "problem", "mention", "claim", "coverage", "candidate", "background")

_TOUCH = """
INSERT OR IGNORE INTO temp.touched
    SELECT entity FROM mention WHERE document = ?1
    UNION SELECT source FROM claim WHERE document = ?1
    UNION SELECT target FROM claim WHERE document = ?1
    UNION SELECT unit FROM coverage WHERE document = ?1
    UNION SELECT c.source FROM background b JOIN claim c ON c.id = b.claim WHERE b.document = ?1
    UNION SELECT c.target FROM background b JOIN claim c ON c.id = b.claim WHERE b.document = ?1"""
_TOUCH_MENTIONED = "INSERT OR IGNORE INTO temp.touched SELECT entity FROM mention WHERE document = ?"
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
_MOVE_MENTIONS = """
INSERT INTO mention SELECT document, ?2, place FROM mention WHERE entity = ?1
ON CONFLICT (document, entity) DO UPDATE SET place = min(place, excluded.place)"""
_CLAIM = "INSERT OR IGNORE INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_BACKGROUND = _CLAIM.replace("IGNORE", "REPLACE")
"""What the gazetteers say today replaces what they said when another document was read."""


def check_premise(connection: sqlite3.Connection, premise: Premise) -> None:
    """Raise Overtaken when the documents or decisions that a change was made from are others by now."""
    found = connection.execute(
        "SELECT id, fingerprint FROM document WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(premise.documents)),),
    )
    held = dict.fromkeys(premise.documents, "") | dict(found.fetchall())
    if held != premise.documents or decisions(connection) != premise.decisions:
        raise Overtaken


def decisions(connection: sqlite3.Connection) -> dict[str, Decision]:
    """Decisions in force by candidate, oldest first."""
    found = connection.execute(
        "SELECT candidate, printed, scope, entity, user, decided FROM decision ORDER BY decided, candidate"
    )
    return {row[0]: Decision(*row) for row in found}


def begin_change(connection: sqlite3.Connection) -> None:
    """Make the scratch table of entities that may have lost their last mention."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (id TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.execute(CLEAR_TOUCHED)


def remove_document(connection: sqlite3.Connection, document: str) -> bool:
    """Remove a document with all that only it holds. False when it isn't there."""
    if not connection.execute("SELECT 1 FROM document WHERE id = ?", (document,)).fetchone():
        return False
    _clear_document(connection, document)
    targets = _supersedes(connection, document)
    connection.execute("DELETE FROM supersedes WHERE source = ?", (document,))
    connection.execute("DELETE FROM document WHERE id = ?", (document,))
    _settle_supersedes(connection, targets)
    settle_touched(connection)
    return True


def write_reading(connection: sqlite3.Connection, prepared: Prepared) -> bool:
    """Replace a document by its reading. False when the store already holds just that."""
    document = prepared.reading.document
    row = connection.execute("SELECT fingerprint FROM document WHERE id = ?", (document.id,)).fetchone()
    if row and row[0] == prepared.fingerprint:
        return False
    if row:
        _clear_document(connection, document.id)
    write_entities(connection, prepared.entities, replaced=orphans(connection) if row else frozenset())
    for old, new in prepared.reading.merges:
        if old not in prepared.entities:
            _merge(connection, old, new)
    _write_document(connection, prepared)
    _write_contents(connection, prepared)
    connection.execute(_TOUCH_MENTIONED, (document.id,))
    settle_touched(connection)
    pairs = (*prepared.reading.aliases, *prepared.reading.merges)
    if pairs:
        write_aliases(connection, pairs)
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
    """Take a decision back; False when there is none."""
    return connection.execute("DELETE FROM decision WHERE candidate = ?", (candidate,)).rowcount > 0


def forget_aliases(connection: sqlite3.Connection, olds: Sequence[str]) -> bool:
    """Delete aliases by their old ids; whether there were any."""
    gone = "DELETE FROM alias WHERE old IN (SELECT value FROM json_each(?))"
    return connection.execute(gone, (json.dumps(list(olds)),)).rowcount > 0


def bump_version(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'version'")


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
    """Move claims, coverage and mentions of an entity to another; nothing where either isn't there."""
    both = connection.execute("SELECT count(*) FROM entity WHERE id IN (?, ?)", (old, new)).fetchone()
    if both != (2,):
        return
    connection.execute("INSERT OR IGNORE INTO temp.touched VALUES (?), (?)", (old, new))
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
    connection.execute(_MOVE_MENTIONS, (old, new))
    connection.execute("DELETE FROM mention WHERE entity = ?", (old,))


def _write_document(connection: sqlite3.Connection, prepared: Prepared) -> None:
    document = prepared.reading.document
    known = connection.execute("SELECT 1 FROM document WHERE id = ?", (document.id,)).fetchone()
    seq = 0 if known else _take_document_number(connection)
    connection.execute(
        _UPSERT_DOCUMENT,
        {
            "id": document.id,
            "seq": seq,
            "added": datetime.now(UTC).isoformat(timespec="seconds"),
            **document_row(prepared),
        },
    )
    _write_supersedes(connection, document)


def _take_document_number(connection: sqlite3.Connection) -> int:
    """A number that no document has had yet."""
    connection.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'document_seq'")
    (number,) = connection.execute("SELECT value FROM meta WHERE key = 'document_seq'").fetchone()
    return int(number)


def _write_supersedes(connection: sqlite3.Connection, document: Document) -> None:
    targets = [target for target in dict.fromkeys(document.supersedes) if target != document.id]
    before = _supersedes(connection, document.id)
    connection.execute("DELETE FROM supersedes WHERE source = ?", (document.id,))
    connection.executemany(
        "INSERT INTO supersedes VALUES (?, ?, ?)", [(document.id, t, n) for n, t in enumerate(targets)]
    )
    _settle_supersedes(connection, {document.id, *before, *targets})


def _write_contents(connection: sqlite3.Connection, prepared: Prepared) -> None:
    reading = prepared.reading
    key = reading.document.id
    connection.executemany(
        "INSERT INTO file VALUES (?, ?, ?, ?, ?)",
        [(key, n, f.name, f.sha256, pack(f.content)) for n, f in enumerate(reading.files, 1)],
    )
    connection.executemany(
        "INSERT INTO source_table VALUES (?, ?, ?)", [(key, *table) for table in pack_tables(prepared)]
    )
    connection.executemany(
        "INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (key, n, p.code, p.severity, p.table, p.row, p.column, p.message, p.text)
            for n, p in enumerate(reading.problems, 1)
        ],
    )
    connection.executemany("INSERT INTO mention VALUES (?, ?, ?)", [(key, *row) for row in prepared.mentions])
    connection.executemany(_CLAIM, prepared.claims)
    connection.executemany(_BACKGROUND, prepared.background)
    connection.executemany("INSERT INTO background VALUES (?, ?)", [(key, c[0]) for c in prepared.background])
    connection.executemany(
        "INSERT INTO coverage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(key, *coverage_row(cell)) for cell in reading.coverage],
    )
    connection.executemany(
        "INSERT OR REPLACE INTO candidate VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [candidate_row(c) for c in reading.candidates],
    )
