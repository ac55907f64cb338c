"""What the OpenAPI document says of a route: its responses with examples, and its possible problems."""

from __future__ import annotations

from typing import Any

import orjson

from api.problems import MEDIA_TYPE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457；code 不变，供程序判断",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "parameter": {"type": "string"},
        "allowed": {"type": "array", "items": {"type": "string"}},
        "near": {"type": "array", "items": {}, "description": "相近的编号或名称"},
    },
    "required": ["type", "title", "status", "detail", "code"],
}
_REASONS = {
    400: "请求的格式不对",
    401: "需要口令（Bearer 或登录）",
    403: "请求可能来自别的网站，已拒绝",
    404: "没有这个编号；near 列出相近的",
    409: "与已有数据矛盾",
    413: "上传超过大小限制",
    415: "请求体的类型不对",
    421: "Host 头不是本机名称",
    422: "参数未知、类型不对或超出范围；parameter 与 allowed 说明",
    501: "当前存储或设置不支持",
    503: "存储暂不可用",
}
ALWAYS = (401, 403, 421, 503)
"""Problems that any route under /api/v1 may answer."""


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """OpenAPI responses for problems of these statuses and of those that any route may answer."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": _REASONS[status], "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in sorted({*statuses, *ALWAYS})
    }


def json_response(schema: dict[str, Any], description: str, example: Any = None) -> dict[str, Any]:
    """An OpenAPI response of JSON."""
    content: dict[str, Any] = {"schema": schema}
    if example is not None:
        # As text until `Components.resolve`: FastAPI drops members that are null from what it is given.
        content["example"] = {"x-json": orjson.dumps(example).decode()}
    return {"description": description, "content": {"application/json": content}}


def with_sheets(response: dict[str, Any]) -> dict[str, Any]:
    """The same response, which `format=csv`, `xlsx` and `docx` give as a file."""
    sheets = {
        "text/csv": {"schema": {"type": "string", "description": "UTF-8，带 BOM"}},
        XLSX: {"schema": {"type": "string", "format": "binary"}},
        DOCX: {"schema": {"type": "string", "format": "binary"}},
    }
    return {**response, "content": {**response["content"], **sheets}}
