"""`coopgraph briefing -o FOLDER|FILE.zip`: every form of every view of a programme, a unit or a leader, as one pack."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from api.commands.ingest import progress_bar
from api.commands.output import print_note, write_file
from api.commands.session import opened_store


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("briefing", help="做一套汇报材料：Word、PDF、PPT、Excel、图片和可离线打开的网页。")(briefing)


def briefing(
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FOLDER|FILE.zip", help="要写的文件夹或 .zip")
    ],
    programme: Annotated[str | None, typer.Option("--programme", metavar="T", help="合作事项")] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="NAME|ID", help="单位（id 或唯一名称）")
    ] = None,
    leader: Annotated[
        str | None, typer.Option("--leader", metavar="NAME|ID", help="领导（id 或唯一名称）")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DOC", help="与哪份文件比较（id、文号或标题）")
    ] = None,
    status: Annotated[
        str | None,
        typer.Option("--status", metavar="official|illustrative|all", help="正式、示例或全部，默认 official"),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="某日有效的关系，如 2019-03-19，默认今天")
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="zh|en", help="材料的语言，默认 zh")] = None,
    forms: Annotated[
        list[str] | None,
        typer.Option(
            "--forms", metavar="docx|pdf|pptx|xlsx|svg|png|html", help="只要哪些形式，可给几次；默认全部"
        ),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="FILE.docx", help="自己的 Word 模板，做法见 docs/briefing.md"),
    ] = None,
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
        "lang": lang,
    }
    given = [(name, value) for name, value in asked.items() if value]
    params = parse_parameters(BriefingParameters, [*given, *(("forms", form) for form in forms or ())])
    form = _read(template) if template else None
    target = _place(output)
    with opened_store() as store:
        brief = gather(store, params)
    if not brief.scenes:
        print_note(brief.summary[0])
    with _terminated(), progress_bar("生成") as progress:
        files = make_pack(brief, template=form, progress=progress)
        _write(target, files)


def _place(output: str) -> Path:
    """Where the pack goes. Raises UsageError, before anything is made, where it cannot."""
    from graph.errors import UsageError

    target = Path(output)
    if target.suffix.lower() != ".zip" and target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(f"{target} 已存在且不是空文件夹，请换一个位置，或写成 .zip。")
    if not target.parent.is_dir():
        raise UsageError(f"没有文件夹 {target.parent}，请先建好或换一个位置。")
    return target


@contextmanager
def _terminated() -> Generator[None]:
    """SIGTERM stops the work as Ctrl-C does, with the programs that it started."""
    import signal

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _read(template: Path) -> bytes:
    """The user's template. Raises UsageError where it cannot be read."""
    from graph.errors import UsageError

    try:
        return template.read_bytes()
    except OSError as error:
        raise UsageError(f"读不到模板 {template}（{error.strerror}），请检查路径。") from None


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
        raise UsageError(f"无法写入 {target}（{error.strerror}），请换一个位置。") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
