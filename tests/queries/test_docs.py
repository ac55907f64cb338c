"""`docs/queries.md` and its English form name every query, parameter, value, state and column, and no other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_type_hints, is_typeddict

import pytest
from pydantic.fields import FieldInfo

from api.parameters import allowed_values, parameter_names
from graph.catalogue import Parameters, catalogue
from graph.queries._columns import evidence_columns
from graph.queries._suggestions import WORDS
from graph.vocabulary import REASONS, RELATIONS, TYPES, State, Status
from tests.parts import ROOT

PAGES = {
    lang: (ROOT / "docs" / name).read_text() for lang, name in (("zh", "queries.md"), ("en", "queries.en.md"))
}
QUERIES = {"zh": "## 查询", "en": "## Queries"}
TABLE = {"zh": "## 参数与列", "en": "## Parameters and columns"}
HEAD = {"zh": "| 查询 | 自己的参数 | 列 |", "en": "| Query | Own parameters | Columns |"}
PARAMETERS = {"zh": "**通用参数。**", "en": "**Common parameters.**"}
MARKS = {
    "zh": {"and": "、", "parameter": "；", "colon": "：", "span": "（{}–{}）", "evidence": "＋出处"},
    "en": {"and": ", ", "parameter": "; ", "colon": ": ", "span": " ({}–{})", "evidence": " + evidence"},
}
both = pytest.mark.parametrize("lang", PAGES)
COMMON = tuple(parameter_names(Parameters))
PROVED = [column.key for column in evidence_columns()]
ELSEWHERE = {
    "rank", "valid_from", "valid_to", "source", "too_large", "evidence", "total",
    "similar", "exact", "prefix", "alias", "pinyin", "initials", "part",
}  # fmt: skip
"""Words of the vocabulary and of answers that no parameter, column or row model spells."""


def reference(lang: str) -> Iterator[str]:
    """The table of the page, as the catalogue has it."""
    marks = MARKS[lang]
    yield HEAD[lang]
    yield "| --- | --- | --- |"
    for name, query in catalogue().items():
        fields = {n: f for n, f in parameter_names(query.params).items() if n not in COMMON}
        given = [_parameter(n, query.params.model_fields[f], marks) for n, f in fields.items()]
        keys = [column.key for column in query.columns]
        proved = keys[-len(PROVED) :] == PROVED
        titles = [c.title(lang) for c in query.columns[: -len(PROVED) if proved else None]]
        own = marks["parameter"].join(given) or "—"
        yield f"| `{name}` | {own} | {marks['and'].join(titles)}{marks['evidence'] * proved} |"


def _parameter(name: str, field: FieldInfo, marks: Mapping[str, str]) -> str:
    limits = {k: v for rule in field.metadata for k in ("ge", "le") if (v := getattr(rule, k, None))}
    span = marks["span"].format(limits["ge"], limits["le"]) if len(limits) == 2 else ""
    values = " ".join(f"`{value}`" for value in allowed_values(field))
    return f"`{name}`{span}" + (f"{marks['colon']}{values}" if values else "")


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


@both
def test_each_query_is_defined_once_and_no_other(lang: str) -> None:
    defined = re.findall(r"^\*\*([a-z-]+)\*\* ", PAGES[lang], re.M)
    assert sorted(defined) == sorted(catalogue())


@both
def test_the_table_of_parameters_and_columns_is_the_catalogue(lang: str) -> None:
    table = PAGES[lang].partition(TABLE[lang])[2]
    assert [line for line in table.splitlines() if line.startswith("|")] == list(reference(lang))
    titles = MARKS[lang]["and"].join(column.title(lang) for column in evidence_columns())
    assert {"zh": f"这些列：{titles}；", "en": f"row: {titles}. "}[lang] in " ".join(table.split())


@both
def test_the_common_parameters_are_explained(lang: str) -> None:
    table = PAGES[lang].partition(PARAMETERS[lang])[2]
    explained = re.findall(r"^\| ((?:`[a-z_]+`[、, ]*)+)\|", table, re.M)
    first = [name for cell in explained for name in re.findall(r"`([a-z_]+)`", cell)]
    assert first[: len(COMMON) - 1] == [name for name in COMMON if name != "format"]
    assert "?format=csv|xlsx|docx" in PAGES[lang]


@both
def test_states_and_kinds_of_rows_are_all_defined(lang: str) -> None:
    definitions = PAGES[lang].partition(QUERIES[lang])[2].partition(TABLE[lang])[0]
    values = {state.value for state in State}
    for name in ("overlap", "consistency", "outstanding", "load"):
        kinds = {"kind", "role"} & catalogue()[name].params.model_fields.keys()
        values |= {v for k in kinds for v in allowed_values(catalogue()[name].params.model_fields[k])}
    values |= set(allowed_values(catalogue()["centrality"].params.model_fields["measure"]))
    values |= WORDS.keys() - {"idle", "partner_sector"}
    assert sorted(value for value in values if f"`{value}`" not in definitions) == []


@both
def test_nothing_is_named_that_does_not_exist(lang: str) -> None:
    known = {*catalogue(), *COMMON, *REASONS, *ELSEWHERE, *WORDS, *(state.value for state in State)}
    known |= {kind.value for kind in TYPES} | {kind.value for kind in RELATIONS} | {s.value for s in Status}
    for query in catalogue().values():
        known |= {*parameter_names(query.params), *(column.key for column in query.columns), *query.extra}
        for field in query.params.model_fields.values():
            known |= set(allowed_values(field))
        _members(query.row, known)
    named = _named(PAGES[lang])
    assert sorted(named - known) == []
    assert sorted(ELSEWHERE - named) == []


def test_each_query_names_the_same_in_both_languages() -> None:
    """A rule that is changed on one page only is mostly seen in the names and numbers that it has."""
    told = [
        {
            query: (_named(text), re.findall(r"\d+", text.replace(",", "")))
            for query, text in _definitions(page)
        }
        for page in (PAGES["zh"].partition(TABLE["zh"])[0], PAGES["en"].partition(TABLE["en"])[0])
    ]
    assert told[0] == told[1]


def _definitions(page: str) -> Iterator[tuple[str, str]]:
    parts = re.split(r"^\*\*([a-z-]+)\*\* ", page, flags=re.M)
    return zip(parts[1::2], parts[2::2], strict=True)


def _named(page: str) -> set[str]:
    return set(re.findall(r"`([A-Za-z_]+)`", page))
