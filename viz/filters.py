"""What filters and their values are called: on the forms of pages, in captions and on paper alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graph.catalogue import Parameters
from graph.statements.entities import entities_by_id
from graph.statements.titles import document_words
from graph.vocabulary import (
    ORGANISATION_KINDS,
    RELATIONS,
    STATES,
    STATUS_LABELS,
    TYPES,
    UNIT_KINDS,
    Text,
    type_of_id,
)

if TYPE_CHECKING:
    from graph.store import Store

FILTERS: Mapping[str, Text] = {
    "programme": Text("合作事项", "Programme"),
    "document": Text("文件", "Document"),
    "status": Text("状态", "Status"),
    "as_of": Text("某日有效", "In force on"),
    "expand": Text("展开集体称谓", "Collectives expanded"),
    "unit": Text("单位", "Unit"),
    "unit_kind": Text("单位类别", "Kind of unit"),
    "counterpart": Text("对口对象", "Counterpart"),
    "counterpart_type": Text("对口对象类型", "Kind of counterpart"),
    "sector": Text("产业领域", "Sector"),
    "leader": Text("领导", "Leader"),
    "with": Text("联系对象", "In touch with"),
    "relation": Text("关系", "Relation"),
    "due_before": Text("期限不晚于", "Due by"),
    "id": Text("中心", "Centre"),
    "depth": Text("步数", "Steps"),
    "before": Text("原文件", "Before"),
    "after": Text("新文件", "After"),
    "kept": Text("也画不变的", "Kept ones too"),
    "state": Text("情形", "State"),
    "kind": Text("类别", "Kind"),
    "type": Text("类型", "Type"),
    "region": Text("地区", "Region"),
    "role": Text("身份", "Role"),
    "outliers": Text("只看明显偏多或偏少的", "Only those that stand out"),
    "measure": Text("指标", "Measure"),
    "q": Text("名称", "Name"),
    "source": Text("起点", "From"),
    "target": Text("终点", "To"),
    "max_length": Text("最多几步", "Steps at most"),
    "grouped": Text("分组", "Groups"),
    "group_by": Text("分组依据", "Group by"),
    "order": Text("次序", "Order"),
}
"""Parameters by the names that they have in an address."""

SAID_ELSEWHERE = frozenset({"as_of", "grouped", "group_by", "order"})
"""Those that a caption does not name among its filters: the day stands in it beside them, and how a picture is
arranged is seen."""

_YES_NO = {"true": Text("是", "Yes"), "false": Text("否", "No")}
_KINDS = {kind.value: spec.label for kind, spec in TYPES.items()}
_VALUES: Mapping[str, Mapping[str, Text]] = {
    "status": {
        "all": Text("正式与示例", "official and illustrative"),
        **{status.value: label for status, label in STATUS_LABELS.items()},
    },
    "counterpart_type": _KINDS,
    "type": _KINDS,
    "unit_kind": UNIT_KINDS,
    "kind": {**UNIT_KINDS, **ORGANISATION_KINDS},
    "state": {state.value: spec.label for state, spec in STATES.items()},
    "relation": {
        "pairs": Text("对口", "Pairs"),
        "tasks": Text("任务", "Tasks"),
        "liaisons": Text("挂钩联系", "Liaisons"),
        **{relation.value: spec.label for relation, spec in RELATIONS.items()},
    },
    "measure": {
        "degree": Text("联系最多", "Most ties"),
        "betweenness": Text("居于中间", "In between"),
        "articulation": Text("少了就断", "Cut points"),
    },
    "grouped": {
        "auto": Text("较多时", "When many"),
        "always": Text("总是", "Always"),
        "never": Text("从不", "Never"),
    },
    "group_by": {
        "region_type": Text("地区与类型", "Region and type"),
        "region": Text("地区", "Region"),
        "type": Text("类型", "Type"),
    },
    "order": {"official": Text("官方顺序", "Official"), "gaps": Text("按空缺多少", "By gaps")},
    "kept": _YES_NO,
}
"""What the codes of filters mean, by the filter's name."""


def value_words(name: str, value: str, lang: str, params: type[Parameters] = Parameters) -> str:
    """The word for a code of a filter; the value itself where it is none. `params` brings the words of
    its own codes (the kinds of contradictions, say)."""
    words = params.code_words.get(name, {}).get(value) or _VALUES.get(name, {}).get(value)
    return words(lang) if words else value


def _known_name(store: Store, value: Any) -> str | None:
    """The name of the entity whose id this is; None where it is no id, or no such entity is known."""
    if not isinstance(value, str) or type_of_id(value) is None:
        return None
    row = entities_by_id(store, [value]).get(value)
    return row["name"] if row else None


def _shown(params: Parameters, name: str, value: Any, store: Store | None) -> str:
    """A filter's value as a planner would say it: names for ids, words for codes."""
    if store is not None and name in ("document", "before", "after"):
        stored = store.document(str(value))
        if stored:
            return document_words(stored.document.title, stored.document.number)
    known = _known_name(store, value) if store else None
    if known:
        return known
    if isinstance(value, str) and type_of_id(value) is not None:
        return value.partition(":")[2].partition("@")[0]
    code = str(value).lower() if isinstance(value, bool) else str(value)
    return value_words(name, code, params.lang, type(params))


def filters_in_words(params: Parameters, store: Store | None = None) -> str:
    """The filters as a planner would say them; empty when nothing is filtered."""
    fields = type(params).model_fields
    parts: list[str] = []
    for name in fields:
        value = getattr(params, name)
        given = str(fields[name].alias or name)
        if given not in FILTERS or given in SAID_ELSEWHERE:
            continue
        if value == fields[name].get_default(call_default_factory=True):
            continue
        word = FILTERS[given](params.lang)
        if value is True:
            parts.append(word)
            continue
        shown = _shown(params, given, value, store)
        parts.append(f"{word}：{shown}" if params.lang == "zh" else f"{word}: {shown}")
    return ("；" if params.lang == "zh" else "; ").join(parts)
