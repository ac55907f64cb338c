"""The document that files make: its id, what they say of it, what the user said, what it replaces."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from graph.ids import document_id
from graph.model import Document
from graph.store import Store, StoredDocument
from graph.vocabulary import Status
from ingest.documents.metadata import Metadata, read_metadata
from ingest.documents.sources import Source


def given_options(
    known: StoredDocument | None, programme: str, status: Status, replaces: str
) -> dict[str, str]:
    """What the user has said of a document so far and now. `replaces` is the id of a stored document."""
    options = dict(known.document.options) if known else {}
    if programme:
        options["programme"] = programme
    if status is Status.ILLUSTRATIVE:
        options["status"] = status.value
    if replaces and replaces not in options.get("replaces", "").split():
        options["replaces"] = " ".join([*options.get("replaces", "").split(), replaces])
    return options


def describe(
    sources: Sequence[Source],
    known: StoredDocument | None,
    options: Mapping[str, str],
    store: Store,
    region_of: Callable[[str], str],
) -> Document:
    """The document of these files. A known one keeps its id; a successor inherits the programme of what it
    replaces, unless the user names one."""
    meta = read_metadata([source.file for source in sources], region_of)
    key = known.document.id if known else document_id(meta.number, sources[0].file.sha256)
    stored = {one.document.id: one.document for one in store.documents()} if _replaces(meta, options) else {}
    replaced = [one for one in _replaced(meta, options, stored) if one != key]
    inherited = next(
        (stored[one].programme for one in replaced if one in stored and stored[one].programme), ""
    )
    if not inherited and replaced and known and not any(one in stored for one in replaced):
        inherited = known.document.programme
    illustrative = options.get("status") == Status.ILLUSTRATIVE.value
    return Document(
        id=key,
        title=meta.title,
        number=meta.number,
        date=meta.date,
        issuer=meta.issuer,
        programme=options.get("programme") or inherited or meta.programme,
        region=meta.region,
        status=Status.ILLUSTRATIVE if illustrative else meta.status,
        supersedes=tuple(replaced),
        options=dict(options),
    )


def _replaces(meta: Metadata, options: Mapping[str, str]) -> bool:
    return bool(meta.repeals or options.get("replaces"))


def _replaced(meta: Metadata, options: Mapping[str, str], stored: Mapping[str, Document]) -> list[str]:
    """Ids of the documents replaced by the user's word or by a stated 废止, also of those not stored yet."""
    numbers = {one.number: one.id for one in stored.values() if one.number}
    stated = [numbers.get(number, document_id(number, "")) for number in meta.repeals]
    return list(dict.fromkeys([*options.get("replaces", "").split(), *stated]))
