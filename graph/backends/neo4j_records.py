"""How few rows come from Neo4j: all in one record."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, LiteralString, cast

from graph.store import Parameter, Statement

Read = Callable[..., list[dict[str, Any]]]
"""Runs a text with its parameters and gives its records by column."""
ROWS = "rows"
"""The one column, a list of rows."""
_COLUMN = re.compile(r"\bAS (\w+)")


@cache
def columns_of(text: LiteralString) -> list[str]:
    """The columns that a text of this program returns: each `AS name` behind its last RETURN."""
    return _COLUMN.findall(text.rpartition("RETURN ")[2])


@cache
def in_one_record(text: LiteralString) -> LiteralString:
    """A text with its rows as lists in one list.

    The driver spends more on taking a record off the wire than on the ten values in it. What is collected is held by
    the server as a whole, so this is for few rows.
    """
    names = cast("LiteralString", ", ".join(columns_of(text)))
    return "CALL () {" + text + "} RETURN collect([" + names + "]) AS " + ROWS


def fetched(read: Read, statement: Statement, parameters: Mapping[str, Parameter]) -> list[dict[str, Any]]:
    """The rows of a statement."""
    if not statement.few:
        return read(statement.cypher, **parameters)
    names = columns_of(statement.cypher)
    [record] = read(in_one_record(statement.cypher), **parameters)
    return [dict(zip(names, row, strict=True)) for row in record[ROWS]]
