"""Make `.venv` from the lock. Needs only Python ≥ 3.11; says in one sentence what is missing.

    python3 tools/setup_venv.py [--group dev]

A stamp of the lock makes a second call return at once.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
MINIMUM = (3, 11)


def stop(message: str) -> None:
    sys.exit(f"coopgraph: {message}")


def check_python() -> None:
    if sys.version_info < MINIMUM:
        found = ".".join(str(part) for part in sys.version_info[:3])
        stop(
            f"Python 3.11 or newer is needed, but this is {found}; name another with 'make PYTHON=python3.12 …'."
        )


def binary(name: str) -> Path:
    folder = VENV / ("Scripts" if os.name == "nt" else "bin")
    return folder / (f"{name}.exe" if os.name == "nt" else name)


def make_venv() -> None:
    if binary("python").exists():
        return
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        stop("Python's venv module is incomplete; on Debian install it with 'apt install python3-venv'.")


def find_uv() -> str:
    uv = shutil.which("uv")
    if uv:
        return uv
    own = binary("uv")
    if not own.exists():
        print("coopgraph: installing uv into .venv …", flush=True)
        got = subprocess.run([str(binary("python")), "-m", "pip", "install", "-q", "uv"])
        if got.returncode:
            stop(
                "uv could not be installed: check that pip reaches a package index, "
                "or install without one from the archive that 'make bundle' makes."
            )
    return str(own)


def wanted(groups: list[str]) -> str:
    digest = hashlib.sha256()
    for name in ("uv.lock", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    digest.update(str(VENV).encode())
    return digest.hexdigest()[:16] + " " + " ".join(sorted(groups))


def is_current(stamp: Path, want: str) -> bool:
    """True when the lock is the one installed and every group asked for is in."""
    if not stamp.exists():
        return False
    have = stamp.read_text().split()
    asked = want.split()
    return have[:1] == asked[:1] and set(asked[1:]) <= set(have[1:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--group", action="append", default=[], help="a dependency group beside the project's own"
    )
    groups: list[str] = parser.parse_args().group
    check_python()
    stamp = VENV / ".installed"
    want = wanted(groups)
    if is_current(stamp, want):
        return
    make_venv()
    command = [find_uv(), "sync", "--frozen", "--inexact", "--quiet"]
    for group in groups:
        command += ["--group", group]
    environment = {
        **os.environ,
        "UV_PROJECT_ENVIRONMENT": str(VENV),
        "UV_PYTHON": str(binary("python")),
        "UV_PYTHON_DOWNLOADS": "never",
    }
    environment.pop("VIRTUAL_ENV", None)
    print("coopgraph: installing from uv.lock into .venv …", flush=True)
    if subprocess.run(command, cwd=ROOT, env=environment).returncode:
        stop("installing from uv.lock failed; the lines above say why (is a package index reachable?).")
    stamp.write_text(want)


if __name__ == "__main__":
    main()
