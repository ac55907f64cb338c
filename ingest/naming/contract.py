"""The contract between those who find names in cells and those who know what the names mean.

`ingest/naming/names.py` implements `Names` over the gazetteers, the user's own CSV and the review decisions;
profiles, lists and the pipeline only use this protocol.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from graph.model import Choice, Claim, Entity
from graph.records import quickly_made
from graph.vocabulary import EntityType


class Scope(NamedTuple):
    """Where a printed name is to be understood: `region` is the name of the region that the column header,
    else the issuer, else the title gives (宁波市); without one, the document's id scopes what is unresolved.

    A tuple, since names are kept by their scope: a record's hash takes four times as long."""

    region: str
    document: str
    date: str = ""
    """ISO date of the document, of any precision: tells which of two bodies that follow one another is meant."""

    @property
    def key(self) -> str:
        return self.region or self.document


@quickly_made
@dataclass(frozen=True, slots=True)
class Piece:
    """One name split out of a cell, as printed. `role` is `牵头`, `配合` or `` where the cell marks it;
    `note` is what stood in brackets after it and is no part of the name (市经信局(张三) → 张三)."""

    text: str
    role: str = ""
    note: str = ""


@quickly_made
@dataclass(frozen=True, slots=True)
class Split:
    """The names in a cell, in order. `open_list`: it ended in 等. `glued`: a run of names without separator that
    could not be split with certainty was kept whole. `stated_none`: the cell says 无, /, — or 暂无.
    `repeats`: the cell says 同上 or 〃."""

    pieces: tuple[Piece, ...]
    open_list: bool = False
    glued: bool = False
    stated_none: bool = False
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A leader in a cell: `name` may be empty for a post without a name (分管副市长), which is no leader."""

    name: str
    post: str = ""


@quickly_made
@dataclass(frozen=True, slots=True)
class Resolved:
    """What a printed name stands for in this scope.

    `known`: by a gazetteer or a decision; otherwise the entity stands as printed, scoped. `aliases` are other
    ids under which the entity may once have stood (its scoped, unresolved form; an earlier type). `problem`
    is a code of `vocabulary.PROBLEMS` (unresolved_name, ambiguous_name, name_in_review) or empty. `choices`
    are review candidates, best first, for a likely but uncertain match.
    """

    entity: Entity
    known: bool
    aliases: tuple[str, ...] = ()
    problem: str = ""
    choices: tuple[Choice, ...] = ()


class Names(Protocol):
    """Splitting and resolving. Pure for a given set of gazetteers and decisions; results are cached by
    (printed, expected, scope), so 100,000 calls with few distinct names are cheap."""

    def split(self, text: str, scope: Scope) -> Split: ...

    def people(self, text: str) -> tuple[Person, ...]: ...

    def resolve(self, printed: str, scope: Scope, expected: EntityType | None = None) -> Resolved:
        """The entity. `expected` is the type that the column header tells; it decides where neither gazetteer
        nor name speaks for another (a header 合作园区 makes an unknown 某某中心 a Park)."""
        ...

    def resolve_many(self, printed: list[tuple[str, EntityType | None]], scope: Scope) -> list[Resolved]:
        """The same for many names at once: unknown ones are compared with the gazetteers in one matrix."""
        ...

    def named_in(self, document: str) -> Mapping[str, Mapping[str, str]]:
        """What was found so far while reading this document: for each text that was split or resolved, the id of
        each name in it, with the name as printed."""
        ...

    def leader(self, person: Person, scope: Scope) -> Resolved: ...

    def collective(self, text: str, scope: Scope) -> Resolved | None:
        """The collective that these words name (各区县(市)政府, 开发园区管委会, 各有关单位), or None."""
        ...

    def collectives_in(self, title: str, scope: Scope) -> list[Resolved]:
        """Collectives named inside a table's title (宁波市各区县(市)、开发园区与上海市…计划表), home side only."""
        ...

    def background(self, entity: Entity) -> tuple[list[Claim], list[Entity]]:
        """Gazetteer claims that this entity owns (members of a collective, where a unit lies, a park's
        sectors), with their other ends."""
        ...

    def region_of(self, text: str) -> str:
        """The region that an issuer, title or column header names first (宁波市人民政府办公厅 → 宁波市), or ''."""
        ...
