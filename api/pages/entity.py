"""One entity: names, relations grouped by type, its neighbourhood, and the cell behind each line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from api.pages.rendering import Shell, ask, page, route
from api.pages.sharing import rows_downloads, taken_away
from api.state import in_thread, state_of
from graph.catalogue import find_query
from graph.statements.comparison import DocumentDiff, differences
from graph.statements.revisions import StatedClaim
from graph.store import Store
from graph.vocabulary import ORGANISATION_KINDS, PARTNER_KINDS, UNIT_KINDS, EntityType, Relation

_PAIRS = (Relation.PAIRED_WITH, Relation.LIAISES_WITH)


def add(app: FastAPI) -> None:
    route(app, "/entities/{id:path}", entity)


async def entity(request: Request) -> Response:
    wanted = request.path_params["id"]
    today = await in_thread(request, lambda: state_of(request).store().resolve(wanted))
    if today is not None and today != wanted:
        shell = Shell(request)
        return RedirectResponse(shell.entity(today), 308)
    return await page(request, "entity.html", lambda store, shell: _entity(store, shell, wanted))


def _entity(store: Store, shell: Shell, entity_id: str) -> Mapping[str, Any]:
    body = ask(find_query("entity"), store, shell, id=entity_id).body
    other = shell.status == "official" and not body["relations"]
    elsewhere = ask(find_query("entity"), store, shell, id=entity_id, status="all").body if other else None
    relations = {group["type"]: group for group in body["relations"]}
    rows = rows_downloads(f"/api/v1/entities/{quote(entity_id, safe=':/@')}", shell.kept)
    kinds = UNIT_KINDS.get(body["kind"]) or ORGANISATION_KINDS.get(body["kind"])
    return {
        "e": body,
        "kind": kinds(shell.lang) if kinds else "",
        "partners": _by_kind(relations),
        "others": [group for group in body["relations"] if group["type"] not in _PAIRS],
        "changes": _changes(store, body),
        **_standing(store, shell, body),
        "only_illustrative": bool(elsewhere and elsewhere["relations"]),
        **taken_away(shell, "neighbourhood", {**shell.kept, "id": entity_id}, rows),
    }


def _standing(store: Store, shell: Shell, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """A unit's cells of the coverage matrix by kind of counterpart, and its gaps with their suggestions; both
    empty for what the matrix has no row for."""
    if body["type"] != EntityType.UNIT:
        return {"standing": [], "gaps": []}
    answer = ask(find_query("coverage"), store, shell, unit=body["id"])
    row = next((row for row in answer.items if row["unit"]["id"] == body["id"]), None)
    if row is None:
        return {"standing": [], "gaps": []}
    gaps = ask(find_query("gaps"), store, shell, unit=body["id"]).items
    return {"standing": list(row["cells"].items()), "gaps": list(gaps)}


def _changes(store: Store, body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What each revision that names the entity, or no longer does, changed about it."""
    found = [stored for one in body["documents"] if (stored := store.document(one["id"])) is not None]
    pairs = dict.fromkeys(
        [(old, stored.document.id) for stored in found for old in stored.document.supersedes]
        + [(stored.document.id, new) for stored in found for new in stored.superseded_by]
    )
    known = [(old, new) for old, new in pairs if store.document(old) and store.document(new)]
    changes = [_about(body["id"], differences(store, old, new)) for old, new in known]
    return [change for change in changes if any(change[kind] for kind in ("added", "removed", "moved"))]


def _about(entity_id: str, diff: DocumentDiff) -> Mapping[str, Any]:
    """The part of a difference that one entity stands in."""

    def names(claim: StatedClaim) -> bool:
        return entity_id in (claim["source"]["id"], claim["target"]["id"])

    return {
        "a": diff["a"],
        "b": diff["b"],
        "added": [claim for claim in diff["added"] if names(claim)],
        "removed": [claim for claim in diff["removed"] if names(claim)],
        "moved": [move for move in diff["moved"] if names(move["before"]) or names(move["after"])],
    }


def _by_kind(relations: Mapping[str, Any]) -> list[tuple[str, list[Any]]]:
    """Counterparts of both pair relations, by their type in the vocabulary's order."""
    found: dict[str, list[Any]] = {}
    for relation in _PAIRS:
        for item in relations.get(relation.value, {"items": []})["items"]:
            found.setdefault(item["entity"]["type"], []).append(item)
    order = [kind.value for kind in PARTNER_KINDS]
    return sorted(found.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order))
