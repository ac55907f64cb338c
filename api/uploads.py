"""Reading a multipart upload: its files and fields, within the size limit, nothing unknown."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field

from fastapi import Request
from starlette.formparsers import MultiPartException, MultiPartParser

from graph.errors import CoopgraphError, FileRejected, InvalidParameter, UploadTooLarge
from graph.receipt import Receipt
from graph.vocabulary import Status
from ingest import rejecting
from ingest.outcomes import IngestOptions
from ingest.privacy.redaction import redact_name

FIELDS = ("dry_run", "part_of", "replaces", "programme", "profile", "status")
_MAX_FILES = 50
_FIELD_BYTES = 1_000_000
Files = list[tuple[str, bytes]]
"""Name and content of each."""


class BadRequest(CoopgraphError):
    """A body that is no multipart form or no JSON."""

    code = "bad_request"
    exit_code = 2
    http_status = 400


@dataclass(frozen=True, slots=True)
class Upload:
    """The files of one document, and what the user says beside them."""

    files: list[tuple[str, bytes]]
    dry_run: bool = False
    own: dict[str, str] = field(default_factory=dict[str, str])
    """Fields of the sender's own, where it may have some."""
    options: IngestOptions = field(default_factory=IngestOptions)


async def read_upload(
    request: Request, limit_mb: int, own: Sequence[str] = (), kept: Callable[[str], Files] | None = None
) -> Upload:
    """The upload. Raises UploadTooLarge beyond `limit_mb` (10⁶ bytes), InvalidParameter, BadRequest.

    `own` names fields that a page of ours sends beside those of the API; `kept` reads the files back from
    such a field's text, `kept`, where no file is sent.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise BadRequest("上传应为 multipart/form-data，文件放在 file 字段中。")
    stream = _limited(request.stream(), limit_mb)
    part = limit_mb * 1_000_000 if own else _FIELD_BYTES
    parser = MultiPartParser(request.headers, stream, max_files=_MAX_FILES, max_fields=20, max_part_size=part)
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise BadRequest(f"上传的内容不完整或格式不对（{error.message}），请重新上传。") from None
    files: list[tuple[str, bytes]] = []
    fields: dict[str, str] = {}
    try:
        for name, value in form.multi_items():
            if isinstance(value, str):
                _take_field(fields, name, value, own)
            elif name == "file":
                if value.filename or not own:  # a form without a chosen file sends an empty one
                    files.append((redact_name(value.filename or ""), await value.read()))
            else:
                raise _unknown(name)
    finally:
        await form.close()
    mine = {name: fields.pop(name) for name in own if name in fields}
    if not files and kept and mine.get("kept"):
        files = kept(mine["kept"])
    if not files:
        raise InvalidParameter("请在 file 字段中上传至少一个文件。", parameter="file")
    return Upload(files, _flag(fields.get("dry_run", "")), mine, _options(fields))


async def _limited(stream: AsyncGenerator[bytes, None], limit_mb: int) -> AsyncGenerator[bytes, None]:
    seen = 0
    async for chunk in stream:
        seen += len(chunk)
        if seen > limit_mb * 1_000_000:
            raise UploadTooLarge(
                f"上传超过 {limit_mb} MB；请分次上传，或由管理员调高 COOPGRAPH_MAX_UPLOAD_MB。",
                parameter="file",
            )
        yield chunk


def _take_field(fields: dict[str, str], name: str, value: str, own: Sequence[str]) -> None:
    if name not in FIELDS and name not in own:
        raise _unknown(name)
    if name in fields:
        raise InvalidParameter(f"字段 {name} 只能给一次。", parameter=name)
    if value:
        fields[name] = value


def _unknown(name: str) -> InvalidParameter:
    allowed = ["file", *FIELDS]
    return InvalidParameter(
        f"没有名为“{name[:40]}”的字段；可用：{'、'.join(allowed)}。", parameter=name, allowed=allowed
    )


def _flag(text: str) -> bool:
    """A form's true or false in any case: generated Python clients write `False`."""
    if text.lower() not in ("", "true", "false"):
        raise InvalidParameter(
            "字段 dry_run 应为 true 或 false。", parameter="dry_run", allowed=["true", "false"]
        )
    return text.lower() == "true"


def _options(fields: dict[str, str]) -> IngestOptions:
    status = fields.get("status", Status.OFFICIAL.value)
    allowed = [member.value for member in Status]
    if status not in allowed:
        raise InvalidParameter(
            f"字段 status 应为 {'、'.join(allowed)} 之一。", parameter="status", allowed=allowed
        )
    profile = fields.get("profile")
    if profile and ("/" in profile or "\\" in profile or profile.endswith(".toml")):
        # A path names a file of the server: only the command line may do that.
        raise InvalidParameter("字段 profile 应为表格类型的名称，不能是文件路径。", parameter="profile")
    return IngestOptions(
        part_of=fields.get("part_of"),
        replaces=fields.get("replaces"),
        profile=profile,
        programme=fields.get("programme"),
        status=Status(status),
    )


def rejection_receipt(error: FileRejected, upload: Upload) -> Receipt:
    """The receipt of a rejected upload: the files, the reason, and that nothing was written."""
    files = [(name, hashlib.sha256(data).hexdigest()) for name, data in upload.files]
    return rejecting.rejection_receipt(error, files, upload.options.programme)
