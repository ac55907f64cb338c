"""Run all benchmarks, or those whose names are given: `python -m benchmarks [store queries …]`.

Ends with how many limits were met, and with exit code 1 when one was missed.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks
from benchmarks.measuring import print_verdict


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
    for name in names:
        if not wanted or name.removeprefix("bench_") in wanted:
            print(f"\n## {name.removeprefix('bench_')}", flush=True)
            importlib.import_module(f"benchmarks.{name}").main()
    if not print_verdict():
        sys.exit(1)


if __name__ == "__main__":
    main()
