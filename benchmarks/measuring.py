"""How benchmarks measure: the best of several runs, and one table form."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence


def best_of(runs: int, work: Callable[[], object]) -> float:
    """Seconds of the quickest of `runs` runs: the least disturbed by the machine."""
    best = float("inf")
    for _ in range(runs):
        gc.collect()
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0..1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def print_row(what: str, seconds: float, baseline: float | None = None, limit: str = "") -> None:
    """One line: what, milliseconds, the ratio to the baseline, and the aim it is read against."""
    ratio = f"{seconds / baseline:6.2f} ×" if baseline else "        "
    print(f"{what:<60} {seconds * 1000:10.1f} ms {ratio}  {limit}", flush=True)
