"""Lists: each a query's answer as a filterable table, with the picture of the same filters beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.pages.filters import filter_fields
from api.pages.rendering import Shell, address, page, programme_names, route
from api.pages.sharing import embed_address, rows_downloads, taken_away
from api.parameters import parse_parameters
from graph.catalogue import Answer, Parameters, find_query
from graph.search_keys import fold, pinyin
from graph.store import Store
from graph.vocabulary import Text

Column = tuple[str, Text]


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list page: the query it shows, its template, and the view drawn beside it with the same filters.

    `columns` are the members of an item in a page without a template of its own; `apart` the filters that mean
    something else in the view (a kind that is missing is not a kind that is drawn); `fine` is said where an
    empty list without filters is good news.
    """

    query: str
    title: Text
    lead: Text
    template: str = "table.html"
    view: str = ""
    columns: Sequence[Column] = ()
    apart: Sequence[str] = ()
    fine: Text | None = None
    proofs: int = 1
    """Pieces of evidence that stand open in a row; the others are counted and folded."""


_UNIT, _KIND, _WHAT = Text("单位", "Unit"), Text("种类", "Kind"), Text("内容", "What")
_BODY, _WHY = Text("对象", "Entity"), Text("说明", "Why")
_PROGRAMME = Text("合作事项", "Programme")
PAGES: Sequence[ListPage] = (
    ListPage(
        "pairs",
        Text("谁与谁对口", "Who pairs with whom"),
        Text("一行一对，称谓与用语都按原文。", "One pair a row; names and terms as printed."),
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
        "bridge",
        apart=("counterpart_type", "state"),
    ),
    ListPage(
        "load",
        Text("负担", "Load"),
        Text("各单位、领导和对口对象各承担多少。", "How much each unit, leader and partner carries."),
        view="network",
        columns=(
            ("entity", _BODY),
            ("role", Text("身份", "Role")),
            ("partners", Text("对口", "Partners")),
            ("tasks", Text("任务", "Tasks")),
            ("total", Text("合计", "Total")),
            ("because", _WHY),
        ),
        proofs=0,
    ),
    ListPage(
        "liaisons",
        Text("挂钩联系", "Liaisons"),
        Text("领导与其联系的地区和企业。", "Leaders with the areas and enterprises they liaise with."),
        columns=(
            ("leader", Text("领导", "Leader")),
            ("counterpart", Text("联系对象", "With")),
            ("programme", _PROGRAMME),
        ),
    ),
    ListPage(
        "outstanding",
        Text("待办", "Outstanding"),
        Text(
            "未完成的任务、空缺、待核对名称和未提供的附件。",
            "Open tasks, gaps, names in review and attachments not supplied.",
        ),
        columns=(("unit", _UNIT), ("label", _KIND), ("what", _WHAT), ("due", Text("时限", "Due"))),
    ),
    ListPage(
        "overlap",
        Text("重合", "Overlap"),
        Text("多家争取的对象和相同的对口。", "Partners shared by several units."),
        columns=(
            ("entities", _BODY),
            ("others", Text("涉及", "With")),
            ("count", Text("家数", "Units")),
            ("because", _WHY),
        ),
    ),
    ListPage(
        "consistency",
        Text("一致性", "Consistency"),
        Text("文件之间的矛盾。", "Contradictions between documents."),
        columns=(
            ("label", _KIND),
            ("entities", _BODY),
            ("because", _WHY),
            ("sides", Text("各方说法", "Sides")),
        ),
        fine=Text("没有发现矛盾", "No contradictions"),
    ),
    ListPage(
        "unpaired",
        Text("尚无对口", "Unpaired"),
        Text("已知而无人对口的园区、机构和企业。", "Known bodies that nobody pairs with."),
        columns=(
            ("entity", _BODY),
            ("region", Text("地区", "Region")),
            ("documents", Text("提到它的文件", "Named in")),
        ),
        fine=Text("已知的园区、机构和企业都有对口", "All known bodies are paired"),
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
    given = {k: v for k, v in shell.request.query_params.items() if v != ""}
    sort = given.pop("sort", "")
    params = parse_parameters(query.params, given.items())
    answer = query.ask(store, params)
    items, total = one_page(sorted_by(answer, sort), params)
    filters = {k: v for k, v in given.items() if k not in ("page", "size", "format")}
    drawn = {k: v for k, v in filters.items() if k not in spec.apart}
    frame = embed_address(spec.view, drawn)
    rows = rows_downloads(f"/api/v1{query.route}", filters)
    return {
        "spec": spec,
        "query_title": spec.title(shell.lang),
        "lead": spec.lead(shell.lang),
        "items": items,
        "filled": {key for key, _ in spec.columns if any(row[key] not in (None, "", []) for row in items)},
        "total": total,
        "extra": answer.extra,
        "params": params,
        "fields": filter_fields(query.params, shell, programme_names(store, shell)),
        "filtered": bool(set(filters) - {"lang", "status"}),
        "elsewhere": _elsewhere(query, store, shell, params) if not total else 0,
        "frame": address(frame, {"theme": "auto"}) if frame else "",
        **taken_away(shell, spec.view, drawn, rows),
    }


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


def _elsewhere(query: Any, store: Store, shell: Shell, params: Parameters) -> int:
    """How many rows there would be with illustrative data too."""
    if params.status != "official":
        return 0
    answer = query.ask(store, params.model_copy(update={"status": "all", "page": 1}))
    return len(answer.items) if answer.total is None else answer.total
