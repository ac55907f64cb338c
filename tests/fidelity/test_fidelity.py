"""Every fact comes back from every format and layout, and nothing else does."""

from __future__ import annotations

from tests.fidelity.__main__ import report, run


def test_precision_and_recall() -> None:
    tallies = run()
    assert sum(tally.determined for tally in tallies.values()) > 5000
    assert not any(tally.wrong or tally.missed for tally in tallies.values()), "\n".join(report(tallies))
