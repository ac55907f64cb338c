"""What a page offers to take away: its embed code, where its oEmbed answer is found, its downloads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from api.pages.rendering import Shell, address
from api.parameters import allowed_values, parameter_names
from graph.vocabulary import Text

_FORMS = ("CSV", "XLSX", "DOCX")
_WORDS: Mapping[tuple[str, str], Text] = {
    ("scale", "1"): Text("1 倍", "1×"),
    ("scale", "2"): Text("2 倍", "2×"),
    ("scale", "300dpi"): Text("300 dpi", "300 dpi"),
}
_ROWS, _PICTURE = Text("清单", "List"), Text("图", "Picture")
"""What a file holds: the rows of a page, or its picture with the list of what it shows."""
_FIRST_SHEET = Text("{paper} 首张", "{paper}, first sheet")


class Download(NamedTuple):
    """A link in the share sheet: its word, its address, that of the same in the other language, and what it stands
    under with others: the form, or what the file holds; both empty where there is none."""

    word: str
    address: str
    other: str = ""
    form: str = ""


def rows_downloads(path: str, filters: Mapping[str, object], forms: Iterable[str] = _FORMS) -> list[Download]:
    """The rows of a list of the API as files, with the page's filters."""
    name = _ROWS("en" if filters.get("lang") == "en" else "zh")
    return [_download(form, path, {**filters, "format": form.lower()}, name) for form in forms]


def _download(word: str, path: str, parameters: Mapping[str, object], form: str = "") -> Download:
    other = "zh" if parameters.get("lang") == "en" else "en"
    return Download(word, address(path, parameters), address(path, {**parameters, "lang": other}), form)


def view_filters(view: str, filters: Mapping[str, str]) -> dict[str, str]:
    """Of a page's filters, those that a view has too; none for an unknown view."""
    from viz.registry import views

    known = parameter_names(views()[view].params) if view in views() else {}
    return {name: value for name, value in filters.items() if name in known}


def view_downloads(view: str, filters: Mapping[str, str]) -> list[Download]:
    """The view of the same filters in every form that is built, and in every way that a form offers: those without
    a choice first, in one row."""
    from viz.registry import views
    from viz.rendering import choices, formats

    if view not in views():
        return []
    kept, offered = view_filters(view, filters), choices()
    lang = "en" if kept.get("lang") == "en" else "zh"
    plain = [
        _download(form.upper(), f"/views/{view}.{form}", kept, _PICTURE(lang))
        for form in formats()
        if form not in offered
    ]
    chosen = [
        _download(word, f"/views/{view}.{form}", {**kept, **choice}, form.upper())
        for form, model in offered.items()
        for word, choice in _ways(model, lang)
    ]
    return [*plain, *chosen]


def _ways(model: Any, lang: str) -> list[tuple[str, dict[str, str]]]:
    """(word, parameters) of each way of a form: each value of what may be chosen; of sheets, all or the first."""
    found: list[tuple[str, dict[str, str]]] = []
    for name, field in model.model_fields.items():
        for value in allowed_values(field):
            words = _WORDS.get((name, value))
            found.append((words(lang) if words else value, {name: value}))
            if name == "paper" and "sheet" in model.model_fields:
                found.append((_FIRST_SHEET(lang).format(paper=value), {name: value, "sheet": "1"}))
    return found


def embed_address(view: str, filters: Mapping[str, str]) -> str:
    """The view for a frame; empty where there is no such view."""
    from viz.registry import views

    return address(f"/embed/{view}", view_filters(view, filters)) if view in views() else ""


def taken_away(
    shell: Shell,
    view: str = "",
    filters: Mapping[str, str] | None = None,
    rows: Iterable[tuple[str, ...]] = (),
) -> dict[str, Any]:
    """What the share sheet, the head of a page and a picture in a frame need: `embed`, `oembed`, `frame` (all empty
    without a view) and `downloads`. What the page's legend switches off is left out of them all."""
    given = dict(filters or {})
    if view and (hidden := shell.request.query_params.get("hide", "")):
        given["hide"] = hidden
    embed = embed_address(view, given) if view else ""
    picture = f"{shell.base}{embed.replace('/embed/', '/views/', 1)}"
    return {
        "embed": embed,
        "oembed": address(f"{shell.base}/oembed", {"url": picture}) if embed else "",
        "frame": address(embed, {"theme": "auto"}) if embed else "",
        "downloads": [*(Download(*row) for row in rows), *view_downloads(view, given)],
    }
