"""What a query is, and the catalogue of all that stand in `graph/queries/`.

A query is one module with a module-level `QUERY`. From it come the HTTP route, the command-line form, the
OpenAPI entry with its example, CSV, XLSX, DOCX and the contract test.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from graph.errors import NotFound
from graph.vocabulary import Text

if TYPE_CHECKING:
    from graph.store import Store

StatusFilter = Literal["official", "illustrative", "all"]
Format = Literal["json", "csv", "xlsx", "docx"]
Lang = Literal["zh", "en"]
CodeWords = Mapping[str, Mapping[Any, Text]]
"""What the codes of parameters are called: parameter → code → its word."""


class Parameters(BaseModel):
    """Parameters that every query takes. Unknown ones are refused."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, frozen=True)

    code_words: ClassVar[CodeWords] = {}
    """Those of a query's own codes; those of the vocabulary are known."""

    programme: str | None = Field(None, description="合作事项：只看此事项的文件")
    document: str | None = Field(None, description="文件编号（id）：只看此文件")
    status: StatusFilter = Field("official", description="正式、示例或全部")
    as_of: date | None = Field(None, description="某日有效的关系，默认今天")
    expand: bool = Field(False, description="把集体称谓展开为成员")
    page: int = Field(1, ge=1, le=1_000_000, description="页码，从 1 起")
    size: int = Field(50, ge=1, le=1000, description="每页条数")
    format: Format = Field("json", description="json、csv、xlsx 或 docx")
    lang: Lang = Field("zh", description="zh 或 en")

    def day(self) -> str:
        """The day asked about as an ISO date."""
        return (self.as_of or date.today()).isoformat()


P = TypeVar("P", bound=Parameters)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query answers before it is put into a page.

    `items` are JSON-able rows of the query's row model, all of them in order; or, with `total` set, one page
    already cut. `extra` are members beside the list (coverage's `columns`, gaps' `unverified`). A query whose
    answer is no list puts it in `body` and leaves `items` empty.
    """

    items: Sequence[Any] = ()
    extra: Mapping[str, object] = field(default_factory=dict[str, object])
    body: Mapping[str, Any] | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a query's CSV, XLSX and table form; `value` takes a row of the answer. A Text that it gives is
    shown in the language asked for."""

    key: str
    title: Text
    value: Callable[[Any], str | int | float | bool | Text | None]

    def shown(self, row: Any, lang: str) -> str | int | float | bool | None:
        """The value of a row in that language."""
        value = self.value(row)
        return value(lang) if isinstance(value, Text) else value


@dataclass(frozen=True, slots=True)
class Query(Generic[P]):
    """A question that a planner asks.

    `path` is the HTTP path under `/api/v1`; `{id}` in it stands for the parameter `id`. `row` is the TypedDict
    of an item (of the whole answer, for one that is no list). `member` is the name of the list in the answer
    (`items`, or `rows` for coverage). `ask` runs the statements and shapes the answer; nothing in it may
    depend on the backend but the statement's language. `flatten` turns an item into the rows of CSV and XLSX
    (one per evidence, say); identity when an item is a row.
    """

    name: str
    title: Text
    description: Text
    params: type[P]
    row: Any
    ask: Callable[[Store, P], Answer]
    columns: Sequence[Column]
    example: Mapping[str, Any]
    """A whole answer, as in the OpenAPI document."""
    path: str = ""
    member: str = "items"
    listed: bool = True
    """Whether the answer is a list with total, page, size and version."""
    extra: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Types of the members beside the list, for OpenAPI."""
    beside: Mapping[str, Text] = field(default_factory=dict[str, Text])
    """What is said beside the rows, wherever people read them, of a member that counts (`{n}`) or holds true."""
    flatten: Callable[[Answer, P], Sequence[Any]] = lambda answer, params: answer.items

    @property
    def route(self) -> str:
        return self.path or f"/{self.name}"

    def said_beside(self, answer: Answer, lang: str) -> list[str]:
        """What the answer says beside its rows, in words."""
        told = ((words, answer.extra.get(name)) for name, words in self.beside.items())
        return [words(lang).format(n=value) for words, value in told if value]


@cache
def catalogue() -> dict[str, Query[Any]]:
    """All queries by name, in alphabetical order; each module in `graph/queries/` without a leading `_`."""
    import graph.queries as folder

    found: dict[str, Query[Any]] = {}
    for info in sorted(pkgutil.iter_modules(folder.__path__), key=lambda i: i.name):
        if not info.name.startswith("_"):
            query: Query[Any] = importlib.import_module(f"graph.queries.{info.name}").QUERY
            found[query.name] = query
    return found


def find_query(name: str) -> Query[Any]:
    """The query of that name, importing only its module. Raises NotFound with near names."""
    import difflib

    module = name.replace("-", "_")
    if module.isidentifier() and not module.startswith("_"):
        try:
            return importlib.import_module(f"graph.queries.{module}").QUERY
        except ModuleNotFoundError as missing:
            if missing.name != f"graph.queries.{module}":
                raise
    names = list(catalogue())
    near = difflib.get_close_matches(name, names, n=3)
    raise NotFound(f"没有名为“{name}”的查询；可用：{'、'.join(near or names)}。", near=near)


def envelope(
    query: Query[P], params: P, answer: Answer, version: str, *, paged: bool = True
) -> dict[str, Any]:
    """The contract's answer: `{member: […], "total", "page", "size", "version"}` and the extra members."""
    if not query.listed:
        return {**(answer.body or {}), "version": version}
    items = answer.items
    total = len(items) if answer.total is None else answer.total
    if paged and answer.total is None:
        start = (params.page - 1) * params.size
        items = items[start : start + params.size]
    page, size = (params.page, params.size) if paged else (1, total)
    return {
        query.member: list(items),
        "total": total,
        "page": page,
        "size": size,
        "version": version,
        **answer.extra,
    }
