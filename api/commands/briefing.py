"""`coopgraph briefing -o FOLDER|FILE.zip`: every form of every view of a programme, a unit or a leader, as one pack."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from api.commands.output import print_note, write_file
from api.commands.session import opened_store


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("briefing", help="做一套汇报材料：Word、PPT、Excel、图片和可离线打开的网页。")(briefing)


def briefing(
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FOLDER|FILE.zip", help="要写的文件夹或 .zip")
    ],
    programme: Annotated[str | None, typer.Option("--programme", help="合作事项")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="单位（id 或唯一名称）")] = None,
    leader: Annotated[str | None, typer.Option("--leader", help="领导（id 或唯一名称）")] = None,
    since: Annotated[str | None, typer.Option("--since", help="与哪份文件比较（id、文号或标题）")] = None,
    status: Annotated[str | None, typer.Option("--status", help="official、illustrative 或 all")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="某日有效的关系，默认今天")] = None,
    template: Annotated[Path | None, typer.Option("--template", help="自己的 Word 模板（.docx）")] = None,
) -> None:
    from api.parameters import parse_parameters
    from viz.briefing import BriefingParameters, gather
    from viz.briefing_pack import make_pack

    asked = {
        "programme": programme,
        "unit": unit,
        "leader": leader,
        "since": since,
        "status": status,
        "as_of": as_of,
    }
    params = parse_parameters(BriefingParameters, ((k, v) for k, v in asked.items() if v))
    form = _read(template) if template else None
    with opened_store() as store:
        brief = gather(store, params)
    files = make_pack(brief, template=form, progress=_progress())
    _write(Path(output), files)


def _read(template: Path) -> bytes:
    """The user's template. Raises UsageError where it cannot be read."""
    from graph.errors import UsageError

    try:
        return template.read_bytes()
    except OSError as error:
        raise UsageError(f"读不到模板 {template}（{error.strerror}），请检查路径。") from None


def _progress() -> Any:
    """On a terminal, each file is named while it is made; Ctrl-C stops before anything is written."""
    if not sys.stderr.isatty():
        return None
    return lambda name: print_note(f"正在生成 {name} …")


def _write(target: Path, files: list[tuple[str, bytes]]) -> None:
    """All files, or none: a folder is made beside its place and then moved there."""
    from viz.briefing_pack import packed

    if target.suffix.lower() == ".zip":
        write_file(target, packed(files))
        return
    _write_folder(target, files)
    print_note(f"已写入 {target}（{len(files)} 个文件）。")


def _write_folder(target: Path, files: list[tuple[str, bytes]]) -> None:
    import shutil

    from graph.errors import UsageError

    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(f"{target} 已存在且不是空文件夹，请换一个位置，或写成 .zip。")
    part = target.with_name(f".{target.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        for name, data in files:
            place = part / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        if target.exists():
            target.rmdir()
        part.replace(target)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise UsageError(f"无法写入 {target}（{error.strerror}），请换一个位置。") from None
