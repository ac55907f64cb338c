"""The filter form over a list: one field a parameter of the query, in the words of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from api.pages.rendering import Shell
from api.parameters import allowed_values, parameter_names, plain_types
from graph.catalogue import Query
from graph.vocabulary import (
    ORGANISATION_KINDS,
    REASONS,
    RELATIONS,
    STATES,
    TYPES,
    UNIT_KINDS,
    Text,
)

LABELS: dict[str, Text] = {
    "unit": Text("单位", "Unit"),
    "counterpart": Text("对口对象", "Counterpart"),
    "counterpart_type": Text("对象类型", "Kind of counterpart"),
    "programme": Text("合作事项", "Programme"),
    "document": Text("文件", "Document"),
    "sector": Text("产业领域", "Sector"),
    "leader": Text("领导", "Leader"),
    "with": Text("联系对象", "With"),
    "due_before": Text("到期不晚于", "Due by"),
    "state": Text("情形", "State"),
    "type": Text("类型", "Type"),
    "region": Text("地区", "Region"),
    "unit_kind": Text("单位类别", "Kind of unit"),
    "kind": Text("类别", "Kind"),
    "q": Text("名称", "Name"),
    "as_of": Text("某日有效", "In force on"),
    "expand": Text("展开集体称谓", "Expand collectives"),
    "outliers": Text("只看突出的", "Only those that stand out"),
    "measure": Text("指标", "Measure"),
    "by": Text("依据", "By"),
}
_OWN_CONTROLS = frozenset({"page", "size", "format", "lang", "status", "id"})
_LAST = ("programme", "document", "as_of", "expand")


@dataclass(frozen=True, slots=True)
class Field:
    """A control: `kind` is text, date, choice or tick; `options` are (value, word) of a choice."""

    name: str
    label: str
    kind: str
    value: str
    hint: str = ""
    options: Sequence[tuple[str, str]] = ()


def filter_fields(query: Query[Any], shell: Shell, programmes: Sequence[str] = ()) -> list[Field]:
    """The controls of a query's own parameters, then those that every query takes."""
    names = [name for name in parameter_names(query.params) if name not in _OWN_CONTROLS]
    ordered = [n for n in names if n not in _LAST] + [n for n in _LAST if n in names and n != "document"]
    return [_field(query, name, shell, programmes) for name in ordered]


def _field(query: Query[Any], name: str, shell: Shell, programmes: Sequence[str]) -> Field:
    model = query.params.model_fields[parameter_names(query.params)[name]]
    value = shell.request.query_params.get(name, "")
    label = LABELS[name](shell.lang) if name in LABELS else (model.description or name)
    hint = model.description or ""
    values = list(programmes) if name == "programme" else allowed_values(model)
    if values:
        options = [(v, word(v, shell.lang)) for v in values]
        return Field(name, label, "choice", value, hint, options)
    kinds = {kind.__name__ for kind in plain_types(model.annotation) if isinstance(kind, type)}
    control = "tick" if "bool" in kinds else "date" if "date" in kinds else "text"
    return Field(name, label, control, value, hint)


_WORDS: Sequence[Callable[[str], Text | None]] = (
    {kind.value: spec.label for kind, spec in TYPES.items()}.get,
    {state.value: spec.label for state, spec in STATES.items()}.get,
    {relation.value: spec.label for relation, spec in RELATIONS.items()}.get,
    UNIT_KINDS.get,
    ORGANISATION_KINDS.get,
    REASONS.get,
)


def word(value: str, lang: str) -> str:
    """The vocabulary's word for a value of a filter; the value itself where it has none."""
    for source in _WORDS:
        text = source(value)
        if text is not None:
            return text(lang)
    return value
