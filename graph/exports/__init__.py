"""The whole graph as a file: one module a format, each with a module-level `EXPORT`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from graph.errors import UsageError

if TYPE_CHECKING:
    from graph.store import Store


@dataclass(frozen=True, slots=True)
class Export:
    """A format. `name` is its name over HTTP, `ending` that of its files without a dot (`csv` → `zip`)."""

    name: str
    ending: str
    media_type: str
    write: Callable[[Store], bytes]


@cache
def exports() -> dict[str, Export]:
    """All formats by name, in alphabetical order; each module in this folder without a leading `_`."""
    found: dict[str, Export] = {}
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda i: i.name):
        if not info.name.startswith("_"):
            export: Export = importlib.import_module(f"{__name__}.{info.name}").EXPORT
            found[export.name] = export
    return found


def export_for(ending: str) -> Export:
    """The format of a file's ending (without its dot). Raises UsageError when there is none."""
    for export in exports().values():
        if export.ending == ending.lower():
            return export
    allowed = [f".{export.ending}" for export in exports().values()]
    raise UsageError(f"不能导出为“.{ending}”；文件后缀应为 {'、'.join(allowed)} 之一。", allowed=allowed)
