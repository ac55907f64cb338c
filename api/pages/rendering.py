"""Rendering a page: one environment, the state that every page carries, errors as pages.

The address is the whole state: language, status and programme travel in every link (`here`, `link`).
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from functools import cache, wraps
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from api.bodies import read_form
from api.pages.assets import asset_url
from api.pages.drawing import mark_svg
from api.parameters import parse_parameters
from api.security import CSRF_FIELD, FORM_PATHS, csrf_of, nonce_of, require_csrf
from api.state import in_thread, state_of
from graph import vocabulary
from graph.catalogue import Parameters, Query, find_query
from graph.errors import CoopgraphError
from graph.ids import cell_anchor
from graph.store import Store
from viz.citations import source_words

_LOG = logging.getLogger("uvicorn.error")
ADVICE = {
    "error": "This could not be shown; the reason is given in Chinese below.",
    "invalid_parameter": "A filter in the address is unknown or has a value that it does not take.",
    "too_large": "The answer would be too large: add a filter.",
    "not_found": "There is no such entity, document or page.",
    "store_unavailable": "The store cannot be reached just now. Try again in a moment.",
    "query_timeout": "The store did not answer in time. Add a filter, or try again.",
    "file_rejected": "The file cannot be read; nothing of it was written.",
    "forbidden": "The page has expired: open it again.",
    "needs_neo4j": "Only a store in Neo4j can answer this.",
    "internal_error": "Something went wrong; the log of the server tells what.",
}
"""What to do about an error, by its code, for readers of English: messages are written in Chinese."""
_KEPT = ("lang", "status", "programme", "as_of")
"""Parameters that a link to another page takes along."""
_SHORT = 20
"""Characters of a title in a line of evidence."""
_PLAIN = {"lang": "zh", "status": "official"}
"""Values that need not stand in an address."""


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("api", "templates/explorer"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    names: dict[str, Any] = environment.globals
    names.update(
        asset=asset_url,
        mark=mark_svg,
        anchor=cell_anchor,
        evidence_url=evidence_url,
        short_title=short_title,
        source_words=source_words,
        STATES=vocabulary.STATES,
        State=vocabulary.State,
        REASONS=vocabulary.REASONS,
        RELATIONS=vocabulary.RELATIONS,
        Relation=vocabulary.Relation,
        TYPES=vocabulary.TYPES,
        EntityType=vocabulary.EntityType,
        USES=vocabulary.USE_LABELS,
        Use=vocabulary.Use,
        CELL_REASONS=vocabulary.CELL_REASONS,
        PROBLEMS=vocabulary.PROBLEMS,
        ADVICE=ADVICE,
    )
    return environment


class InternalError(CoopgraphError):
    """Something that nobody foresaw; the log has it."""

    code = "internal_error"


class Shell:
    """What every template knows of its request: language, links, nonce."""

    def __init__(self, request: Request) -> None:
        query = request.query_params
        self.request = request
        self.lang = "en" if query.get("lang") == "en" else "zh"
        self.status = query.get("status", "official")
        self.path = request.url.path
        self.base = str(request.base_url).rstrip("/")
        asked = request.url.query
        self.whole = f"{self.base}{quote(self.path, safe=':/@')}{'?' if asked else ''}{asked}"
        self.readable = unquote(self.whole)
        self.today = date.today().isoformat()
        self.kept = {name: query[name] for name in _KEPT if query.get(name)}

    def t(self, zh: str, en: str) -> str:
        """The words in the page's language."""
        return en if self.lang == "en" else zh

    def link(self, path: str, **changes: object) -> str:
        """The address of a page with the state taken along; `changes` win, None leaves a parameter out."""
        return address(path, {**self.kept, **changes})

    def here(self, **changes: object) -> str:
        """The address of this page with some parameters changed."""
        given = dict(self.request.query_params)
        if "page" not in changes:
            changes["page"] = None
        return address(self.path, {**given, **changes})

    def entity(self, entity_id: str) -> str:
        return self.link(f"/entities/{quote(entity_id, safe=':/@')}")

    def document(self, document_id: str) -> str:
        return self.link(f"/documents/{quote(document_id, safe=':/@')}")

    def rows_behind(self, figure: str, item: Mapping[str, Any]) -> str:
        """Where the rows behind a figure of one entity's row are listed; empty where there is no such list."""
        body = item.get("entity")
        if body is not None and figure == "value":
            return self.link("/views/neighbourhood", id=body["id"])
        if body is None or figure not in ("partners", "tasks"):
            return ""
        leader = item["role"] == "leader"
        if figure == "tasks":
            return self.link("/tasks", **{"leader" if leader else "unit": body["id"]})
        return self.link("/liaisons", leader=body["id"]) if leader else self.link("/pairs", unit=body["id"])

    def context(self) -> dict[str, Any]:
        return {
            "shell": self,
            "t": self.t,
            "lang": self.lang,
            "status": self.status,
            "link": self.link,
            "here": self.here,
            "absolute": lambda path: f"{self.base}{path}",
            "path": self.path,
            "query": dict(self.request.query_params),
            "nonce": nonce_of(self.request),
            "csrf": csrf_of(self.request),
            "signed_in": bool(csrf_of(self.request)),
            "neo4j": bool(state_of(self.request).settings.neo4j_uri),
            "embed": "",
            "oembed": "",
            "downloads": (),
        }


