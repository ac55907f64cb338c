"""Lists: each a query's answer as a filterable table, with the picture of the same filters beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.pages.filters import filter_fields
from api.pages.list_specs import PAGES, ListPage
from api.pages.rendering import Shell, page, route
from api.pages.sharing import rows_downloads, taken_away
from api.parameters import parse_parameters
from graph.catalogue import Answer, Parameters, find_query
from graph.errors import InvalidParameter
from graph.model import EntityRef
from graph.search_keys import fold, pinyin
from graph.statements.entities import entities_by_id
from graph.statements.refs import ref
from graph.store import Store


def add(app: FastAPI) -> None:
    for spec in PAGES:
        _add(app, spec)


def _add(app: FastAPI, spec: ListPage) -> None:
    async def endpoint(request: Request) -> Response:
        return await page(request, spec.template, lambda store, shell: list_context(spec, store, shell))

    route(app, f"/{spec.query}", endpoint)


def list_context(spec: ListPage, store: Store, shell: Shell) -> Mapping[str, Any]:
    """What a list's template needs: the page of rows, the filters, downloads, the view beside."""
    query = find_query(spec.query)
    given = {k: v for k, v in shell.request.query_params.items() if v != ""}
    sort = given.pop("sort", "")
    given.pop("hide", None)  # a word to the picture, not to the query
    params = parse_parameters(query.params, given.items())
    refused, answer = None, Answer()
    try:
        answer = query.ask(store, params)
    except (
        InvalidParameter
    ) as error:  # a name that nobody has, or several: told beside the form that keeps it
        refused = error
    items, total = one_page(sorted_by(answer, sort), params)
    filters = {k: v for k, v in given.items() if k not in ("page", "size", "format")}
    drawn = {k: v for k, v in filters.items() if k not in spec.apart}
    rows = rows_downloads(f"/api/v1{query.route}", filters)
    return {
        "spec": spec,
        "query_title": spec.title(shell.lang),
        "lead": spec.lead(shell.lang),
        "items": items,
        "codes": {
            code: words(shell.lang)
            for codes in query.params.code_words.values()
            for code, words in codes.items()
        },
        "filled": {key for key, _ in spec.columns if any(row[key] not in (None, "", []) for row in items)},
        "total": total,
        "extra": answer.extra,
        "params": params,
        "fields": filter_fields(query.params, shell, store),
        "filtered": bool(set(filters) - {"lang", "status"}),
        "elsewhere": 0 if total or refused else elsewhere(query, store, params),
        "refused": refused,
        "meant": meant(store, refused, shell.lang),
        "measure": spec.measures.get(given.get("measure", next(iter(spec.measures), ""))),
        **taken_away(shell, spec.view, drawn, rows),
        **({"frame": ""} if refused else {}),
    }


def meant(store: Store, refused: InvalidParameter | None, lang: str) -> list[EntityRef]:
    """The entities that a refused name may mean."""
    ids = [str(one) for one in cast("list[object]", refused.details.get("allowed") or ())] if refused else []
    known = entities_by_id(store, ids)
    return [ref(one, known[one]["name"], lang) for one in ids if one in known]


def sorted_by(answer: Answer, sort: str) -> Answer:
    """The rows by one member, descending with a leading `-`: numbers by size, words by pinyin, empty ones last.

    Without a member, or with one that the rows don't have, the official order stays.
    """
    member = sort.removeprefix("-")
    if not member or not answer.items or member not in answer.items[0]:
        return answer
    filled = [row for row in answer.items if row[member] not in (None, "", [])]
    empty = [row for row in answer.items if row[member] in (None, "", [])]
    filled.sort(key=lambda row: _sort_key(row[member]), reverse=sort.startswith("-"))
    return replace(answer, items=[*filled, *empty])


def _sort_key(value: Any) -> tuple[int, float, str]:
    if isinstance(value, list):
        return _sort_key(value[0])
    if isinstance(value, Mapping):
        words = str(value.get("name") or value.get("title") or "")
        return (1, 0, pinyin(fold(words)))
    if isinstance(value, int | float):
        return (0, float(value), "")
    return (1, 0, pinyin(fold(str(value))))


def one_page(answer: Answer, params: Parameters) -> tuple[list[Any], int]:
    """The rows of the page asked for, and how many there are in all."""
    if answer.total is not None:
        return list(answer.items), answer.total
    first = (params.page - 1) * params.size
    return list(answer.items[first : first + params.size]), len(answer.items)


def elsewhere(query: Any, store: Store, params: Parameters) -> int:
    """How many rows there would be with illustrative data too."""
    if params.status != "official":
        return 0
    answer = query.ask(store, params.model_copy(update={"status": "all", "page": 1}))
    return len(answer.items) if answer.total is None else answer.total
