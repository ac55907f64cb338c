"""Drafts: documents read anew from all their stored files and new ones, which wait to be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graph.errors import FileRejected
from graph.model import Decision, Reading
from graph.receipt import receipt_of
from graph.store import Premise, Store, StoredDocument
from ingest.documents.belonging import find_document, options_with, owner_of
from ingest.documents.sources import Source, load_source
from ingest.interpreter import Interpreter
from ingest.outcomes import IngestOptions, StatedClaim
from ingest.stored import claims_of, stored_claims


@dataclass(frozen=True, slots=True)
class Draft:
    """A reading that waits to be written, and the document as it stood when it was read."""

    reading: Reading
    known: StoredDocument | None


def premise_of(drafts: Sequence[Draft], decisions: Mapping[str, Decision]) -> Premise:
    """What drafts were made from: the store writes them only while it still holds that."""
    held = {one.reading.document.id: one.known.fingerprint if one.known else "" for one in drafts}
    return Premise(held, decisions)


def draft_new(
    store: Store,
    interpreter: Interpreter,
    sources: Sequence[Source],
    options: IngestOptions,
    decisions: Mapping[str, Decision],
) -> Draft:
    """Read a document from what is stored of it and these files. Raises FileRejected when they bring nothing."""
    known = owner_of(store, sources, options)
    kept = [load_source(file) for file in store.files(known.document.id)] if known else []
    merged = {source.file.sha256: source for source in kept}
    for source in sources:
        old = merged.get(source.file.sha256)
        merged[source.file.sha256] = replace(source, profile=source.profile or (old.profile if old else ""))
    given = options_with(store, known, options)
    assembled = interpreter.read(list(merged.values()), known, given, decisions=decisions)
    new = {source.file.sha256 for source in sources}
    empty = {list(merged)[index] for index in assembled.empty}
    scanned = all(source.file.scanned for source in sources)
    if new <= empty or (scanned and known is None):
        receipt = receipt_of(assembled.reading, written=False)
        raise FileRejected(_nothing_in(sources[0].file.name, scanned=scanned), receipt=receipt)
    return Draft(assembled.reading, known)


def draft_again(
    store: Store,
    interpreter: Interpreter,
    document_id: str,
    *,
    profile: str | None = None,
    decisions: Mapping[str, Decision],
    aliases: Mapping[str, str] | None = None,
) -> Draft:
    """Read a stored document again, with another profile if named. Raises NotFound."""
    known = find_document(store, document_id)
    sources = [load_source(file) for file in store.files(document_id)]
    if profile is not None:
        sources = [replace(source, profile=profile) for source in sources]
    read = interpreter.read(sources, known, known.document.options, decisions=decisions, aliases=aliases)
    return Draft(read.reading, known)


def draft_taken_over(
    other: Store,
    interpreter: Interpreter,
    stored: StoredDocument,
    decisions: Mapping[str, Decision],
    aliases: Mapping[str, str],
) -> Draft:
    """Read a document of another store as its files read here, under the id and the options that it has there; the
    old ids (that store's `aliases`) of what it names lead there here too."""
    sources = [load_source(file) for file in other.files(stored.document.id)]
    reading = interpreter.read(sources, stored, stored.document.options, decisions=decisions).reading
    named = {entity.id for entity in reading.entities}
    led = tuple((old, new) for old, new in aliases.items() if new in named)
    return Draft(replace(reading, aliases=led), None)


def changed_claims(store: Store, draft: Draft) -> tuple[list[StatedClaim], list[StatedClaim]]:
    """Claims added and removed against what is stored."""
    reading = draft.reading
    old = stored_claims(store, draft.known.document) if draft.known else {}
    new = claims_of(reading.document, reading.claims, reading.entities)
    added = [claim for key, claim in new.items() if key not in old]
    return added, [claim for key, claim in old.items() if key not in new]


def _nothing_in(name: str, *, scanned: bool) -> str:
    if scanned:
        return f"{name} 是扫描件，没有可读的文字；请换一份可编辑的文件，或用 --part-of 并入它所属的文件。"
    return f"{name} 里没有表格、名单，也没有提到附件，因此没有可以读取的内容；请换一份含表格的文件。"
