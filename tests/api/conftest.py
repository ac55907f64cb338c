"""Applications over filled stores, and the command line run in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from tests.parts import ROOT

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from graph.settings import Settings
    from graph.store import Store

BASE = "http://127.0.0.1:8000"
EXAMPLES = sorted((ROOT / "examples").glob("*.docx")) + sorted((ROOT / "examples").glob("*.xlsx"))


def settings_in(folder: Path, **given: Any) -> Settings:
    """Settings with their data in a folder, whatever the environment says."""
    from graph.settings import Settings

    return Settings.model_validate(
        {"data_dir": folder, "neo4j_uri": None, "token": None, "user": "审核员", **given}
    )


def client_of(settings: Settings, store: Store, **options: Any) -> TestClient:
    """A client of the application, as a browser on this machine would be."""
    from fastapi.testclient import TestClient

    from api.app import create_app

    return TestClient(
        create_app(settings, store, **options),
        base_url=BASE,
        raise_server_exceptions=True,
        follow_redirects=False,
    )


@pytest.fixture(scope="session")
def example_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which the examples have been read; for tests that change nothing."""
    from graph.backends.embedded import EmbeddedStore
    from ingest.library import Library

    folder = tmp_path_factory.mktemp("examples")
    store = EmbeddedStore(folder, timeout=20)
    outcomes = Library(store, settings_in(folder)).ingest_paths(EXAMPLES)
    store.close()
    assert [outcome.outcome for outcome in outcomes] == ["written"] * len(EXAMPLES)
    return folder


@pytest.fixture(scope="session")
def example_store(example_data: Path) -> Iterator[Store]:
    """The embedded store of `example_data`."""
    from graph.backends.embedded import EmbeddedStore

    store = EmbeddedStore(example_data, timeout=20)
    yield store
    store.close()


@pytest.fixture(scope="session")
def examples(example_data: Path, example_store: Store) -> TestClient:
    """A client over the examples, for tests that change nothing."""
    return client_of(settings_in(example_data), example_store)


@pytest.fixture
def client(store: Store, tmp_path: Path) -> TestClient:
    """A client over an empty store of each backend in turn."""
    return client_of(settings_in(tmp_path), store)


@dataclass(frozen=True)
class Ran:
    """What a command line did."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def json(self) -> Any:
        return orjson.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run the command line on a data folder of the test's own."""
    from api.cli import run as run_line

    for name in ("NEO4J_URI", "COOPGRAPH_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COOPGRAPH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COOPGRAPH_USER", "审核员")

    def running(*arguments: object) -> Ran:
        capfdbinary.readouterr()
        code = run_line([str(argument) for argument in arguments])
        captured = capfdbinary.readouterr()
        return Ran(code, captured.out, captured.err.decode())

    return running


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A document of tasks and pairs, as Word has it."""
    from tests.ingest.documents import notice

    path = tmp_path / "通知.docx"
    path.write_bytes(notice(plan=True))
    return path
