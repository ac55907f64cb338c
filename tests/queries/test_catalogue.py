"""Each query keeps its own description, and a new one is one file."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import pytest

import graph.queries
from graph.catalogue import Answer, catalogue, envelope, find_query
from graph.errors import NotFound
from graph.store import Store
from tests.parts import ROOT
from tests.queries.conftest import HAISHU
from tests.queries.shapes import misfits

HEAVY = ("networkx", "rustworkx", "rapidfuzz", "pypinyin", "xlsxwriter", "neo4j", "fastapi", "lxml")


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_examples_are_whole_answers_of_the_row_model(name: str) -> None:
    query = find_query(name)
    members = {*query.extra, "version"}
    if query.listed:
        rows = query.example[query.member]
        members |= {query.member, "total", "page", "size"}
    else:
        rows = [{k: v for k, v in query.example.items() if k not in members}]
        members |= {*rows[0]}
    assert set(query.example) == members
    assert [m for row in rows for m in misfits(row, query.row)] == []
    assert query.name == name.replace("_", "-")
    assert query.title.zh and query.title.en and query.description.zh and query.columns


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_answers_have_the_members_of_their_row_model(planned: Store, name: str) -> None:
    query = find_query(name)
    given: dict[str, Any] = {"status": "all"}
    if "id" in query.params.model_fields:
        given["id"] = HAISHU
    if name == "paths":
        given |= {"source": HAISHU, "target": "park:漕河泾"}
    params = query.params.model_validate(given)
    body = envelope(query, params, query.ask(planned, params), planned.version())
    rows = body[query.member] if query.listed else [{k: v for k, v in body.items() if k != "version"}]
    assert [m for row in rows for m in misfits(row, query.row)] == []


def test_queries_load_nothing_heavy() -> None:
    code = (
        "import sys; from graph.catalogue import catalogue; catalogue();"
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_unknown_query_is_answered_with_near_names() -> None:
    with pytest.raises(NotFound) as missing:
        find_query("pair")
    assert missing.value.details["near"] == ["pairs", "unpaired"]


def test_the_query_of_the_documentation_works(
    planned: Store, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (ROOT / "docs" / "adding-a-query.md").read_text()
    (source,) = re.findall(r"```python\n(.*?)```", page, re.S)
    (tmp_path / "terms.py").write_text(source)
    monkeypatch.setattr(graph.queries, "__path__", [*graph.queries.__path__, str(tmp_path)])
    catalogue.cache_clear()
    try:
        assert "terms" in catalogue()
        query = find_query("terms")
        params = query.params()
        body = envelope(query, params, query.ask(planned, params), "1")
        assert [(i["term"], i["count"], len(i["evidence"])) for i in body["items"]] == [
            ("结对", 2, 2),
            ("帮扶", 1, 1),
        ]
    finally:
        catalogue.cache_clear()
        sys.modules.pop("graph.queries.terms", None)
        if hasattr(graph.queries, "terms"):
            delattr(graph.queries, "terms")


def test_the_relations_that_are_fetched_are_those_of_the_vocabulary() -> None:
    from graph.statements.claims import COOPERATING, EVERY_RELATION
    from graph.vocabulary import Relation

    fetched = EVERY_RELATION.split("|")
    assert fetched == [relation for relation in Relation if relation is not Relation.SUPERSEDES]
    assert fetched[: len(COOPERATING.split("|"))] == COOPERATING.split("|")


def test_an_answer_tells_what_stands_beside_it_in_words() -> None:
    for name, extra, said in (
        ("gaps", {"unverified": 3}, ["另有 3 处待核实，不计入空缺"]),
        ("gaps", {"unverified": 0}, []),
        ("paths", {"truncated": True}, ["链条太多，只列前面的"]),
    ):
        assert find_query(name).said_beside(Answer(extra=extra), "zh") == said
    for query in catalogue().values():
        assert query.beside.keys() <= query.extra.keys()
