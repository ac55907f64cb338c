"""The library: everything that changes the graph goes through here.

A document is always interpreted anew from all its stored files with today's gazetteers, profiles, aliases and
decisions into one `Reading`, and the store replaces the document by it. Idempotence, joining of files, settling
of gaps and rereading all follow from that.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from graph.errors import NotFound
from graph.ids import document_number
from graph.settings import Settings
from graph.store import Change, Store
from ingest.outcomes import (
    DocumentDiff,
    IngestOptions,
    IngestOutcome,
    PathOutcome,
    Preview,
    Reread,
    ReviewItem,
)

Progress = Callable[[int, int, str], None]
"""Called with (done, total, name of the path just finished)."""


class Library:
    """Documents in a store. One writer at a time within a process; reading stays free."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._writing = threading.RLock()

    def ingest(
        self,
        files: Sequence[tuple[str, bytes]],
        options: IngestOptions | None = None,
        *,
        dry_run: bool = False,
    ) -> IngestOutcome:
        """Read the (name, bytes) of the files of one document and write it.

        Raises FileRejected (nothing is written) and NotFound for an unknown `part_of` or `replaces`.
        """
        raise NotImplementedError

    def preview(self, files: Sequence[tuple[str, bytes]], options: IngestOptions | None = None) -> Preview:
        """What `ingest` would write, and the claims added and removed against what is stored."""
        raise NotImplementedError

    def ingest_paths(
        self,
        paths: Sequence[Path],
        options: IngestOptions | None = None,
        *,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> list[PathOutcome]:
        """Ingest files and all supported files of folders, one document a file, in the order of their paths.

        A file that is rejected never stops the others. Raises UsageError for a path that does not exist.
        """
        raise NotImplementedError

    def reread(
        self, document_id: str | None = None, *, profile: str | None = None, dry_run: bool = False
    ) -> list[Reread]:
        """Read one document, or all, again with today's knowledge; written in one transaction."""
        raise NotImplementedError

    def remove(self, document_id: str) -> None:
        """Remove a document with its claims. Raises NotFound."""
        with self._writing:
            self._store.apply(Change(removals=[self.find(document_id)]))

    def find(self, document_id: str) -> str:
        """The id of a stored document, given as an id or a document number. Raises NotFound."""
        number = document_number(document_id.removeprefix("doc:"))
        for guess in (document_id, f"doc:{document_id}", f"doc:{number}"):
            if self._store.document(guess) is not None:
                return guess
        raise NotFound(f"没有编号为“{document_id}”的文件；可用 documents list 查看已有文件。")

    def diff(self, a: str, b: str) -> DocumentDiff:
        """What document `b` changed against `a`. Raises NotFound."""
        raise NotImplementedError

    def review(self) -> list[ReviewItem]:
        """Names on the review desk, undecided ones first."""
        raise NotImplementedError

    def accept(self, candidate: str, entity: str, user: str) -> list[Reread]:
        """Decide that a printed name is this entity; rereads what prints it. Raises NotFound."""
        raise NotImplementedError

    def reject(self, candidate: str, user: str) -> list[Reread]:
        """Decide that a printed name is none of its candidates; rereads what prints it. Raises NotFound."""
        raise NotImplementedError

    def undo(self, candidate: str, user: str) -> list[Reread]:
        """Take a decision back; rereads what it touched. Raises NotFound."""
        raise NotImplementedError
