"""Make an archive that installs coopgraph without a network: the wheels of the lock, ours, and an installer.

    python tools/bundle.py [--output FOLDER] [--python-version 3.12] [--platform manylinux_2_28_x86_64 …]

The wheels are those of this machine's Python and platform unless others are named. pip checks each against the
lock's hashes while it downloads.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

INSTALLER = """#!/bin/sh
# Installs coopgraph into ./venv (or the folder given) without a network, then checks the machine.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-"$here/venv"}
python=${PYTHON:-python3}
stop() { echo "$1" >&2; exit 1; }
command -v "$python" >/dev/null 2>&1 || stop "Python @VERSION@ is needed: install it, or name it with PYTHON=…"
found=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
[ "$found" = "@VERSION@" ] || stop "This archive is for Python @VERSION@, but $python is $found: set PYTHON=…"
"$python" -m venv "$target" || stop "Python's venv module is incomplete: on Debian install python3-venv."
"$target/bin/python" -m pip install --quiet --no-index --find-links "$here/wheels" coopgraph==@RELEASE@
"$target/bin/coopgraph" doctor || true
echo "coopgraph is installed: $target/bin/coopgraph"
"""

READ_ME = """coopgraph @RELEASE@, for a machine without a network (Python @VERSION@)

  ./install.sh                      installs into ./venv        安装到 ./venv
  ./install.sh /opt/coopgraph       installs there              安装到指定文件夹
  venv/bin/coopgraph demo           examples/ in the browser    打开 examples/ 中的示例
  venv/bin/coopgraph doctor         what this machine lacks     检查本机环境
"""


def run(*command: str) -> str:
    """Standard output of a command; its failure ends the program with its own words."""
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ)
    if done.returncode:
        sys.exit(f"coopgraph: '{' '.join(command[:4])} …' failed; the lines above say why.")
    return done.stdout


def find_uv() -> str:
    own = Path(sys.executable).parent / "uv"
    found = shutil.which("uv") or (str(own) if own.exists() else None)
    if found is None:
        run(sys.executable, "-m", "pip", "install", "-q", "uv")
    return found or str(own)


def collect(wheels: Path, version: str, platforms: list[str]) -> None:
    """Fill `wheels` with our own wheel and every wheel of the lock, checked against its hashes."""
    uv = find_uv()
    locked = wheels.parent / "requirements.txt"
    locked.write_text(run(uv, "export", "--frozen", "--no-dev", "--no-emit-project", "--quiet"))
    command = [
        uv,
        "run",
        "--quiet",
        "--no-project",
        "--python",
        sys.executable,
        "--with",
        "pip",
        "python",
        "-m",
        "pip",
    ]
    command += ["download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    command += [
        "--require-hashes",
        "--requirement",
        str(locked),
        "--dest",
        str(wheels),
        "--python-version",
        version,
    ]
    for platform in platforms:
        command += ["--platform", platform]
    run(*command)
    run(uv, "build", "--quiet", "--wheel", "--out-dir", str(wheels))
    for stray in wheels.glob(".gitignore"):
        stray.unlink()


def release_of(wheels: Path) -> str:
    return next(wheels.glob("coopgraph-*.whl")).name.split("-")[1]


def copy_examples(target: Path) -> None:
    """The example documents, which the wheel does not carry; `demo` looks for them in the current folder."""
    target.mkdir()
    found = [p for pattern in ("*.docx", "*.xlsx") for p in sorted((ROOT / "examples").glob(pattern))]
    if not found:
        sys.exit("coopgraph: examples/ holds no documents; build them with 'make examples'.")
    for path in found:
        shutil.copy(path, target)


def write_archive(folder: Path, target: Path) -> None:
    """A tar.gz with sorted members and no owner, and its SHA-256 beside it."""

    def anonymous(info: tarfile.TarInfo) -> tarfile.TarInfo:
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        return info

    with tarfile.open(target, "w:gz") as archive:
        archive.add(folder, arcname=folder.name, filter=anonymous)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    target.with_name(target.name + ".sha256").write_text(f"{digest}  {target.name}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "dist")
    parser.add_argument("--python-version", default=f"{sys.version_info.major}.{sys.version_info.minor}")
    parser.add_argument("--platform", action="append", default=[], help="a pip platform tag; may be repeated")
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        wheels = Path(scratch) / "wheels"
        wheels.mkdir()
        collect(wheels, options.python_version, options.platform)
        release = release_of(wheels)
        folder = Path(scratch) / f"coopgraph-bundle-{release}-py{options.python_version.replace('.', '')}"
        folder.mkdir()
        wheels.rename(folder / "wheels")
        for name, text in (("install.sh", INSTALLER), ("README.txt", READ_ME)):
            filled = text.replace("@VERSION@", options.python_version).replace("@RELEASE@", release)
            (folder / name).write_text(filled, encoding="utf-8")
        (folder / "install.sh").chmod(0o755)
        copy_examples(folder / "examples")
        target = options.output / f"{folder.name}.tar.gz"
        write_archive(folder, target)
    print(f"{target} ({target.stat().st_size / 1e6:.0f} MB)")


if __name__ == "__main__":
    main()
