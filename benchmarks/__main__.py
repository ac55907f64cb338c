"""Run all benchmarks, or those whose names are given: `python -m benchmarks [store queries …]`.

Each runs in a process of its own, so that none finds the memory or the caches that another left. Ends with how many
limits of all of them were met, which were missed and what was left out, and with exit code 1 when one was missed. A
benchmark that breaks, or whose process is killed, counts as missed and stops no other.
"""

from __future__ import annotations

import pkgutil
import sys

import benchmarks
from benchmarks.alone import run_alone
from benchmarks.measuring import Tally


def main() -> None:
    wanted = set(sys.argv[1:])
    names = [
        info.name for info in pkgutil.iter_modules(benchmarks.__path__) if info.name.startswith("bench_")
    ]
    unknown = wanted - {name.removeprefix("bench_") for name in names}
    if unknown:
        sys.exit(
            f"no benchmark named {', '.join(sorted(unknown))}; there are {', '.join(n[6:] for n in names)}"
        )
    total = Tally()
    for name in names:
        if not wanted or name.removeprefix("bench_") in wanted:
            print(f"\n## {name.removeprefix('bench_')}", flush=True)
            total.add(run_alone(name))
    total.tell()
    if total.missed:
        sys.exit(1)


if __name__ == "__main__":
    main()
