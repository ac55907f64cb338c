"""A client that is generated from the OpenAPI document calls every operation of it and reads the answers."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.parts import ROOT

if TYPE_CHECKING:
    from fastapi.testclient import TestClient


def _content_types(document: dict[str, Any]) -> set[str]:
    """Every kind of content that a route may answer."""
    return {
        kind
        for path in document["paths"].values()
        for operation in path.values()
        for response in operation["responses"].values()
        for kind in response.get("content", {})
    }


@pytest.fixture(scope="module")
def made(examples: TestClient, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the generated package `made`, and the document that it was made from."""
    folder = tmp_path_factory.mktemp("client")
    document = examples.get("/openapi.json").json()
    (folder / "openapi.json").write_text(json.dumps(document))
    files = sorted({kind for kind in _content_types(document) if not kind.endswith("json")} - {"text/html"})
    overrides = "".join(f"  {kind}: application/octet-stream\n" for kind in files)
    (folder / "config.yaml").write_text(f"content_type_overrides:\n{overrides}post_hooks: []\n")
    generator = str(Path(sys.executable).with_name("openapi-python-client"))
    options = "--path openapi.json --output-path made --meta none --config config.yaml --fail-on-warning"
    subprocess.run(
        [generator, "generate", *options.split()], check=True, capture_output=True, text=True, cwd=folder
    )
    return folder


def test_every_operation_is_called(made: Path, example_data: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(example_data, data)
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("generated_client_calls.py")), str(made), str(data)],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": f"{made}:{ROOT}", "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    called = json.loads(done.stdout)
    document = json.loads((made / "openapi.json").read_text())
    stated = {o["operationId"] for path in document["paths"].values() for o in path.values()}
    assert set(called) == stated
    problems = {name: told for name, told in called.items() if told == "Problem"}
    assert problems == {"post_cypher": "Problem"}, "the embedded store says that Cypher needs Neo4j"
    assert called["pairs"] == "PairsAnswer"
    assert called["post_documents"] == "Receipt"
    assert (called["get_views_network_svg"], called["get_export"]) == ("bytes", "File")
