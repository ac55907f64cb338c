"""How a store that an older version wrote is brought to today's format, when it is opened.

What a format adds must follow from what the store holds. What only reading the files anew can give comes from
`coopgraph documents reread`, for which the stored blocks of the files suffice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import LiteralString

UPGRADES: Mapping[int, Sequence[LiteralString]] = {
    2: (
        "DROP INDEX coverage_document",
        "CREATE INDEX coverage_document ON coverage (document, kind)",
        "CREATE INDEX candidate_entity ON candidate (entity)",
    ),
    3: ("CREATE INDEX coverage_kind ON coverage (kind)",),
}
"""Format of the embedded store → the statements that make the next one of it."""

OLDEST_NEO4J = 2
"""The oldest format in Neo4j that today's constraints and indexes, made where they are missing, bring up to date."""
