"""A read that the server does not stop: who asked is answered in time, and few such reads run on."""

from __future__ import annotations

import threading
import time

import pytest

from api.overrunning import MOST, answer_within
from graph.cancelling import Cancellation, is_cancelled
from graph.errors import Busy, NotFound, QueryTimeout


def test_what_is_done_in_time_is_given() -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with cancellation.active():
        assert answer_within(20, is_cancelled), "the work runs under its asker's cancellation"
    with pytest.raises(NotFound):
        answer_within(20, lambda: _raise(NotFound("没有。")))


def test_what_runs_on_is_given_up_and_few_such_are_begun() -> None:
    released = threading.Event()
    for _ in range(MOST):
        with pytest.raises(QueryTimeout):
            answer_within(0.01, lambda: released.wait(60))
    with pytest.raises(Busy):
        answer_within(20, lambda: 1)
    released.set()
    for _ in range(2000):  # the works end in their own threads
        try:
            assert answer_within(20, lambda: 1) == 1
            return
        except Busy:
            time.sleep(0.01)
    pytest.fail("works that have ended still count as running")


def _raise(error: Exception) -> None:
    raise error
