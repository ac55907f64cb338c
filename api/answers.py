"""Asking a query for everything it has to say, for the command line and its files: CSV, XLSX, DOCX."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from graph.catalogue import Answer, Parameters, Query
from graph.store import Store

_PAGE = 1000


def whole_answer(query: Query[Any], store: Store, params: Parameters) -> Answer:
    """The answer without paging: where a query cuts its own pages, all of them in one."""
    first = query.ask(store, params.model_copy(update={"page": 1, "size": _PAGE}))
    if first.total is None or len(first.items) >= first.total:
        return first
    items = list(first.items)
    page = 2
    while len(items) < first.total:
        more = query.ask(store, params.model_copy(update={"page": page, "size": _PAGE})).items
        if not more:
            break
        items += more
        page += 1
    return replace(first, items=items)


def written(query: Query[Any], store: Store, params: Parameters, whole: Answer, form: str) -> bytes:
    """The whole answer as the file of a form: `csv`, `xlsx` or `docx`."""
    if form == "docx":
        from viz.answer_paper import answer_docx

        return answer_docx(query, params, whole, store)
    from graph.tabular import to_csv, to_xlsx

    return (to_csv if form == "csv" else to_xlsx)(query, params, whole)
