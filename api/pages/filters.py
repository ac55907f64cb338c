"""The filter form over a list: one field a parameter of the query, in the words of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    "role": Text("身份", "Role"),
    "id": Text("中心", "Centre"),
    "depth": Text("步数", "Steps"),
    "relation": Text("关系", "Relation"),
    "grouped": Text("分组", "Groups"),
    "group_by": Text("分组依据", "Group by"),
    "order": Text("次序", "Order"),
    "before": Text("原文件", "Before"),
    "after": Text("新文件", "After"),
    "kept": Text("也画不变的", "Kept ones too"),
    "source": Text("起点", "From"),
    "target": Text("终点", "To"),
    "max_length": Text("最多几步", "Steps at most"),
}
_VALUES: dict[str, Text] = {
    "pairs": Text("对口", "Pairs"),
    "tasks": Text("任务", "Tasks"),
    "liaisons": Text("挂钩联系", "Liaisons"),
    "auto": Text("较多时", "When many"),
    "always": Text("总是", "Always"),
    "never": Text("从不", "Never"),
    "region_type": Text("地区与类型", "Region and type"),
    "region": Text("地区", "Region"),
    "type": Text("类型", "Type"),
    "official": Text("官方顺序", "Official"),
    "gaps": Text("按空缺多少", "By gaps"),
    "unit": Text("单位", "Unit"),
    "leader": Text("领导", "Leader"),
    "partner": Text("对口对象", "Partner"),
    "true": Text("是", "Yes"),
    "false": Text("否", "No"),
    "degree": Text("联系最多", "Most ties"),
    "betweenness": Text("居于中间", "In between"),
    "articulation": Text("少了就断", "Cut points"),
}
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
    label = LABELS[name](shell.lang) if name in LABELS else (model.description or name)
    kinds = {kind.__name__ for kind in plain_types(model.annotation) if isinstance(kind, type)}
    options = _options(model, name, shell, store)
    if "bool" in kinds and model.default is True:  # an unticked box sends nothing, so a choice says no
        options, default = [(v, word(v, shell.lang)) for v in ("true", "false")], "true"
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


def _options(model: FieldInfo, name: str, shell: Shell, store: Store) -> list[tuple[str, str]]:
    """(value, word) of everything that may be chosen; nothing where anything may be written."""
    if name == "programme":
        return [(value, value) for value in programme_names(store, shell)]
    if name in _DOCUMENTS:
        titles = document_titles(store)
        return [(row["id"], _titled(row)) for row in titles] if len(titles) <= _OFFERED else []
    values = allowed_values(model) or _few_numbers(model)
    return [(value, word(value, shell.lang)) for value in values]


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


_WORDS: Sequence[Callable[[str], Text | None]] = (
    {kind.value: spec.label for kind, spec in TYPES.items()}.get,
    {state.value: spec.label for state, spec in STATES.items()}.get,
    {relation.value: spec.label for relation, spec in RELATIONS.items()}.get,
    UNIT_KINDS.get,
    ORGANISATION_KINDS.get,
    REASONS.get,
    _VALUES.get,
)


def word(value: str, lang: str) -> str:
    """The vocabulary's word for a value of a filter; the value itself where it has none."""
    for source in _WORDS:
        text = source(value)
        if text is not None:
            return text(lang)
    return value
