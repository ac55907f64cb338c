"""Briefing packs for requests: in turn, told while they are made, and given up with whoever asked for them."""

from __future__ import annotations

import asyncio
import base64
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import quote

import orjson
from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from api.briefing_wishes import Wish
from api.problems import problem, problem_of
from api.state import in_thread, state_of
from graph.errors import Busy, Cancelled, CoopgraphError, UsageError

if TYPE_CHECKING:
    from graph.store import Store
    from viz.briefing import Briefing

ZIP, LINES = "application/zip", "application/x-ndjson"
AT_ONCE = 2
"""Packs that one process makes at a time: each takes a processor and some 200 MB."""
MOST_WAITING = 10
_LOOK = 0.2
"""Seconds between looks whether it is one's turn and whether the client is still there."""
_LOG = logging.getLogger("uvicorn.error")
Event: TypeAlias = dict[str, Any]
Tell: TypeAlias = Callable[[Event], None]


class Turns:
    """Who makes a pack in this process, and who waits: first come, first served."""

    def __init__(self) -> None:
        self._asked: list[object] = []

    @asynccontextmanager
    async def turn(self, request: Request, tell: Tell) -> AsyncGenerator[None]:
        """Wait for a place. Raises Busy where too many wait, Cancelled when the client has gone."""
        if len(self._asked) >= AT_ONCE + MOST_WAITING:
            raise Busy("正在生成的材料太多，请过几分钟再试。")
        ticket = object()
        self._asked.append(ticket)
        try:
            told = 0
            while (ahead := self._asked.index(ticket) + 1 - AT_ONCE) > 0:
                if ahead != told:
                    tell({"waiting": ahead})
                    told = ahead
                if await request.is_disconnected():
                    raise Cancelled
                await asyncio.sleep(_LOOK)
            yield
        finally:
            self._asked.remove(ticket)


class NothingToTell(UsageError):
    """Nothing that a briefing could show."""

    code = "nothing_to_tell"


async def pack_answer(request: Request, wish: Wish) -> Response:
    """The pack as a ZIP; with `Accept: application/x-ndjson` as lines of JSON, one a step, the last one with the
    ZIP in Base64 or with the problem."""
    if asks_for_lines(request):
        return StreamingResponse(_told(request, wish), media_type=LINES)
    name, data = await _made(request, wish, lambda event: None)
    disposition = f"attachment; filename=\"briefing.zip\"; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, media_type=ZIP, headers={"Content-Disposition": disposition})


def asks_for_lines(request: Request) -> bool:
    return LINES in request.headers.get("accept", "")


async def _made(request: Request, wish: Wish, tell: Tell) -> tuple[str, bytes]:
    """Name and content of the ZIP, made in a thread in its turn."""
    turns: Turns = request.app.state.pack_turns
    async with turns.turn(request, tell):
        return await in_thread(request, lambda: _work(request, wish, tell))


def _work(request: Request, wish: Wish, tell: Tell) -> tuple[str, bytes]:
    from viz.briefing import gather
    from viz.briefing_pack import file_name, make_pack, packed

    store = state_of(request).store()
    brief = gather(store, wish.params)
    if not brief.scenes and not wish.even_empty:
        raise _nothing(store, brief)

    def progress(done: int, total: int, path: str) -> None:
        tell({"file": path, "done": done, "total": total})

    files = make_pack(brief, template=wish.template, progress=progress)
    return file_name(brief), packed(files)


def _nothing(store: Store, brief: Briefing) -> NothingToTell:
    """Why there is nothing, and whether illustrative data has something."""
    from viz.briefing import gather

    everything = brief.params.model_copy(update={"status": "all"})
    if brief.params.status == "official" and gather(store, everything).scenes:
        return NothingToTell("正式文件中没有符合条件的内容，示例资料中有；请把资料性质改为“全部”。")
    return NothingToTell(brief.summary[0])


async def _told(request: Request, wish: Wish) -> AsyncGenerator[bytes]:
    """The lines; a client that hangs up, or cancels, stops the work."""
    events: asyncio.Queue[Event | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def tell(event: Event) -> None:  # from the loop or from the thread that makes the pack
        loop.call_soon_threadsafe(events.put_nowait, event)

    task = asyncio.create_task(_made(request, wish, tell))
    task.add_done_callback(lambda _: events.put_nowait(None))
    try:
        while (event := await events.get()) is not None:
            yield _line(event)
        yield _line(_outcome(task))
    finally:
        task.cancel()


def _outcome(task: asyncio.Task[tuple[str, bytes]]) -> Event:
    """The last line: the pack, or why there is none."""
    try:
        name, data = task.result()
    except CoopgraphError as error:
        return {"problem": orjson.loads(bytes(problem_of(error).body))}
    except Exception:
        _LOG.exception("未能生成汇报材料")
        wrong = problem(500, "internal_error", "程序出错，未能生成；请把服务日志中的记录交给维护人员。")
        return {"problem": orjson.loads(bytes(wrong.body))}
    return {"name": name, "bytes": len(data), "zip": base64.b64encode(data).decode()}


def _line(event: Event) -> bytes:
    return orjson.dumps(event, option=orjson.OPT_APPEND_NEWLINE)
