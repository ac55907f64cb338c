"""The graph in a Neo4j server or cluster. The one module that imports the driver; `graph_model.md` says how
the graph stands there."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, LiteralString, TypeVar, cast
from urllib.parse import urlsplit

from neo4j import READ_ACCESS, Driver, GraphDatabase, ManagedTransaction, Query, unit_of_work
from neo4j.exceptions import AuthError, ConfigurationError, DriverError, Neo4jError

from graph.backends import cypher_texts as texts
from graph.backends import neo4j_reading as reading
from graph.backends import neo4j_writing as writing
from graph.backends import rows as shared
from graph.backends.neo4j_parameters import GIVEN, of_one_map
from graph.backends.neo4j_records import fetched
from graph.backends.neo4j_values import PLANNED, Collected, memory_told, plan_steps, refused, shown_address
from graph.backends.upgrades import OLDEST_NEO4J
from graph.cancelling import raise_if_cancelled, stoppable
from graph.errors import QueryTimeout, StoreUnavailable
from graph.model import Candidate, Decision, Row, SourceFile
from graph.networkx_graph import to_networkx
from graph.settings import Settings
from graph.store import Change, CypherAnswer, Parameter, PlanStep, Statement, StoredDocument
from graph.tables import Table

T = TypeVar("T")

SCHEMA_VERSION = 3
SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
CONNECT_SECONDS = 5.0
RETRY_SECONDS = 5.0
"""How long the driver tries again when a server goes away or a cluster changes its leader."""
WRITE_SECONDS = 600.0
_MARK = "coopgraph"
_TERMINATE = """
SHOW TRANSACTIONS YIELD transactionId AS id, metaData WHERE metaData.coopgraph = $key
TERMINATE TRANSACTIONS id YIELD message RETURN message"""


def open_neo4j(settings: Settings) -> Neo4jStore:
    """The store on the server of `NEO4J_URI`; its constraints are made when they aren't there.

    Raises StoreUnavailable when the server cannot be reached or used.
    """
    uri = settings.neo4j_uri or ""
    if urlsplit(uri).scheme not in SCHEMES:
        raise StoreUnavailable(
            f"NEO4J_URI“{shown_address(uri)}”写法不对，应如 neo4j://主机:7687 或 bolt://主机:7687。"
        )
    # What the driver retries is no word for the user's terminal; a program that wants it sets up logging.
    logging.getLogger("neo4j").addHandler(logging.NullHandler())
    try:
        driver = GraphDatabase.driver(
            uri,
            auth=(settings.neo4j_username, settings.neo4j_password.get_secret_value()),
            connection_timeout=CONNECT_SECONDS,
            connection_acquisition_timeout=2 * CONNECT_SECONDS,
            max_transaction_retry_time=RETRY_SECONDS,
            liveness_check_timeout=30.0,
            notifications_min_severity="OFF",
            user_agent="coopgraph",
        )
    except (ConfigurationError, ValueError) as error:
        raise StoreUnavailable(
            f"NEO4J_URI“{shown_address(uri)}”写法不对（{error}），应如 neo4j://主机:7687。"
        ) from error
    store = Neo4jStore(
        driver, database=settings.neo4j_database, timeout=settings.query_timeout, uri=shown_address(uri)
    )
    try:
        store.connect()  # once, so that a wrong address is told at once and not tried again and again
        store.prepare()
    except BaseException:
        store.close()
        raise
    return store


class Neo4jStore:
    """`graph.store.Store` on a Neo4j server; made by `open_neo4j`. `timeout` of reads in seconds."""

    backend = "neo4j"
    to_networkx = to_networkx

    def __init__(self, driver: Driver, *, database: str, timeout: float, uri: str) -> None:
        self._driver = driver
        self._database = database
        self._timeout = timeout
        self._uri = uri
        # Reads of this process see its own writes, also on other members of a cluster.
        self._bookmarks = GraphDatabase.bookmark_manager()

    def prepare(self) -> None:
        """Make the constraints, indexes and the store's own node that are missing, also in a graph of an older format.
        Raises StoreUnavailable on one that is newer, or too old for that."""
        found = self._read(texts.STORE)
        version = found[0]["schema"] if found else 0
        if version == SCHEMA_VERSION:
            return
        if version and not OLDEST_NEO4J <= version < SCHEMA_VERSION:
            raise StoreUnavailable(
                f"Neo4j 中数据的格式版本为 {version}，本程序为 {SCHEMA_VERSION}；"
                + ("请升级 coopgraph。" if version > SCHEMA_VERSION else "请换用空的数据库重新导入文件。")
            )
        for text in texts.SCHEMA:  # a constraint and data cannot be written in one transaction
            self._write(lambda run, text=text: run(text))
        values = {"stamp": secrets.token_hex(4), "schema": SCHEMA_VERSION}
        self._write(lambda run: run(texts.MAKE_STORE, **values))

    def connect(self) -> None:
        """Raise StoreUnavailable when the server cannot be reached or refuses the login."""
        with self._clear_errors():
            self._driver.verify_connectivity()

    def check(self) -> None:
        self.connect()
        self.version()

    def version(self) -> str:
        found = self._read(texts.STORE)
        if not found:  # emptied behind our back
            raise StoreUnavailable("Neo4j 中的数据已被清空，请重启程序后重新导入。")
        return f"{found[0]['stamp']}-{found[0]['version']}"

    def apply(self, change: Change) -> None:
        prepared = [shared.prepare(item) for item in change.readings]

        def work(run: writing.Run) -> None:
            if not run(texts.LOCK):
                raise StoreUnavailable("Neo4j 中的数据已被清空，请重启程序后重新导入。")
            changed = writing.write_change(run, change, prepared)
            run(texts.UNLOCK, changed=int(changed))

        self._write(work)

    def fetch(self, statement: Statement, parameters: Mapping[str, Parameter]) -> list[Row]:
        return list[Row](fetched(self._read, statement, parameters))

    def documents(self) -> list[StoredDocument]:
        return [reading.stored_document(row) for row in self._read(reading.DOCUMENTS)]

    def document(self, document_id: str) -> StoredDocument | None:
        found = self._read(reading.DOCUMENT, document=document_id)
        return reading.stored_document(found[0]) if found else None

    def files(self, document_id: str) -> list[SourceFile]:
        found = self._read(reading.FILES, document=document_id)
        return [SourceFile(row["name"], row["sha256"], shared.unpack(row["content"])) for row in found]

    def file_owner(self, sha256: str) -> str | None:
        return reading.first_id(self._read(reading.FILE_OWNER, sha256=sha256))

    def table(self, document_id: str, number: int) -> Table | None:
        found = self._read(reading.TABLE, document=document_id, number=number)
        return shared.unpack_table(found[0]["content"]) if found else None

    def resolve(self, entity_id: str) -> str | None:
        return reading.first_id(self._read(reading.RESOLVE, id=entity_id))

    def aliases(self) -> dict[str, str]:
        return {row["old"]: row["entity"] for row in self._read(reading.REDIRECTS)}

    def candidates(self) -> list[Candidate]:
        found = self._read(reading.CANDIDATES)
        return [shared.candidate_of([row["row"][c] for c in shared.CANDIDATE_COLUMNS]) for row in found]

    def decisions(self) -> dict[str, Decision]:
        found = [reading.decision(row) for row in self._read(reading.DECISIONS)]
        return {decision.candidate: decision for decision in found}

    def cypher(
        self, query: str, parameters: Mapping[str, object], *, limit: int, seconds: float
    ) -> CypherAnswer:
        # The user's own text: not a literal, but run where the server refuses every write.
        text = cast("LiteralString", query)

        def work(transaction: ManagedTransaction) -> CypherAnswer:
            with memory_told():
                result = transaction.run(text, dict(parameters))
                collected = Collected(result.keys())
                for record in result:
                    if len(collected.rows) == limit:
                        collected.truncated = True
                        break
                    collected.add(record.values())
            named = _run(transaction, reading.KEYS, {"ids": collected.unsettled()})
            collected.settle({row["server"]: row["id"] for row in named})
            return collected.answer()

        try:
            return self._read_with(work, seconds=seconds, fetch_size=limit + 1)
        except Neo4jError as error:
            raise refused(error.code, error.message) from error

    def explain(self, query: str, parameters: Mapping[str, object]) -> list[PlanStep]:
        # The user's own text, which is not run: the server only plans it.
        text = cast("LiteralString", f"{PLANNED}{query}")

        def work(transaction: ManagedTransaction) -> list[PlanStep]:
            return plan_steps(transaction.run(text, dict(parameters)).consume().plan)

        try:
            return self._read_with(work, seconds=self._timeout)
        except Neo4jError as error:
            raise refused(error.code, error.message, before=len(PLANNED)) from error

    def close(self) -> None:
        with suppress(DriverError, OSError):
            self._driver.close()

    def _read(self, text: LiteralString, /, **parameters: Any) -> list[dict[str, Any]]:
        """Rows of a read, in read access mode, retried by the driver, within the time limit."""
        return self._read_with(lambda transaction: _run(transaction, text, parameters), seconds=self._timeout)

    def _read_with(
        self, work: Callable[[ManagedTransaction], T], *, seconds: float, fetch_size: int = 1000
    ) -> T:
        key = secrets.token_hex(8)
        timed = unit_of_work(timeout=seconds, metadata={_MARK: key})(work)
        with (
            self._clear_errors(seconds),
            stoppable(lambda: self._terminate(key)),
            self._driver.session(
                database=self._database,
                default_access_mode=READ_ACCESS,
                bookmark_manager=self._bookmarks,
                fetch_size=fetch_size,
            ) as session,
        ):
            return session.execute_read(timed)

    def _write(self, work: Callable[[writing.Run], object]) -> None:
        @unit_of_work(timeout=WRITE_SECONDS)
        def timed(transaction: ManagedTransaction) -> None:
            work(lambda text, /, **parameters: _run(transaction, text, parameters))

        with (
            self._clear_errors(WRITE_SECONDS),
            self._driver.session(database=self._database, bookmark_manager=self._bookmarks) as session,
        ):
            session.execute_write(timed)

    def _terminate(self, key: str) -> None:
        """Ask the server to stop a read, without waiting for the answer."""

        def stop() -> None:
            with suppress(DriverError, Neo4jError, OSError), self._driver.session() as session:
                session.run(Query(_TERMINATE), key=key).consume()

        threading.Thread(target=stop, daemon=True).start()

    @contextmanager
    def _clear_errors(self, seconds: float | None = None) -> Generator[None]:
        """Turn what the driver and the server say into the project's errors."""
        try:
            yield
        except (DriverError, Neo4jError, OSError) as error:
            raise_if_cancelled()
            clear = self._error(error, seconds)
            if clear is None:
                raise
            raise clear from error

    def _error(self, error: Exception, seconds: float | None) -> StoreUnavailable | None:
        """None for a mistake in the text or its parameters, which is no failure of the server."""
        code = (error.code or "") if isinstance(error, Neo4jError) else ""
        if "TransactionTimedOut" in code:
            return QueryTimeout(f"查询超过 {seconds or self._timeout:g} 秒，已停止；请加筛选条件缩小范围。")
        if isinstance(error, AuthError):
            return StoreUnavailable(
                f"Neo4j（{self._uri}）拒绝登录，请检查 NEO4J_USERNAME 和 NEO4J_PASSWORD。"
            )
        if "DatabaseNotFound" in code:
            return StoreUnavailable(f"Neo4j 中没有名为“{self._database}”的数据库，请检查 NEO4J_DATABASE。")
        if code.startswith("Neo.ClientError"):
            return None
        if "OutOfMemory" in code:
            return StoreUnavailable(
                "Neo4j 内存不足，未写入任何内容；请调大服务器的 server.memory.heap.max_size 后再试。"
            )
        reason = getattr(error, "message", None) or str(error)
        return StoreUnavailable(
            f"无法使用 Neo4j（{self._uri}）：请确认服务已启动、NEO4J_URI 正确、网络可达。", reason=reason
        )


def _run(
    transaction: ManagedTransaction, text: LiteralString, parameters: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Rows of one of the program's own texts."""
    result = transaction.run(of_one_map(text), {GIVEN: parameters})
    columns = result.keys()
    return [dict(zip(columns, record.values(), strict=True)) for record in result]
