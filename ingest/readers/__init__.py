"""Readers: one module a format, each with a module-level `READER`, found by scanning this folder."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from ingest.blocks import Reader


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader of this folder, in the order of their names."""
    modules = sorted(info.name for info in pkgutil.iter_modules(__path__))
    found = [importlib.import_module(f"{__name__}.{module}").READER for module in modules]
    return tuple(reader for reader in found if isinstance(reader, Reader))


def reader_of(ending: str) -> Reader | None:
    """The reader of a lower-case ending with its dot."""
    return next((reader for reader in readers() if ending in reader.endings), None)
