"""Writing one change into Neo4j, inside the transaction of the caller, who passes a function that runs Cypher."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, LiteralString, Protocol

from graph.backends import cypher_texts as cypher
from graph.backends.neo4j_entities import orphans, settle_touched, write_aliases, write_entities
from graph.backends.neo4j_reading import DECISIONS, decision
from graph.backends.rows import (
    CANDIDATE_COLUMNS,
    CLAIM_COLUMNS,
    COVERAGE_COLUMNS,
    UNDATED_SUCCESSOR,
    ClaimRow,
    Prepared,
    candidate_row,
    coverage_row,
    document_row,
    moved_claim,
    pack,
    pack_tables,
)
from graph.errors import Overtaken
from graph.model import CoverageCell, Decision
from graph.store import Change, Premise
from graph.vocabulary import Relation

BATCH = 5_000
"""Rows of one UNWIND: enough to make round trips cheap, few enough for a small server's memory."""
_ENDS = ("id", "type", "source", "target")


class Run(Protocol):
    """Runs one text in the transaction and returns its rows."""

    def __call__(self, text: LiteralString, /, **parameters: Any) -> list[dict[str, Any]]: ...


def write_change(run: Run, change: Change, prepared: Sequence[Prepared]) -> bool:
    """Write all of a change, `prepared` being its readings; whether anything changed. Raises Overtaken."""
    if change.premise is not None:
        _check_premise(run, change.premise)
    changed = [remove_document(run, document) for document in change.removals]
    changed += [undo_decision(run, candidate) for candidate in change.undone]
    changed.append(forget_aliases(run, change.forgotten))
    changed += [write_decision(run, decision) for decision in change.decisions]
    changed += [write_reading(run, item) for item in prepared]
    return any(changed)


def _check_premise(run: Run, premise: Premise) -> None:
    """Raise Overtaken when the documents or decisions that a change was made from are others by now."""
    found = {row["id"]: row["fingerprint"] for row in run(cypher.FINGERPRINTS, ids=list(premise.documents))}
    decided = [decision(row) for row in run(DECISIONS)]
    held = dict.fromkeys(premise.documents, "") | found
    if held != premise.documents or {one.candidate: one for one in decided} != premise.decisions:
        raise Overtaken


def remove_document(run: Run, document: str) -> bool:
    """Remove a document with all that only it holds. False when it isn't there."""
    if not run(cypher.FINGERPRINT, document=document):
        return False
    touched = _clear_document(run, document)
    targets = _supersedes(run, document)
    run(cypher.DELETE_DOCUMENT, document=document)
    run(cypher.DROP_PROGRAMMES)
    _settle_supersedes(run, targets)
    settle_touched(run, touched)
    return True


def write_reading(run: Run, prepared: Prepared) -> bool:
    """Replace a document by its reading. False when the store already holds just that."""
    document = prepared.reading.document.id
    row = run(cypher.FINGERPRINT, document=document)
    if row and row[0]["fingerprint"] == prepared.fingerprint:
        return False
    touched = _clear_document(run, document) if row else set[str]()
    write_entities(run, prepared.entities, replaced=orphans(run, touched))
    for old, new in prepared.reading.merges:
        if old not in prepared.entities and _merge(run, old, new):
            touched.update((old, new))
    _write_document(run, prepared, known=bool(row))
    _write_contents(run, prepared)
    settle_touched(run, touched.union(entity for entity, _ in prepared.mentions))
    pairs = (*prepared.reading.aliases, *prepared.reading.merges)
    if pairs:
        write_aliases(run, pairs)
    return True


def write_decision(run: Run, decision: Decision) -> bool:
    row = {
        "candidate": decision.candidate,
        "printed": decision.printed,
        "scope": decision.scope,
        "entity": decision.entity,
        "user": decision.user,
        "decided": decision.when,
    }
    row = {key: value for key, value in row.items() if value is not None}
    old = run(cypher.DECISION, candidate=decision.candidate)
    if old and old[0]["row"] == row:
        return False
    run(cypher.WRITE_DECISION, candidate=decision.candidate, row=row)
    return True


def undo_decision(run: Run, candidate: str) -> bool:
    """Take a decision back; False when there is none."""
    if not run(cypher.DECISION, candidate=candidate):
        return False
    run(cypher.UNDO_DECISION, candidate=candidate)
    return True


def forget_aliases(run: Run, olds: Sequence[str]) -> bool:
    """Delete aliases by their old ids; whether there were any."""
    return bool(olds) and run(cypher.DELETE_ALIASES, olds=list(olds))[0]["gone"] > 0


def _clear_document(run: Run, document: str) -> set[str]:
    """Delete all that a document holds but its own node; the ids of the entities that it named."""
    rows = [row for text in cypher.CLEAR_CLAIMS.values() for row in run(text, document=document)]
    for text in cypher.CLEAR_BACKGROUND.values():
        rows += run(text, document=document)
    touched = {end for row in rows for end in (row["source"], row["target"])}
    touched.update(row["id"] for row in run(cypher.CLEAR_MENTIONS, document=document))
    run(cypher.CLEAR_PARTS, document=document)
    return touched


