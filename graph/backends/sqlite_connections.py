"""Opening the file of the embedded store: its schema, its connections, and its failures in plain words."""

from __future__ import annotations

import secrets
import sqlite3
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path

from graph.backends.upgrades import UPGRADES
from graph.cancelling import is_cancelled, raise_if_cancelled
from graph.errors import QueryTimeout, StoreUnavailable

FILE_NAME = "coopgraph.sqlite3"
SCHEMA_VERSION = 4
"""Raised with every change of `schema.sql`; `upgrades.py` says how an older file gets there."""
APPLICATION_ID = 0x636F6F70
"""`coop`: tells the file from other programs' SQLite files."""
STEPS_BETWEEN_LOOKS = 10_000
"""Instructions of SQLite's machine between two looks at the clock: under a millisecond."""


class Connections:
    """Connections to one store file: one that writes, and one reading connection a thread."""

    def __init__(self, data_dir: Path, *, timeout: float) -> None:
        """`timeout` in seconds: of a read, and of waiting for another process that writes."""
        self.path = data_dir / FILE_NAME
        self._timeout = timeout
        self._local = threading.local()
        self._lock = threading.Lock()
        self._all: set[sqlite3.Connection] = set()
        self._writer: sqlite3.Connection | None = None
        with self.clear_errors():
            data_dir.mkdir(parents=True, exist_ok=True)
            self._writer = self._open_writer()

    @contextmanager
    def clear_errors(self) -> Generator[None]:
        """Turn failures of the file into StoreUnavailable."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise self._unavailable(error) from error
        except sqlite3.ProgrammingError as error:
            if "closed database" not in str(error):
                raise
            raise StoreUnavailable("存储已关闭，请重新打开。") from error
        except sqlite3.IntegrityError:
            raise
        except sqlite3.DatabaseError as error:
            raise StoreUnavailable(
                f"{self.path} 不是可用的 coopgraph 数据文件（{error}），请换一个 COOPGRAPH_DATA_DIR 或恢复备份。"
            ) from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise StoreUnavailable(
                f"数据目录 {self.path.parent} 无法使用（{reason}），请检查权限或改设 COOPGRAPH_DATA_DIR。"
            ) from error

    def _unavailable(self, error: sqlite3.OperationalError) -> StoreUnavailable:
        code = (error.sqlite_errorcode or 0) & 0xFF
        if code == sqlite3.SQLITE_INTERRUPT:
            raise_if_cancelled()
            return QueryTimeout(f"查询超过 {self._timeout:g} 秒，已停止；请加筛选条件缩小范围。")
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return StoreUnavailable("另一个程序正在写入数据，请稍后再试。")
        if code == sqlite3.SQLITE_FULL:
            return StoreUnavailable("磁盘已满，未写入任何内容；请腾出空间后再试。")
        if code == sqlite3.SQLITE_ERROR:  # wrong SQL: ours, not the user's
            raise error
        return StoreUnavailable(
            f"数据文件 {self.path} 无法打开或写入（{error}），请检查目录权限或改设 COOPGRAPH_DATA_DIR。"
        )

    def _connect(self, mode: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=self._timeout,
            isolation_level=None,
            check_same_thread=False,
        )
        self._all.add(connection)
        return connection

    def _open_writer(self) -> sqlite3.Connection:
        connection = self._connect("rwc")
        self._check_ours(connection)
        self._set_wal(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA cache_size = -64000")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("BEGIN IMMEDIATE")
        try:
            self._make_current(connection)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        return connection

    def _set_wal(self, connection: sqlite3.Connection) -> None:
        """Two processes that open a new store at once: SQLite doesn't wait here by itself."""
        deadline = time.monotonic() + self._timeout
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def _check_ours(self, connection: sqlite3.Connection) -> int:
        """The format of the file, 0 for a new, empty one. Raises StoreUnavailable on a foreign one, a newer one, and
        one too old to be brought up to date."""
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if not tables:
            return 0
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        if application != APPLICATION_ID:
            raise StoreUnavailable(
                f"{self.path} 是其他程序的数据文件，请把 COOPGRAPH_DATA_DIR 设为另一个目录。"
            )
        (version,) = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        if not min(UPGRADES) <= int(version) <= SCHEMA_VERSION:
            newer = int(version) > SCHEMA_VERSION
            raise StoreUnavailable(
                f"数据文件的格式版本为 {version}，本程序为 {SCHEMA_VERSION}；"
                + ("请升级 coopgraph。" if newer else "请用新的数据目录重新导入文件。")
            )
        return int(version)

    def _make_current(self, connection: sqlite3.Connection) -> None:
        """Create what a new file holds, or bring an older one up to date, in the transaction around this."""
        version = self._check_ours(connection)
        if not version:
            self._create(connection)
        elif version < SCHEMA_VERSION:
            for older in range(version, SCHEMA_VERSION):
                for statement in UPGRADES[older]:
                    connection.execute(statement)
            connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", (str(SCHEMA_VERSION),))

    def _create(self, connection: sqlite3.Connection) -> None:
        script = (files("graph.backends") / "schema.sql").read_text("utf-8")
        for statement in _statements(script):
            connection.execute(statement)
        connection.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            [
                ("schema", str(SCHEMA_VERSION)),
                # Tells this store from any other, so that versions of two stores are never equal.
                ("stamp", secrets.token_hex(4)),
                ("version", "0"),
                ("document_seq", "0"),
            ],
        )
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection]:
        """This thread's read-only connection, within the time limit."""
        with self.clear_errors():
            connection = getattr(self._local, "connection", None)
            if connection is None:
                with self._lock:
                    connection = self._connect("ro")
                connection.execute("PRAGMA query_only = ON")
                connection.execute("PRAGMA temp_store = MEMORY")
                self._local.connection = connection
            deadline = time.monotonic() + self._timeout
            connection.set_progress_handler(
                lambda: time.monotonic() > deadline or is_cancelled(), STEPS_BETWEEN_LOOKS
            )
            raise_if_cancelled()
            yield connection

    @contextmanager
    def snapshot(self) -> Generator[sqlite3.Connection]:
        """Several reads that see one state of the data."""
        with self.reading() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Generator[sqlite3.Connection]:
        """The writing connection in a transaction: committed at the end, taken back on any error."""
        with self._lock, self.clear_errors():
            if self._writer is None:
                raise StoreUnavailable("存储已关闭，请重新打开。")
            connection = self._writer
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close all connections; a later use raises StoreUnavailable."""
        with self._lock:
            for connection in self._all:
                connection.close()
            self._all.clear()
            self._writer = None


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would commit the transaction around them."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
