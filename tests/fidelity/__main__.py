"""`python -m tests.fidelity [FOLDER]`: precision and recall per layout and format; fails on any wrong or missed edge.

The inputs and, beside each, its truth as CSV are written to FOLDER, or to a folder that is thrown away.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from itertools import chain
from pathlib import Path

from graph.backends.embedded import EmbeddedStore
from graph.settings import Settings
from ingest.library import Library
from tests.fidelity.checking import Tally, check
from tests.fidelity.further import further_tables
from tests.fidelity.prose import pair_prose, task_prose
from tests.fidelity.tabular import pair_tables, task_tables

CASES = (pair_tables, pair_prose, further_tables, task_tables, task_prose)
_SHOWN = 12


def run(folder: Path | None = None) -> dict[tuple[str, str], Tally]:
    """Ingest every case into a store of its own."""
    with tempfile.TemporaryDirectory() as place:
        base = Path(place)
        inputs = folder or base / "inputs"
        inputs.mkdir(parents=True, exist_ok=True)
        store = EmbeddedStore(base / "store", timeout=20)
        library = Library(store, Settings(data_dir=base / "data", neo4j_uri=None))
        try:
            return check(chain(*(lay() for lay in CASES)), library, inputs)
        finally:
            store.close()


def report(tallies: Mapping[tuple[str, str], Tally]) -> list[str]:
    """Lines of a table, and the edges that are wrong or missed."""
    lines = [f"{'layout':<24}{'format':<8}{'precision':>10}{'recall':>9}{'edges':>7}{'reported':>10}"]
    for (layout, ending), tally in tallies.items():
        lines.append(
            f"{layout:<24}{ending:<8}{tally.precision:>10.1%}{tally.recall:>9.1%}{tally.determined:>7}{tally.reported:>10}"
        )
    for kind in ("wrong", "missed"):
        for (layout, _), tally in tallies.items():
            found: list[str] = getattr(tally, kind)
            lines += [f"{kind} ({layout}) {text}" for text in found[:_SHOWN]]
            if len(found) > _SHOWN:
                lines.append(f"{kind} ({layout}) and {len(found) - _SHOWN} more")
    return lines


def main() -> int:
    tallies = run(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    print("\n".join(report(tallies)))
    return int(any(tally.wrong or tally.missed for tally in tallies.values()))


if __name__ == "__main__":
    sys.exit(main())
