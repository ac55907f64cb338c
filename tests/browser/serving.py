"""The application served in a thread of this process, for a browser to open."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

from api.app import create_app

if TYPE_CHECKING:
    from typing import Any

    from graph.settings import Settings
    from graph.store import Store


@contextmanager
def serving(settings: Settings, store: Store | None = None) -> Generator[str]:
    """The address of the running application, on a free port of this machine."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(settings, store), log_level="warning", lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.02)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listener.close()


def follow(control: Any) -> None:
    """Click what leads to another page, and wait until that page is read: a click alone returns before."""
    with control.page.expect_navigation():
        control.click()
