"""The review desk: names that may be known bodies, what people decided about them, and what that touches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from graph.errors import Conflict, InvalidParameter, NotFound
from graph.ids import normalise
from graph.model import Candidate, Decision, Document, Evidence, entity_ref
from graph.statements.revisions import StatedClaim
from graph.store import Change, Store
from graph.vocabulary import TYPES, type_of_id
from ingest.naming.contract import Scope
from ingest.naming.gazetteer_index import LEVEL, GazetteerIndex
from ingest.naming.standing import Standing
from ingest.outcomes import DecisionInfo, ReviewItem
from ingest.stored import mentioning, names_of, standing, stored_claims


@dataclass(frozen=True, slots=True)
class Touched:
    """What a decision changes: the decisions in force before, the decisions and aliases to read with, the
    documents to read again, and what to write beside them. `asked` are the ids of the name decided on."""

    before: dict[str, Decision]
    decisions: dict[str, Decision]
    aliases: dict[str, str]
    documents: list[str]
    change: Change
    asked: list[str]


def review_items(store: Store, candidates: Sequence[Candidate], index: GazetteerIndex) -> list[ReviewItem]:
    """Open names by order of appearance, then decided ones, the latest decision first."""
    documents = {one.document.id: one.document for one in store.documents()}
    decisions = store.decisions()
    cells: dict[str, list[Candidate]] = {}
    for candidate in candidates:
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
    claims = cache(lambda document: list(stored_claims(store, documents[document]).values()))
    return opened + [_decided(store, index, decision, claims) for decision in latest]


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
    store: Store,
    index: GazetteerIndex,
    decision: Decision,
    claims: Callable[[str], list[StatedClaim]],
) -> ReviewItem:
    """A decided name, with the cells of the claims that it now stands in: those that print it, if any do."""
    entity = store.resolve(decision.entity) if decision.entity else None
    if entity is None:
        own = own_ids(index, decision)
        stand = standing(store, own)
        entity = decision.entity or next((one for one in own if one in stand), own[0])
    stated = [
        claim["evidence"]
        for document in sorted(mentioning(store, [entity]))
        for claim in claims(document)
        if entity in (claim["source"]["id"], claim["target"]["id"])
    ]
    forms = _printed_forms(own_ids(index, decision))
    printing = [cell for cell in stated if any(form in normalise(cell["text"]) for form in forms)]
    name = names_of(store, [entity]).get(entity, decision.printed)
    return ReviewItem(
        id=decision.candidate,
        printed=decision.printed,
        scope=decision.scope,
        entity=entity_ref(entity, name),
        choices=[],
        cells=printing or stated,
        decision=DecisionInfo(entity=decision.entity, user=decision.user, when=decision.when),
    )


def own_ids(index: GazetteerIndex, decision: Decision) -> list[str]:
    """The ids under which a name can stand without the decision, the likeliest first: the header of its column
    may have given it any type."""
    document = decision.scope if decision.scope.startswith("doc:") else ""
    scope = Scope("" if document else decision.scope, document)
    printed = Standing(index, {}).as_printed(normalise(decision.printed), scope, None)
    stem = normalise(decision.printed)
    tails = (printed.entity.id.partition(":")[2], f"{stem}@{decision.scope}" if decision.scope else stem)
    ids = (printed.entity.id, *(f"{spec.prefix}:{tail}" for tail in tails for spec in TYPES.values()))
    return list(dict.fromkeys((*ids, *printed.aliases)))


def decide(
    store: Store, candidates: Sequence[Candidate], candidate: str, entity: str | None, user: str
) -> Touched:
    """What a decision on a name in review (None rejects all choices) touches.

    Raises NotFound for an unknown candidate, Conflict for one that is decided, InvalidParameter for an entity that is
    neither among its choices nor in the store.
    """
    cells = [one for one in candidates if one.id == candidate]
    if not cells and candidate in store.decisions():
        raise Conflict("这个名称已有决定；要改的话，请先撤销那个决定，再重新认定。")
    if not cells:
        raise NotFound(
            f"核对台上没有编号为“{candidate}”的名称；可用 review list 查看待核对的名称。", parameter="id"
        )
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
    return Touched(
        before, after, store.aliases(), documents, Change(decisions=[decision]), [one.entity for one in cells]
    )


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


def take_back(store: Store, index: GazetteerIndex, candidate: str) -> Touched:
    """What taking a decision back touches. Raises NotFound when there is none."""
    before = store.decisions()
    decisions = dict(before)
    decision = decisions.pop(candidate, None)
    if decision is None:
        raise NotFound(f"编号为“{candidate}”的名称没有决定可以撤销。")
    own = own_ids(index, decision)
    forgotten = _made_by(decision, own, store.aliases(), store)
    aliases = {old: new for old, new in store.aliases().items() if old not in forgotten}
    entities = [decision.entity, aliases.get(decision.entity, "")] if decision.entity else []
    forms = _printed_forms(own)
    printing = {one for one in mentioning(store, entities) if _prints(store, one, forms)}
    documents = sorted(printing | mentioning(store, own))
    change = Change(undone=[candidate], forgotten=forgotten)
    return Touched(before, decisions, aliases, documents, change, own)


def _printed_forms(own: Sequence[str]) -> set[str]:
    """How a name can be printed, by the ids that it can have: lists leave out the 市 that they printed once."""
    stems = {one.partition(":")[2].partition("@")[0] for one in own}
    return stems | {LEVEL.sub("", stem) for stem in stems}


def _prints(store: Store, document: str, forms: set[str]) -> bool:
    """Whether a document's files hold one of these names, also over a line break."""
    for file in store.files(document):
        text = normalise(file.content.replace("\\n", ""))
        if any(form in text for form in forms):
            return True
    return False


def _made_by(decision: Decision, own: Sequence[str], aliases: Mapping[str, str], store: Store) -> list[str]:
    """Old ids that answer for the decision's entity because of it."""
    if decision.entity is None:
        return []
    entity = store.resolve(decision.entity) or decision.entity
    return [old for old in own if old != entity and aliases.get(old, entity) == entity]
