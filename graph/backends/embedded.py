"""The embedded store: one SQLite file, no server. Made for one machine and up to a million claims.

Every read goes to the file, so nothing is loaded to start and other processes' writes are seen at once.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from graph.backends import rows as shared
from graph.backends import sqlite_writing as writing
from graph.backends.sqlite_connections import Connections
from graph.errors import NeedsNeo4j, StoreUnavailable
from graph.model import Candidate, Decision, Row, SourceFile
from graph.networkx_graph import to_networkx
from graph.store import Change, CypherAnswer, Parameter, PlanStep, Statement, StoredDocument
from graph.tables import Table

_NO_CYPHER = "内置存储不支持 Cypher，请连接 Neo4j（设置 NEO4J_URI）后再用。"


class EmbeddedStore:
    """`graph.store.Store` in `data_dir/coopgraph.sqlite3`, which is made when it isn't there.

    `timeout` in seconds limits a read, and the wait for another process that is writing.
    """

    backend = "embedded"
    to_networkx = to_networkx

    def __init__(self, data_dir: Path, *, timeout: float = 30.0) -> None:
        self._connections = Connections(data_dir, timeout=timeout)

    def check(self) -> None:
        if not self._connections.path.exists():
            raise StoreUnavailable(f"数据文件 {self._connections.path} 不见了，请重启程序或恢复备份。")
        self.version()

    def version(self) -> str:
        with self._connections.reading() as connection:
            meta = dict(connection.execute("SELECT key, value FROM meta").fetchall())
        return f"{meta['stamp']}-{meta['version']}"

    def apply(self, change: Change) -> None:
        prepared = [shared.prepare(reading) for reading in change.readings]
        with self._connections.writing() as connection:
            if change.premise is not None:
                writing.check_premise(connection, change.premise)
            writing.begin_change(connection)
            changed = [writing.remove_document(connection, document) for document in change.removals]
            changed += [writing.undo_decision(connection, candidate) for candidate in change.undone]
            changed.append(writing.forget_aliases(connection, change.forgotten))
            changed += [writing.write_decision(connection, decision) for decision in change.decisions]
            changed += [writing.write_reading(connection, reading) for reading in prepared]
            if any(changed):
                writing.bump_version(connection)

    def fetch(self, statement: Statement, parameters: Mapping[str, Parameter]) -> list[Row]:
        given = {
            key: json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
            for key, value in parameters.items()
        }
        with self._connections.reading() as connection:
            return _dicts(connection.execute(statement.sql, given))

    def documents(self) -> list[StoredDocument]:
        with self._connections.snapshot() as connection:
            return _documents(connection, "SELECT * FROM document ORDER BY date, id", ())

    def document(self, document_id: str) -> StoredDocument | None:
        with self._connections.snapshot() as connection:
            found = _documents(connection, "SELECT * FROM document WHERE id = ?", (document_id,))
        return found[0] if found else None

    def files(self, document_id: str) -> list[SourceFile]:
        with self._connections.reading() as connection:
            found = connection.execute(
                "SELECT name, sha256, content FROM file WHERE document = ? ORDER BY seq", (document_id,)
            ).fetchall()
        return [SourceFile(name, sha256, shared.unpack(content)) for name, sha256, content in found]

    def file_owner(self, sha256: str) -> str | None:
        return self._one(
            "SELECT document FROM file JOIN document d ON d.id = document WHERE sha256 = ? ORDER BY d.seq",
            sha256,
        )

    def table(self, document_id: str, number: int) -> Table | None:
        with self._connections.reading() as connection:
            found = connection.execute(
                "SELECT content FROM source_table WHERE document = ? AND number = ?", (document_id, number)
            ).fetchone()
        return shared.unpack_table(found[0]) if found else None

    def resolve(self, entity_id: str) -> str | None:
        return self._one(
            "SELECT id FROM entity WHERE id = ?1 UNION ALL"
            " SELECT e.id FROM alias a JOIN entity e ON e.id = a.entity WHERE a.old = ?1",
            entity_id,
        )

    def aliases(self) -> dict[str, str]:
        with self._connections.reading() as connection:
            return dict(
                connection.execute(
                    "SELECT old, entity FROM alias"
                    " WHERE NOT EXISTS (SELECT 1 FROM entity WHERE id = old) ORDER BY old"
                ).fetchall()
            )

    def candidates(self) -> list[Candidate]:
        columns = ", ".join(f"c.{column}" for column in shared.CANDIDATE_COLUMNS)
        with self._connections.reading() as connection:
            found = connection.execute(
                f"SELECT {columns} FROM candidate c JOIN document d ON d.id = c.document"
                " ORDER BY d.date, d.id, c.table_no, c.row_no, c.column_no, c.id"
            ).fetchall()
        return [shared.candidate_of(row) for row in found]

    def decisions(self) -> dict[str, Decision]:
        with self._connections.reading() as connection:
            return writing.decisions(connection)

    def cypher(
        self, query: str, parameters: Mapping[str, object], *, limit: int, seconds: float
    ) -> CypherAnswer:
        raise NeedsNeo4j(_NO_CYPHER)

    def explain(self, query: str, parameters: Mapping[str, object]) -> list[PlanStep]:
        raise NeedsNeo4j(_NO_CYPHER)

    def close(self) -> None:
        self._connections.close()

    def _one(self, sql: str, value: str) -> str | None:
        with self._connections.reading() as connection:
            found = connection.execute(sql, (value,)).fetchone()
        return found[0] if found else None


def _dicts(cursor: sqlite3.Cursor) -> list[Row]:
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, row)) for row in cursor]  # noqa: B905 — as many values as columns, for each of 100,000 rows


def _documents(connection: sqlite3.Connection, sql: str, parameters: Sequence[str]) -> list[StoredDocument]:
    found = _dicts(connection.execute(sql, parameters))
    forward: dict[str, list[str]] = {}
    backward: dict[str, list[str]] = {}
    links = connection.execute(
        "SELECT x.source, x.target FROM supersedes x JOIN document d ON d.id = x.source ORDER BY d.date, d.id, x.seq"
    )
    for source, target in links:
        forward.setdefault(source, []).append(target)
        backward.setdefault(target, []).append(source)
    return [
        StoredDocument(
            document=shared.document_of(row, forward.get(row["id"], ())),
            receipt=json.loads(row["receipt"]),
            superseded_by=tuple(backward.get(row["id"], ())),
            added=row["added"],
            fingerprint=row["fingerprint"],
        )
        for row in found
    ]
