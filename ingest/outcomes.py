"""What the library answers: outcomes of reading, differences, names in review. All JSON-able at the edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypedDict

from graph.model import Choice, DocumentRef, EntityRef, Evidence, Reading
from graph.receipt import Receipt
from graph.statements.revisions import StatedClaim
from graph.vocabulary import Status


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """What a user says beside the files. `part_of` and `replaces` are a document's id or number; `profile` is
    the name of a table kind or the path of a TOML file."""

    part_of: str | None = None
    replaces: str | None = None
    profile: str | None = None
    programme: str | None = None
    status: Status = Status.OFFICIAL


@dataclass(frozen=True, slots=True)
class IngestOutcome:
    """`present`: the store held these very files already, and nothing was changed."""

    receipt: Receipt
    outcome: Literal["written", "present", "dry_run"]
    document_id: str


@dataclass(frozen=True, slots=True)
class PathOutcome:
    """What became of one path of a folder; `message` is one sentence, also for a rejected one, whose receipt says
    that nothing was written."""

    path: str
    outcome: Literal["written", "present", "dry_run", "rejected"]
    receipt: Receipt
    message: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A reading that was not written, and how it differs from what is stored."""

    reading: Reading
    receipt: Receipt
    added: list[StatedClaim]
    removed: list[StatedClaim]


@dataclass(frozen=True, slots=True)
class Reread:
    """One document read again; `written` is false for a dry run and where nothing changed."""

    document: DocumentRef
    receipt: Receipt
    added: list[StatedClaim]
    removed: list[StatedClaim]
    written: bool


class DecisionInfo(TypedDict):
    entity: str | None
    """None for a rejection."""
    user: str
    when: str


class ReviewItem(TypedDict):
    """A printed name on the review desk, with every cell that prints it."""

    id: str
    printed: str
    scope: str
    entity: EntityRef
    choices: list[Choice]
    cells: list[Evidence]
    decision: DecisionInfo | None
