"""Documents: upload, receipt, source tables, differences, removal."""

from __future__ import annotations

from typing import Any, TypedDict

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.described import json_response, problems
from api.examples import DIFF, DOCUMENT, RECEIPT, TABLE
from api.parameters import parse_parameters
from api.problems import problem
from api.routes.queries import PREFIX, json_answer
from api.schemas import Components, parameter_schemas
from api.simple_parameters import DocumentPair, DocumentParameters, TableParameters
from api.state import in_thread, state_of
from api.uploads import Upload, read_upload, rejection_receipt
from graph.cells import TableAnswer, table_answer
from graph.errors import FileRejected, NotFound
from graph.queries import documents as listed
from graph.queries.documents import DocumentRow
from graph.receipt import Receipt
from graph.statements.comparison import DocumentDiff, differences
from graph.store import Store, StoredDocument


class DocumentAnswer(TypedDict):
    """A document as listed, with its receipt."""

    document: DocumentRow
    receipt: Receipt


def add(app: FastAPI, components: Components) -> None:
    """Add the routes; those with a tail after the id come first, for an id may hold slashes."""
    base = f"{PREFIX}/documents"
    # (path for the router, path in OpenAPI, endpoint, answer's type, parameter model, summary, example)
    reads: list[tuple[str, str, Any, Any, Any, str, Any]] = [
        ("/{id:path}/receipt", "/{id}/receipt", receipt, Receipt, DocumentParameters, "回执", RECEIPT),
        (
            "/{id:path}/tables/{n}",
            "/{id}/tables/{n}",
            table,
            TableAnswer,
            TableParameters,
            "原表及各单元格的关系",
            TABLE,
        ),
        (
            "/{a:path}/diff/{b:path}",
            "/{a}/diff/{b}",
            diff,
            DocumentDiff,
            DocumentPair,
            "两份文件的差别",
            DIFF,
        ),
        ("/{id:path}", "/{id}", show, DocumentAnswer, DocumentParameters, "一份文件", DOCUMENT),
    ]
    for path, shown, endpoint, kind, model, summary, example in reads:
        app.add_api_route(
            base + path,
            endpoint,
            methods=["GET"],
            summary=summary,
            tags=["documents"],
            response_class=Response,
            responses={200: json_response(components.of(kind), summary, example), **problems(404, 422)},
            openapi_extra={"parameters": parameter_schemas(model, shown)},
        )
    _add_changes(app, components, base)


def _add_changes(app: FastAPI, components: Components, base: str) -> None:
    receipt_schema = components.of(Receipt)
    app.add_api_route(
        base,
        upload,
        methods=["POST"],
        summary="上传一份文件（可含多个附件）",
        tags=["documents"],
        response_class=Response,
        status_code=201,
        responses={
            201: json_response(receipt_schema, "已写入", RECEIPT),
            200: json_response(receipt_schema, "试读，或已有此文件", RECEIPT),
            **problems(400, 404, 409, 413, 422),
        },
        openapi_extra={"requestBody": _UPLOAD},
    )
    app.add_api_route(
        base + "/{id:path}",
        remove,
        methods=["DELETE"],
        summary="删除一份文件及其关系",
        tags=["documents"],
        response_class=Response,
        status_code=204,
        responses={204: {"description": "已删除"}, **problems(404, 422)},
        openapi_extra={"parameters": parameter_schemas(DocumentParameters, "/{id}")},
    )


_TEXT = {"type": "string"}
_UPLOAD = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {
                    "file": {
                        "type": "array",
                        "items": {"type": "string", "format": "binary"},
                        "minItems": 1,
                        "description": "通知正文及附件；一次上传的都属于同一份文件",
                    },
                    "dry_run": {"type": "boolean", "default": False, "description": "只试读，不写入"},
                    "part_of": {**_TEXT, "description": "是某一文件的附件（编号或文号）"},
                    "replaces": {**_TEXT, "description": "取代某一文件（编号或文号）"},
                    "programme": {**_TEXT, "description": "合作事项"},
                    "profile": {**_TEXT, "description": "表格类型的名称"},
                    "status": {**_TEXT, "enum": ["official", "illustrative"], "default": "official"},
                },
                "required": ["file"],
                "additionalProperties": False,
            }
        }
    },
}


def find_document(store: Store, document_id: str, parameter: str = "id") -> StoredDocument:
    """A stored document, by what `parameter` gives. Raises NotFound with near ids."""
    found = store.document(document_id)
    if found is not None:
        return found
    import difflib

    known = {stored.document.id: stored.document.title for stored in store.documents()}
    ids = difflib.get_close_matches(document_id, known, n=3, cutoff=0.4)
    near = [{"id": one, "title": known[one]} for one in ids]
    hint = f"是否指 {'、'.join(ids)}？" if ids else ""
    raise NotFound(
        f"没有编号为“{document_id[:80]}”的文件；{hint}文件列表见 /api/v1/documents。",
        parameter=parameter,
        near=near,
    )


async def show(request: Request) -> Response:
    params = parse_parameters(DocumentParameters, _given(request))

    def work() -> DocumentAnswer:
        store = state_of(request).store()
        stored = find_document(store, params.id)
        of_one = listed.QUERY.params.model_validate({"document": stored.document.id, "status": "all"})
        (row,) = listed.QUERY.ask(store, of_one).items
        return DocumentAnswer(document=row, receipt=stored.receipt)

    return json_answer(await in_thread(request, work))


async def receipt(request: Request) -> Response:
    params = parse_parameters(DocumentParameters, _given(request))
    work = lambda: find_document(state_of(request).store(), params.id).receipt  # noqa: E731  # one expression
    return json_answer(await in_thread(request, work))


async def table(request: Request) -> Response:
    params = parse_parameters(TableParameters, _given(request))

    def work() -> TableAnswer:
        store = state_of(request).store()
        stored = find_document(store, params.id)
        answer = table_answer(store, stored.document.id, params.n, params.lang)
        if answer is None:
            numbers = [table["table"] for table in stored.receipt["tables"]]
            shown = "、".join(str(number) for number in numbers) or "无"
            raise NotFound(
                f"这份文件没有第 {params.n} 张表；已有的表：{shown}。",
                parameter="n",
                near=[str(number) for number in numbers],
            )
        return answer

    return json_answer(await in_thread(request, work))


async def diff(request: Request) -> Response:
    params = parse_parameters(DocumentPair, _given(request))

    def work() -> DocumentDiff:
        store = state_of(request).store()
        older, newer = find_document(store, params.a, "a"), find_document(store, params.b, "b")
        return differences(store, older.document.id, newer.document.id)

    return json_answer(await in_thread(request, work))


async def upload(request: Request) -> Response:
    given = await read_upload(request, state_of(request).settings.max_upload_mb)
    try:
        outcome = await in_thread(request, lambda: _ingest(request, given), abandon=False)
    except FileRejected as error:
        rejected = rejection_receipt(error, given)
        return problem(422, error.code, error.message, receipt=rejected)
    return json_answer(outcome.receipt, 201 if outcome.outcome == "written" else 200)


def _ingest(request: Request, given: Upload) -> Any:
    return state_of(request).library().ingest(given.files, given.options, dry_run=given.dry_run)


async def remove(request: Request) -> Response:
    params = parse_parameters(DocumentParameters, _given(request))

    def work() -> None:
        state = state_of(request)
        state.library().remove(find_document(state.store(), params.id).document.id)

    await in_thread(request, work, abandon=False)
    return Response(status_code=204)


def _given(request: Request) -> list[tuple[str, str]]:
    return [*request.path_params.items(), *request.query_params.multi_items()]
