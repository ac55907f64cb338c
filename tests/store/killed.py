"""Writers in processes of their own, to be killed, and what must hold of what they leave."""

from __future__ import annotations

import subprocess
import sys

from graph.store import Store
from tests.parts import ROOT
from tests.store.content import content
from tests.store.writer import CLAIMS

NUMBER = "甲〔2019〕1号"


def start_writer(place: str, count: int, number: str = NUMBER) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.store.writer", place, str(count), number],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


def acknowledged(process: subprocess.Popen[str]) -> int:
    """How many changes the writer had acknowledged before it ended."""
    assert process.stdout is not None
    lines = process.stdout.read().splitlines()
    return int(lines[-1].split()[1]) if lines else 0


def assert_whole(store: Store, at_least: int) -> None:
    """The document is wholly one of the writer's turns, and none that was acknowledged is lost."""
    documents = store.documents()
    if not documents:
        assert at_least == 0
        assert content(store)["entities"] == []
        return
    title = documents[0].document.title
    turn = int(title.removeprefix("第").removesuffix("批"))
    assert turn >= at_least
    held = content(store)
    assert len(held["claims"]) == CLAIMS and len(held["entities"]) == 2 * CLAIMS
    assert title in repr(held["claims"]) and store.files(documents[0].document.id)[0].content == str(turn)
    assert all(title in dict(claim)["source"] for claim in held["claims"])
