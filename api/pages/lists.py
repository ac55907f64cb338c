"""Lists: each a query's answer as a filterable table, with the picture of the same filters beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.pages.filters import filter_fields
from api.pages.rendering import Shell, address, page, parameters_of, programme_names, route
from graph.catalogue import Answer, Parameters, catalogue, find_query
from graph.store import Store
from graph.vocabulary import Text


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list page: the query it shows, its template, and the view drawn beside it with the same filters."""

    query: str
    title: Text
    lead: Text
    template: str = "table.html"
    view: str = ""


PAGES: Sequence[ListPage] = (
    ListPage(
        "pairs",
        Text("谁与谁对口", "Who pairs with whom"),
        Text(
            "每一行是一对，依据是原文单元格；双方的称谓与关系用语都按原文。",
            "One pair a row; names and terms as printed, with the cells that say so.",
        ),
        "pairs.html",
        "bridge",
    ),
    ListPage(
        "tasks",
        Text("任务分工", "Tasks"),
        Text("谁牵头、谁配合，由哪位领导负责。", "Who leads, who supports, and under which leader."),
        "tasks.html",
        "tasks",
    ),
    ListPage(
        "gaps",
        Text("对口空缺", "Gaps"),
        Text(
            "文件写明无、留空或未提及的；原文不全、无法判断的另计为待核实。",
            "Stated as none, left blank or not mentioned; what cannot be judged is counted apart.",
        ),
        "gaps.html",
    ),
    ListPage(
        "load",
        Text("负担", "Load"),
        Text("各单位、领导和对口对象各承担多少。", "How much each unit, leader and partner carries."),
    ),
    ListPage(
        "liaisons",
        Text("挂钩联系", "Liaisons"),
        Text("领导与其联系的地区和企业。", "Leaders with the areas and enterprises they liaise with."),
    ),
    ListPage(
        "outstanding",
        Text("待办", "Outstanding"),
        Text(
            "未完成的任务、空缺、待核对名称和未提供的附件。",
            "Open tasks, gaps, names in review and attachments not supplied.",
        ),
    ),
    ListPage(
        "overlap",
        Text("重合", "Overlap"),
        Text("多家争取的对象和相同的对口。", "Partners shared by several units."),
    ),
    ListPage(
        "consistency",
        Text("一致性", "Consistency"),
        Text("文件之间的矛盾。", "Contradictions between documents."),
    ),
    ListPage(
        "unpaired",
        Text("尚无对口", "Unpaired"),
        Text("已知而无人对口的园区、机构和企业。", "Known bodies that nobody pairs with."),
    ),
)


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
    params = parameters_of(query, shell)
    answer = query.ask(store, params)
    items, total = one_page(answer, params)
    given = dict(shell.request.query_params)
    filters = {k: v for k, v in given.items() if k not in ("page", "size", "format")}
    programmes = programme_names(store, shell)
    return {
        "spec": spec,
        "query_title": spec.title(shell.lang),
        "lead": spec.lead(shell.lang),
        "items": items,
        "total": total,
        "extra": answer.extra,
        "params": params,
        "columns": query.columns,
        "rows": query.flatten(Answer(items=items, extra=answer.extra), params),
        "fields": filter_fields(query, shell, programmes),
        "filtered": bool(set(filters) - {"lang", "status"}),
        "elsewhere": _elsewhere(query, store, shell, params) if not total else 0,
        "frame": _frame(spec, filters),
        "downloads": [
            (name, address(f"/api/v1{query.route}", {**filters, "format": name.lower()}))
            for name in ("CSV", "XLSX")
        ]
        + view_downloads(spec.view, filters),
    }


def one_page(answer: Answer, params: Parameters) -> tuple[list[Any], int]:
    """The rows of the page asked for, and how many there are in all."""
    if answer.total is not None:
        return list(answer.items), answer.total
    first = (params.page - 1) * params.size
    return list(answer.items[first : first + params.size]), len(answer.items)


def _elsewhere(query: Any, store: Store, shell: Shell, params: Parameters) -> int:
    """How many rows there would be with illustrative data too."""
    if params.status != "official":
        return 0
    answer = query.ask(store, params.model_copy(update={"status": "all", "page": 1}))
    return len(answer.items) if answer.total is None else answer.total


def _view_filters(view: str, filters: Mapping[str, str]) -> dict[str, str]:
    from api.parameters import parameter_names
    from viz.registry import views

    known = parameter_names(views()[view].params) if view in views() else {}
    return {k: v for k, v in filters.items() if k in known}


def _frame(spec: ListPage, filters: Mapping[str, str]) -> str:
    from viz.registry import views

    return address(f"/embed/{spec.view}", _view_filters(spec.view, filters)) if spec.view in views() else ""


def view_downloads(view: str, filters: Mapping[str, str]) -> list[tuple[str, str]]:
    """Downloads of the view of the same filters, in every form that is built."""
    from viz.registry import views
    from viz.rendering import formats

    if view not in views():
        return []
    kept = _view_filters(view, filters)
    return [(ending.upper(), address(f"/views/{view}.{ending}", kept)) for ending in formats()]


def has_page(query: str) -> bool:
    return query in {spec.query for spec in PAGES} and query in catalogue()
