"""Starting the test server. `python -m tests.neo4j.server [PORT]` keeps one running until interrupted.

Needs Java 17 and Maven; the jars (123 MB) are fetched once into `~/.cache/coopgraph-neo4j`, or the folder
that `COOPGRAPH_NEO4J_CACHE` names. `NEO4J_TEST_URI` names another server to test against instead: its data
is deleted.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from api.cypher_guard import BLOCKLIST, FILE_URLS, PROCEDURES
from tests.jars import fetched

HERE = Path(__file__).resolve().parent
OPENED = ("java.nio", "java.io", "java.lang", "sun.nio.ch", "jdk.internal.misc")
"""Packages of java.base that Neo4j reaches into."""
GUARDED = {FILE_URLS: "false", PROCEDURES: "db.*,dbms.components", BLOCKLIST: "0.0.0.0/0,::/0"}
"""What docker-compose.yml sets, so that free Cypher may be asked."""
PLANNED_ONCE = {"dbms.cypher.min_replan_interval": "1h"}
"""The tests' graphs are always small, and each another: no plan is worth making anew when they change."""
START_SECONDS = 120
DEFAULT_CACHE = Path.home() / ".cache" / "coopgraph-neo4j"


def missing_parts() -> str:
    """What the machine lacks to run the server, as the reason of a skip; empty when nothing."""
    lacking = [name for name in ("java", "mvn") if shutil.which(name) is None]
    return f"the test Neo4j needs {' and '.join(lacking)} (openjdk-17-jdk-headless, maven)" if lacking else ""


def jars() -> Path:
    """The folder of Neo4j's jars, fetched by Maven when it isn't there."""
    return fetched(HERE / "pom.xml", Path(os.environ.get("COOPGRAPH_NEO4J_CACHE") or DEFAULT_CACHE))


def java(*arguments: str) -> list[str]:
    """A command that runs a class of Neo4j's jars or a source file against them."""
    opened = [part for package in OPENED for part in ("--add-opens", f"java.base/{package}=ALL-UNNAMED")]
    return ["java", *opened, "-cp", f"{jars()}/*", *arguments]


@dataclass
class Server:
    """A running server. `uri` is what `NEO4J_URI` takes; there is no password."""

    uri: str
    home: Path
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """Stop it cleanly; at the latest after half a minute."""
        if self.process.stdin:
            self.process.stdin.close()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(
    home: Path, port: int | None = None, settings: Mapping[str, str] | None = None, *, lasting: bool = False
) -> Server:
    """Start a server with its data in `home`; `settings` are further ones, by their names in neo4j.conf.

    It compiles itself once over only, and plans a query once: to the end (`lasting`) costs more processor time than
    the tests' queries bring back; only what is measured is worth it. Raises RuntimeError with its log when it doesn't
    come up.
    """
    port = port or free_port()
    home.mkdir(parents=True, exist_ok=True)
    given = {**({} if lasting else PLANNED_ONCE), **(settings or {})}
    (home / "neo4j.conf").write_text("".join(f"{name}={value}\n" for name, value in given.items()))
    options = (
        "-Xms128m",
        "-Xmx1g",
        "-XX:+UseSerialGC",
        f"-XX:TieredStopAtLevel={4 if lasting else 1}",
        "-XX:ReservedCodeCacheSize=160m",
    )
    command = java(*options, str(HERE / "Server.java"), str(home), str(port))
    log = home / "server.log"
    with log.open("wb") as errors:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, start_new_session=True
        )
    if not _became_ready(process):
        process.kill()
        process.wait()
        raise RuntimeError(f"Neo4j did not start: {log.read_text(errors='replace')[-2000:]}")
    return Server(f"bolt://127.0.0.1:{port}", home, process)


def _became_ready(process: subprocess.Popen[bytes]) -> bool:
    import selectors

    assert process.stdout is not None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while selector.select(START_SECONDS):
            line = process.stdout.readline()
            if line.strip() == b"READY":
                return True
            if not line:
                return False
    return False


@contextmanager
def running(settings: Mapping[str, str] | None = None, *, lasting: bool = False) -> Generator[Server]:
    """A server with fresh data, for the time of the block."""
    with tempfile.TemporaryDirectory(prefix="coopgraph-neo4j-", ignore_cleanup_errors=True) as home:
        server = start(Path(home), settings=settings, lasting=lasting)
        try:
            yield server
        finally:
            server.kill()  # its data go with it: nothing is to be kept in order


def main() -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)  # a shell's background jobs ignore it otherwise
    signal.signal(signal.SIGTERM, stop)
    with tempfile.TemporaryDirectory(prefix="coopgraph-neo4j-", ignore_cleanup_errors=True) as home:
        server = start(Path(home), int(sys.argv[1]) if len(sys.argv) > 1 else None)
        print(f"NEO4J_TEST_URI={server.uri}", flush=True)
        try:
            server.process.wait()
        except KeyboardInterrupt:
            server.stop()


if __name__ == "__main__":
    main()
