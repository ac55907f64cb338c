"""LibreOffice, where it is installed: files turned into other formats.

It runs with a profile of its own, in which macros and links to other files are off, in a folder that is removed, and
is stopped with all its processes after `TIMEOUT` seconds, or when its asker has gone; no more than two run at once.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from graph.cancelling import raise_if_cancelled, stoppable
from graph.settings import Settings

TIMEOUT = 120.0
"""Seconds that one conversion may take."""
AT_ONCE = 2
"""Conversions at a time: each takes some 200 MB."""
_LOOK = 0.2
"""Seconds between looks whether the asker is still there."""
_RUNNING = threading.BoundedSemaphore(AT_ONCE)
_OFF = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>1</value></prop></item>
</oor:items>
"""
"""Settings of the profile: no macros; links never followed."""


def soffice_path() -> str | None:
    """LibreOffice's program: the one that settings name, else the one on the PATH."""
    named = Settings().soffice
    if named:
        return named if Path(named).exists() else None
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(program: str, data: bytes, ending: str, target: str) -> bytes | None:
    """The file in the format of `target` (endings with their dot); None where LibreOffice cannot open it.

    Raises TimeoutError when it takes longer than `TIMEOUT`, Cancelled when its asker has gone.
    """
    with _turn(), tempfile.TemporaryDirectory(prefix="coopgraph-", ignore_cleanup_errors=True) as folder:
        # The name is ours, so that nothing of a given one reaches a command line.
        source = Path(folder, f"source{ending}")
        source.write_bytes(data)
        settings = Path(folder, "profile", "user", "registrymodifications.xcu")
        settings.parent.mkdir(parents=True)
        settings.write_text(_OFF, encoding="utf-8")
        _run(program, folder, source, target)
        result = Path(folder, f"source{target}")
        return result.read_bytes() if result.exists() else None


@contextmanager
def _turn() -> Generator[None]:
    """One of the `AT_ONCE` places; whoever waits for one may be cancelled meanwhile."""
    while not _RUNNING.acquire(timeout=_LOOK):
        raise_if_cancelled()
    try:
        yield
    finally:
        _RUNNING.release()


def _run(program: str, folder: str, source: Path, target: str) -> None:
    command = [
        program,
        f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
        *("--convert-to", target.lstrip("."), "--outdir", folder, str(source)),
    ]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "HOME": folder},
    )
    try:
        with stoppable(lambda: _kill(process)):
            process.wait(timeout=TIMEOUT)
        raise_if_cancelled()
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the program with what it started, and wait until it has gone."""
    if process.poll() is None:
        _kill(process)
        process.wait()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """From any thread; whoever started the program waits for it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
