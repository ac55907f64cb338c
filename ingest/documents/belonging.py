"""Which stored document a file belongs to, and whether it is there already."""

from __future__ import annotations

from collections.abc import Sequence

from graph.errors import NotFound
from graph.ids import document_number
from graph.store import Store, StoredDocument
from ingest.documents.describing import given_options
from ingest.documents.metadata import read_metadata
from ingest.documents.sources import Source
from ingest.outcomes import IngestOptions, IngestOutcome


def find_document(store: Store, named: str) -> StoredDocument:
    """A stored document by its id or its number, in any form of its brackets. Raises NotFound."""
    number = document_number(named.removeprefix("doc:"))
    for guess in dict.fromkeys((named, f"doc:{named}", f"doc:{number}")):
        if (found := store.document(guess)) is not None:
            return found
    for one in store.documents() if number else ():
        if one.document.number == number:
            return one
    raise NotFound(f"没有编号为“{named}”的文件；可用 documents list 查看已有文件。")


def owner_of(store: Store, sources: Sequence[Source], options: IngestOptions) -> StoredDocument | None:
    """The stored document that files belong to: the one named, the one of their number, or the one that holds
    one of them. Raises NotFound for an unknown `part_of`."""
    if options.part_of:
        return find_document(store, options.part_of)
    number = read_metadata([source.file for source in sources], lambda text: "").number
    if number:
        try:
            return find_document(store, number)
        except NotFound:
            return None
    owners = (store.file_owner(source.file.sha256) for source in sources)
    owner = next((one for one in owners if one), None)
    return store.document(owner) if owner else None


def options_with(store: Store, known: StoredDocument | None, options: IngestOptions) -> dict[str, str]:
    """What the user has said of a document so far and now. Raises NotFound for an unknown `replaces`."""
    replaces = find_document(store, options.replaces).document.id if options.replaces else ""
    return given_options(known, options.programme or "", options.status, replaces)


def already_present(store: Store, hashes: Sequence[str], options: IngestOptions) -> IngestOutcome | None:
    """The outcome for files that one document already holds all of, unless the options say something new."""
    owners = {store.file_owner(one) for one in hashes}
    owner = owners.pop() if len(owners) == 1 else None
    known = store.document(owner) if owner else None
    if known is None or _says_something_new(store, known, options):
        return None
    return IngestOutcome(known.receipt, "present", known.document.id)


def _says_something_new(store: Store, known: StoredDocument, options: IngestOptions) -> bool:
    if options.profile:
        return True
    if options.part_of and find_document(store, options.part_of).document.id != known.document.id:
        return True
    return options_with(store, known, options) != dict(known.document.options)
