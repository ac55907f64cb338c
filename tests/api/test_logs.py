"""No log record of the command line or the server shows personal data."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli import run
from graph.settings import Settings

NUMBER = "139" + "0574" + "1234"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What a handler of the server's own logger writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logger = logging.getLogger("uvicorn.error")
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)
    logging.disable(logging.NOTSET)


def test_server(written: io.StringIO, tmp_path: Path) -> None:
    with TestClient(create_app(Settings(data_dir=tmp_path, neo4j_uri=None))):
        logging.getLogger("uvicorn.error").error("联系电话：%s", NUMBER)
    assert "已隐去" in written.getvalue() and NUMBER not in written.getvalue()


def test_command_line(written: io.StringIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COOPGRAPH_DATA_DIR", str(tmp_path))
    run(["query", "--list"], debug=True)
    logging.getLogger("uvicorn.error").error("联系电话：%s", NUMBER)
    assert "已隐去" in written.getvalue() and NUMBER not in written.getvalue()
    fallback = logging.lastResort
    assert fallback is not None and fallback.filters
