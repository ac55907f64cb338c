"""The stored form of a file: what its reader gave, so that a document can be read again without the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import orjson

from graph.model import Problem, SourceFile
from graph.tables import Table, TableJson, dump_table, load_table
from ingest.blocks import Block, Paragraph, ReadFile


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a document and the profile that the user named for it: a name or the text of a TOML file."""

    file: ReadFile
    profile: str = ""


def dump_source(source: Source) -> SourceFile:
    """The stored form; `load_source` gives back an equal source."""
    file = source.file
    content = {
        "format": file.format,
        "scanned": file.scanned,
        "properties": dict(file.properties),
        "profile": source.profile,
        "blocks": [
            dump_table(b) if isinstance(b, Table) else (b.text, b.heading, b.origin) for b in file.blocks
        ],
        "problems": [
            (p.code, p.severity, p.message, p.text, p.table, p.row, p.column) for p in file.problems
        ],
    }
    return SourceFile(name=file.name, sha256=file.sha256, content=orjson.dumps(content).decode())


def load_source(stored: SourceFile) -> Source:
    """A source from its stored form."""
    content: dict[str, Any] = orjson.loads(stored.content)
    file = ReadFile(
        name=stored.name,
        sha256=stored.sha256,
        format=content["format"],
        blocks=tuple(map(_load_block, content["blocks"])),
        properties=content["properties"],
        problems=tuple(Problem(*problem) for problem in content["problems"]),
        scanned=content["scanned"],
    )
    return Source(file, content["profile"])


def _load_block(block: Any) -> Block:
    return load_table(cast("TableJson", block)) if isinstance(block, dict) else Paragraph(*block)


def with_problems(source: Source, problems: Sequence[Problem]) -> Source:
    """The same file with more problems after its own."""
    file = source.file
    return replace(source, file=replace(file, problems=(*file.problems, *problems)))
