"""Filters are called the same on forms, in captions and on paper, and none of their codes stays without a word."""

from __future__ import annotations

import pytest

from api.parameters import allowed_values, parameter_names
from graph.catalogue import Parameters, catalogue
from graph.queries.consistency import ConsistencyParameters
from viz.filters import FILTERS, filters_in_words, value_words
from viz.registry import find_view, views
from viz.scene import ViewParameters

SHOWN_OTHERWISE = {"page", "size", "format", "lang", "theme", "hide", "open"}
"""Parameters that have controls of their own, or are part of the picture."""


def asked() -> list[tuple[str, type[Parameters]]]:
    """Every query and view with its parameters."""
    found: list[tuple[str, type[Parameters]]] = [(query.name, query.params) for query in catalogue().values()]
    return [*found, *((f"view {name}", find_view(name).params) for name in views())]


@pytest.mark.parametrize(("name", "params"), asked(), ids=[name for name, _ in asked()])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_filter_and_code_has_a_word(name: str, params: type[Parameters], lang: str) -> None:
    for given, field in parameter_names(params).items():
        if given in SHOWN_OTHERWISE:
            continue
        assert given in FILTERS, (name, given)
        for code in allowed_values(params.model_fields[field]):
            said = value_words(given, code, lang, params)
            assert lang == "en" or said != code, (name, given, code)
            assert "_" not in said, (name, given, code)


def test_a_query_brings_the_words_of_its_own_codes() -> None:
    params = ConsistencyParameters(kind="pair_dropped")
    assert filters_in_words(params) == "类别：原有对口在新文件中不见"


def test_what_is_arranged_is_no_filter_but_what_is_left_out_is() -> None:
    network, changes = find_view("network").params, find_view("changes").params
    assert filters_in_words(network.model_validate({"grouped": "never", "as_of": "2020-01-01"})) == ""
    assert filters_in_words(changes.model_validate({"kept": False})) == "也画不变的：否"
    assert filters_in_words(ViewParameters(counterpart_type="Park")) == "对口对象类型：园区"
