"""The committed examples are what their facts give, and show what they are meant to show."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from graph.backends.embedded import EmbeddedStore
from graph.catalogue import find_query
from graph.settings import Settings
from graph.vocabulary import State
from ingest.library import Library
from tests.parts import ROOT

EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("examples_build", EXAMPLES / "build.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def library(embedded_store: EmbeddedStore, tmp_path: Path) -> Library:
    library = Library(embedded_store, Settings(data_dir=tmp_path / "data", neo4j_uri=None))
    outcomes = library.ingest_paths([*sorted(EXAMPLES.glob("*.docx")), *EXAMPLES.glob("*.xlsx")])
    assert [one.outcome for one in outcomes] == ["written"] * 3
    return library


def test_building_gives_the_committed_files(build: ModuleType) -> None:
    for name, make in build.DOCUMENTS.items():
        assert make() == make() == (EXAMPLES / name).read_bytes(), name


def test_only_the_plan_is_illustrative(library: Library) -> None:
    statuses = {
        d.receipt["document"]["files"][0]["name"]: d.document.status for d in library.store.documents()
    }
    assert statuses == {
        "ningbo-2019-32.docx": "official",
        "ningbo-yanbian-2017.xlsx": "official",
        "huyong-illustrative.docx": "illustrative",
    }


def test_the_plan_shows_every_state(library: Library) -> None:
    query = find_query("coverage")
    answer = query.ask(library.store, query.params(status="illustrative"))
    rows = list(answer.items)
    assert len(rows) == 17 and answer.extra["columns"] == ["Park", "Institute", "Enterprise"]
    assert {cell["state"] for row in rows for cell in row["cells"].values()} == {
        state.value for state in State
    }


def test_the_official_examples_say_what_their_facts_say(library: Library, build: ModuleType) -> None:
    tasks = find_query("tasks")
    found = [one["task"]["name"] for one in tasks.ask(library.store, tasks.params()).items]
    assert found == [fact["task"] for fact in build.facts("ningbo-2019-32")]
    pairs = find_query("pairs")
    items = pairs.ask(library.store, pairs.params()).items
    assert {(one["unit"]["name"], one["counterpart"]["name"]) for one in items} == {
        (fact["home"], fact["partner"]) for fact in build.facts("ningbo-yanbian-2017")
    }
