"""How benchmarks measure: the best of several runs, and one table form."""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path


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


def peak_memory() -> float:
    """Megabytes that this process had resident at most.

    From the kernel's own mark, for `ru_maxrss` starts with the size of the process that started this one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
