"""From records to the rows that both backends write: the same columns, in the order of `schema.sql`."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Any

import orjson

from graph.backends.entity_rows import EntityRow, entity_row
from graph.ids import claim_id
from graph.model import Candidate, Choice, Claim, CoverageCell, Document, Reading
from graph.receipt import receipt_of
from graph.tables import Table, dump_table, load_table
from graph.vocabulary import Direction, Relation, Status

UNDATED_SUCCESSOR = "0001-01-01"
"""`superseded_on` of a document whose successor bears no date: replaced on every day."""

CLAIM_COLUMNS = (
    "id", "type", "source", "target", "document", "table_no", "row_no", "column_no", "text", "term",
    "direction", "status", "valid_from", "valid_to", "citation",
)  # fmt: skip
COVERAGE_COLUMNS = (
    "document", "unit", "kind", "state", "reason", "text", "table_no", "row_no", "column_no", "status",
)  # fmt: skip
CANDIDATE_COLUMNS = (
    "id", "document", "table_no", "row_no", "column_no", "printed", "scope", "entity", "text", "choices",
)  # fmt: skip
ClaimRow = tuple[Any, ...]
_PLAIN = {member: member.value for kind in (Relation, Direction, Status) for member in kind}
"""Members as plain text: `value` computes it anew, three times for each of 100,000 claims."""


def claim_row(c: Claim) -> ClaimRow:
    return (
        c.id, _PLAIN[c.type], c.source, c.target, c.document, c.table, c.row, c.column, c.text, c.term,
        _PLAIN[c.direction], _PLAIN[c.status], c.valid_from, c.valid_to, c.citation,
    )  # fmt: skip


def coverage_row(c: CoverageCell) -> tuple[Any, ...]:
    """In the order of COVERAGE_COLUMNS, but for the document."""
    return (
        c.unit, c.kind.value, c.state.value, c.reason, c.text, c.table, c.row, c.column, c.status.value,
    )  # fmt: skip


def moved_claim(row: Sequence[Any], old: str, new: str) -> ClaimRow | None:
    """The claim with one of its ends renamed, under its new id; None where both ends become one entity."""
    _, kind, source, target, document, table, line, *rest = row
    source, target = (new if end == old else end for end in (source, target))
    if source == target:
        return None
    key = claim_id(Relation(kind), source, target, document, table, line)
    return (key, kind, source, target, document, table, line, *rest)


def candidate_row(c: Candidate) -> tuple[Any, ...]:
    choices = json.dumps(c.choices, ensure_ascii=False)
    return (c.id, c.document, c.table, c.row, c.column, c.printed, c.scope, c.entity, c.text, choices)


def candidate_of(row: Sequence[Any]) -> Candidate:
    """The record of a row in the order of CANDIDATE_COLUMNS."""
    name, document, table, line, column, printed, scope, entity, text, choices = row
    loaded: list[Choice] = json.loads(choices)
    return Candidate(name, printed, scope, entity, document, table, line, column, text, tuple(loaded))


def pack(text: str) -> bytes:
    """Compressed for storing; level 1, since sheets are large and deflate well."""
    return zlib.compress(text.encode(), 1)


def unpack(data: bytes) -> str:
    return zlib.decompress(data).decode()


def pack_tables(prepared: Prepared) -> list[tuple[int, bytes]]:
    """The tables of a reading, by number, as they are stored."""
    return [(number, zlib.compress(data, 1)) for number, data in prepared.tables]


def unpack_table(data: bytes) -> Table:
    return load_table(orjson.loads(zlib.decompress(data)))


@dataclass(frozen=True, slots=True)
class Prepared:
    """One reading as rows. Claims with one id (the same edge stated twice in a row) are one, the first."""

    reading: Reading
    fingerprint: str
    receipt: str
    entities: dict[str, EntityRow]
    """Those that something in the reading refers to."""
    mentions: list[tuple[str, str]]
    """Entity and its place among the document's mentions, which sorts as text."""
    claims: list[ClaimRow]
    background: list[ClaimRow]
    tables: list[tuple[int, bytes]]
    """By number, as JSON."""


