"""JSON Schema (2020-12) of Python types as answers use them: TypedDicts of plain values.

pydantic does this for `typing_extensions.TypedDict` only where Python is older than 3.12; answers keep to the
standard library's.
"""

from __future__ import annotations

import types
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

JsonSchema = dict[str, Any]
REFERENCE = "#/components/schemas/"

_PLAIN: Mapping[Any, JsonSchema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    Any: {},
    object: {},
}


def schema_of(kind: Any, definitions: dict[str, JsonSchema]) -> JsonSchema:
    """The schema of a type; those of TypedDicts go into `definitions` by name and are referred to.

    Raises TypeError for a type that has no JSON form, or two TypedDicts of one name.
    """
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if is_typeddict(kind):
        return _typed_dict(kind, definitions)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Annotated, Required, NotRequired):
        return schema_of(arguments[0], definitions)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [schema_of(one, definitions) for one in arguments]}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    return _container(kind, origin or kind, arguments, definitions)


def _container(kind: Any, origin: Any, arguments: Any, definitions: dict[str, JsonSchema]) -> JsonSchema:
    if isinstance(origin, type) and issubclass(origin, Mapping):
        values = schema_of(arguments[1], definitions) if arguments else {}
        return {"type": "object", "additionalProperties": values}
    if origin is tuple and arguments and arguments[-1] is not Ellipsis:
        items = [schema_of(one, definitions) for one in arguments]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "maxItems": len(items)}
    if isinstance(origin, type) and issubclass(origin, (Sequence, Collection)):
        return {"type": "array", "items": schema_of(arguments[0], definitions) if arguments else {}}
    raise TypeError(f"{kind!r} has no JSON schema")


def _typed_dict(kind: Any, definitions: dict[str, JsonSchema]) -> JsonSchema:
    name = kind.__name__
    where = f"{kind.__module__}.{name}"
    known = definitions.get(name)
    if known is not None and known["x-python"] != where:
        raise TypeError(f"two answers are named {name}: {known['x-python']} and {where}")
    if known is None:
        schema: JsonSchema = {"type": "object", "title": name, "x-python": where}
        definitions[name] = schema
        hints = get_type_hints(kind, include_extras=True)
        schema["properties"] = {key: schema_of(hint, definitions) for key, hint in hints.items()}
        required = [key for key, hint in hints.items() if _is_required(kind, key, hint)]
        if required:
            schema["required"] = required
        if kind.__doc__ and not kind.__doc__.startswith("dict("):
            schema["description"] = " ".join(kind.__doc__.split())
    return {"$ref": REFERENCE + name}


def _is_required(kind: Any, key: str, hint: Any) -> bool:
    """Whether a member is always there. Under postponed annotations Python 3.11 takes NotRequired for required."""
    origin = get_origin(hint)
    return origin is Required or (origin is not NotRequired and key in kind.__required_keys__)
