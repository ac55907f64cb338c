"""Small documents written down as planners would read them, for tests of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.ids import claim_id, task_id
from graph.model import Claim, CoverageCell, Document, Entity, Name, Problem, Reading, SourceFile
from graph.vocabulary import PROBLEMS, Direction, EntityType, Relation, State, Status, type_of_id


@dataclass
class Paper:
    """A document under construction; each method adds what one cell says."""

    id: str
    title: str = "合作方案"
    date: str = "2019-03-19"
    programme: str = "沪甬产业合作"
    status: Status = Status.OFFICIAL
    replaces: tuple[str, ...] = ()
    entities: dict[str, Entity] = field(default_factory=dict[str, Entity])
    mentions: dict[str, None] = field(default_factory=dict[str, None])
    claims: list[Claim] = field(default_factory=list[Claim])
    background: list[Claim] = field(default_factory=list[Claim])
    coverage: list[CoverageCell] = field(default_factory=list[CoverageCell])
    problems: list[Problem] = field(default_factory=list[Problem])

    def entity(
        self,
        key: str,
        name: str = "",
        *,
        rank: str = "",
        kind: str = "",
        region: str = "",
        names: Sequence[tuple[str, str]] = (),
        **details: str,
    ) -> str:
        """Name an entity once with what is known of it."""
        kind_of_id = type_of_id(key)
        assert kind_of_id is not None
        plain = name or key.partition(":")[2].partition("@")[0]
        known = tuple(Name(text, sort) for text, sort in [(plain, "full"), *names])
        self.entities[key] = Entity(key, kind_of_id, plain, kind, region, rank, dict(details), known)
        return key

    def _known(self, *keys: str, mention: bool = True) -> None:
        for key in keys:
            if key not in self.entities:
                self.entity(key)
            if mention:
                self.mentions[key] = None

    def claim(
        self,
        relation: Relation,
        source: str,
        target: str,
        *,
        table: int = 1,
        row: int = 2,
        column: int = 2,
        text: str = "",
        term: str = "",
        direction: Direction = Direction.MUTUAL,
        valid: tuple[str, str] = ("", ""),
    ) -> None:
        self._known(source, target)
        key = claim_id(relation, source, target, self.id, table, row)
        printed = text or self.entities[target].name
        self.claims.append(
            Claim(
                key, relation, source, target, self.id, table, row, column, printed, term, direction,
                self.status, *valid,
            )
        )  # fmt: skip

    def pair(
        self, unit: str, partner: str, *, term: str = "结对", cover: bool = True, **where: object
    ) -> None:
        """A pair, and the covered cell in which it stands."""
        self.claim(Relation.PAIRED_WITH, unit, partner, term=term, **where)  # type: ignore[arg-type] — keywords of claim
        claim = self.claims[-1]
        kind = type_of_id(partner)
        if cover and kind is not None and kind is not EntityType.COLLECTIVE:
            self.coverage.append(
                CoverageCell(
                    self.id, unit, kind, State.COVERED, "claim", claim.text, claim.table, claim.row,
                    claim.column, self.status,
                )
            )  # fmt: skip

    def cell(
        self,
        unit: str,
        kind: EntityType,
        state: State,
        reason: str = "",
        *,
        table: int | None = 1,
        row: int | None = 2,
        column: int | None = 2,
        text: str = "",
    ) -> None:
        self._known(unit, mention=table is not None)
        self.coverage.append(
            CoverageCell(
                self.id, unit, kind, state, reason or state.value, text, table, row, column, self.status
            )
        )

    def task(
        self,
        row: int,
        title: str,
        *,
        leaders: Sequence[str] = (),
        lead: Sequence[str] = (),
        support: Sequence[str] = (),
        responsible: Sequence[str] = (),
        table: int = 1,
        **details: str,
    ) -> str:
        key = task_id(self.id, table, row)
        self.entity(key, title, title=title, **details)
        self._known(key)
        roles = (
            (Relation.OVERSEES, leaders, 3),
            (Relation.LEADS, lead, 4),
            (Relation.SUPPORTS, support, 5),
            (Relation.RESPONSIBLE_FOR, responsible, 6),
        )
        for relation, sources, column in roles:
            for source in sources:
                self._known(source)
                text = self.entities[source].name
                self.claim(relation, source, key, table=table, row=row, column=column, text=text)
        return key

    def gazetteer(self, relation: Relation, source: str, target: str, citation: str = "名录") -> None:
        """A fact that a gazetteer brings in."""
        self._known(source, target, mention=False)
        key = claim_id(relation, source, target, None, None, None)
        self.background.append(
            Claim(key, relation, source, target, None, None, None, None, "", citation=citation)
        )

    def members(self, collective: str, *members: str) -> None:
        for member in members:
            self.gazetteer(Relation.MEMBER_OF, member, collective)

    def problem(self, code: str, **where: int) -> None:
        spec = PROBLEMS[code]
        self.problems.append(Problem(code, spec.severity, f"{spec.label.zh}。", **where))

    def reading(self) -> Reading:
        number = self.id.removeprefix("doc:") if "〔" in self.id else None
        return Reading(
            document=Document(
                self.id,
                self.title,
                number,
                self.date,
                "",
                self.programme,
                "宁波市",
                self.status,
                self.replaces,
            ),
            files=(SourceFile("通知.txt", self.id, "{}"),),
            tables=(),
            entities=tuple(self.entities.values()),
            mentions=tuple(self.mentions),
            claims=tuple({c.id: c for c in self.claims}.values()),
            background=tuple(self.background),
            coverage=tuple(self.coverage),
            problems=tuple(self.problems),
        )