def _supersedes(run: Run, document: str) -> set[str]:
    return {row["target"] for row in run(cypher.SUPERSEDED, document=document)}


def _settle_supersedes(run: Run, documents: Iterable[str]) -> None:
    run(cypher.SETTLE_SUPERSEDED, ids=sorted(documents), undated=UNDATED_SUCCESSOR)


def _merge(run: Run, old: str, new: str) -> bool:
    """Move claims, coverage and mentions of an entity to another; nothing where either isn't there."""
    if run(cypher.BOTH_STAND, old=old, new=new)[0]["count"] != 2:
        return False
    for found in run(cypher.TAKE_CLAIMS, old=old):
        held = dict(found["all"])
        holders = held.pop("holders", None)
        given = {**held, "type": found["type"], "source": found["source"], "target": found["target"]}
        moved = moved_claim([given.get(column) for column in CLAIM_COLUMNS], old, new)
        if holders:
            key = moved[0] if moved else None
            run(cypher.RENAME_BACKGROUND, holders=holders, old=held["id"], new=key)
        if moved:
            _write_claims(run, [moved], holders)
    run(cypher.MOVE_COVERAGE, old=old, new=new)
    run(cypher.MOVE_MENTIONS, old=old, new=new)
    return True


def _write_document(run: Run, prepared: Prepared, *, known: bool) -> None:
    document = prepared.reading.document
    seq = 0 if known else run(cypher.TAKE_DOCUMENT, count=1)[0]["first"]
    before = _supersedes(run, document.id)
    targets = [target for target in dict.fromkeys(document.supersedes) if target != document.id]
    run(cypher.CLEAR_LINKS, document=document.id)
    run(
        cypher.WRITE_DOCUMENT,
        document=document.id,
        seq=seq,
        added=datetime.now(UTC).isoformat(timespec="seconds"),
        properties={
            **document_row(prepared),
            "supersedes": targets,
            "background": [row[0] for row in prepared.background],
        },
    )
    if document.programme:
        run(cypher.JOIN_PROGRAMME, document=document.id, programme=document.programme)
    run(cypher.DROP_PROGRAMMES)
    run(cypher.LINK_SUPERSEDED, document=document.id)
    run(cypher.LINK_SUCCESSORS, document=document.id)
    _settle_supersedes(run, {document.id, *before, *targets})


def _write_contents(run: Run, prepared: Prepared) -> None:
    reading = prepared.reading
    key = reading.document.id
    _in_batches(run, cypher.WRITE_MENTIONS, [list(row) for row in prepared.mentions], document=key)
    _write_claims(run, prepared.claims, None)
    _write_claims(run, prepared.background, [key])
    _in_batches(run, cypher.WRITE_COVERAGE, [_coverage(c) for c in reading.coverage], document=key)
    files = [
        {"document": key, "seq": n, "name": f.name, "sha256": f.sha256, "content": pack(f.content)}
        for n, f in enumerate(reading.files, 1)
    ]
    tables = [{"document": key, "number": n, "content": content} for n, content in pack_tables(prepared)]
    for row in files:
        run(cypher.WRITE_FILES, document=key, rows=[row])
    for row in tables:
        run(cypher.WRITE_TABLES, document=key, rows=[row])
    _in_batches(run, cypher.WRITE_PROBLEMS, _problems(prepared), document=key)
    candidates = {
        row[:5]: dict(zip(CANDIDATE_COLUMNS, row, strict=True))
        for row in (candidate_row(c) for c in reading.candidates)
    }
    _in_batches(run, cypher.WRITE_CANDIDATES, list(candidates.values()), document=key)


def _problems(prepared: Prepared) -> list[dict[str, Any]]:
    return [
        {
            "document": prepared.reading.document.id,
            "seq": n,
            "code": p.code,
            "severity": p.severity,
            "table_no": p.table,
            "row_no": p.row,
            "column_no": p.column,
            "message": p.message,
            "text": p.text,
        }
        for n, p in enumerate(prepared.reading.problems, 1)
    ]


def _coverage(c: CoverageCell) -> dict[str, Any]:
    unit, *rest = coverage_row(c)
    return {"unit": unit, "properties": dict(zip(COVERAGE_COLUMNS[2:], rest, strict=True))}


def _write_claims(run: Run, claims: Sequence[ClaimRow], holders: Sequence[str] | None) -> None:
    """Write claims by relation type; those of a gazetteer with the documents that brought them in."""
    texts = cypher.WRITE_CLAIMS if holders is None else cypher.WRITE_BACKGROUND
    by_type: dict[str, list[dict[str, Any]]] = {}
    for claim in claims:
        full = dict(zip(CLAIM_COLUMNS, claim, strict=True))
        row = {key: full[key] for key in ("id", "source", "target")}
        row["properties"] = {key: value for key, value in full.items() if key not in _ENDS}
        if holders is not None:
            row["holders"] = list(holders)
        by_type.setdefault(full["type"], []).append(row)
    for kind, rows in by_type.items():
        _in_batches(run, texts[Relation(kind)], rows)


def _in_batches(run: Run, text: LiteralString, rows: Sequence[Any], **parameters: str) -> None:
    for start in range(0, len(rows), BATCH):
        run(text, rows=rows[start : start + BATCH], **parameters)
