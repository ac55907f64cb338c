"""Whom a counterpart table leaves out, though its title names them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.model import CoverageCell, Document, Entity
from graph.vocabulary import State
from ingest.documents.announced import Announced, partner_kinds
from ingest.naming.contract import Names, Scope
from ingest.profiling import Profile, TableReading


def find_unlisted(
    readings: Sequence[TableReading],
    announced: Mapping[int, Announced],
    document: Document,
    names: Names,
    profiles: Sequence[Profile],
) -> tuple[list[CoverageCell], list[Entity]]:
    """`not_mentioned` coverage of the collectives that the titles of counterpart tables name.

    A member with a row of its own has better states there; one that the table leaves out keeps this one. Kinds
    that the citing sentence promises and the table has no column for are `kind_not_listed`.
    """
    cells: list[CoverageCell] = []
    entities: dict[str, Entity] = {}
    for reading in readings:
        table = reading.table
        listed = {cell.unit for cell in reading.coverage}
        kinds = dict.fromkeys(cell.kind for cell in reading.coverage)
        if not kinds or not table.title:
            continue
        cited = announced.get(table.attachment or 0)
        promised = partner_kinds(cited.citation, profiles) if cited and cited.citation else []
        scope = Scope(document.region, document.id, document.date)
        for found in names.collectives_in(table.title, scope):
            if found.entity.id in listed:
                continue
            entities[found.entity.id] = found.entity
            reasons = [(kind, "unit_not_listed") for kind in kinds]
            reasons += [(kind, "kind_not_listed") for kind in promised if kind not in kinds]
            cells += [
                CoverageCell(
                    document=document.id,
                    unit=found.entity.id,
                    kind=kind,
                    state=State.NOT_MENTIONED,
                    reason=reason,
                    text=table.title,
                    table=table.number,
                    status=document.status,
                )
                for kind, reason in reasons
            ]
    return cells, list(entities.values())
