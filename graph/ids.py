"""Deterministic ids, so that ingesting the same document twice changes nothing."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from graph.characters import simplified
from graph.vocabulary import TYPES, EntityType, Relation

_NUMBER = re.compile(
    r"^(?P<organ>\D{2,20}?)[〔\[【（(［]?(?P<year>(?:19|20)\d{2})[〕\]】）)］]?第?(?P<no>\d{1,4})号$"
)


@lru_cache(maxsize=50_000)
def normalise(text: str) -> str:
    """NFKC, without spaces, in simplified characters: the form in which names are compared and put in ids."""
    return simplified(compact(text))


def compact(text: str) -> str:
    """NFKC without spaces: a name as printed, on one line."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def document_number(text: str) -> str | None:
    """The number of an official document in its standard form `甬政办发〔2019〕32号`, or None.

    GB/T 9704-2012 §7.2.5: organ code, year in 〔〕, serial number without leading zeros, 号.
    """
    match = _NUMBER.match(normalise(text))
    if match is None:
        return None
    return f"{match['organ']}〔{match['year']}〕{int(match['no'])}号"


def entity_id(kind: EntityType, name: str, *, scope: str | None = None) -> str:
    """`unit:宁波市江北区`; with a scope (a region's name or a document id) `unit:市支援合作局@宁波市`."""
    base = f"{TYPES[kind].prefix}:{normalise(name)}"
    return f"{base}@{normalise(scope)}" if scope else base


def document_id(number: str | None, sha256: str) -> str:
    """`doc:甬政办发〔2019〕32号`, or `doc:` and 12 hex digits of the file where there is no number."""
    return f"doc:{number}" if number else f"doc:{sha256[:12]}"


def task_id(document: str, table: int, row: int) -> str:
    """`task:甬政办发〔2019〕32号/t1r3`."""
    return f"task:{document.removeprefix('doc:')}/t{table}r{row}"


def claim_id(
    relation: Relation, source: str, target: str, document: str | None, table: int | None, row: int | None
) -> str:
    """One id per (type, ends, document, table, row): 20 hex digits."""
    key = "\x1f".join((relation, source, target, document or "", str(table or ""), str(row or "")))
    return hashlib.blake2b(key.encode(), digest_size=10).hexdigest()


def candidate_id(printed: str, scope: str) -> str:
    """One id per printed name and scope (`Scope.key`), so that a decision holds for every document: 16 hex digits."""
    key = "\x1f".join((normalise(printed), normalise(scope)))
    return hashlib.blake2b(key.encode(), digest_size=8).hexdigest()


def cell_anchor(table: int, row: int, column: int) -> str:
    """`t1r2c3`: the fragment that lights a cell on a document's page."""
    return f"t{table}r{row}c{column}"
