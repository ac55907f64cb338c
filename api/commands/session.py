"""What every command needs: settings, an open store, the library on it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.settings import Settings
    from graph.store import Store
    from ingest.library import Library


def read_settings() -> Settings:
    """Settings from the environment. Raises UsageError naming the variable that is wrong."""
    from pydantic import ValidationError

    from graph.errors import UsageError
    from graph.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"环境变量 {name} 的值不可用（{first['msg']}），请改正后重试。") from None


@contextmanager
def opened_store(settings: Settings | None = None) -> Generator[Store]:
    """The store that the settings name, closed at the end. Raises StoreUnavailable."""
    from graph.opening import open_store

    store = open_store(settings or read_settings())
    try:
        yield store
    finally:
        store.close()


@contextmanager
def opened_library() -> Generator[tuple[Library, Store]]:
    """The library and the store under it, which the settings name."""
    from ingest.library import Library

    settings = read_settings()
    with opened_store(settings) as store:
        yield Library(store, settings), store
