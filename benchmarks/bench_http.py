"""What HTTP adds to a query: uvicorn on loopback, one kept connection, against the query layer alone in the
same process, asked in turn. It may add 4 ms at the median for up to 50 rows."""

from __future__ import annotations

import http.client
import tempfile
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import uvicorn

from api.app import create_app
from api.commands.serve import listening
from benchmarks.measuring import judge_seconds, print_row, side_by_side
from graph.backends.embedded import EmbeddedStore
from graph.catalogue import envelope, find_query
from graph.settings import Settings
from ingest.library import Library

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
ASKED: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("stats", "/stats", {"status": "all"}),
    ("pairs", "/pairs", {"status": "all", "size": "50"}),
    ("tasks", "/tasks", {"status": "all"}),
    ("coverage", "/coverage", {"status": "all"}),
    ("entity", "/entities/unit:宁波市江北区", {"status": "all"}),
)
MOST = 0.004
"""Seconds that HTTP may add to an answer of up to 50 rows."""
SECONDS = 2.0
"""How long each question is asked, at most."""


@contextmanager
def serving(store: EmbeddedStore, settings: Settings) -> Generator[int]:
    """The application on a free port of loopback, in a thread."""
    listener = listening("127.0.0.1", 0)
    config = uvicorn.Config(create_app(settings, store), log_level="error", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield int(listener.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(10)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.model_validate({"data_dir": Path(folder), "neo4j_uri": None, "token": None})
        store = EmbeddedStore(settings.data_dir, timeout=30)
        Library(store, settings).ingest_paths([*EXAMPLES.glob("*.docx"), *EXAMPLES.glob("*.xlsx")])
        with serving(store, settings) as port:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            for name, path, given in ASKED:
                _compare(store, connection, name, path, given)
        store.close()


def _compare(
    store: EmbeddedStore, connection: http.client.HTTPConnection, name: str, path: str, given: dict[str, str]
) -> None:
    query = find_query(name)
    wanted = {**given, "id": path.removeprefix("/entities/")} if name == "entity" else given
    params = query.params.model_validate(wanted)
    address = f"/api/v1{quote(path)}?{urlencode(given)}"

    def over_http() -> None:
        connection.request("GET", address)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(body.decode())

    def layer() -> dict[str, object]:
        return envelope(query, params, query.ask(store, params), store.version())

    rows = layer().get(query.member)
    shown = f" of {len(rows)} rows" if isinstance(rows, list) else ""
    for _ in range(20):
        over_http()
    whole, alone = side_by_side(over_http, layer, seconds=SECONDS)
    print_row(f"{name}{shown}: query layer, then over HTTP", whole, alone)
    judge_seconds(f"{name}{shown}: what HTTP adds", whole - alone, MOST)


if __name__ == "__main__":
    main()
