"""How the program's own Cypher takes its parameters on the wire: all in one map, so that a text has one plan."""

from __future__ import annotations

import re
from functools import cache
from typing import LiteralString, cast

GIVEN = "given"
"""The one parameter, a map, in which a text's own parameters stand by their names."""
_PARAMETER = re.compile(r"\$(\w+)")


@cache
def of_one_map(text: LiteralString) -> LiteralString:
    """A text of this program with each `$name` read as `$given.name`.

    Neo4j keeps a plan for a text and the types of its parameters, among which it tells null from a text, and texts
    and lists by their length (none, 1, up to 10, up to 100 …). With and without a filter, for one unit and for two,
    the same question would be planned anew each time, which takes far longer than its answer. A map is of one type,
    whatever it holds. (`ParameterTypeInfo`, `ApproximateSize` of Neo4j 5.26)
    """
    return cast("LiteralString", _PARAMETER.sub(rf"${GIVEN}.\1", text))
