"""Packs in turn, and packs that are given up: by a client, a signal, or a place that cannot be written."""

from __future__ import annotations

import asyncio
import signal
import stat
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from api.packing import AT_ONCE, MOST_WAITING, Turns
from graph.cancelling import Cancellation
from graph.errors import Busy, Cancelled
from graph.office import convert
from tests.api.test_briefings import SMALL
from tests.api.test_http import API, problem_of
from tests.api.test_serving import environment

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

    from tests.api.conftest import Run


class Client:
    """A client as `Turns` sees it."""

    gone = False

    async def is_disconnected(self) -> bool:
        return self.gone


def test_packs_are_made_in_turn_and_no_more_wait_than_have_a_chance() -> None:
    async def scene() -> None:
        turns, told = Turns(), list[dict[str, Any]]()
        go = [asyncio.Event() for _ in range(AT_ONCE)]
        entered = asyncio.Event()

        async def holding(number: int) -> None:
            async with turns.turn(Client(), told.append):  # type: ignore[arg-type]
                await go[number].wait()

        async def waiting(client: Client) -> None:
            async with turns.turn(client, told.append):  # type: ignore[arg-type]
                entered.set()

        held = [asyncio.create_task(holding(number)) for number in range(AT_ONCE)]
        await asyncio.sleep(0)
        leaving, next_one = Client(), Client()
        left = asyncio.create_task(waiting(leaving))
        following = asyncio.create_task(waiting(next_one))
        rest = [asyncio.create_task(waiting(Client())) for _ in range(MOST_WAITING - 2)]
        await asyncio.sleep(0.05)
        assert told[:2] == [{"waiting": 1}, {"waiting": 2}]
        with pytest.raises(Busy):
            await waiting(Client())
        leaving.gone = True
        with pytest.raises(Cancelled):
            await left
        assert not entered.is_set()
        go[0].set()
        await following
        go[1].set()
        await asyncio.gather(*held, *rest)

    asyncio.run(scene())


def test_too_many_is_503_with_a_time_to_come_back(
    examples: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.packing.MOST_WAITING", -AT_ONCE)
    answer = examples.post(f"{API}/briefings", json=SMALL)
    problem_of(answer, 503, "busy")
    assert int(answer.headers["retry-after"]) > 0


@pytest.fixture
def slow_office(tmp_path: Path) -> Path:
    """A program in the place of LibreOffice that notes its process and never ends; with a child of its own."""
    program = tmp_path / "soffice"
    program.write_text(
        f"#!/bin/sh\nsleep 600 &\necho $! $$ > {tmp_path}/pids.part\nmv {tmp_path}/pids.part {tmp_path}/pids\nwait\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def pids_of(office: Path) -> list[int]:
    """The processes of the office, once it runs."""
    noted = office.with_name("pids")
    while not noted.exists():
        time.sleep(0.02)
    return [int(pid) for pid in noted.read_text().split()]


def gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody has waited for yet has."""
    with suppress(FileNotFoundError, ProcessLookupError), open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        return file.read().rpartition(")")[2].split()[0] == "Z"
    return True


def all_gone(pids: list[int]) -> bool:
    for _ in range(200):
        if all(map(gone, pids)):
            return True
        time.sleep(0.02)
    return False


def test_a_cancelled_print_ends_the_office_with_its_children(slow_office: Path) -> None:
    cancellation, ended = Cancellation(), list[BaseException]()

    def printing() -> None:
        try:
            with cancellation.active():
                convert(str(slow_office), b"x", ".docx", ".pdf")
        except BaseException as error:
            ended.append(error)

    thread = threading.Thread(target=printing)
    thread.start()
    pids = pids_of(slow_office)
    cancellation.cancel()
    thread.join(30)
    assert [type(error) for error in ended] == [Cancelled]
    assert all_gone(pids)


def test_an_interrupted_command_leaves_nothing(example_data: Path, slow_office: Path, tmp_path: Path) -> None:
    """By SIGTERM, which goes the way of Ctrl-C."""
    target = tmp_path / "out"
    target.mkdir()
    asked = ["briefing", "--leader", "陈炳荣", "--forms", "pdf", "-o", str(target / "pack")]
    env = environment(example_data, COOPGRAPH_SOFFICE=str(slow_office))
    process = subprocess.Popen([sys.executable, "-m", "api.cli", *asked], env=env, stderr=subprocess.PIPE)
    pids = pids_of(slow_office)
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.decode().strip() == "已中断。"
    assert all_gone(pids)
    assert list(target.iterdir()) == []


def test_an_interrupted_write_leaves_nothing(
    run: Run, example_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pathlib import Path

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setenv("COOPGRAPH_DATA_DIR", str(example_data))
    monkeypatch.setattr(Path, "replace", interrupted)
    out = tmp_path / "out"
    out.mkdir()
    for target in ("pack.zip", "pack"):
        ran = run("briefing", "--leader", "陈炳荣", "--forms", "svg", "-o", out / target)
        assert ran.code == 130
        assert list(out.iterdir()) == []
