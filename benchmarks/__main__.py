"""Run all benchmarks, or those whose names are given: `python -m benchmarks [store queries …]`.

Ends with how many limits of all of them were met, which were missed and what was left out, and with exit code 1 when
one was missed. A benchmark that breaks counts as missed and stops no other.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
import traceback

import benchmarks
from api.collecting import collect_seldom
from benchmarks.measuring import judge_outcome, print_verdict


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
    collect_seldom()  # as the command line does
    for name in names:
        if not wanted or name.removeprefix("bench_") in wanted:
            print(f"\n## {name.removeprefix('bench_')}", flush=True)
            _run(name)
    if not print_verdict():
        sys.exit(1)


def _run(name: str) -> None:
    try:
        importlib.import_module(f"benchmarks.{name}").main()
    except Exception as error:
        traceback.print_exc()
        judge_outcome(f"{name.removeprefix('bench_')}: {type(error).__name__}", False, "runs to its end")


if __name__ == "__main__":
    main()
