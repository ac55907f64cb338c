"""JSON schemas for the OpenAPI document, made from the TypedDicts of answers. Nothing is validated at run time:
the tests hold the answers against these schemas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from api.typed_schemas import REFERENCE, JsonSchema, schema_of
from graph.catalogue import Query


class Components:
    """Schemas of an application's answers, by name, built when the OpenAPI document is first asked for."""

    def __init__(self) -> None:
        self._types: list[Any] = []
        self._named: dict[str, Any] = {}

    def of(self, kind: Any) -> JsonSchema:
        """A placeholder for the schema of a type; `resolve` puts the schema in its place."""
        if kind not in self._types:
            self._types.append(kind)
        return {"x-type": self._types.index(kind)}

    def name(self, name: str, schema: JsonSchema) -> JsonSchema:
        """A reference to a schema of that name, which may hold placeholders."""
        self._named[name] = schema
        return {"$ref": REFERENCE + name}

    def resolve(self, document: JsonSchema) -> JsonSchema:
        """The OpenAPI document with placeholders replaced and the schemas under `components`."""
        definitions: dict[str, JsonSchema] = {}
        schemas = [schema_of(kind, definitions) for kind in self._types]
        components = document.setdefault("components", {}).setdefault("schemas", {})
        components.update(definitions)
        components.update(self._named)
        return _fill(document, schemas)


def _fill(value: Any, schemas: Sequence[JsonSchema]) -> Any:
    if isinstance(value, dict):
        if "x-type" in value:
            return schemas[value["x-type"]]
        if "x-json" in value:
            return orjson.loads(value["x-json"])
        return {key: _fill(member, schemas) for key, member in value.items()}
    if isinstance(value, list):
        return [_fill(member, schemas) for member in value]
    return value


def answer_schema(components: Components, query: Query[Any]) -> JsonSchema:
    """The schema of a query's whole answer."""
    name = "".join(part.capitalize() for part in query.name.replace("-", "_").split("_")) + "Answer"
    row = components.of(query.row)
    version = {"type": "string", "description": "随数据改变"}
    if not query.listed:
        return components.name(name, {"allOf": [row, members({"version": version})]})
    whole = {"type": "integer", "minimum": 0}
    counted = {"total": whole, "page": {"type": "integer", "minimum": 1}, "size": whole, "version": version}
    extra = {key: components.of(kind) for key, kind in query.extra.items()}
    return components.name(name, members({query.member: {"type": "array", "items": row}, **counted, **extra}))


def members(properties: Mapping[str, JsonSchema]) -> JsonSchema:
    """The schema of an object that has all of these members."""
    return {"type": "object", "properties": dict(properties), "required": list(properties)}


def parameter_schemas(model: Any, path: str) -> list[JsonSchema]:
    """The parameters of a model for OpenAPI; those that stand in `path` as `{name}` are path parameters."""
    schema = model.model_json_schema(by_alias=True)
    required = set(schema.get("required", ()))
    found: list[JsonSchema] = []
    for name, member in schema["properties"].items():
        in_path = f"{{{name}}}" in path
        member = _inlined(member, schema.get("$defs", {}))
        description = member.pop("description", "")
        member.pop("title", None)
        if member.get("default", ...) is None:
            member.pop("default")
        found.append(
            {
                "name": name,
                "in": "path" if in_path else "query",
                "required": in_path or name in required,
                "description": description,
                "schema": _without_null(member),
            }
        )
    return found


def _inlined(schema: JsonSchema, definitions: Mapping[str, JsonSchema]) -> JsonSchema:
    """A parameter's schema without references (an enum in `$defs`)."""
    if "$ref" in schema:
        target = dict(definitions[schema["$ref"].rpartition("/")[2]])
        return {**target, **{k: v for k, v in schema.items() if k != "$ref"}}
    if "anyOf" in schema:
        return {**schema, "anyOf": [_inlined(one, definitions) for one in schema["anyOf"]]}
    return dict(schema)


def _without_null(schema: JsonSchema) -> JsonSchema:
    """A parameter that isn't given is left out; `null` cannot be written in an address."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind.get("type") != "null"]
    if "anyOf" not in schema:
        return schema
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    return {**rest, **kinds[0]} if len(kinds) == 1 else {**rest, "anyOf": kinds}
