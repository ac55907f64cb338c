"""Whether a plain value has the shape that a type says: TypedDicts, lists, dicts, literals, unions, scalars."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict


def misfits(value: Any, kind: Any, where: str = "") -> list[str]:
    """What does not fit, each by its path."""
    if is_typeddict(kind):
        return _record(value, kind, where)
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        tried = [misfits(value, option, where) for option in args]
        return [] if any(not found for found in tried) else min(tried, key=len)
    if origin is Literal:
        return [] if value in args else [f"{where}: {value!r} is none of {args}"]
    if origin is list:
        if not isinstance(value, list):
            return [f"{where}: no list"]
        return [m for n, item in enumerate(value) for m in misfits(item, args[0], f"{where}[{n}]")]
    if origin is dict:
        return [m for key, item in value.items() for m in misfits(item, args[1], f"{where}.{key}")]
    if kind is Any:
        return []
    fits = isinstance(value, (int, float) if kind is float else kind or NoneType)
    return (
        [] if fits and (kind is bool or not isinstance(value, bool)) else [f"{where}: {value!r} is no {kind}"]
    )


def _record(value: Any, kind: Any, where: str) -> list[str]:
    hints = get_type_hints(kind)
    if not isinstance(value, dict):
        return [f"{where}: no record"]
    found = [f"{where}: {key} is missing" for key in kind.__required_keys__ - value.keys()]
    found += [f"{where}: {key} is unknown" for key in value.keys() - hints.keys()]
    for key, item in value.items():
        if key in hints:
            found += misfits(item, hints[key], f"{where}.{key}")
    return found
