"""docker-compose.yml: secrets required and never defaulted, loopback only, health checks, named volumes."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.parts import ROOT, require_part

SECRETS = {"NEO4J_PASSWORD": "abc-long-enough", "COOPGRAPH_TOKEN": "token"}


def compose(tmp_path: Path, **secrets: str) -> subprocess.CompletedProcess[str]:
    tool = shutil.which("docker-compose")
    require_part(tool, "needs docker-compose (Debian: apt install docker-compose)")
    shutil.copy(ROOT / "docker-compose.yml", tmp_path)
    environment = {k: v for k, v in os.environ.items() if k not in SECRETS} | secrets
    return subprocess.run(
        [str(tool), "config"], cwd=tmp_path, env=environment, capture_output=True, text=True
    )


def test_the_file_is_valid_and_keeps_its_promises(tmp_path: Path) -> None:
    done = compose(tmp_path, **SECRETS)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    ports = [line.strip(" -") for line in lines if "/tcp" in line]
    assert len(ports) == 3
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert done.stdout.count("healthcheck:") == 2
    assert "image: neo4j:5.26-community" in done.stdout
    assert {"neo4j-data: {}", "coopgraph-data: {}"} <= {line.strip() for line in lines}


def test_what_the_example_of_settings_offers_is_passed_on(tmp_path: Path) -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    offered = dict(
        line.lstrip("#").split("=", 1) for line in text.splitlines() if re.match(r"#?[A-Z0-9_]+=", line)
    )
    assert set(SECRETS) < set(offered)
    done = compose(tmp_path, **{**offered, **SECRETS, "COOPGRAPH_LISTEN": "10.0.0.7"})
    assert done.returncode == 0, done.stderr
    assert f"COOPGRAPH_FRAME_ANCESTORS: {offered['COOPGRAPH_FRAME_ANCESTORS']}" in done.stdout
    assert "10.0.0.7:8000" in done.stdout


@pytest.mark.parametrize("missing", sorted(SECRETS))
@pytest.mark.parametrize("empty", [False, True], ids=["unset", "empty"])
def test_a_missing_secret_is_refused_by_name(tmp_path: Path, missing: str, empty: bool) -> None:
    given = {k: v for k, v in SECRETS.items() if k != missing} | ({missing: ""} if empty else {})
    done = compose(tmp_path, **given)
    assert done.returncode != 0
    assert missing in done.stderr


def test_the_image_runs_as_another_user_than_root() -> None:
    text = (ROOT / "Dockerfile").read_text()
    last_stage = text.rsplit("\nFROM ", 1)[1]
    assert "\nUSER coopgraph" in last_stage
    command = next(line for line in last_stage.splitlines() if line.startswith("CMD "))
    assert json.loads(command.removeprefix("CMD "))[:2] == ["coopgraph", "serve"]
