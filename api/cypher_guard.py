"""What a Neo4j server must be told before its users may send it Cypher of their own.

Read access mode refuses writes, but `LOAD CSV` reads the server's files and addresses that only the server
reaches, and procedures of plug-ins do anything. Both are closed by settings of the server, never by looking
for words in a query. `SHOW SETTINGS` tells two of the three; the third is internal and not shown, so the
server is asked to load from addresses of each kind and must name the setting that forbids it.

Sources: Neo4j 5 Operations Manual, "Configuration settings" and "Securing extensions"; Cypher Manual, "LOAD
CSV". The allowlist concerns plug-ins only: built-in procedures are always there, so the plan that the server
makes of a query is looked at before it is run.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from weakref import WeakKeyDictionary

from graph.errors import (
    CoopgraphError,
    InvalidParameter,
    NeedsNeo4j,
    NotSupported,
    QueryTimeout,
    StoreUnavailable,
)
from graph.store import Store

FILE_URLS = "dbms.security.allow_csv_import_from_file_urls"
PROCEDURES = "dbms.security.procedures.allowlist"
BLOCKLIST = "internal.dbms.cypher_ip_blocklist"
_BUILT_IN = ("db.", "dbms.", "tx.")
"""Namespaces of the server's own procedures; what the allowlist lets in from these is no plug-in."""
_PROBES = ("http://127.0.0.1:9/", "http://[::1]:9/", "http://192.0.2.1/", "http://[2001:db8::1]/")
"""Loopback and, only where that is blocked, documentation addresses (RFC 5737, RFC 3849) for all others."""
PROCEDURES_ALLOWED = (
    "db.info",
    "db.labels",
    "db.propertyKeys",
    "db.relationshipTypes",
    "db.schema.nodeTypeProperties",
    "db.schema.relTypeProperties",
    "db.schema.visualization",
    "db.index.fulltext.queryNodes",
    "db.index.fulltext.queryRelationships",
    "db.index.vector.queryNodes",
    "db.index.vector.queryRelationships",
    "dbms.components",
)
"""Built-in procedures that a user's query may call: those that read the graph and its shape."""
_STEPS_REFUSED = frozenset(
    {"TerminateTransactions", "ShowTransactions", "ShowSettings", "AdministrationCommand"}
)
"""Operators that act on the server or tell of other users: read access mode lets some of them pass."""
_BATCHES = frozenset({"TransactionForeach", "TransactionApply"})
"""Operators of `CALL … IN TRANSACTIONS`, which runs in no transaction that refuses writes."""
_INTEGERS = range(-(2**63), 2**63)
"""What Cypher can hold (Cypher Manual, "Values and types": INTEGER)."""
_DEEPEST = 100
"""Lists and maps in one another that a parameter may hold."""
_SECONDS = 15.0
_KEPT = 300.0
"""Seconds that a finding is believed: these settings change only with a restart of the server."""


@dataclass(frozen=True, slots=True)
class Door:
    """A way past read access that the server leaves open."""

    setting: str
    reason: str
    remedy: str


_kept: WeakKeyDictionary[Store, tuple[float, list[Door]]] = WeakKeyDictionary()


def require_guarded_server(store: Store) -> None:
    """Raise NeedsNeo4j on the embedded store, NotSupported on a server that leaves a door open."""
    if store.backend != "neo4j":
        raise NeedsNeo4j("内置存储不支持 Cypher，请连接 Neo4j（设置 NEO4J_URI）后再用。")
    when, doors = _kept.get(store, (0.0, []))
    if not when or time.monotonic() - when > _KEPT:
        doors = open_doors(store)
        _kept[store] = (time.monotonic(), doors)
    if doors:
        raise NotSupported(
            f"Neo4j 的设置还不安全，未开放 Cypher：{'；'.join(door.reason for door in doors)}。"
            f"请管理员在 neo4j.conf 中设置后重启：{'；'.join(door.remedy for door in doors)}。",
            settings=[door.setting for door in doors],
        )


def require_plain_parameters(value: object, depth: int = 0) -> None:
    """Raise InvalidParameter for a value that the server cannot hold."""
    if isinstance(value, int) and value not in _INTEGERS:
        raise InvalidParameter(
            f"parameters 中的整数 {value} 太大，应在 −2⁶³ 至 2⁶³−1 之间。", parameter="parameters"
        )
    inner: list[Any] = []
    if isinstance(value, dict):
        inner = list(cast("dict[str, Any]", value).values())
    elif isinstance(value, list):
        inner = cast("list[Any]", value)
    if inner and depth == _DEEPEST:
        raise InvalidParameter(f"parameters 中的列表与映射最多套 {_DEEPEST} 层。", parameter="parameters")
    for one in inner:
        require_plain_parameters(one, depth + 1)


def require_harmless_plan(store: Store, query: str, parameters: Mapping[str, object]) -> None:
    """Raise InvalidParameter for a query whose plan, as the server makes it, does more than read the graph.

    Built-in procedures and commands stay open whatever the settings say; with them a reader could end other
    users' queries or list the server's settings.
    """
    for step in store.explain(query, parameters):
        if step.operator in _BATCHES:
            raise InvalidParameter("此处只能整条执行：请去掉 IN TRANSACTIONS。", parameter="query")
        if step.operator in _STEPS_REFUSED:
            raise InvalidParameter("此处只能查询图中的数据，不能执行管理服务器的命令。", parameter="query")
        procedure = step.details.partition("(")[0].strip()
        if step.operator == "ProcedureCall" and procedure not in PROCEDURES_ALLOWED:
            raise InvalidParameter(
                f"此处不能调用过程 {procedure}；可用：{'、'.join(PROCEDURES_ALLOWED)}。",
                parameter="query",
                allowed=PROCEDURES_ALLOWED,
            )


def open_doors(store: Store) -> list[Door]:
    """The doors that the server leaves open. Raises StoreUnavailable."""
    values = _settings(store)
    doors: list[Door] = []
    if values.get(FILE_URLS) != "false":
        doors.append(Door(FILE_URLS, "LOAD CSV 可以读取服务器上的文件", f"{FILE_URLS}=false"))
    foreign = [entry for entry in _entries(values.get(PROCEDURES, "*")) if not entry.startswith(_BUILT_IN)]
    if foreign:
        doors.append(
            Door(
                PROCEDURES,
                f"允许外来的过程（{'、'.join(foreign[:5])}）",
                f"{PROCEDURES}=db.*,dbms.components",
            )
        )
    if not all(_is_blocked(store, address) for address in _PROBES):
        doors.append(Door(BLOCKLIST, "LOAD CSV 可以访问网络地址", f"{BLOCKLIST}=0.0.0.0/0,::/0"))
    return doors


def _settings(store: Store) -> dict[str, str]:
    answer = store.cypher(
        "SHOW SETTINGS $names YIELD name, value",
        {"names": [FILE_URLS, PROCEDURES]},
        limit=10,
        seconds=_SECONDS,
    )
    return {str(name): str(value) for name, value in answer.rows}


def _entries(allowlist: str) -> list[str]:
    return [entry.strip() for entry in allowlist.split(",") if entry.strip()]


def _is_blocked(store: Store, address: str) -> bool:
    """Whether the server refuses to load from the address because of the setting."""
    try:
        store.cypher(
            "LOAD CSV FROM $address AS line RETURN line LIMIT 1",
            {"address": address},
            limit=1,
            seconds=_SECONDS,
        )
    except QueryTimeout:  # it waits for an answer from there
        return False
    except StoreUnavailable:
        raise
    except CoopgraphError as error:
        return BLOCKLIST in error.message
    return False
