"""The archive for an intranet: installed with the network cut off, and asked how the machine is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from tests.packaging.building import find_uv
from tests.parts import ROOT, require_part


def cut_off() -> list[str]:
    """The command prefix that runs without any network, where this machine allows it."""
    unshare = shutil.which("unshare")
    allowed = unshare and subprocess.run([unshare, "-n", "true"], capture_output=True).returncode == 0
    return [str(unshare), "-n"] if allowed else []


def test_installs_without_a_network_and_the_doctor_answers(tmp_path: Path) -> None:
    require_part(find_uv(), "needs uv to collect the wheels")
    prefix = cut_off()
    require_part(prefix, "needs 'unshare -n' to cut the network off")
    made = subprocess.run(
        [sys.executable, "tools/bundle.py", "--output", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path, filter="data")
    folder = next(p for p in tmp_path.iterdir() if p.is_dir())
    base = Path(getattr(sys, "_base_executable", sys.executable))
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHON": str(base)}
    installed = subprocess.run(
        [*prefix, "./install.sh"], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert installed.returncode == 0, installed.stderr
    doctor = subprocess.run(
        [*prefix, "venv/bin/coopgraph", "doctor"],
        cwd=folder,
        env={**environment, "COOPGRAPH_DATA_DIR": str(tmp_path / "data")},
        capture_output=True,
        text=True,
    )
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr
    assert "COOPGRAPH_DATA_DIR" in doctor.stdout
