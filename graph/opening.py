"""Opening the store that the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from graph.settings import Settings
    from graph.store import Store


def open_other(settings: Settings, folder: Path) -> Store:
    """The embedded store of another data folder than the one in use, for taking over what it holds.

    Raises UsageError when the folder holds none or is the one in use, StoreUnavailable when it cannot be opened.
    """
    from graph.backends.embedded import EmbeddedStore
    from graph.backends.sqlite_connections import FILE_NAME
    from graph.errors import UsageError

    if not (folder / FILE_NAME).is_file():
        raise UsageError(f"{folder} 里没有内置存储（{FILE_NAME}），请给出它所在的数据目录。")
    if not settings.neo4j_uri and folder.resolve() == settings.data_dir.resolve():
        raise UsageError("这正是现在使用的存储；请先设置 NEO4J_URI 或另一个 COOPGRAPH_DATA_DIR。")
    return EmbeddedStore(folder, timeout=settings.query_timeout)


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
