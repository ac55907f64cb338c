"""The answers again, in plain Python and NetworkX, written from docs/queries.md and not from the code.

It reads the tables of the embedded store as they stand and knows nothing of the query layer. Answers are told
in short: ids, states, counts and the positions of the cells.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.differential.oracle import checking, cooperation, covering, listing, networks
from tests.differential.oracle.world import Record, World, load

ORACLES: dict[str, Callable[[World, Record], Any]] = {
    "centrality": networks.centrality,
    "consistency": checking.consistency,
    "coverage": covering.coverage,
    "documents": listing.documents,
    "entities": listing.entities,
    "entity": listing.entity,
    "gaps": covering.gaps,
    "liaisons": cooperation.liaisons,
    "load": cooperation.load,
    "neighbourhood": networks.neighbourhood,
    "outstanding": checking.outstanding,
    "overlap": cooperation.overlap,
    "pairs": cooperation.pairs,
    "paths": networks.paths,
    "portfolio": cooperation.portfolio,
    "programmes": listing.programmes,
    "stats": listing.stats,
    "tasks": cooperation.tasks,
    "unpaired": listing.unpaired,
}
"""Query → what it should answer, in short."""

__all__ = ["ORACLES", "World", "load"]
