"""The addresses of every page and view of the explorer, over the examples and over a generated plan."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

PLAN = "/documents/doc:甬政办发〔2019〕32号"
MISSING = ("/entities/unit:没有",)
"""Pages that say that there is no such thing: a browser writes their status to the console."""
UNASKED = ("/paths", "/views/neighbourhood", "/cypher", "/compare", "/search")
"""Pages as they stand before anything is asked for, the same over any data."""
LONG = (
    "/pairs",
    "/tasks",
    "/gaps",
    "/load",
    "/liaisons",
    "/outstanding",
    "/overlap",
    "/unpaired",
    "/centrality",
    "/search",
)
"""Lists whose rows are all of one make."""


def pages_of(unit: str, others: tuple[str, str], document: str, words: str) -> tuple[str, ...]:
    """Every page and view: of a unit by its id, of two names that are connected, of a document, of a search."""
    return (
        "/",
        f"/search?q={words}",
        "/coverage",
        "/coverage?order=gaps",
        "/coverage?by=programme",
        "/pairs",
        "/tasks",
        "/gaps",
        "/load",
        "/liaisons",
        "/outstanding",
        "/overlap",
        "/centrality",
        "/centrality?measure=betweenness",
        "/consistency",
        "/unpaired",
        f"/paths?source={others[0]}&target={others[1]}",
        f"/entities/{unit}",
        "/documents",
        document,
        "/review",
        f"/briefing?unit={unit}",
        "/views/bridge",
        "/views/network",
        "/views/coverage",
        "/views/tasks",
        "/views/changes",
        f"/views/neighbourhood?id={unit}",
        f"/views/paths?source={others[0]}&target={others[1]}",
    )


PAGES = (
    *pages_of("unit:北仑区", ("北仑区", "陈炳荣"), PLAN, "bl"),
    *UNASKED,
    "/pairs?unit=北伦区",
    *MISSING,
    "/entities/leader:陈炳荣@宁波市",
    "/entities/task:甬政办发〔2019〕32号/t1r2",
    "/entities/park:上海漕河泾新兴技术开发区",
)
REFUSED = ("/pairs?unit=北伦区",)
"""Pages that take a filter back: their status is 422."""
ALIKE = (
    "/coverage?order=gaps",
    "/centrality?measure=betweenness",
    "/entities/park:上海漕河泾新兴技术开发区",
    "/views/network",
    "/views/tasks",
)
"""Pages of the very make of another one."""
LISTS = (
    "/pairs",
    "/tasks",
    "/gaps",
    "/load",
    "/centrality",
    "/overlap",
    "/coverage",
    "/documents",
    "/search",
    PLAN,
)


def generated_pages(document: str, revisions: tuple[str, str]) -> tuple[str, ...]:
    """Every page over a plan of 300 units; `document` and `revisions` are ids."""
    pages = pages_of("unit:宁波市第1区", ("第1区", "第2区"), "/documents/" + quote(document, safe=":"), "第1")
    return (*pages, f"/compare?a={quote(revisions[0])}&b={quote(revisions[1])}")


def with_state(path: str, **state: str) -> str:
    """A page's address with more of its state."""
    more = "&".join(f"{name}={value}" for name, value in state.items())
    address, mark, cell = path.partition("#")
    return f"{address}{'&' if '?' in address else '?'}{more}{mark}{cell}"


def shortened(path: str) -> str:
    """The address of a long list with a few rows only, for what is the same in all of them."""
    return with_state(path, size="8") if path.partition("?")[0] in LONG else path


def without_frames(page: Any) -> None:
    """Leave the pictures in frames beside lists empty: they are views, which are looked at as pages of their own."""
    empty = "<!doctype html><title>—</title>"
    page.route("**/embed/**", lambda route: route.fulfill(content_type="text/html", body=empty))


def overflow(page: Any) -> int:
    """Pixels by which the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