def prepare(reading: Reading) -> Prepared:
    """Rows of a reading. Raises ValueError on a reference to an entity or document that it doesn't hold."""
    document = reading.document.id
    known = {entity.id: entity for entity in reading.entities}
    first = _first_spots(reading)
    used = {*reading.mentions, *first}
    for claim in reading.background:
        used.update((claim.source, claim.target))
    if missing := used - known.keys():
        raise ValueError(
            f"the reading of {document} refers to entities it doesn't hold: {sorted(missing)[:3]}"
        )
    owners = {c.document for c in reading.claims} | {c.document for c in reading.coverage}
    owners |= {c.document for c in reading.candidates}
    if owners - {document} or any(c.document is not None for c in reading.background):
        raise ValueError(f"the reading of {document} states something for another document")
    claims = _once(reading.claims)
    tables = [(table.number, orjson.dumps(dump_table(table))) for table in reading.tables]
    return Prepared(
        reading=reading,
        fingerprint=_fingerprint(reading, claims, tables),
        receipt=json.dumps(receipt_of(reading, written=True), ensure_ascii=False),
        entities={key: entity_row(entity) for key, entity in known.items() if key in used},
        mentions=_mentions(reading.mentions, first),
        claims=claims,
        background=_once(reading.background),
        tables=tables,
    )


def _first_spots(reading: Reading) -> dict[str, tuple[float, float]]:
    """The first table and row that says something of each entity; what stands in none comes last."""
    first: dict[str, tuple[float, float]] = {}
    for claim in reading.claims:
        spot = (inf if claim.table is None else claim.table, inf if claim.row is None else claim.row)
        for end in (claim.source, claim.target):
            if end not in first or spot < first[end]:
                first[end] = spot
    for cell in reading.coverage:
        spot = (inf if cell.table is None else cell.table, inf if cell.row is None else cell.row)
        if cell.unit not in first or spot < first[cell.unit]:
            first[cell.unit] = spot
    return first


def _mentions(named: Sequence[str], first: Mapping[str, tuple[float, float]]) -> list[tuple[str, str]]:
    """What the document names, by table and row; within a row, and without one last, as the reading has it."""
    ordered = sorted(dict.fromkeys(named), key=lambda entity: first.get(entity, (inf, inf)))
    return [(entity, f"{place:06d}") for place, entity in enumerate(ordered, 1)]


def _once(claims: Sequence[Claim]) -> list[ClaimRow]:
    first = {claim.id: claim for claim in reversed(claims)}
    ordered = claims if len(first) == len(claims) else [c for c in claims if first[c.id] is c]
    return list(map(claim_row, ordered))


def _fingerprint(reading: Reading, claims: Sequence[ClaimRow], tables: Sequence[tuple[int, bytes]]) -> str:
    """Of all that the reading says: equal readings have equal fingerprints.

    Claims go in as rows and tables as they are stored, which takes a third of the time that records take.
    """
    rest = replace(reading, claims=(), tables=())
    digest = hashlib.sha256(orjson.dumps((claims, rest), default=dict, option=orjson.OPT_SORT_KEYS))
    for _, data in tables:
        digest.update(data)
    return digest.hexdigest()[:32]


def document_row(prepared: Prepared) -> dict[str, str | None]:
    """What both backends keep of a document itself, by column."""
    document = prepared.reading.document
    return {
        "title": document.title,
        "number": document.number,
        "date": document.date,
        "issuer": document.issuer,
        "programme": document.programme,
        "region": document.region,
        "status": Status(document.status).value,
        "options": json.dumps(dict(document.options), ensure_ascii=False),
        "receipt": prepared.receipt,
        "fingerprint": prepared.fingerprint,
    }


def document_of(row: Mapping[str, Any], supersedes: Sequence[str]) -> Document:
    """The record of a stored document."""
    return Document(
        id=row["id"],
        title=row["title"],
        number=row["number"],
        date=row["date"],
        issuer=row["issuer"],
        programme=row["programme"],
        region=row["region"],
        status=Status(row["status"]),
        supersedes=tuple(supersedes),
        options=json.loads(row["options"]),
    )
