"""The form for a briefing pack, and what it is posted to: with scripts the work is told and can be cancelled,
without them the answer is the ZIP itself or the form with what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.briefing_wishes import TEMPLATE_MB, Fields, Wish, read_fields
from api.packing import asks_for_lines, pack_answer
from api.pages.filters import name_of
from api.pages.rendering import Shell, ask, page, programme_names, route
from api.parameters import parse_parameters
from api.problems import problem_of
from api.security import CSRF_FIELD, require_csrf
from graph.catalogue import find_query
from graph.errors import CoopgraphError
from graph.statements.entities import entities_by_id
from graph.store import Store
from graph.vocabulary import Text
from viz.briefing import FORMS, BriefingParameters

FORM_WORDS: Mapping[str, Text] = {
    "docx": Text("Word 简报", "Word paper"),
    "pdf": Text("PDF 简报", "PDF paper"),
    "pptx": Text("PPT 幻灯片", "Slides (PPTX)"),
    "xlsx": Text("Excel 附表", "Excel annex"),
    "svg": Text("图（SVG）", "Pictures (SVG)"),
    "png": Text("图（PNG）", "Pictures (PNG)"),
    "html": Text("可离线打开的网页", "Sealed web pages"),
}


def add(app: FastAPI) -> None:
    route(app, "/briefing", asked)
    route(app, "/briefing", made, method="POST", part=False)


async def asked(request: Request) -> Response:
    """The form, filled in by the address."""
    given = list(request.query_params.multi_items())
    parse_parameters(BriefingParameters, given)
    return await page(request, "briefing.html", lambda store, shell: _form(store, shell, given))


async def made(request: Request) -> Response:
    """The pack that the form asks for; what is wrong is told in the form, or as a problem to its script."""
    try:
        fields, template = await read_fields(request)
        require_csrf(request, next((value for name, value in fields if name == CSRF_FIELD), ""))
        given = [(name, value) for name, value in fields if name != CSRF_FIELD]
        params = parse_parameters(BriefingParameters, given)
    except CoopgraphError as error:
        if asks_for_lines(request):
            return problem_of(error)
        raise
    try:
        return await pack_answer(request, Wish(params, template, even_empty=False))
    except CoopgraphError as error:
        refused = error
        return await page(request, "briefing.html", lambda store, shell: _form(store, shell, given, refused))


def _form(
    store: Store, shell: Shell, given: Fields, refused: CoopgraphError | None = None
) -> Mapping[str, Any]:
    values = {name: "" for name in BriefingParameters.model_fields} | {"lang": shell.lang} | dict(given)
    values |= {name: name_of(store, values[name]) for name in ("unit", "leader")}
    return {
        "values": values,
        "chosen": [value for name, value in given if name == "forms"] or list(FORMS),
        "forms": [(form, FORM_WORDS[form](shell.lang)) for form in FORMS],
        "programmes": programme_names(store, shell),
        "every": list(ask(find_query("documents"), store, shell, status="all", size=1000).items),
        "refused": refused,
        "near": _near(store, given, refused) if refused else [],
        "template_mb": TEMPLATE_MB,
    }


def _near(store: Store, given: Fields, refused: CoopgraphError) -> Sequence[tuple[str, str, str]]:
    """(type, name, address of the form with it) of each entity that may be meant."""
    parameter: Any = refused.details.get("parameter", "")
    near: Any = refused.details.get("near") or refused.details.get("allowed") or []
    found = entities_by_id(store, [str(one) for one in near])
    others = [(name, value) for name, value in given if name != parameter and value]
    return [
        (
            str(found[one]["type"]),
            str(found[one]["name"]),
            f"/briefing?{urlencode([*others, (parameter, one)])}",
        )
        for one in near
        if one in found
    ]