def address(path: str, parameters: Mapping[str, object]) -> str:
    """Path and query string; what is None, empty or the default is left out."""
    path, _, query = path.partition("?")
    kept = dict(parse_qsl(query)) | {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in parameters.items()
        if value not in (None, "", False) and _PLAIN.get(name) != value
    }
    return f"{path}?{urlencode(kept)}" if kept else path


def evidence_url(evidence: Mapping[str, Any]) -> str | None:
    """The lit cell of a piece of evidence, its table, or the document; None for a gazetteer's."""
    document = evidence["document"]
    if document is None:
        return None
    base = f"/documents/{quote(document, safe=':/@')}"
    if evidence["table"] is None:
        return base
    if evidence["row"] is None:
        return f"{base}#t{evidence['table']}"
    return f"{base}#{cell_anchor(evidence['table'], evidence['row'], evidence['column'] or 1)}"


def short_title(evidence: Mapping[str, Any]) -> str:
    """A document as a line of evidence names it: its number, else the beginning of its title."""
    name = str(evidence["document"]).removeprefix("doc:")
    if "〔" in name:
        return name
    title = str(evidence["document_title"] or name).removeprefix("关于印发")
    return title if len(title) <= _SHORT else f"{title[: _SHORT - 1]}…"


def rendered(request: Request, template: str, context: Mapping[str, Any], status: int = 200) -> Response:
    shell = Shell(request)
    html = _environment().get_template(template).render({**shell.context(), **context})
    return HTMLResponse(html, status)


Work = Callable[[Store, Shell], Mapping[str, Any]]


async def page(request: Request, template: str, work: Work) -> Response:
    """The page: `work` asks the store in a thread and gives what the template needs; a `refused` error among it
    gives the page that error's status."""
    shell = Shell(request)

    def run() -> tuple[str, int]:
        context = work(state_of(request).store(), shell)
        html = _environment().get_template(template).render({**shell.context(), **context})
        refused = context.get("refused")
        return html, refused.http_status if refused else 200

    return HTMLResponse(*await in_thread(request, run))


def ask(query: Query[Any], store: Store, shell: Shell, **parameters: object) -> Any:
    """The answer to a query in the state of the page; parameters that it does not have are refused."""
    given = {"lang": shell.lang, **shell.kept, **{k: v for k, v in parameters.items() if v not in (None, "")}}
    return query.ask(store, parse_parameters(query.params, [(k, str(v)) for k, v in given.items()]))


def programme_names(store: Store, shell: Shell) -> list[str]:
    """The programmes that a filter offers, illustrative ones among them."""
    found = ask(find_query("programmes"), store, shell, status="all", programme=None).items
    return [row["programme"] for row in found]


def parameters_of(query: Query[Any], shell: Shell, extra: Mapping[str, object] | None = None) -> Parameters:
    """The page's own query string as a query's parameters; unknown ones are refused like the API does."""
    pairs = [(k, v) for k, v in shell.request.query_params.multi_items() if v != ""]
    pairs += [(k, str(v)) for k, v in (extra or {}).items()]
    return parse_parameters(query.params, pairs)


Endpoint = Callable[[Request], Awaitable[Response]]


def form_route(
    app: FastAPI, path: str, endpoint: Callable[[Request, dict[str, str]], Awaitable[Response]]
) -> None:
    """Add what a plain form is posted to, one of `FORM_PATHS`; its fields are read, and its token checked, first."""
    assert path in FORM_PATHS

    async def posted(request: Request) -> Response:
        form = await read_form(request)
        require_csrf(request, form.pop(CSRF_FIELD, ""))
        return await endpoint(request, form)

    route(app, path, posted, method="POST", part=False)


def route(
    app: FastAPI, path: str, endpoint: Endpoint, *, method: str = "GET", part: bool | None = None
) -> None:
    """Add a page; its errors are pages too (of what is posted by a script, which puts a part of a page in its
    place, only their sentence)."""
    whole = method == "GET" if part is None else not part

    @wraps(endpoint)
    async def shown(request: Request) -> Response:
        try:
            return await endpoint(request)
        except CoopgraphError as error:
            template = "error.html" if whole else "refusal.html"
            return rendered(request, template, {"error": error}, error.http_status)
        except Exception:
            if not whole:
                raise
            # The reader of a page gets a page; what happened is in the log, as for any other route.
            _LOG.exception("未能显示 %s", path)
            wrong = InternalError("程序出错，未能显示这一页；请把服务日志中的记录交给维护人员。")
            return rendered(request, "error.html", {"error": wrong}, wrong.http_status)

    app.add_api_route(path, shown, methods=[method], include_in_schema=False, response_class=Response)
