"""JSON bodies into their models, and plain forms into their fields: strictly, once, within a size."""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import parse_qsl

import orjson
from fastapi import Request
from pydantic import BaseModel, ValidationError

from api.parameters import invalid_parameter
from api.uploads import BadRequest
from graph.errors import InvalidParameter, UploadTooLarge

M = TypeVar("M", bound=BaseModel)
_MAX_BYTES = 1_000_000


async def read_body(request: Request, model: type[M]) -> M:
    """The request's JSON body. Raises BadRequest, InvalidParameter, UploadTooLarge."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise BadRequest("请求体应为 JSON（Content-Type: application/json）。")
    data = await _limited(request)
    try:
        given = orjson.loads(data)
    except orjson.JSONDecodeError:
        raise BadRequest("请求体不是可读的 JSON，请检查后重试。") from None
    if not isinstance(given, dict):
        raise InvalidParameter("请求体应为 JSON 对象。", parameter="")
    try:
        return model.model_validate(given, strict=True)
    except ValidationError as error:
        raise invalid_parameter(model, error) from None


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a plain form. Raises UploadTooLarge."""
    data = await _limited(request)
    return dict(parse_qsl(data.decode("utf-8", "replace"), keep_blank_values=True))


async def _limited(request: Request) -> bytes:
    data = b""
    async for chunk in request.stream():
        data += chunk
        if len(data) > _MAX_BYTES:
            raise UploadTooLarge("请求体超过 1 MB，请缩短后重试。")
    return data
