"""`serve` and `demo` as processes: the printed address, stopping, and what they refuse."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.parts import ROOT

START = (sys.executable, "-m", "api.cli")


def environment(data: Path, **given: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("COOPGRAPH_", "NEO4J_"))}
    return {**kept, "COOPGRAPH_DATA_DIR": str(data), **given}


@contextmanager
def running(*arguments: str, data: Path, **given: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process of the command line, and the address that it printed."""
    process = subprocess.Popen(
        [*START, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment(data, **given),
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        if not address and process.stderr is not None:
            process.wait(30)
            pytest.fail(process.stderr.read())
        yield process, address
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def get(address: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def as_it_is(address: str, line: str) -> bytes:
    """What is answered to a request's line that no client would write."""
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(f"{line}\r\nHost: {host}\r\n\r\n".encode())
        return b"".join(iter(lambda: connection.recv(4096), b""))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_prints_its_address_when_it_listens_and_stops_cleanly(tmp_path: Path, number: int) -> None:
    with running("serve", "--port", "0", data=tmp_path) as (process, address):
        assert address.startswith("http://127.0.0.1:")
        assert get(f"{address}/readyz")[0] == 200
        assert b'"code":"bad_request"' in as_it_is(address, "GET /api/v1/pairs?unit=江北区 HTTP/1.1")
        process.send_signal(number)
        _, errors = process.communicate(timeout=20)
        assert process.returncode == 0
        assert errors == ""


def test_demo_finds_examples_in_the_current_folder_and_says_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import api
    from api.commands.serve import examples_folder
    from graph.errors import UsageError

    monkeypatch.setattr(api, "__file__", str(tmp_path / "installed" / "api" / "__init__.py"))
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "elsewhere" / "venv"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="examples"):
        examples_folder()
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "a.docx").write_bytes(b"")
    assert examples_folder() == tmp_path / "examples"


def test_demo_reads_the_examples_once(tmp_path: Path) -> None:
    counts: list[bytes] = []
    for said in ("新读入 3 份，已有 0 份", "新读入 0 份，已有 3 份"):
        given = {"NEO4J_URI": "bolt://127.0.0.1:9"}
        with running("demo", "--port", "0", data=tmp_path, **given) as (process, address):
            status, body = get(f"{address}/api/v1/stats?status=all")
            assert status == 200
            counts.append(body)
            process.send_signal(signal.SIGTERM)
            _, errors = process.communicate(timeout=20)
            assert said in errors
            assert str(ROOT / "examples") in errors
    assert counts[0] == counts[1]
    assert json.loads(counts[0])["documents"] == 3


def refused(*arguments: str, data: Path, **given: str) -> str:
    """Standard error of a command that must exit 2."""
    done = subprocess.run(
        [*START, *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(data, **given),
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr


def test_an_address_that_others_reach_needs_a_token(tmp_path: Path) -> None:
    for command in ("serve", "demo"):
        errors = refused(command, "--host", "0.0.0.0", "--port", "0", data=tmp_path)
        assert "COOPGRAPH_TOKEN" in errors
        assert "--insecure" in errors


def test_insecure_or_a_token_lets_it_start(tmp_path: Path) -> None:
    with running("serve", "--host", "0.0.0.0", "--port", "0", "--insecure", data=tmp_path) as (_, address):
        port = address.rpartition(":")[2]
        assert get(f"http://127.0.0.1:{port}/api/v1/stats")[0] == 200
    token = {"COOPGRAPH_TOKEN": "a-token-for-tests"}
    with running("serve", "--host", "0.0.0.0", "--port", "0", data=tmp_path, **token) as (_, address):
        port = address.rpartition(":")[2]
        assert get(f"http://127.0.0.1:{port}/api/v1/stats")[0] == 401
        assert get(f"http://127.0.0.1:{port}/healthz")[0] == 200


def test_a_taken_port_is_told(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        errors = refused("serve", "--port", str(taken.getsockname()[1]), data=tmp_path)
    assert "--port" in errors


def test_serve_starts_while_neo4j_is_away_and_says_so(tmp_path: Path) -> None:
    with running("serve", "--port", "0", data=tmp_path, NEO4J_URI="bolt://127.0.0.1:9") as (process, address):
        status, body = get(f"{address}/readyz")
        assert status == 503
        assert json.loads(body)["code"] == "store_unavailable"
        assert "127.0.0.1:9" in json.loads(body)["detail"]
        assert get(f"{address}/healthz")[0] == 200
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
        assert "Traceback" not in errors
    assert list(tmp_path.glob("*.sqlite3")) == []


def test_a_data_folder_that_cannot_be_used_is_exit_4(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = subprocess.run(
        [*START, "serve", "--port", "0"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment(tmp_path / "file"),
        timeout=60,
    )
    assert done.returncode == 4
    assert len(done.stderr.strip().splitlines()) == 1


def test_answers_do_not_wait_for_acknowledgements() -> None:
    from api.commands.serve import listening

    with listening("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP  # what asyncio looks at to set TCP_NODELAY
