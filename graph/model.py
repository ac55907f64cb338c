"""The records that a store keeps. Frozen, plain, cheap: 100,000 claims are made and written in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypedDict

from graph.records import quickly_made
from graph.tables import Table
from graph.vocabulary import TYPES, Direction, EntityType, Relation, State, Status, type_of_id


class EntityRef(TypedDict):
    """How every answer names an entity; `label` is the type in the language asked for (Chinese by default)."""

    id: str
    type: str
    name: str
    label: str


class Evidence(TypedDict):
    """The cell that says so. For gazetteer facts `source` is filled and document, table, row, column are null."""

    document: str | None
    document_title: str | None
    table: int | None
    row: int | None
    column: int | None
    text: str
    term: str
    status: str
    source: str | None


class DocumentRef(TypedDict):
    id: str
    title: str


def entity_ref(entity_id: str, name: str, lang: str = "zh") -> EntityRef:
    """The reference of an entity whose type is told by its id."""
    kind = type_of_id(entity_id)
    if kind is None:
        raise ValueError(f"no entity type has the prefix of {entity_id}")
    return EntityRef(id=entity_id, type=kind.value, name=name, label=TYPES[kind].label(lang))


@quickly_made
@dataclass(frozen=True, slots=True)
class Name:
    """A name by which an entity is found: `kind` is full, short, former, alias or printed."""

    text: str
    kind: str = "full"


@quickly_made
@dataclass(frozen=True, slots=True)
class Entity:
    """A node.

    `rank` is the official order as a string that sorts by code point: the 行政区划代码 for places
    (`330203`), a gazetteer's order for zones (after the districts of their city), otherwise empty; an empty
    rank sorts after all others. `region` is the name of the region that scopes it (宁波市).
    `details` holds what the type has of its own, all text: Leader `post`; Task `number title content target
    due due_date`; Enterprise `state_owned` (true, false, unknown); Unit and Organisation use `kind`.
    """

    id: str
    type: EntityType
    name: str
    kind: str = ""
    region: str = ""
    rank: str = ""
    details: Mapping[str, str] = field(default_factory=dict[str, str])
    names: tuple[Name, ...] = ()
    """All names it is found by, the full one among them."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Claim:
    """An edge as one cell of one document states it (or as a gazetteer does: then `document` is None
    and `citation` names the source). `source` and `target` are the ends' ids.

    `valid_from` and `valid_to` are ISO dates of year, month or day precision ("2019", "2019-03",
    "2019-03-19"), or empty when unknown; both ends are inclusive.
    """

    id: str
    type: Relation
    source: str
    target: str
    document: str | None
    table: int | None
    row: int | None
    column: int | None
    text: str
    term: str = ""
    direction: Direction = Direction.MUTUAL
    status: Status = Status.OFFICIAL
    valid_from: str = ""
    valid_to: str = ""
    citation: str | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class CoverageCell:
    """What a counterpart table (or its absence) says of one home unit and one kind of counterpart.

    One a home unit, kind and table; covered cells too, so that rows and columns of coverage are known even
    where every claim is elsewhere. `unit` may be a Collective: queries look through it. For an announced
    table that is absent, `table`, `row` and `column` are None and `text` is the announcing words.
    """

    document: str
    unit: str
    kind: EntityType
    state: State
    reason: str
    """A key of `vocabulary.REASONS`."""
    text: str
    table: int | None = None
    row: int | None = None
    column: int | None = None
    status: Status = Status.OFFICIAL


@quickly_made
@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a document's content that the reader could not settle, or withheld."""

    code: str
    """A key of `vocabulary.PROBLEMS`."""
    severity: str
    message: str
    """One sentence in Chinese."""
    text: str = ""
    table: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of a document, as read: `content` is ingest's own JSON of its tables and paragraphs (personal
    data already withheld), opaque to the store, kept so that a document can be read again without the file."""

    name: str
    sha256: str
    content: str


@dataclass(frozen=True, slots=True)
class Document:
    """A 公文. `date` is ISO of year, month or day precision, or empty. `region` is the issuing region's name."""

    id: str
    title: str
    number: str | None = None
    date: str = ""
    issuer: str = ""
    programme: str = ""
    region: str = ""
    status: Status = Status.OFFICIAL
    supersedes: tuple[str, ...] = ()
    """Ids of the documents that this one replaces."""
    options: Mapping[str, str] = field(default_factory=dict[str, str])
    """What the user gave with it (profile, programme, status), kept for rereading."""


class Choice(TypedDict):
    """One candidate for a name in review."""

    id: str
    type: str
    name: str
    score: float
    reason: str


@quickly_made
@dataclass(frozen=True, slots=True)
class Candidate:
    """A printed name that awaits a decision on the review desk."""

    id: str
    """Deterministic: of the printed name and its scope, so that a decision holds for every document."""
    printed: str
    scope: str
    entity: str
    """Id under which the name stands in the graph until it is decided."""
    document: str
    table: int
    row: int
    column: int
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a candidate. `entity` is None for a rejection."""

    candidate: str
    printed: str
    scope: str
    entity: str | None
    user: str
    when: str
    """ISO date and time with offset."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that one document says: what the store replaces in one transaction.

    `background` are gazetteer claims (MEMBER_OF, LOCATED_IN, FOCUSES_ON) brought in because the document
    names their owner: the collective of a MEMBER_OF, the source of the others. `entities` hold every end of
    `claims`, `background` and `coverage`; `mentions` the ids that the document itself names (what a receipt
    counts: all of them except those brought in by a gazetteer or by coverage through a collective).
    `aliases` are (old id, id) pairs that answer with a redirect; `merges` are ids already in the store that
    this reading found to be another entity (their claims move, the old id becomes an alias).
    """

    document: Document
    files: tuple[SourceFile, ...]
    tables: tuple[Table, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[str, ...]
    claims: tuple[Claim, ...]
    background: tuple[Claim, ...] = ()
    coverage: tuple[CoverageCell, ...] = ()
    problems: tuple[Problem, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    merges: tuple[tuple[str, str], ...] = ()
    candidates: tuple[Candidate, ...] = ()


Row = Mapping[str, Any]
"""One fetched row by column name."""
