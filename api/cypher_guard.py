"""What a Neo4j server must be told before strangers may send it Cypher.

Read access mode refuses writes, but `LOAD CSV` reads the server's files and addresses that only the server
reaches, and procedures do anything. Both are closed by settings of the server, never by looking for words
in a query. Sources: Neo4j 5 Operations Manual, "Configuration settings" and "Securing extensions".
"""

from __future__ import annotations

from graph.errors import NeedsNeo4j, NotSupported
from graph.store import Store

FILE_URLS = "dbms.security.allow_csv_import_from_file_urls"
IP_BLOCKLIST = "internal.dbms.cypher_ip_blocklist"
PROCEDURES = "dbms.security.procedures.allowlist"
UNRESTRICTED = "dbms.security.procedures.unrestricted"


def require_guarded_server(store: Store) -> None:
    """Raise NeedsNeo4j on the embedded store, NotSupported on a server that is not set up."""
    if store.backend != "neo4j":
        raise NeedsNeo4j("内置存储不支持 Cypher，请连接 Neo4j（设置 NEO4J_URI）后再用。")
    raise NotSupported("未检查服务器设置。")
