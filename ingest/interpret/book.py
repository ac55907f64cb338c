"""What a table says, collected: entities, claims, coverage, problems, candidates, each once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.ids import candidate_id, claim_id
from graph.model import Candidate, Choice, Claim, CoverageCell, Entity, Problem
from graph.vocabulary import PROBLEMS, RELATIONS, Direction, EntityType, Relation, State
from ingest.naming.contract import Resolved, Scope
from ingest.profiling import TableContext

_BETTER = {
    State.COVERED: 0,
    State.STATED_NONE: 1,
    State.BLANK: 2,
    State.UNREADABLE: 3,
    State.NOT_MENTIONED: 4,
}


class Book:
    """The results of one table."""

    def __init__(self, context: TableContext, table: int, title: str = "") -> None:
        self.context = context
        self.table = table
        self.title = title
        self.entities: dict[str, Entity] = {}
        self.claims: dict[str, Claim] = {}
        self.coverage: dict[tuple[str, EntityType], CoverageCell] = {}
        self.problems: dict[tuple[object, ...], Problem] = {}
        self.candidates: dict[str, Candidate] = {}
        self.aliases: dict[tuple[str, str], None] = {}

    def entity(self, entity: Entity) -> None:
        """Note an entity; what a later cell says of its names is added."""
        known = self.entities.setdefault(entity.id, entity)
        if known.names != entity.names:
            names = tuple(dict.fromkeys((*known.names, *entity.names)))
            self.entities[entity.id] = replace(known, names=names)

    def problem(self, code: str, message: str, row: int | None, column: int | None, text: str = "") -> None:
        """Report something once a place."""
        key = (code, row, column, message)
        if key not in self.problems:
            severity = PROBLEMS[code].severity
            self.problems[key] = Problem(code, severity, message, text, self.table, row, column)

    def claim(
        self,
        relation: Relation,
        source: Entity,
        target: Entity,
        place: tuple[int, int],
        text: str,
        term: str = "",
        direction: Direction = Direction.MUTUAL,
        period: tuple[str, str] = ("", ""),
    ) -> bool:
        """State an edge at (row, column). False where the vocabulary knows no such edge, which is reported."""
        spec = RELATIONS[relation]
        row, column = place
        if source.type not in spec.sources or target.type not in spec.targets or source.id == target.id:
            names = f"“{source.name}”与“{target.name}”"
            message = f"{names}之间不能建立“{spec.label.zh}”关系，此处未读，请核对原文。"
            self.problem("row_ambiguous", message, row, column, text)
            return False
        document = self.context.document.id
        ends = source.id, target.id
        identifier = claim_id(relation, *ends, document, self.table, row)
        for end in (source, target):
            if self.entities.get(end.id) is not end:
                self.entity(end)
        if identifier not in self.claims:
            self.claims[identifier] = Claim(
                identifier,
                relation,
                *ends,
                document,
                self.table,
                row,
                column,
                text,
                term,
                direction,
                self.context.status,
                *period,
            )
        return True

    def cover(
        self, unit: Entity, kind: EntityType, state: State, reason: str, place: tuple[int, int], text: str
    ) -> None:
        """State one coverage cell; of several rows about the same unit and kind the strongest state holds."""
        known = self.coverage.get((unit.id, kind))
        if known is not None and _BETTER[known.state] <= _BETTER[state]:
            return
        self.entity(unit)
        row, column = place
        self.coverage[(unit.id, kind)] = CoverageCell(
            self.context.document.id,
            unit.id,
            kind,
            state,
            reason,
            text,
            self.table,
            row,
            column,
            self.context.status,
        )

    def candidate(
        self,
        printed: str,
        scope: Scope,
        entity: Entity,
        place: tuple[int, int],
        text: str,
        choices: Sequence[Choice],
    ) -> None:
        identifier = candidate_id(printed, scope.key)
        if identifier not in self.candidates:
            document = self.context.document.id
            self.candidates[identifier] = Candidate(
                identifier, printed, scope.key, entity.id, document, self.table, *place, text, tuple(choices)
            )

    def resolved(
        self, printed: str, scope: Scope, resolved: Resolved, place: tuple[int, int], text: str
    ) -> None:
        """Keep what resolving a name brought with it: earlier ids, a problem, review candidates."""
        for alias in resolved.aliases:
            self.aliases[(alias, resolved.entity.id)] = None
        if resolved.choices:
            self.candidate(printed, scope, resolved.entity, place, text, resolved.choices)
        if resolved.problem:
            self.problem(resolved.problem, _name_message(printed, resolved), *place, printed)


def _name_message(printed: str, resolved: Resolved) -> str:
    several = resolved.problem == "ambiguous_name"
    names = "、".join(
        dict.fromkeys(
            choice["reason"].removeprefix("同名：") if several else choice["name"]
            for choice in resolved.choices[:3]
        )
    )
    if resolved.problem == "ambiguous_name":
        return f"“{printed}”可能指{names or '多个名称'}，暂按原文保留，请在名称核对中选定。"
    if resolved.problem == "name_in_review":
        return f"“{printed}”可能是{names}，暂按原文保留，请在名称核对中确认。"
    return f"名录中没有“{printed}”，按原文保留；如有全称，可补入名录。"
