"""The archive for an intranet: installed with the network cut off, and asked how the machine is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.packaging.building import find_uv
from tests.parts import ROOT, require_part


def cut_off() -> list[str]:
    """The command prefix that runs without any network, where this machine allows it."""
    unshare = shutil.which("unshare")
    allowed = unshare and subprocess.run([unshare, "-n", "true"], capture_output=True).returncode == 0
    return [str(unshare), "-n"] if allowed else []


DEMO = """
import fcntl, json, signal, socket, struct, subprocess, sys, urllib.request

UP, SET_FLAGS = 0x1, 0x8914  # IFF_UP and SIOCSIFFLAGS of linux/if.h and linux/sockios.h
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:  # a new network has its loopback down
    fcntl.ioctl(control, SET_FLAGS, struct.pack("16sh14x", b"lo", UP))
process = subprocess.Popen([sys.argv[1], "demo", "--port", "0"], stdout=subprocess.PIPE, text=True)
address = process.stdout.readline().strip()
with urllib.request.urlopen(address + "/api/v1/stats?status=all", timeout=60) as answer:
    stats = json.load(answer)
with urllib.request.urlopen(address + "/", timeout=60) as answer:
    page = answer.read().decode()
process.send_signal(signal.SIGTERM)
print(json.dumps({"stats": stats, "page": page, "code": process.wait(60)}))
"""


def test_installs_without_a_network_and_shows_the_examples(tmp_path: Path) -> None:
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
    subprocess.run(["tar", "xzf", str(next(tmp_path.glob("*.tar.gz")))], cwd=tmp_path, check=True)
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
    shown = subprocess.run(
        [*prefix, str(base), "-c", DEMO, str(folder / "venv" / "bin" / "coopgraph")],
        cwd=folder,
        env={**environment, "COOPGRAPH_DATA_DIR": str(tmp_path / "data")},
        capture_output=True,
        text=True,
    )
    assert shown.returncode == 0, shown.stderr
    said = json.loads(shown.stdout)
    assert said["code"] == 0
    assert said["stats"]["documents"] == len(list((folder / "examples").iterdir())) == 3
    assert "<html" in said["page"]
