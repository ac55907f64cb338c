"""Giving up on a read that the server does not stop.

Neo4j looks at its time limit between rows, not inside an expression: `reduce` over a long range computes on. Who asked
is answered in time nevertheless. The read goes on in a thread of its own until the server answers, and while several
do, no further ones are begun.
"""

from __future__ import annotations

import contextvars
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime
from typing import Any, TypeVar

from graph.errors import Busy, QueryTimeout

T = TypeVar("T")

MOST = 4
"""Reads given up that may still run: each keeps a processor of the server busy."""

_overdue: set[Future[Any]] = set()


def answer_within(seconds: float, work: Callable[[], T]) -> T:
    """What the work gives. Raises QueryTimeout when that takes more than `seconds`, and Busy while `MOST` earlier works
    still run after their time."""
    if len(_overdue) >= MOST:
        raise Busy("先前超时的几条查询还在 Neo4j 中运行，请稍后再试；一直如此时请管理员重启 Neo4j。")
    outcome: Future[T] = Future()
    context = contextvars.copy_context()

    def run() -> None:
        try:
            outcome.set_result(context.run(work))
        except BaseException as error:
            outcome.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        return outcome.result(seconds)
    except NotInTime:
        if outcome.done():
            raise
        _overdue.add(outcome)
        outcome.add_done_callback(_overdue.discard)
        raise QueryTimeout(
            "查询超时，但 Neo4j 无法在一个表达式中间停下；请缩小 reduce、range 或列表表达式的范围。"
        ) from None
