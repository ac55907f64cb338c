"""`coopgraph serve` and `coopgraph demo`: the API and the explorer on one address, until they are stopped."""

from __future__ import annotations

import ipaddress
import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.ingest import print_rejection, progress_bar
from api.commands.output import print_note, print_text
from api.commands.session import opened_store, read_settings

if TYPE_CHECKING:
    from graph.settings import Settings
    from graph.store import Store

Host = Annotated[str, typer.Option("--host", help="监听的地址")]
Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="监听的端口；0 为任一空闲端口")]
Insecure = Annotated[bool, typer.Option("--insecure", help="在非本机地址上不设口令也启动")]


def register(app: typer.Typer) -> None:
    """Add both commands to the command line."""
    app.command("demo", help="读入示例文件并打开浏览页面。")(demo)
    app.command("serve", help="启动接口和浏览页面。")(serve)


def demo(host: Host = "127.0.0.1", port: Port = 8000, insecure: Insecure = False) -> None:
    from ingest.library import Library

    settings = read_settings().model_copy(update={"neo4j_uri": None})
    require_token(host, settings, insecure)
    with listening(host, port) as listener, opened_store(settings) as store:
        folder = examples_folder()
        paths = example_files(folder)
        with progress_bar("读入示例") as progress:
            outcomes = Library(store, settings).ingest_paths(paths, progress=progress)
        new = sum(outcome.outcome == "written" for outcome in outcomes)
        print_note(
            f"示例文件在 {folder}：新读入 {new} 份，已有 {len(outcomes) - new} 份；数据在 {settings.data_dir}。"
        )
        for outcome in outcomes:
            if outcome.outcome == "rejected":
                print_rejection(outcome)
        run_server(settings, store, listener, insecure=insecure)


def serve(host: Host = "127.0.0.1", port: Port = 8000, insecure: Insecure = False) -> None:
    settings = read_settings()
    require_token(host, settings, insecure)
    with listening(host, port) as listener:
        store = store_if_reachable(settings)
        try:
            run_server(settings, store, listener, insecure=insecure)
        finally:
            if store is not None:
                store.close()


def store_if_reachable(settings: Settings) -> Store | None:
    """The store; None while a Neo4j server is away: it may come up after us, and `/readyz` tells.

    Raises StoreUnavailable for an embedded store that cannot be opened: waiting would not mend that.
    """
    from graph.errors import StoreUnavailable
    from graph.opening import open_store

    try:
        return open_store(settings)
    except StoreUnavailable as error:
        if not settings.neo4j_uri:
            raise
        print_note(f"{error.message} 先行启动，恢复后自动可用；现状见 /readyz。")
        return None


def require_token(host: str, settings: Settings, insecure: bool) -> None:
    """Raise UsageError for an address that others reach when no token is set."""
    from graph.errors import UsageError

    if not is_loopback(host) and settings.token is None and not insecure:
        raise UsageError(
            f"{host} 不是本机地址，别人也能访问：请设置 COOPGRAPH_TOKEN，或加 --insecure 表示不设口令。"
        )


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def listening(host: str, port: int) -> socket.socket:
    """A socket bound to the address. Raises UsageError where that is not possible."""
    from graph.errors import UsageError

    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        # Named as TCP, or asyncio leaves Nagle's algorithm on and every answer waits 40 ms for the client's ACK.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except OSError:
        raise UsageError(f"无法识别地址 {host}；请用 --host 给出本机的地址。") from None
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise UsageError(
            f"无法监听 {host}:{port}（{error.strerror}）；请用 --port 换一个端口，或先停止占用它的程序。"
        ) from None
    return listener


def run_server(settings: Settings, store: Store | None, listener: socket.socket, *, insecure: bool) -> None:
    """Serve until SIGINT or SIGTERM; print the address once connections are accepted."""
    import uvicorn

    from api.app import create_app
    from api.malformed import Protocol

    host, port = listener.getsockname()[:2]
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    class Announcing(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                print_text(address)
                _flush()

    config = uvicorn.Config(
        create_app(settings, store, insecure=insecure),
        http=Protocol,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=30,
    )
    server = Announcing(config)

    def stop(*_: object) -> None:
        # uvicorn raises the signal that stopped it once more after its shutdown: being stopped is no failure.
        server.should_exit = True

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    server.run(sockets=[listener])


def _flush() -> None:
    import sys

    sys.stdout.flush()


def examples_folder() -> Path:
    """The example documents: `examples/` of the checkout, of the current folder, or beside the environment (as
    the archive for intranets has them). Raises UsageError when there are none.
    """
    import sys

    import api
    from graph.errors import UsageError

    for parent in (Path(api.__file__).parent.parent, Path.cwd(), Path(sys.prefix).parent):
        folder = parent / "examples"
        if example_files(folder):
            return folder
    raise UsageError(
        "没有找到示例文件：示例在源代码和离线安装包的 examples 文件夹中，请在该文件夹的上一级目录中运行；"
        "读自己的文件请用 coopgraph ingest 与 coopgraph serve。"
    )


def example_files(folder: Path) -> list[Path]:
    """The documents of an examples folder, by name; its scripts and fact tables are no documents."""
    endings = {".docx", ".xlsx", ".txt", ".html", ".pdf"}
    return sorted(p for p in folder.glob("*") if p.suffix.lower() in endings and p.is_file())
