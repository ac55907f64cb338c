"""The wheel carries exactly the four packages with their data files and the command."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.packaging.building import find_uv
from tests.parts import ROOT, require_part

PACKAGES = {"graph", "ingest", "api", "viz"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    uv = find_uv()
    require_part(uv, "needs uv to build the wheel")
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [str(uv), "build", "--quiet", "--wheel", "--python", sys.executable, "--out-dir", str(folder)],
        cwd=ROOT,
        check=True,
    )
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_it_holds_exactly_the_four_packages(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == PACKAGES


def test_every_file_of_the_packages_is_in_it(wheel: zipfile.ZipFile) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", *sorted(PACKAGES)], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    present = [name for name in tracked if (ROOT / name).exists()]
    assert present
    assert set(present) <= set(wheel.namelist())


def test_it_installs_the_command_and_is_not_to_be_uploaded(wheel: zipfile.ZipFile) -> None:
    texts = {
        Path(n).name: wheel.read(n).decode()
        for n in wheel.namelist()
        if ".dist-info/" in n and "RECORD" not in n
    }
    assert "coopgraph = api.cli:main" in texts["entry_points.txt"]
    assert "Classifier: Private :: Do Not Upload" in texts["METADATA"]
