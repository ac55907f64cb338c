"""Claims between two entities, with collectives expanded where that is asked for, grouped and ordered.

An expanded claim is a copy of the fetched row in which a member stands in for the collective; `through` keeps
what it was expanded from (the collective's key, id and name), `printed_source` and `printed_target` the ends as
printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from graph.model import EntityRef, Row
from graph.queries._members import Membership, is_collective, members
from graph.statements.refs import LAST, Key, ref
from graph.statements.scope import Scope
from graph.store import Store

Group = list[Row]
ENDS = (("source", "target"), ("target", "source"))


def expand_rows(store: Store, scope: Scope, rows: Sequence[Row], anchor: str | None = None) -> list[Row]:
    """The rows with members in place of collectives whose members are known; on `expand` only. Where only what has
    `anchor` at an end is wanted, what its fellow members read is left out."""
    if not scope.expand:
        return list(rows)
    found = members(store, scope, {row[end] for row in rows for end in ("source", "target")})
    return [expanded for row in rows for expanded in expand(row, found, anchor)]


def expand(row: Row, membership: Membership, anchor: str | None = None) -> list[Row]:
    """One claim as its members read it; itself where no end is a collective with known members."""
    results: list[Row] = [row]
    for end, other in ENDS:
        collective = row[end]
        inner = membership.of(collective) if is_collective(collective) else {}
        if not inner:
            continue
        if anchor in inner and row[other] != anchor and not _holds(membership, row[other], anchor):
            inner = {anchor: inner[anchor]}
        origin = ((row[f"{end}_rank"], row[f"{end}_seq"], collective), collective, row[f"{end}_name"])
        results = [
            {
                **known,
                end: member,
                f"{end}_name": said["source_name"],
                f"{end}_rank": said["source_rank"],
                f"{end}_seq": said["source_seq"],
                f"printed_{end}": collective,
                "through": (*known.get("through", ()), origin),
            }
            for known in results
            for member, said in inner.items()
        ]
    return [found for found in results if found["source"] != found["target"]]


def _holds(membership: Membership, entity: str, member: str) -> bool:
    return is_collective(entity) and member in membership.of(entity)


def grouped(rows: Iterable[Row]) -> list[Group]:
    """Rows of one ordered couple, programme, printed term and direction together, in official order of the
    source, then as first printed, then of the target."""
    groups: dict[tuple[str, ...], Group] = {}
    for row in rows:
        key = (row["source"], row["target"], row["programme"], row["term"], row["direction"])
        known = groups.get(key)
        if known is None:
            groups[key] = [row]
        else:
            known.append(row)
    return sorted(groups.values(), key=_order)


def _order(group: Group) -> Key:
    first = group[0] if len(group) == 1 else min(group, key=_where)
    return (
        first["source_rank"], first["source_seq"], first["source"],
        first["document_date"] or LAST, first["document"], first["table_no"] or 0, first["row_no"] or 0,
        first["column_no"] or 0, first["target_rank"], first["target_seq"], first["target"],
        first["programme"], first["term"], first["direction"],
    )  # fmt: skip


def _where(row: Row) -> Key:
    place = (row["table_no"] or 0, row["row_no"] or 0, row["column_no"] or 0)
    return (row["document_date"] or LAST, row["document"], *place)


def unique(group: Group) -> list[Row]:
    """Each claim of a group once: two collectives may bring the same one in."""
    return list({row["claim"]: row for row in group}.values())


def expanded_from(group: Iterable[Row], scope: Scope) -> list[EntityRef]:
    """The collectives that a group was expanded from, in official order."""
    origins: set[tuple[Any, ...]] = {origin for row in group for origin in row.get("through", ())}
    return [ref(entity, name, scope.lang) for _, entity, name in sorted(origins)]


def stands_at(row: Row, end: str, entity: str) -> bool:
    """Whether an entity is an end of a claim, itself or as the collective that was expanded."""
    return entity == row[end] or entity == row.get(f"printed_{end}")


def fits(
    anchor: str | None, other: str | None, kind: Callable[[str], bool] | None = None
) -> Callable[[Row], bool]:
    """A filter of rows: `anchor` at either end; `other`, and what `kind` says of it, at the end opposite to
    the anchor, which is the target where there is no anchor."""

    ends = [(near, f"printed_{near}", far) for near, far in (ENDS[:1] if anchor is None else ENDS)]

    def passes(row: Row) -> bool:
        for near, printed, far in ends:
            if anchor is not None and row[near] != anchor and row.get(printed) != anchor:
                continue  # most rows that members of a collective read
            if (other is None or stands_at(row, far, other)) and (kind is None or kind(row[far])):
                return True
        return False

    return passes
