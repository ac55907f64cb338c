"""Exports by the ending of a file."""

from __future__ import annotations

from graph.errors import UsageError
from graph.store import Store

MEDIA_TYPES = {
    "json": "application/json",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def require_export_ending(ending: str) -> str:
    """The ending itself. Raises UsageError for one that no export has."""
    if ending not in MEDIA_TYPES:
        allowed = "、".join(f".{name}" for name in MEDIA_TYPES)
        raise UsageError(f"不能导出为“.{ending}”；文件后缀应为 {allowed} 之一。")
    return ending


def export_graph(store: Store, ending: str) -> bytes:
    """The whole graph in the format of that ending."""
    raise NotImplementedError
