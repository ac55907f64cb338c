"""The review desk: names that may be known bodies, what people decided about them, and what that touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.errors import InvalidParameter, NotFound
from graph.model import Candidate, Decision, Document, Evidence, entity_ref
from graph.store import Change, Store
from graph.vocabulary import TYPES, type_of_id
from ingest.interpreter import Interpreter
from ingest.naming import Scope
from ingest.outcomes import DecisionInfo, ReviewItem
from ingest.stored import mentioning, names_of, stored_claims


@dataclass(frozen=True, slots=True)
class Touched:
    """What a decision changes: the decisions in force before, the decisions and aliases to read with, the
    documents to read again, and what to write beside them."""

    before: dict[str, Decision]
    decisions: dict[str, Decision]
    aliases: dict[str, str]
    documents: list[str]
    change: Change


def review_items(store: Store, interpreter: Interpreter) -> list[ReviewItem]:
    """Open names by order of appearance, then decided ones, the latest decision first."""
    documents = {one.document.id: one.document for one in store.documents()}
    decisions = store.decisions()
    cells: dict[str, list[Candidate]] = {}
    for candidate in store.candidates():
        if candidate.id not in decisions:
            cells.setdefault(candidate.id, []).append(candidate)
    names = names_of(store, (found[0].entity for found in cells.values()))
    opened = [
        ReviewItem(
            id=key,
            printed=found[0].printed,
            scope=found[0].scope,
            entity=entity_ref(found[0].entity, names.get(found[0].entity, found[0].printed)),
            choices=list(found[0].choices),
            cells=[_cell(one, documents[one.document]) for one in found],
            decision=None,
        )
        for key, found in cells.items()
    ]
    latest = sorted(decisions.values(), key=lambda decision: decision.when, reverse=True)
    return opened + [_decided(store, interpreter, decision, documents) for decision in latest]


def _cell(candidate: Candidate, document: Document) -> Evidence:
    return Evidence(
        document=document.id,
        document_title=document.title,
        table=candidate.table,
        row=candidate.row,
        column=candidate.column,
        text=candidate.text,
        term="",
        status=document.status.value,
        source=None,
    )


def _decided(
    store: Store, interpreter: Interpreter, decision: Decision, documents: dict[str, Document]
) -> ReviewItem:
    """A decided name, with the cells of the claims that it now stands in."""
    entity = decision.entity or _as_printed(interpreter, decision)
    cells = [
        claim["evidence"]
        for document in sorted(mentioning(store, [entity]))
        for claim in stored_claims(store, documents[document]).values()
        if entity in (claim["source"]["id"], claim["target"]["id"])
    ]
    name = names_of(store, [entity]).get(entity, decision.printed)
    return ReviewItem(
        id=decision.candidate,
        printed=decision.printed,
        scope=decision.scope,
        entity=entity_ref(entity, name),
        choices=[],
        cells=cells,
        decision=DecisionInfo(entity=decision.entity, user=decision.user, when=decision.when),
    )


def _as_printed(interpreter: Interpreter, decision: Decision) -> str:
    """The id under which the name stands without the decision."""
    document = decision.scope if decision.scope.startswith("doc:") else ""
    scope = Scope("" if document else decision.scope, document)
    return interpreter.names({}, {}).resolve(decision.printed, scope).entity.id


def decide(store: Store, candidate: str, entity: str | None, user: str) -> Touched:
    """What a decision on a name in review (None rejects all choices) touches.

    Raises NotFound for an unknown candidate, InvalidParameter for an entity that is neither among its choices
    nor in the store.
    """
    cells = [one for one in store.candidates() if one.id == candidate]
    if not cells:
        raise NotFound(f"核对台上没有编号为“{candidate}”的名称；可用 review list 查看待核对的名称。")
    first = cells[0]
    if entity is not None:
        entity = _chosen(store, first, entity)
    decision = Decision(
        candidate=candidate,
        printed=first.printed,
        scope=first.scope,
        entity=entity,
        user=user,
        when=datetime.now().astimezone().isoformat(timespec="seconds"),
    )
    documents = sorted({one.document for one in cells} | mentioning(store, [first.entity]))
    before = store.decisions()
    after = {**before, candidate: decision}
    return Touched(before, after, store.aliases(), documents, Change(decisions=[decision]))


def _chosen(store: Store, candidate: Candidate, entity: str) -> str:
    """The id of an entity given by id or by the name of a choice."""
    for choice in candidate.choices:
        if entity in (choice["id"], choice["name"]):
            return choice["id"]
    standing = store.resolve(entity)
    if standing is None or type_of_id(standing) is None:
        allowed = [choice["id"] for choice in candidate.choices]
        raise InvalidParameter(
            f"“{entity}”不是可选的实体；请从候选中选择：{'、'.join(allowed)}。",
            parameter="entity",
            allowed=allowed,
        )
    return standing


def take_back(store: Store, interpreter: Interpreter, candidate: str) -> Touched:
    """What taking a decision back touches. Raises NotFound when there is none."""
    before = store.decisions()
    decisions = dict(before)
    decision = decisions.pop(candidate, None)
    if decision is None:
        raise NotFound(f"编号为“{candidate}”的名称没有决定可以撤销。")
    printed = _as_printed(interpreter, decision)
    tail = printed.partition(":")[2]
    own = {f"{spec.prefix}:{tail}" for spec in TYPES.values()}
    aliases = {old: new for old, new in store.aliases().items() if old not in own}
    entities: Sequence[str] = [one for one in (decision.entity, printed) if one]
    documents = sorted(mentioning(store, entities))
    return Touched(before, decisions, aliases, documents, Change(undone=[candidate]))
