"""Small readings to write, built by hand."""

from __future__ import annotations

from graph.ids import claim_id, document_id, entity_id
from graph.model import (
    Candidate,
    Choice,
    Claim,
    CoverageCell,
    Decision,
    Document,
    Entity,
    Name,
    Problem,
    Reading,
    SourceFile,
)
from graph.tables import Table, table_of_rows
from graph.vocabulary import Direction, EntityType, Relation, State, Status, Use


def unit(name: str, **known: str) -> Entity:
    return Entity(entity_id(EntityType.UNIT, name), EntityType.UNIT, name, **known)  # pyright: ignore[reportArgumentType]  # str fields only


def park(name: str) -> Entity:
    return Entity(entity_id(EntityType.PARK, name), EntityType.PARK, name, names=(Name(name),))


COLLECTIVE = Entity(entity_id(EntityType.COLLECTIVE, "各区县(市)"), EntityType.COLLECTIVE, "各区县(市)")


def pair(document: str, source: Entity, target: Entity, row: int = 2) -> Claim:
    return Claim(
        claim_id(Relation.PAIRED_WITH, source.id, target.id, document, 1, row),
        Relation.PAIRED_WITH,
        source.id,
        target.id,
        document,
        1,
        row,
        2,
        text=target.name,
        term="对口联系",
        direction=Direction.MUTUAL,
    )


def member(source: Entity, target: Entity, **known: str) -> Claim:
    """A gazetteer's claim."""
    key = claim_id(Relation.MEMBER_OF, source.id, target.id, None, None, None)
    return Claim(
        key,
        Relation.MEMBER_OF,
        source.id,
        target.id,
        None,
        None,
        None,
        None,
        text="",
        citation="宁波市行政区划",
        **known,  # pyright: ignore[reportArgumentType]  # str fields only
    )


def table() -> Table:
    from dataclasses import replace

    made = table_of_rows([["单位", "园区"], ["江北区", "张江"]], title="对口联系计划表")
    cells = tuple(replace(cell, use=Use.USED) for cell in made.cells)
    return replace(made, cells=cells, number=1, profile="counterpart")


def cell(document: str, entity: Entity) -> CoverageCell:
    return CoverageCell(
        document, entity.id, EntityType.PARK, State.BLANK, "blank", "", table=1, row=2, column=2
    )


def candidate(document: str, entity: Entity) -> Candidate:
    choice = Choice(id="unit:宁波市江北区", type="Unit", name="宁波市江北区", score=0.9, reason="相近")
    return Candidate("c0001", "江北", "宁波市", entity.id, document, 1, 2, 1, "江北、海曙", (choice,))


def decision(entity: str | None = "unit:宁波市江北区") -> Decision:
    return Decision("c0001", "江北", "宁波市", entity, "planner", "2026-01-01T08:00:00+08:00")


def reading(
    number: str = "甬政办发〔2019〕32号",
    claims: tuple[tuple[Entity, Entity], ...] = (),
    *,
    extra: tuple[Entity, ...] = (),
    background: tuple[Claim, ...] = (),
    date: str = "2019-03-19",
    title: str = "通知",
    supersedes: tuple[str, ...] = (),
    status: Status = Status.OFFICIAL,
    content: str = "{}",
    **more: object,
) -> Reading:
    """A document that pairs the given ends, one a row; `extra` are entities beside the ends."""
    document = document_id(number, "")
    ends = {entity.id: entity for couple in claims for entity in couple}
    named = tuple(ends)
    return Reading(
        document=Document(
            document,
            title,
            number=number,
            date=date,
            issuer="宁波市人民政府办公厅",
            programme="沪甬产业合作",
            region="宁波市",
            status=status,
            supersedes=supersedes,
            options={"profile": "counterpart"},
        ),
        files=(SourceFile("通知.txt", f"{number}{content}".encode().hex()[:64], content),),
        tables=(table(),),
        entities=(*ends.values(), *extra),
        mentions=named + tuple(e.id for e in extra if e.type is EntityType.COLLECTIVE),
        claims=tuple(pair(document, a, b, row) for row, (a, b) in enumerate(claims, 2)),
        background=background,
        problems=(Problem("row_truncated", "warning", "第4行不全，请核对。", "4", 1, 4, None),),
        **more,  # pyright: ignore[reportArgumentType]  # fields of Reading, as the caller names them
    )
