"""The filter form over a list: one field a parameter of the query, in the words of the vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from api.pages.rendering import Shell, programme_names
from api.parameters import allowed_values, parameter_names, plain_types
from graph.catalogue import Parameters
from graph.errors import InvalidParameter
from graph.model import Row
from graph.statements.entities import entities_by_id
from graph.statements.scope import entity_of
from graph.statements.titles import document_titles
from graph.store import Store
from viz.filters import FILTERS, value_words

_OWN_CONTROLS = frozenset({"page", "size", "format", "lang", "status", "theme", "open", "hide"})
_LAST = ("programme", "as_of", "expand", "document")
_NAMED = frozenset({"unit", "counterpart", "leader", "with", "sector", "id", "region", "source", "target"})
_RARE = frozenset({"as_of", "expand", "document", "sector", "grouped", "group_by", "kept", "outliers"})
"""Filters that stand in a fold until they are used."""

_DOCUMENTS = frozenset({"document", "before", "after"})
_OFFERED = 200
"""Documents up to which they are offered as a choice; of more, the id, number or title is typed."""
_TITLE = 28
"""Characters of a document's title in a choice."""
_FEW = 9
"""Numbers between the least and the most of a parameter up to which they are offered as a choice."""


@dataclass(frozen=True, slots=True)
class Field:
    """A control: `kind` is text, date, choice or tick; `options` are (value, word) of a choice; `default` is the
    choice that need not stand in an address; a rare one stands in a fold."""

    name: str
    label: str
    kind: str
    value: str
    hint: str = ""
    options: Sequence[tuple[str, str]] = ()
    default: str = ""
    rare: bool = False
    names: bool = False
    """Whether the name or id of an entity is asked for: then names are suggested."""

    @property
    def set(self) -> bool:
        """Whether it holds something else than what it holds by itself."""
        return self.value not in ("", self.default)

    @property
    def said(self) -> str:
        """Its value in words."""
        return dict(self.options).get(self.value, self.value)


def filter_fields(
    params: type[Parameters], shell: Shell, store: Store, only: Sequence[str] = ()
) -> list[Field]:
    """The controls of a query's or a view's own parameters, then those that every one takes; rare ones last.

    With `only`, those alone, in that order, those that every one takes, and what the address gives besides.
    """
    names = [name for name in parameter_names(params) if name not in _OWN_CONTROLS]
    besides = [name for name in names if name in _LAST[:-1] or shell.request.query_params.get(name)]
    offered = list(dict.fromkeys([*only, *besides])) if only else names
    ordered = [n for n in offered if n not in _LAST] + [n for n in _LAST if n in offered]
    fields = [_field(params, name, shell, store) for name in ordered]
    return sorted(fields, key=lambda field: field.rare and not field.value)


def _field(params: type[Parameters], name: str, shell: Shell, store: Store) -> Field:
    model = params.model_fields[parameter_names(params)[name]]
    given = shell.request.query_params.get(name, "")
    default = "" if model.default in (None, PydanticUndefined) else str(model.default)
    label = FILTERS[name](shell.lang) if name in FILTERS else (model.description or name)
    kinds = {kind.__name__ for kind in plain_types(model.annotation) if isinstance(kind, type)}
    options = _options(params, name, shell, store)
    if "bool" in kinds and model.default is True:  # an unticked box sends nothing, so a choice says no
        options, default = [(v, value_words(name, v, shell.lang)) for v in ("true", "false")], "true"
    control = "choice" if options else "tick" if "bool" in kinds else "date" if "date" in kinds else "text"
    if not options and name in _NAMED:
        given = name_of(store, given)
    return Field(
        name,
        label,
        control,
        (given or default) if options else given,
        hint=model.description or "",
        options=options,
        default=default if options else "",
        rare=name in _RARE,
        names=name in _NAMED,
    )


def _options(params: type[Parameters], name: str, shell: Shell, store: Store) -> list[tuple[str, str]]:
    """(value, word) of everything that may be chosen; nothing where anything may be written."""
    if name == "programme":
        return [(value, value) for value in programme_names(store, shell)]
    if name in _DOCUMENTS:
        titles = document_titles(store)
        return [(row["id"], _titled(row)) for row in titles] if len(titles) <= _OFFERED else []
    model = params.model_fields[parameter_names(params)[name]]
    values = allowed_values(model) or _few_numbers(model)
    return [(value, value_words(name, value, shell.lang, params)) for value in values]


def _titled(row: Row) -> str:
    title = row["title"] if len(row["title"]) <= _TITLE else f"{row['title'][: _TITLE - 1]}…"
    return f"{row['number']} {title}" if row["number"] else title


def name_of(store: Store, given: str) -> str:
    """The name of the entity that an address gives by its id, where the name alone finds it again; else as given."""
    row = entities_by_id(store, [given]).get(given) if ":" in given else None
    if row is None:
        return given
    try:
        return row["name"] if entity_of(store, row["name"], "") == given else given
    except InvalidParameter:
        return given


def _few_numbers(model: FieldInfo) -> list[str]:
    """The numbers that a parameter takes, where it has a least and a most that lie near each other."""
    limits = {
        name: value for one in model.metadata for name in ("ge", "le") if (value := getattr(one, name, None))
    }
    if len(limits) < 2 or limits["le"] - limits["ge"] > _FEW:
        return []
    return [str(number) for number in range(limits["ge"], limits["le"] + 1)]
