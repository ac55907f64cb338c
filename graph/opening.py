"""Opening the store that the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.settings import Settings
    from graph.store import Store


def open_store(settings: Settings | None = None) -> Store:
    """Neo4j when `NEO4J_URI` is set, else the embedded store in `COOPGRAPH_DATA_DIR`.

    Raises StoreUnavailable when it cannot be reached or opened. Imports only the backend that is used, so
    that a cold command stays quick.
    """
    if settings is None:
        from graph.settings import Settings as Read

        settings = Read()
    if settings.neo4j_uri:
        from graph.backends.neo4j import open_neo4j

        return open_neo4j(settings)
    from graph.backends.embedded import EmbeddedStore

    return EmbeddedStore(settings.data_dir, timeout=settings.query_timeout)
