"""A client that hangs up frees the query that it asked."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import pytest

from graph.errors import Cancelled
from graph.store import Statement
from tests.api.conftest import settings_in

if TYPE_CHECKING:
    from pathlib import Path

    from graph.store import Store

ENDLESS = Statement(
    sql="WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS n FROM n",
    cypher="UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b WITH a WHERE a < 0 RETURN count(*) AS n",
)


async def _hang_up(app: Any, path: str, started: threading.Event) -> None:
    """Ask, wait until the query runs, hang up, and wait until the application is done with the request."""
    sent = False

    async def receive() -> dict[str, Any]:
        nonlocal sent
        if not sent:
            sent = True
            return {"type": "http.request", "body": b"", "more_body": False}
        while not started.is_set():
            await asyncio.sleep(0.02)
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        pass

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", b"127.0.0.1")],
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
        "root_path": "",
        "http_version": "1.1",
        "asgi": {"version": "3.0"},
    }
    await asyncio.wait_for(app(scope, receive, send), timeout=15)


def test_the_read_is_stopped(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from api.app import create_app
    from graph.queries import stats

    started, ended = threading.Event(), list[BaseException]()

    def ask(store: Store, params: Any) -> Any:
        started.set()
        try:
            return store.fetch(ENDLESS, {})
        except BaseException as error:
            ended.append(error)
            raise

    monkeypatch.setattr(type(stats.QUERY), "__setattr__", object.__setattr__)
    monkeypatch.setattr(stats.QUERY, "ask", ask)
    app = create_app(settings_in(tmp_path), store)
    asyncio.run(_hang_up(app, "/api/v1/stats", started))
    assert [type(error) for error in ended] == [Cancelled]


def test_a_write_is_not_given_up(tmp_path: Path) -> None:
    from graph.cancelling import Cancellation, is_cancelled, raise_if_cancelled, stoppable

    stopped: list[str] = []
    cancellation = Cancellation()
    with cancellation.active(), stoppable(lambda: stopped.append("read")):
        assert not is_cancelled()
        cancellation.cancel()
        cancellation.cancel()
        assert stopped == ["read"]
        with pytest.raises(Cancelled):
            raise_if_cancelled()
    assert not is_cancelled()
    with cancellation.active(), pytest.raises(Cancelled), stoppable(lambda: None):
        pass
