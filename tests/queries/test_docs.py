"""`docs/queries.md` names every query, parameter, value, state and column that exists, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args, get_type_hints, is_typeddict

from pydantic.fields import FieldInfo

from api.parameters import allowed_values, parameter_names
from graph.catalogue import Parameters, catalogue
from graph.queries._columns import evidence_columns
from graph.queries._suggestions import WORDS
from graph.vocabulary import REASONS, RELATIONS, TYPES, State, Status
from tests.parts import ROOT

PAGE = (ROOT / "docs" / "queries.md").read_text()
COMMON = tuple(parameter_names(Parameters))
PROVED = [column.key for column in evidence_columns()]
ELSEWHERE = {
    "rank", "valid_from", "valid_to", "source", "too_large", "evidence", "total",
    "similar", "exact", "prefix", "alias", "pinyin", "initials", "part",
}  # fmt: skip
"""Words of the vocabulary and of answers that no parameter, column or row model spells."""


def reference() -> Iterator[str]:
    """The table of the page, as the catalogue has it."""
    yield "| 查询 | 自己的参数 | 列 |"
    yield "| --- | --- | --- |"
    for name, query in catalogue().items():
        fields = {n: f for n, f in parameter_names(query.params).items() if n not in COMMON}
        given = [_parameter(n, query.params.model_fields[f]) for n, f in fields.items()]
        keys = [column.key for column in query.columns]
        proved = keys[-len(PROVED) :] == PROVED
        titles = [c.title.zh for c in query.columns[: -len(PROVED) if proved else None]]
        yield f"| `{name}` | {'；'.join(given) or '—'} | {'、'.join(titles)}{'＋出处' * proved} |"


def _parameter(name: str, field: FieldInfo) -> str:
    limits = {k: v for rule in field.metadata for k in ("ge", "le") if (v := getattr(rule, k, None))}
    span = f"（{limits['ge']}–{limits['le']}）" if len(limits) == 2 else ""
    values = " ".join(f"`{value}`" for value in allowed_values(field))
    return f"`{name}`{span}" + (f"：{values}" if values else "")


def _members(kind: Any, found: set[str]) -> set[str]:
    """Names of the members of a TypedDict and of those in it."""
    if is_typeddict(kind):
        for name, hint in get_type_hints(kind).items():
            if name not in found:
                found.add(name)
                _members(hint, found)
    for inner in get_args(kind):
        _members(inner, found)
    return found


def test_each_query_is_defined_once_and_no_other() -> None:
    defined = re.findall(r"^\*\*([a-z-]+)\*\* ", PAGE, re.M)
    assert sorted(defined) == sorted(catalogue())


def test_the_table_of_parameters_and_columns_is_the_catalogue() -> None:
    table = PAGE.partition("## 参数与列")[2]
    assert [line for line in table.splitlines() if line.startswith("|")] == list(reference())
    titles = "、".join(column.title.zh for column in evidence_columns())
    assert f"这些列：{titles}；" in table


def test_the_common_parameters_are_explained() -> None:
    explained = re.findall(r"^\| ((?:`[a-z_]+`[、 ]*)+)\|", PAGE.partition("**通用参数。**")[2], re.M)
    first = [name for cell in explained for name in re.findall(r"`([a-z_]+)`", cell)]
    assert first[: len(COMMON) - 1] == [name for name in COMMON if name != "format"]
    assert "?format=csv|xlsx|docx" in PAGE


def test_states_and_kinds_of_rows_are_all_defined() -> None:
    definitions = PAGE.partition("## 查询")[2].partition("## 参数与列")[0]
    values = {state.value for state in State}
    for name in ("overlap", "consistency", "outstanding", "load"):
        kinds = {"kind", "role"} & catalogue()[name].params.model_fields.keys()
        values |= {v for k in kinds for v in allowed_values(catalogue()[name].params.model_fields[k])}
    values |= set(allowed_values(catalogue()["centrality"].params.model_fields["measure"]))
    values |= WORDS.keys() - {"idle", "partner_sector"}
    assert sorted(value for value in values if f"`{value}`" not in definitions) == []


def test_nothing_is_named_that_does_not_exist() -> None:
    known = {*catalogue(), *COMMON, *REASONS, *ELSEWHERE, *WORDS, *(state.value for state in State)}
    known |= {kind.value for kind in TYPES} | {kind.value for kind in RELATIONS} | {s.value for s in Status}
    for query in catalogue().values():
        known |= {*parameter_names(query.params), *(column.key for column in query.columns), *query.extra}
        for field in query.params.model_fields.values():
            known |= set(allowed_values(field))
        _members(query.row, known)
    named = set(re.findall(r"`([A-Za-z_]+)`", PAGE))
    assert sorted(named - known) == []
    assert sorted(ELSEWHERE - named) == []
