"""What a page offers to take away: its embed code, where its oEmbed answer is found, its downloads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from api.pages.rendering import Shell, address
from api.parameters import parameter_names

Download = tuple[str, str]
"""The word on a link, and its address."""
_FORMS = ("CSV", "XLSX")


def rows_downloads(path: str, filters: Mapping[str, object], forms: Iterable[str] = _FORMS) -> list[Download]:
    """The rows of a list of the API as files, with the page's filters."""
    return [(form, address(path, {**filters, "format": form.lower()})) for form in forms]


def view_filters(view: str, filters: Mapping[str, str]) -> dict[str, str]:
    """Of a page's filters, those that a view has too; none for an unknown view."""
    from viz.registry import views

    known = parameter_names(views()[view].params) if view in views() else {}
    return {name: value for name, value in filters.items() if name in known}


def view_downloads(view: str, filters: Mapping[str, str]) -> list[Download]:
    """The view of the same filters, in every form that is built."""
    from viz.registry import views
    from viz.rendering import formats

    if view not in views():
        return []
    kept = view_filters(view, filters)
    return [(ending.upper(), address(f"/views/{view}.{ending}", kept)) for ending in formats()]


def embed_address(view: str, filters: Mapping[str, str]) -> str:
    """The view for a frame; empty where there is no such view."""
    from viz.registry import views

    return address(f"/embed/{view}", view_filters(view, filters)) if view in views() else ""


def taken_away(
    shell: Shell, view: str = "", filters: Mapping[str, str] | None = None, rows: Iterable[Download] = ()
) -> dict[str, Any]:
    """What the share sheet and the head of a page need: `embed`, `oembed` (empty without a view), `downloads`."""
    given = filters or {}
    embed = embed_address(view, given) if view else ""
    picture = f"{shell.base}{embed.replace('/embed/', '/views/', 1)}"
    return {
        "embed": embed,
        "oembed": address(f"{shell.base}/oembed", {"url": picture}) if embed else "",
        "downloads": [*rows, *view_downloads(view, given)],
    }
