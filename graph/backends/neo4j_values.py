"""What Neo4j says, as ours: values of a free Cypher query as JSON, plans, refusals. Told by what they offer, so that
the driver is imported in one place."""

from __future__ import annotations

import math
import re
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast
from urllib.parse import urlsplit

from graph.errors import InvalidParameter, TooLarge
from graph.store import CypherAnswer, PlanStep

PLANNED = "EXPLAIN "
"""Stands in front of a query that the server shall plan and not run."""
_POSITION = re.compile(r"\(line (\d+), column (\d+) \(offset: (\d+)\)\)")


class Collected:
    """Gathers the rows of an answer, with the nodes and edges that stand in them, each once."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.columns = list(columns)
        self.rows: list[list[object]] = []
        self.truncated = False
        self._nodes: dict[str, Mapping[str, object]] = {}
        self._edges: dict[str, dict[str, object]] = {}
        self._keys: dict[str, str] = {}

    def add(self, values: Iterable[Any]) -> None:
        """Add one row."""
        self.rows.append([self._json(value) for value in values])

    def answer(self) -> CypherAnswer:
        return CypherAnswer(
            self.columns, self.rows, self.truncated, list(self._nodes.values()), list(self._edges.values())
        )

    def _json(self, value: Any) -> object:
        if value is None or isinstance(value, bool | int | str):
            return value
        if isinstance(value, float):
            return value if math.isfinite(value) else None
        if isinstance(value, bytes | bytearray):
            return f"<{len(value)} bytes>"
        if hasattr(value, "relationships"):
            return {
                "nodes": [self._node(node) for node in value.nodes],
                "edges": [self._edge(edge) for edge in value.relationships],
            }
        if hasattr(value, "labels"):
            return self._node(value)
        if hasattr(value, "start_node"):
            return self._edge(value)
        if isinstance(value, Mapping):
            return {str(key): self._json(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._json(item) for item in cast("list[Any]", value)]
        if hasattr(value, "srid"):
            return {"srid": value.srid, "coordinates": [float(number) for number in value]}
        return value.iso_format() if hasattr(value, "iso_format") else str(value)

    def _node(self, node: Any) -> Mapping[str, object]:
        """Properties without stored files and tables, which are bytes."""
        key = _key(node)
        found: dict[str, object] = {
            "id": key,
            "labels": sorted(node.labels),
            "properties": {key: self._json(value) for key, value in node.items()},
        }
        self._nodes[key] = found
        self._keys[node.element_id] = key
        return found

    def _edge(self, edge: Any) -> Mapping[str, object]:
        """With the server's ids of its ends until `settle`: an end that is no part of the row is bare."""
        key = _key(edge)
        found: dict[str, object] = {
            "id": key,
            "type": edge.type,
            "source": edge.start_node.element_id,
            "target": edge.end_node.element_id,
            "properties": {key: self._json(value) for key, value in edge.items()},
        }
        return self._edges.setdefault(key, found)

    def unsettled(self) -> list[str]:
        """The server's ids of ends that stand in no row as nodes."""
        ends = {str(edge[end]) for edge in self._edges.values() for end in ("source", "target")}
        return sorted(ends - self._keys.keys())

    def settle(self, keys: Mapping[str, str]) -> None:
        """Give all edges the graph's own ids of their ends; `keys` by the server's ids."""
        known = {**self._keys, **keys}
        for edge in self._edges.values():
            for end in ("source", "target"):
                edge[end] = known.get(str(edge[end]), edge[end])


def _key(item: Any) -> str:
    """The graph's own id where it has one, else the server's."""
    return str(item.get("id") or item.element_id)


def plan_steps(plan: Mapping[str, Any] | None) -> list[PlanStep]:
    """The operators of a plan, the outermost first."""
    if plan is None:
        return []
    operator = str(plan["operatorType"]).partition("@")[0]
    steps = [PlanStep(operator, str(plan.get("args", {}).get("Details", "")))]
    for child in plan.get("children", ()):
        steps += plan_steps(child)
    return steps


@contextmanager
def memory_told() -> Generator[None]:
    """Around a user's own query: raise TooLarge when it wants more memory than the server has or allows, at once
    instead of trying again, as the driver would."""
    try:
        yield
    except Exception as error:
        if "OutOfMemory" not in (getattr(error, "code", None) or ""):
            raise
        raise TooLarge(
            "这条查询要用的内存超过 Neo4j 所能给的；请缩小范围，或不要在查询中拼接很长的文字和列表。",
            parameter="query",
        ) from error


def refused(code: str | None, reason: str | None, *, before: int = 0) -> InvalidParameter:
    """What the server holds against a user's own query; `before` characters were put in front of the query."""
    told = next(iter((reason or "").splitlines()), "").strip().removesuffix("()").rstrip(" .")
    if "AccessMode" in (code or ""):
        message = "此处只能查询，不能修改数据：请去掉 CREATE、MERGE、SET、DELETE 等写操作。"
    elif "execution mode" in told:  # what was put in front is EXPLAIN
        message = "此处不能测量查询：请去掉开头的 PROFILE。"
    else:
        told = _POSITION.sub(lambda found: _moved(found, before), told)
        message = f"Neo4j 不接受这条查询，请改正后再试：{told}。"
    return InvalidParameter(message, parameter="query", server_code=code)


def _moved(found: re.Match[str], before: int) -> str:
    """A position in the text as its user wrote it."""
    line, column, offset = (int(number) for number in found.groups())
    column -= before if line == 1 else 0
    return f"(line {line}, column {max(column, 1)} (offset: {max(offset - before, 0)}))"


def shown_address(uri: str) -> str:
    """The address without a user name or password that somebody put into it."""
    parts = urlsplit(uri)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
