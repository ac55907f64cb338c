"""The notebook's documentation runs as it stands there, on the example documents."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from api.commands.serve import example_files
from graph import open_store
from graph.settings import Settings
from ingest.library import Library
from tests.parts import ROOT


def test_the_code_of_the_documentation_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("NEO4J_URI", raising=False)
    monkeypatch.setenv("COOPGRAPH_DATA_DIR", str(tmp_path))
    settings = Settings()
    store = open_store(settings)
    Library(store, settings).ingest_paths(example_files(ROOT / "examples"))
    store.close()
    text = (ROOT / "docs" / "notebook.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert blocks and text.count("```") == 2 * len(blocks)
    names: dict[str, Any] = {}
    for block in blocks:
        exec(compile(block, "docs/notebook.md", "exec"), names)
    assert len(names["G"]) > len(names["official"]) > 0
    assert len(names["pairs"]) == sum(t == "PAIRED_WITH" for *_, t in names["G"].edges(data="type"))
    assert len(names["gaps"]) > 0 and {"unit", "kind", "state"} <= set(names["gaps"])
    assert "MultiDiGraph with" in capsys.readouterr().out
