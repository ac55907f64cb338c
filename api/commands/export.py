"""`coopgraph export -o FILE`: the whole graph as a file, its format told by the file's ending."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.output import write_file
from api.commands.session import opened_store


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("export", help="把整个图写成文件；格式由后缀决定。")(export)


def export(
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="FILE", help="要写的文件：.graphml、.gexf、.json、.xlsx 或 .zip（CSV）"
        ),
    ],
) -> None:
    from graph.exports import export_for

    chosen = export_for(output.suffix.removeprefix("."))
    with opened_store() as store:
        data = chosen.write(store)
    write_file(output, data)
