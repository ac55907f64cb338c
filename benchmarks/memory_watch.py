"""How much memory a command takes at its most, with the programs that it starts: their shares added at each look.

Run as `python -m benchmarks.memory_watch COMMAND …`. A share is what the kernel calls PSS: pages that several
processes use are counted once among them (proc(5), /proc/pid/smaps_rollup).
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.02
"""Seconds between looks."""
OFFICE = "soffice"
"""Begins the name of LibreOffice's processes: a program of its own that asks for what it likes."""


@dataclass(frozen=True, slots=True)
class Peak:
    """Megabytes at the most: of our processes, and of all with LibreOffice."""

    ours: float
    whole: float


def watched(command: Sequence[str], environment: Mapping[str, str]) -> Peak | None:
    """The most that the command and its children took at one time; None where the kernel does not tell.

    Raises CalledProcessError when the command fails.
    """
    if not Path("/proc/self/smaps_rollup").exists():
        return None
    ours = everything = 0.0
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            shares = [(_name(pid), _share(pid)) for pid in _family(process.pid)]
            everything = max(everything, sum(share for _, share in shares))
            ours = max(
                ours, sum(share for name, share in shares if not name.startswith((OFFICE, "oosplash")))
            )
            time.sleep(PAUSE)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command))
    return Peak(ours, everything)


def _family(pid: int) -> list[int]:
    """A process and all below it. One that ends meanwhile has none.

    A child that has not yet become another program runs in its parent's own memory (vfork(2)), which the kernel
    tells of both: it is left out, or everything would count twice, the longer the busier the machine is.
    """
    try:
        told = " ".join(path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children"))
    except OSError:
        return [pid]
    here = _command(pid)
    children = [int(child) for child in told.split() if _command(int(child)) != here]
    return [pid, *(member for child in children for member in _family(child))]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text()
    except OSError:
        return ""


def _share(pid: int) -> float:
    """Megabytes of a process: nothing once it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


if __name__ == "__main__":
    import os

    print(watched(sys.argv[1:], os.environ))
