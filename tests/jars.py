"""Java libraries that tests run against, fetched once from Maven Central."""

from __future__ import annotations

import fcntl
import subprocess
import tempfile
from pathlib import Path


def fetched(pom: Path, cache: Path) -> Path:
    """The folder in `cache` with what `pom` depends on, fetched by Maven when it is missing.

    Safe for parallel sessions. The folder is named by the first dependency's version. Raises RuntimeError with
    Maven's output.
    """
    version = pom.read_text().partition("<dependency>")[2].split("<version>")[1].split("<")[0]
    folder = cache / f"lib-{version}"
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            with tempfile.TemporaryDirectory(dir=cache) as scratch:
                _copy_dependencies(pom, Path(scratch) / "lib")
                (Path(scratch) / "lib").rename(folder)
    return folder


def _copy_dependencies(pom: Path, folder: Path) -> None:
    command = ["mvn", "-q", "-B", "-f", str(pom), "dependency:copy-dependencies"]
    command += ["-DincludeScope=runtime", f"-DoutputDirectory={folder}"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"Maven could not fetch the jars: {(done.stdout + done.stderr)[-2000:]}")
