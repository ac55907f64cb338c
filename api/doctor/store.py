"""The store: reachable, what it holds, and whether its server is set up for free Cypher."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from api.doctor.findings import Finding
from graph.errors import CoopgraphError, StoreUnavailable

if TYPE_CHECKING:
    from graph.settings import Settings
    from graph.store import Store


def store_findings(settings: Settings) -> list[Finding]:
    """What can be said of the store. Never raises: an unreachable store is a finding."""
    from graph.opening import open_store

    subject = "存储（Neo4j）" if settings.neo4j_uri else "存储（内置）"
    try:
        store = open_store(settings)
    except StoreUnavailable as error:
        return [Finding(subject, "error", error.message, _remedy(settings))]
    try:
        store.check()
        return [_contents(store, settings, subject), *_server(store)]
    except CoopgraphError as error:
        return [Finding(subject, "error", error.message, _remedy(settings))]
    finally:
        store.close()


def _remedy(settings: Settings) -> str:
    if settings.neo4j_uri:
        return "请检查 NEO4J_URI、NEO4J_USERNAME、NEO4J_PASSWORD，并确认 Neo4j 已启动；不用 Neo4j 时取消 NEO4J_URI。"
    return "请检查 COOPGRAPH_DATA_DIR 的权限，或改设另一个目录。"


def _contents(store: Store, settings: Settings, subject: str) -> Finding:
    documents = len(store.documents())
    place = settings.neo4j_uri or f"SQLite {sqlite3.sqlite_version}，{settings.data_dir}"
    return Finding(subject, "ok", f"可用（{place}），{documents} 份文件")


def _server(store: Store) -> list[Finding]:
    """Neo4j's version, and each setting that free Cypher needs."""
    from api.cypher_guard import open_doors

    if store.backend != "neo4j":
        return []
    answer = store.cypher(
        "CALL dbms.components() YIELD name, versions, edition RETURN name, versions[0], edition",
        {},
        limit=5,
        seconds=10,
    )
    said = "；".join(" ".join(str(value) for value in row) for row in answer.rows)
    doors = open_doors(store)
    if not doors:
        return [
            Finding("Neo4j", "ok", said),
            Finding("只读 Cypher", "ok", "服务器设置已封闭 LOAD CSV 和外来过程"),
        ]
    return [
        Finding("Neo4j", "ok", said),
        *(Finding("只读 Cypher", "warning", door.reason, door.remedy) for door in doors),
    ]
