"""Parameters as text, from an address or a command line, into a query's parameter model; once, strictly.

What the OpenAPI document says is what is accepted: an integer is an integer, a boolean `true` or `false`, a
date `2019-03-19`. Nothing is ignored: an unknown or repeated parameter is refused by name.
"""

from __future__ import annotations

import difflib
import re
import types
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from graph.errors import InvalidParameter

M = TypeVar("M", bound=BaseModel)

_SHAPES: Mapping[type, tuple[re.Pattern[str], str]] = {
    int: (re.compile(r"[+-]?\d{1,18}"), "应为整数"),
    float: (re.compile(r"[+-]?\d{1,18}(\.\d{1,18})?"), "应为数字"),
    bool: (re.compile(r"true|false"), "应为 true 或 false"),
    date: (re.compile(r"\d{4}-\d{2}-\d{2}"), "应为日期，如 2019-03-19"),
}
_REASONS: Mapping[str, str] = {
    "missing": "必须给出",
    "greater_than_equal": "不得小于 {ge}",
    "greater_than": "应大于 {gt}",
    "less_than_equal": "不得大于 {le}",
    "less_than": "应小于 {lt}",
    "string_too_short": "至少要有 {min_length} 个字",
    "string_too_long": "最多 {max_length} 个字",
    "string_pattern_mismatch": "不合规定的写法（{pattern}）",
    "too_long": "最多给 {max_length} 个",
    "date_from_datetime_parsing": "应为日历上有的日期，如 2019-03-19",
}


def parameter_names(model: type[BaseModel]) -> dict[str, str]:
    """Name that a user gives → field name, in the model's order (`with` → `with_`)."""
    return {str(field.alias or name): name for name, field in model.model_fields.items()}


def plain_types(annotation: Any) -> tuple[Any, ...]:
    """The types of an annotation without None: `date | None` → (date,)."""
    if get_origin(annotation) in (types.UnionType, Union):
        return tuple(part for one in get_args(annotation) for part in plain_types(one))
    return () if annotation is type(None) else (annotation,)


def takes_many(field: FieldInfo) -> bool:
    """Whether the parameter may be given several times."""
    return any(get_origin(t) in (list, tuple, frozenset, set) for t in plain_types(field.annotation))


def allowed_values(field: FieldInfo) -> list[str]:
    """The values of a parameter that takes one of a few; empty for any other."""
    values: list[str] = []
    for kind in plain_types(field.annotation):
        inner = get_args(kind)[0] if get_origin(kind) in (list, tuple) else kind
        if get_origin(inner) is Literal:
            values += [str(v) for v in get_args(inner)]
        elif isinstance(inner, type) and hasattr(inner, "__members__"):
            values += [str(member.value) for member in inner]  # type: ignore[attr-defined]  # an Enum
    return values


def allowed_texts(field: FieldInfo) -> list[str]:
    """What a parameter takes, in short: its few values, `true` and `false`, a span of numbers, a form of dates."""
    if values := allowed_values(field):
        return values
    kinds = plain_types(field.annotation)
    if kinds == (bool,):
        return ["true", "false"]
    if kinds == (date,):
        return ["YYYY-MM-DD"]
    limits = {
        name: getattr(rule, name) for rule in field.metadata for name in ("ge", "le") if hasattr(rule, name)
    }
    return [f"{limits.get('ge', '')}–{limits.get('le', '')}"] if limits else []


@cache
def _shape(model: type[BaseModel], name: str) -> tuple[re.Pattern[str], str] | None:
    kinds = plain_types(model.model_fields[name].annotation)
    return _SHAPES.get(kinds[0]) if len(kinds) == 1 and isinstance(kinds[0], type) else None


@cache
def _is_optional_text(model: type[BaseModel], name: str) -> bool:
    annotation = model.model_fields[name].annotation
    return str in plain_types(annotation) and type(None) in get_args(annotation)


def parse_parameters(model: type[M], given: Iterable[tuple[str, str]]) -> M:
    """The parameters as the model has them. An empty text that may be left out counts as left out.

    Raises InvalidParameter naming the parameter, why, and what is allowed.
    """
    names = parameter_names(model)
    values: dict[str, Any] = {}
    for key, text in given:
        if key not in names:
            near = difflib.get_close_matches(key, names, n=3)
            hint = f"是否想用 {'、'.join(near)}？" if near else ""
            raise InvalidParameter(
                f"没有名为“{key}”的参数；{hint}可用：{'、'.join(names)}。",
                parameter=key,
                allowed=list(names),
                near=near,
            )
        field = names[key]
        if text == "" and _is_optional_text(model, field):
            continue
        shape = _shape(model, field)
        if shape and not shape[0].fullmatch(text):
            allowed = allowed_texts(model.model_fields[field])
            span = f"（{allowed[0]}）" if "–" in "".join(allowed) else ""
            raise InvalidParameter(
                f"参数 {key} {shape[1]}{span}，不能是“{text[:40]}”。", parameter=key, allowed=allowed
            )
        if takes_many(model.model_fields[field]):
            values.setdefault(key, []).append(text)
        elif key in values:
            raise InvalidParameter(f"参数 {key} 只能给一次。", parameter=key)
        else:
            values[key] = text
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise invalid_parameter(model, error) from None


def invalid_parameter(model: type[BaseModel], error: ValidationError) -> InvalidParameter:
    """The first of the model's objections as one sentence, with what is allowed."""
    first = error.errors(include_url=False)[0]
    key = str(first["loc"][0]) if first["loc"] else ""
    names = parameter_names(model)
    field = model.model_fields.get(names.get(key, key))
    allowed = allowed_texts(field) if field else list(names) if key else []
    context = first.get("ctx", {})
    if first["type"] == "extra_forbidden":
        why = f"在此没有，可用：{'、'.join(allowed)}"
    elif field and allowed_values(field):
        why = f"应为 {'、'.join(allowed)} 之一"
        why += f"，不能是“{str(first['input'])[:40]}”" if first["type"] != "missing" else ""
    elif first["type"] == "value_error":
        why = str(context.get("error", first["msg"])).rstrip("。")
    elif first["type"] in _REASONS:
        why = _REASONS[first["type"]].format(**context)
        why += f"，可取 {allowed[0]}" if "–" in "".join(allowed) else ""
    else:
        why = f"不能是“{str(first['input'])[:40]}”（{first['msg']}）"
    subject = f"参数 {key} " if key else ""
    return InvalidParameter(f"{subject}{why}。", parameter=key, allowed=allowed)
