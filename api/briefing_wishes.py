"""What a request for a briefing says: as JSON, as a plain form, or as a form with a Word template."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser

from api.bodies import read_body
from api.parameters import parse_parameters
from api.uploads import BadRequest
from graph.errors import InvalidParameter, UploadTooLarge
from viz.briefing import BriefingParameters

TEMPLATE_MB = 10
"""Largest template, in 10⁶ bytes."""
_FIELDS_BYTES = 100_000
"""What the fields beside it may take."""
_MOST_FIELDS = 30
Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a briefing shall be about, and the user's own Word template."""

    params: BriefingParameters
    template: bytes | None = None
    even_empty: bool = True
    """Whether a pack that says that there is nothing is wanted."""


async def read_wish(request: Request) -> Wish:
    """The wish as programs send it: JSON, or multipart with a template; without a body, all there is.

    Raises BadRequest, InvalidParameter, UploadTooLarge.
    """
    if "content-type" not in request.headers and not await request.body():
        return Wish(BriefingParameters.model_validate({}))
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        return wish_of(*await read_fields(request))
    return Wish(await read_body(request, BriefingParameters))


def wish_of(fields: Fields, template: bytes | None) -> Wish:
    """The wish that a form's fields tell. Raises InvalidParameter."""
    return Wish(parse_parameters(BriefingParameters, fields), template)


async def read_fields(request: Request) -> tuple[Fields, bytes | None]:
    """The fields of a form and the template that is sent with them, None without one.

    Raises BadRequest for what is no form, UploadTooLarge, InvalidParameter for another file.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    stream = _limited(request.stream())
    if kind == "multipart/form-data":
        parser = MultiPartParser(request.headers, stream, max_files=1, max_fields=_MOST_FIELDS)
    elif kind == "application/x-www-form-urlencoded":
        parser = FormParser(request.headers, stream)
    else:
        raise BadRequest("请求体应为表单（application/x-www-form-urlencoded 或 multipart/form-data）。")
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise BadRequest(f"表单内容不完整或格式不对（{error.message}），请重新提交。") from None
    fields: Fields = []
    template: bytes | None = None
    try:
        for name, value in form.multi_items():
            if not isinstance(value, UploadFile):
                fields.append((name, value))
            elif name != "template":
                raise InvalidParameter("文件应放在 template 字段中。", parameter=name, allowed=["template"])
            elif value.filename:  # a form without a chosen file sends an empty one
                template = await value.read()
    finally:
        await form.close()
    if any(name == "template" and value for name, value in fields):
        raise InvalidParameter("字段 template 应为一个 .docx 文件。", parameter="template")
    return [(name, value) for name, value in fields if name != "template"], template


async def _limited(stream: AsyncGenerator[bytes, None]) -> AsyncGenerator[bytes, None]:
    seen = 0
    async for chunk in stream:
        seen += len(chunk)
        if seen > TEMPLATE_MB * 1_000_000 + _FIELDS_BYTES:
            raise UploadTooLarge(
                f"Word 模板超过 {TEMPLATE_MB} MB，请缩小其中的图片后重试。", parameter="template"
            )
        yield chunk
