"""A benchmark in a process of its own."""

from __future__ import annotations

import importlib
import traceback
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from api.collecting import collect_seldom
from benchmarks.measuring import Tally, tally


def run_alone(name: str) -> Tally:
    """What a benchmark, given by its module's name, judged; one that broke, or was killed, counts as missed."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            return pool.submit(_run, name).result()
        except Exception as error:
            traceback.print_exc()
            return Tally(missed=[f"{name.removeprefix('bench_')} broke: {type(error).__name__}"])


def _run(name: str) -> Tally:
    collect_seldom()  # as the command line does
    importlib.import_module(f"benchmarks.{name}").main()
    return tally()
