"""The library: everything that changes the graph goes through here.

A document is always interpreted anew from all its stored files with today's gazetteers, profiles, aliases and
decisions into one `Reading`, and the store replaces the document by it. Idempotence, joining of files, settling
of gaps and rereading all follow from that.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from graph.errors import CoopgraphError, FileRejected
from graph.model import DocumentRef
from graph.receipt import receipt_of
from graph.settings import Settings
from graph.statements.comparison import DocumentDiff, differences
from graph.store import Change, Store, StoredDocument
from ingest.collecting import collecting_later
from ingest.documents.belonging import already_present, find_document
from ingest.documents.sources import Source, load_source
from ingest.drafting import changed_claims, draft_again, draft_new, draft_taken_over, premise_of
from ingest.folders import Progress, Read, find_files, fingerprint, read_paths, read_source
from ingest.interpreter import Interpreter
from ingest.outcomes import (
    IngestOptions,
    IngestOutcome,
    PathOutcome,
    Preview,
    Reread,
    ReviewItem,
)
from ingest.privacy.redaction import redact_name
from ingest.rejecting import rejection_receipt
from ingest.retrying import settled
from ingest.review import Touched, decide, review_items, take_back
from ingest.stored import in_order_of_arrival, mentioning
from ingest.waiting import Waiting


class Library:
    """Documents in a store. One writer at a time within a process; asking the store stays free."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._interpreter = Interpreter(store, settings.data_dir)
        self._waiting = Waiting(store, self._interpreter)
        self._writing = threading.RLock()

    @property
    def store(self) -> Store:
        return self._store

    def ingest(
        self,
        files: Sequence[tuple[str, bytes]],
        options: IngestOptions | None = None,
        *,
        dry_run: bool = False,
    ) -> IngestOutcome:
        """Read the (name, bytes) of the files of one document and write it.

        Raises FileRejected (nothing is written; `details["receipt"]` where the file could be read), NotFound
        for an unknown `part_of` or `replaces`, UsageError for a wrong profile.
        """
        options = options or IngestOptions()
        with self._writing, collecting_later():
            hashes = [hashlib.sha256(data).hexdigest() for _, data in files]
            if present := already_present(self._store, hashes, options):
                return present
            profile = self._interpreter.profile_source(options.profile)
            sources = [source for name, data in files for source in read_source(name, data, profile)]
            return self._ingest(sources, options, dry_run=dry_run)

    def preview(self, files: Sequence[tuple[str, bytes]], options: IngestOptions | None = None) -> Preview:
        """What `ingest` would write, and the claims added and removed against what is stored."""
        options = options or IngestOptions()
        with self._writing:
            profile = self._interpreter.profile_source(options.profile)
            sources = [source for name, data in files for source in read_source(name, data, profile)]
            decisions = self._store.decisions()
            draft = draft_new(self._store, self._interpreter, sources, options, decisions)
        added, removed = changed_claims(self._store, draft)
        return Preview(draft.reading, receipt_of(draft.reading, written=False), added, removed)

    def ingest_paths(
        self,
        paths: Sequence[Path],
        options: IngestOptions | None = None,
        *,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> list[PathOutcome]:
        """Ingest files and all supported files of folders, one document a file, in the order of their paths.

        A file that is rejected never stops the others. Raises UsageError for a path that does not exist or a
        wrong profile, NotFound for an unknown `part_of` or `replaces`, StoreUnavailable.
        """
        options = options or IngestOptions()
        found = find_files(paths)
        profile = self._interpreter.profile_source(options.profile)
        for named in (options.part_of, options.replaces):
            if named:
                self.find(named)
        outcomes: dict[Path, PathOutcome] = {}
        fresh: list[Path] = []
        for path in found:
            present = self._present_path(path, options)
            if present is None:
                fresh.append(path)
            else:
                outcomes[path] = PathOutcome(str(path), "present", present.receipt, "内容未变，已在库中。")
        for path, read in zip(fresh, read_paths(fresh, profile), strict=True):
            outcomes[path] = self._ingest_path(path, read, options, dry_run=dry_run)
            if progress:
                progress(len(outcomes), len(found), path.name)
        return [outcomes[path] for path in found]

    def reread(
        self, document_id: str | None = None, *, profile: str | None = None, dry_run: bool = False
    ) -> list[Reread]:
        """Read one document, or all, again with today's knowledge, and with another profile if named; each is
        written in one transaction.

        Raises NotFound, and UsageError for a wrong profile.
        """
        with self._writing:
            given = None if profile is None else self._interpreter.profile_source(profile)
            ids = (
                [self.find(document_id)] if document_id else [d.document.id for d in self._store.documents()]
            )
            return [settled(partial(self._reread, [one], profile=given, dry_run=dry_run))[0] for one in ids]

    def take_over(self, other: Store) -> list[IngestOutcome]:
        """Write what another store holds and this one does not: its decisions on names, and its documents in the order
        in which they came to it, each read with today's knowledge in a transaction of its own. What is here stays."""
        with self._writing:
            decided = self._store.decisions()
            fresh = [one for key, one in other.decisions().items() if key not in decided]
            if fresh:
                self._store.apply(Change(decisions=fresh))
            aliases = other.aliases()
            return [
                settled(partial(self._take_over, other, one, aliases)) for one in in_order_of_arrival(other)
            ]

    def remove(self, document_id: str) -> None:
        """Remove a document with its claims, and the entities that nothing else mentions. Raises NotFound."""
        with self._writing:
            self._store.apply(Change(removals=[self.find(document_id)]))

    def find(self, document_id: str) -> str:
        """The id of a stored document, given as an id or a document number. Raises NotFound."""
        return find_document(self._store, document_id).document.id

    def diff(self, a: str, b: str) -> DocumentDiff:
        """What document `b` changed against `a`. Raises NotFound."""
        return differences(self._store, self.find(a), self.find(b))

    def review(self) -> list[ReviewItem]:
        """Names on the review desk: open ones by appearance, then decided ones."""
        return review_items(self._store, self._waiting.candidates(), self._interpreter.plain.index)

    def accept(self, candidate: str, entity: str, user: str) -> list[Reread]:
        """Decide that a printed name is this entity; rereads what prints it, in one transaction.

        Raises NotFound, and InvalidParameter for an entity that is no choice and not in the store.
        """
        return self._decide(candidate, entity, user)

    def reject(self, candidate: str, user: str) -> list[Reread]:
        """Decide that a printed name is none of its choices; rereads what prints it. Raises NotFound."""
        return self._decide(candidate, None, user)

    def undo(self, candidate: str, user: str) -> list[Reread]:
        """Take a decision back, whoever made it; rereads what it touched. Raises NotFound when there is none."""

        def attempt() -> list[Reread]:
            touched = take_back(self._store, self._interpreter.plain.index, candidate)
            return self._reread(touched.documents, touched=touched)

        with self._writing:
            return settled(attempt)

    def _decide(self, candidate: str, entity: str | None, user: str) -> list[Reread]:
        def attempt() -> tuple[Touched, list[Reread]]:
            touched = decide(self._store, self._waiting.candidates(), candidate, entity, user)
            return touched, self._reread(touched.documents, touched=touched)

        with self._writing:
            touched, done = settled(attempt)
            late = mentioning(self._store, touched.asked) - set(touched.documents)
            return done + [settled(partial(self._reread, [one]))[0] for one in sorted(late)]

    def _present_path(self, path: Path, options: IngestOptions) -> IngestOutcome | None:
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            return None  # reading it will say why
        return already_present(self._store, [digest], options)

    def _ingest(self, sources: Sequence[Source], options: IngestOptions, *, dry_run: bool) -> IngestOutcome:
        return settled(partial(self._try_ingest, sources, options, dry_run=dry_run))

    def _try_ingest(
        self, sources: Sequence[Source], options: IngestOptions, *, dry_run: bool
    ) -> IngestOutcome:
        hashes = [source.file.sha256 for source in sources]
        if present := already_present(self._store, hashes, options):
            return present
        decisions = self._store.decisions()
        draft = draft_new(self._store, self._interpreter, sources, options, decisions)
        reading = draft.reading
        if not dry_run:
            self._store.apply(Change([reading], premise=premise_of([draft], decisions)))
        receipt = receipt_of(reading, written=not dry_run)
        return IngestOutcome(receipt, "dry_run" if dry_run else "written", reading.document.id)

    def _take_over(self, other: Store, stored: StoredDocument, aliases: Mapping[str, str]) -> IngestOutcome:
        here = self._store.document(stored.document.id)
        if here is not None:
            return IngestOutcome(here.receipt, "present", here.document.id)
        decisions = self._store.decisions()
        draft = draft_taken_over(other, self._interpreter, stored, decisions, aliases)
        self._store.apply(Change([draft.reading], premise=premise_of([draft], decisions)))
        return IngestOutcome(receipt_of(draft.reading, written=True), "written", stored.document.id)

    def _ingest_path(self, path: Path, read: Read, options: IngestOptions, *, dry_run: bool) -> PathOutcome:
        try:
            if isinstance(read, CoopgraphError):
                raise read
            with self._writing, collecting_later():
                done = self._ingest([load_source(file) for file in read], options, dry_run=dry_run)
        except FileRejected as error:
            files = [(redact_name(path.name), fingerprint(path))]
            receipt = rejection_receipt(error, files, options.programme)
            return PathOutcome(str(path), "rejected", receipt, error.message)
        counts = f"{done.receipt['entities']} 个实体、{done.receipt['claims']} 条关系"
        message = {"written": f"已写入：{counts}。", "dry_run": f"试读：{counts}，未写入。"}
        return PathOutcome(
            str(path), done.outcome, done.receipt, message.get(done.outcome, "内容未变，已在库中。")
        )

    def _reread(
        self,
        ids: Sequence[str],
        *,
        profile: str | None = None,
        touched: Touched | None = None,
        dry_run: bool = False,
    ) -> list[Reread]:
        """Read documents again and write them, with a decision if there is one, in one transaction."""
        decisions = touched.before if touched else self._store.decisions()
        drafts = [
            draft_again(
                self._store,
                self._interpreter,
                one,
                profile=profile,
                decisions=touched.decisions if touched else decisions,
                aliases=touched.aliases if touched else None,
            )
            for one in ids
        ]
        changes = [changed_claims(self._store, draft) for draft in drafts]
        version = self._store.version()
        if not dry_run:
            change = touched.change if touched else Change()
            readings = [draft.reading for draft in drafts]
            self._store.apply(replace(change, readings=readings, premise=premise_of(drafts, decisions)))
        written = self._store.version() != version
        return [
            Reread(
                document=DocumentRef(id=draft.reading.document.id, title=draft.reading.document.title),
                receipt=receipt_of(draft.reading, written=not dry_run),
                added=added,
                removed=removed,
                written=written,
            )
            for draft, (added, removed) in zip(drafts, changes, strict=True)
        ]
