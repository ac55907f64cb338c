"""Kinds of tables, one module each with a module-level `PROFILE`: data only, read by `ingest/interpret/`.

A new kind is one new file here, or a planner's TOML file (docs/profiles.md).
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from ingest.profiling import Profile


@cache
def shipped_profiles() -> tuple[Profile, ...]:
    """All profiles of this folder, by file name."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))
    return tuple(import_module(f"{__name__}.{name}").PROFILE for name in names)
