"""How benchmarks measure, and one table form: what, milliseconds, the ratio to a baseline, the limit, the verdict."""

from __future__ import annotations

import gc
import resource
import statistics
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Clock = Callable[[], float]
FEWEST, MOST_RUNS = 3, 60
UNTOLD = 0.0005
"""Half a millisecond: what checking parameters and a few calls cost, however little is fetched. Of less than this no
ratio is read."""


@dataclass(slots=True)
class Tally:
    """What was judged so far in this run, and what could not be measured here."""

    met: int = 0
    missed: list[str] = field(default_factory=list[str])
    left_out: list[str] = field(default_factory=list[str])

    def add(self, other: Tally) -> None:
        """Count what another benchmark judged too."""
        self.met += other.met
        self.missed += other.missed
        self.left_out += other.left_out

    def tell(self) -> None:
        """Print how many limits were met, which were missed, and what was left out."""
        left = f", {len(self.left_out)} left out" if self.left_out else ""
        end = ":" if self.missed or left else "."
        print(f"\n{self.met} limits met, {len(self.missed)} missed{left}{end}", flush=True)
        for what in self.missed:
            print(f"  MISSED    {what}", flush=True)
        for what in self.left_out:
            print(f"  left out  {what}", flush=True)


_tally = Tally()


def tally() -> Tally:
    """What was judged so far in this process."""
    return _tally


def best_of(runs: int, work: Callable[[], object], clock: Clock = time.perf_counter) -> float:
    """Seconds of the quickest of `runs` runs: the least disturbed by the machine."""
    best = float("inf")
    for _ in range(runs):
        gc.collect()
        start = clock()
        work()
        best = min(best, clock() - start)
    return best


def side_by_side(
    work: Callable[[], object],
    other: Callable[[], object],
    *,
    clock: Clock = time.perf_counter,
    seconds: float = 0.6,
) -> tuple[float, float]:
    """Median seconds of two works, run in turn so that what disturbs the machine disturbs both alike.

    Each is run once before; then as often as fits into `seconds`, but at least three times. The garbage is collected
    before each alike: it leaves the processor's caches cold, which doubles what a millisecond's work takes. `clock`
    may be `time.process_time`, for works that only compute in this process.
    """
    start = time.perf_counter()
    work()
    other()
    once = max(time.perf_counter() - start, 1e-6)
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(max(FEWEST, min(MOST_RUNS, int(seconds / once)))):
        for one, times in zip((work, other), taken, strict=True):
            gc.collect()
            begun = clock()
            one()
            times.append(clock() - begun)
    return statistics.median(taken[0]), statistics.median(taken[1])


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0..1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def print_row(what: str, seconds: float, baseline: float | None = None, limit: str = "") -> None:
    """One line: what, milliseconds, the ratio to the baseline, and the aim it is read against."""
    _line(what, seconds, f"{seconds / baseline:6.2f} ×" if baseline else "", limit)


def judge_ratio(what: str, seconds: float, baseline: float, most: float, of: str) -> None:
    """A line whose ratio to the baseline (`of`: what that is) may be `most`. Where that is more than the ratio allows
    by less than `UNTOLD`, the difference is judged and shown in its place."""
    more = seconds - baseline
    if most * baseline < seconds <= baseline + UNTOLD:
        _line(
            what,
            seconds,
            f"+{more * 1000:5.2f} ms",
            _verdict(what, True, f"≤ {UNTOLD * 1000:g} ms over {of}"),
        )
    else:
        print_row(what, seconds, baseline, _verdict(what, seconds <= most * baseline, f"≤ {most:g} × {of}"))


def judge_seconds(what: str, seconds: float, most: float, baseline: float | None = None) -> None:
    """A line whose time may be `most` seconds."""
    print_row(what, seconds, baseline, _verdict(what, seconds <= most, f"≤ {most * 1000:g} ms"))


def judge_growth(what: str, large: float, small: float, times: int) -> None:
    """A line that holds the time of `times` as much against that of once as much: linear, but for a tenth that the
    machine does beside."""
    judge_ratio(what, large, small, times * 1.1, "as linear")


def judge_megabytes(what: str, megabytes: float, most: float) -> None:
    """A line whose size, or memory at most, may be `most` megabytes."""
    verdict = _verdict(what, megabytes <= most, f"≤ {most:g} MB")
    print(f"{_filled(what)} {megabytes:10.1f} MB          {verdict}", flush=True)


def judge_outcome(what: str, met: bool, wanted: str) -> None:
    """A line for what happened or did not, without a measure."""
    print(f"{_filled(what)} {'':23} {_verdict(what, met, wanted)}", flush=True)


def leave_out(what: str, reason: str) -> None:
    """Say that something cannot be measured here; the summary repeats it."""
    _tally.left_out.append(f"{what}: {reason}")
    print(f"left out: {reason}", flush=True)


def _line(what: str, seconds: float, compared: str, limit: str) -> None:
    milliseconds = seconds * 1000
    print(
        f"{_filled(what)} {milliseconds:10.{1 if milliseconds >= 10 else 2}f} ms {compared:8}  {limit}",
        flush=True,
    )


def _verdict(what: str, met: bool, limit: str) -> str:
    if met:
        _tally.met += 1
    else:
        _tally.missed.append(what)
    return f"{limit:<24} {'ok' if met else '** MISSED **'}"


def _filled(what: str) -> str:
    """The text filled up to the column of the figures; a Chinese character is two wide."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in what)
    return f"{what:<{max(72 - wide, 0)}}"


def peak_memory() -> float:
    """Megabytes that this process had resident at most.

    From the kernel's own mark, for `ru_maxrss` starts with the size of the process that started this one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
