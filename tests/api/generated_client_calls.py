"""Run with a generated client and a data folder: calls every operation, prints what each answer was read as."""

from __future__ import annotations

import asyncio
import importlib
import io
import json
import sys
import typing
from pathlib import Path
from typing import Any

import httpx

from api.app import create_app
from graph.settings import Settings

made: Any = importlib.import_module("made")
types: Any = importlib.import_module("made.types")

DOCUMENT = "doc:甬政办发〔2019〕32号"
REPLACED = "doc:9033283b95a4"
UNIT = "unit:宁波市江北区"
PRINTED = "区县(市),上海园区\n江北区,上海漕河泾新兴技术开发区域\n"
GIVEN: dict[str, dict[str, Any]] = {
    "entity": {"id": UNIT},
    "portfolio": {"id": "leader:陈炳荣@宁波市"},
    "neighbourhood": {"id": UNIT},
    "paths": {"source": UNIT, "target": "unit:敦化市"},
    "get_documents": {"id": DOCUMENT},
    "get_documents_receipt": {"id": DOCUMENT},
    "get_documents_tables": {"id": DOCUMENT, "n": 1},
    "get_documents_diff": {"a": REPLACED, "b": DOCUMENT},
    "delete_documents": {"id": REPLACED},
    "post_cypher": {"body": {"query": "RETURN 1"}},
    "post_briefings": {"body": {"forms": ["xlsx"]}},
}
"""Operation → what it must be given; the others are called as they stand."""
LAST = ("post_documents", "get_review", "post_review", "delete_documents")
"""Operations that change the graph, and what is read after that."""


def given(name: str, module: Any, reviewed: str) -> dict[str, Any]:
    """Arguments of an operation; a body is made as the client's own type."""
    arguments = dict(GIVEN.get(name, {}))
    hint: Any = typing.get_type_hints(module._get_kwargs).get("body")
    body: Any = next(iter(typing.get_args(hint)), hint)  # of several forms of a body, the first
    if name == "post_documents":
        file = types.File(io.BytesIO(PRINTED.encode()), "对口联系计划表.csv", "text/csv")
        arguments["body"] = body(file=[file])
    elif name == "post_review":
        arguments |= {"id": reviewed, "body": body.from_dict({"action": "reject"})}
    elif body is not None:
        arguments["body"] = body.from_dict(arguments["body"])
    return arguments


async def read_closely(client: Any) -> None:
    """Members of answers as the client's own types have them."""
    pairs: Any = importlib.import_module("made.api.queries.pairs")
    entity: Any = importlib.import_module("made.api.queries.entity")
    found = await pairs.asyncio(client=client, size=3)
    assert len(found.items) == 3 < found.total, found
    assert found.items[0].unit.name and found.items[0].evidence[0].row
    missing = await entity.asyncio("unit:没有", client=client)
    assert (type(missing).__name__, missing.code) == ("Problem", "not_found"), missing


async def call_all(client: Any, document: dict[str, Any]) -> dict[str, str]:
    """Operation → name of the type that its answer was read as."""
    operations = {o["operationId"]: o["tags"][0] for p in document["paths"].values() for o in p.values()}
    read: dict[str, str] = {}
    reviewed = ""
    await read_closely(client)
    for name in [*(n for n in operations if n not in LAST), *LAST]:
        module: Any = importlib.import_module(f"made.api.{operations[name]}.{name}")
        answer: Any = await module.asyncio_detailed(client=client, **given(name, module, reviewed))
        wanted = (200, 201, 204) if name != "post_cypher" else (501,)
        assert answer.status_code in wanted, (name, answer.status_code, answer.content[:300])
        assert answer.parsed is not None or answer.status_code == 204, name
        read[name] = type(answer.parsed).__name__
        if name == "get_review":
            assert answer.parsed is not None
            reviewed = answer.parsed.items[0].id
    return read


def main(generated: Path, data: Path) -> None:
    app = create_app(Settings.model_validate({"data_dir": data, "neo4j_uri": None}))
    transport = httpx.ASGITransport(app)
    client = made.Client(base_url="http://127.0.0.1")
    client.set_async_httpx_client(
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", timeout=120)
    )
    document = json.loads((generated / "openapi.json").read_text())
    print(json.dumps(asyncio.run(call_all(client, document))))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
