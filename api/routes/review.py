"""The review desk: printed names that await a decision, and the decisions."""

from __future__ import annotations

from typing import Any, TypedDict

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.bodies import read_body
from api.described import json_response, problems
from api.examples import RECEIPT, REVIEW_ITEM
from api.parameters import parse_parameters
from api.routes.queries import PREFIX, json_answer
from api.schemas import Components, members, parameter_schemas
from api.simple_parameters import CandidateParameters, DecisionBody, PageParameters
from api.state import AppState, in_thread, state_of
from api.users import deciding_user
from graph.errors import InvalidParameter
from graph.model import DocumentRef
from graph.receipt import Receipt
from graph.statements.revisions import StatedClaim
from ingest.outcomes import Reread, ReviewItem


class RereadItem(TypedDict):
    """A document that the decision made to be read again, with what changed."""

    document: DocumentRef
    receipt: Receipt
    added: list[StatedClaim]
    removed: list[StatedClaim]
    written: bool


class DecisionAnswer(TypedDict):
    id: str
    action: str
    entity: str | None
    user: str
    reread: list[RereadItem]


_DECIDED = {
    "id": REVIEW_ITEM["id"],
    "action": "accept",
    "entity": REVIEW_ITEM["entity"]["id"],
    "user": "审核员",
    "reread": [
        {
            "document": {"id": RECEIPT["document"]["id"], "title": RECEIPT["document"]["title"]},
            "receipt": RECEIPT,
            "added": [],
            "removed": [],
            "written": True,
        }
    ],
}


_LISTED = {"items": [REVIEW_ITEM], "total": 1, "page": 1, "size": 50, "version": "a-1"}


def add(app: FastAPI, components: Components) -> None:
    """Add both routes."""
    whole = {"type": "integer", "minimum": 0}
    listed = {
        "items": {"type": "array", "items": components.of(ReviewItem)},
        "total": whole,
        "page": {"type": "integer", "minimum": 1},
        "size": whole,
        "version": {"type": "string"},
    }
    app.add_api_route(
        f"{PREFIX}/review",
        names,
        methods=["GET"],
        summary="待核对的名称",
        tags=["review"],
        response_class=Response,
        responses={
            200: json_response(components.name("ReviewNames", members(listed)), "名称，待定的在前", _LISTED),
            **problems(422),
        },
        openapi_extra={"parameters": parameter_schemas(PageParameters, "/review")},
    )
    app.add_api_route(
        f"{PREFIX}/review/{{id:path}}",
        decide,
        methods=["POST"],
        summary="认定、否定或撤销",
        tags=["review"],
        response_class=Response,
        responses={
            200: json_response(components.of(DecisionAnswer), "决定及其影响", _DECIDED),
            **problems(400, 404, 409, 413, 422),
        },
        openapi_extra={
            "parameters": parameter_schemas(CandidateParameters, "/{id}"),
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": DecisionBody.model_json_schema()}},
            },
        },
    )


async def names(request: Request) -> Response:
    params = parse_parameters(PageParameters, request.query_params.multi_items())

    def work() -> dict[str, Any]:
        state = state_of(request)
        items = state.library().review()
        start = (params.page - 1) * params.size
        return {
            "items": items[start : start + params.size],
            "total": len(items),
            "page": params.page,
            "size": params.size,
            "version": state.store().version(),
        }

    return json_answer(await in_thread(request, work))


async def decide(request: Request) -> Response:
    given = [*request.path_params.items(), *request.query_params.multi_items()]
    params = parse_parameters(CandidateParameters, given)
    body = await read_body(request, DecisionBody)
    if (body.action == "accept") != (body.entity is not None):
        raise InvalidParameter("entity 在 accept 时必须给出，其余时候不能给。", parameter="entity")
    state = state_of(request)
    user = deciding_user(state.settings)
    results = await in_thread(request, lambda: decide_as(state, params.id, body, user), abandon=False)
    return json_answer(
        DecisionAnswer(
            id=params.id,
            action=body.action,
            entity=body.entity,
            user=user,
            reread=[reread_item(result) for result in results],
        )
    )


def decide_as(state: AppState, candidate: str, body: DecisionBody, user: str) -> list[Reread]:
    """Take or take back a decision in a user's name; the documents that were read again."""
    library = state.library()
    if body.action == "accept":
        return library.accept(candidate, body.entity or "", user)
    if body.action == "reject":
        return library.reject(candidate, user)
    return library.undo(candidate, user)


def reread_item(result: Reread) -> RereadItem:
    """A document read again, as JSON-able members."""
    return RereadItem(
        document=result.document,
        receipt=result.receipt,
        added=result.added,
        removed=result.removed,
        written=result.written,
    )
