"""The caption that every picture carries: what it shows, of what, from which documents, by which query."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from graph.catalogue import Parameters
from graph.model import Evidence
from graph.statements.entities import entities_by_id
from graph.vocabulary import (
    ORGANISATION_KINDS,
    RELATIONS,
    STATES,
    STATUS_LABELS,
    TYPES,
    UNIT_KINDS,
    Direction,
    Status,
    Text,
    type_of_id,
)
from viz.hiding import switched_off
from viz.scene import Caption, ViewParameters

if TYPE_CHECKING:
    from graph.store import Store

NO_FILTER = ("page", "size", "format", "lang", "theme")
"""Parameters that say how to show, not what."""
FIELD_WORDS: dict[str, Text] = {
    "programme": Text("合作事项", "Programme"),
    "document": Text("文件", "Document"),
    "status": Text("状态", "Status"),
    "as_of": Text("截至", "As of"),
    "expand": Text("展开集体称谓", "Collectives expanded"),
    "unit": Text("单位", "Unit"),
    "unit_kind": Text("单位类别", "Kind of unit"),
    "counterpart": Text("对口对象", "Counterpart"),
    "counterpart_type": Text("对口对象类型", "Kind of counterpart"),
    "sector": Text("产业领域", "Sector"),
    "leader": Text("领导", "Leader"),
    "relation": Text("关系", "Relation"),
    "due_before": Text("期限不晚于", "Due by"),
    "id": Text("中心", "Centre"),
    "depth": Text("层数", "Steps"),
    "before": Text("原文件", "Before"),
    "after": Text("新文件", "After"),
    "state": Text("情形", "State"),
    "kind": Text("类别", "Kind"),
    "type": Text("类型", "Type"),
    "region": Text("地区", "Region"),
    "role": Text("身份", "Role"),
    "outliers": Text("只看明显偏多或偏少的", "Only those that stand out"),
    "measure": Text("指标", "Measure"),
    "with": Text("联系对象", "In touch with"),
    "q": Text("名称", "Name"),
    "source": Text("起点", "From"),
    "target": Text("终点", "To"),
    "max_length": Text("最多几步", "Steps at most"),
}
_KINDS = {kind.value: spec.label for kind, spec in TYPES.items()}
_VALUES: dict[str, dict[str, Text]] = {
    "status": {
        "all": Text("正式与示例", "official and illustrative"),
        **{status.value: label for status, label in STATUS_LABELS.items()},
    },
    "counterpart_type": _KINDS,
    "type": _KINDS,
    "unit_kind": UNIT_KINDS,
    "kind": {**UNIT_KINDS, **ORGANISATION_KINDS},
    "state": {state.value: spec.label for state, spec in STATES.items()},
    "relation": {relation.value: spec.label for relation, spec in RELATIONS.items()},
    "direction": {
        Direction.MUTUAL.value: Text("双向", "mutual"),
        Direction.A_TO_B.value: Text("单向", "one way"),
    },
}
"""What a filter or a column means by its codes, by its name."""


def value_words(name: str, value: str, lang: str) -> str:
    """The vocabulary's word for a code of a filter or a column; the value itself where it is none."""
    words = _VALUES.get(name, {}).get(value)
    return words(lang) if words else value


def query_string(params: ViewParameters, **changes: Any) -> str:
    """What is not at its default, as a query string: the whole state of what is shown."""
    fields = type(params).model_fields
    given = {n: changes.get(n, getattr(params, n)) for n in fields if n not in ("page", "size", "format")}
    chosen = {n: v for n, v in given.items() if v != fields[n].get_default(call_default_factory=True)}
    return urlencode([(n, str(v).lower() if isinstance(v, bool) else str(v)) for n, v in chosen.items()])


def _value(name: str, value: Any, lang: str) -> str:
    if isinstance(value, str) and type_of_id(value) is not None:
        return value.partition(":")[2].partition("@")[0]
    return value_words(name, str(value), lang)


def _known_name(store: Store, value: Any) -> str | None:
    """The name of the entity whose id this is; None where it is no id, or no such entity is known."""
    if not isinstance(value, str) or type_of_id(value) is None:
        return None
    row = entities_by_id(store, [value]).get(value)
    return row["name"] if row else None


def filters_in_words(params: Parameters, store: Store | None = None) -> str:
    """The filters as a planner would say them; empty when nothing is filtered."""
    fields = type(params).model_fields
    parts: list[str] = []
    for name in fields:
        value = getattr(params, name)
        given = str(fields[name].alias or name)
        if given in NO_FILTER or given not in FIELD_WORDS or given == "as_of":
            continue
        if value == fields[name].get_default(call_default_factory=True):
            continue
        word = FIELD_WORDS[given](params.lang)
        if value is True:
            parts.append(word)
            continue
        shown = (store and _known_name(store, value)) or _value(name, value, params.lang)
        if store is not None and name in ("document", "before", "after"):
            stored = store.document(str(value))
            shown = document_words(stored.document.title, stored.document.number) if stored else shown
        parts.append(f"{word}：{shown}" if params.lang == "zh" else f"{word}: {shown}")
    return ("；" if params.lang == "zh" else "; ").join(parts)


def document_words(title: str, number: str | None) -> str:
    """A document as sources name it: its title with its number."""
    return f"《{title}》（{number}）" if number else f"《{title}》"


def sources_of(store: Store, evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """The documents and gazetteers that a picture stands on, by date, then as they came."""
    ids: dict[str, str] = {}
    others: dict[str, None] = {}
    for item in evidence:
        if item["document"]:
            ids.setdefault(item["document"], item["document_title"] or item["document"])
        elif item["source"]:
            others.setdefault(item["source"])
    dated: list[tuple[str, int, str]] = []
    for number, (document, title) in enumerate(ids.items()):
        stored = store.document(document)
        words = document_words(stored.document.title, stored.document.number) if stored else title
        dated.append(((stored.document.date if stored else "") or "~", number, words))
    return tuple(words for _, _, words in sorted(dated)) + tuple(others)


def caption(
    store: Store,
    params: ViewParameters,
    title: str,
    evidence: Iterable[Evidence],
    *,
    shown: int,
    total: int,
    notes: tuple[str, ...] = (),
) -> Caption:
    """The caption of a picture of these claims."""
    stated = list(evidence)
    day = params.as_of or date.today()
    return Caption(
        title=f"{params.programme} · {title}" if params.programme else title,
        filters=filters_in_words(params, store),
        data_date=day.isoformat(),
        shown=shown,
        total=total,
        sources=sources_of(store, stated),
        query=query_string(params, as_of=day),
        illustrative=any(e["status"] == Status.ILLUSTRATIVE for e in stated),
        notes=notes,
        hidden=switched_off(params.hide),
    )
