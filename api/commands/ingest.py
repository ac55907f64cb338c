"""`coopgraph ingest PATH…`: read documents into the graph and print their receipts."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.output import print_json, print_note, print_table, print_text
from api.commands.session import opened_library

if TYPE_CHECKING:
    from ingest.outcomes import IngestOptions, PathOutcome

OUTCOMES = {
    "written": "已写入",
    "present": "已有，未重复写入",
    "dry_run": "试读，未写入",
    "rejected": "未能读取",
}


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("ingest", help="读入文件或文件夹，打印回执。")(ingest)


def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="文件或文件夹")],
    part_of: Annotated[
        str | None, typer.Option("--part-of", metavar="ID", help="是某一文件的附件（编号或文号）")
    ] = None,
    replaces: Annotated[
        str | None, typer.Option("--replaces", metavar="ID", help="取代某一文件（编号或文号）")
    ] = None,
    profile: Annotated[
        str | None, typer.Option("--profile", metavar="P", help="表格类型的名称，或自定的 .toml 文件")
    ] = None,
    programme: Annotated[
        str | None, typer.Option("--programme", metavar="T", help="合作事项，如 沪甬产业合作")
    ] = None,
    status: Annotated[
        str, typer.Option("--status", metavar="official|illustrative", help="正式文件或示例")
    ] = "official",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只试读，不写入")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 列表打印回执")] = False,
) -> None:
    options = read_options(part_of, replaces, profile, programme, status)
    require_paths(paths)
    with opened_library() as (library, _), progress_bar("读入") as progress:
        outcomes = library.ingest_paths(paths, options, dry_run=dry_run, progress=progress)
    report(outcomes, as_json=as_json)
    if not outcomes:
        print_note("文件夹中没有可读的文件。")
    if any(outcome.outcome == "rejected" for outcome in outcomes):
        raise typer.Exit(3)


def read_options(
    part_of: str | None, replaces: str | None, profile: str | None, programme: str | None, status: str
) -> IngestOptions:
    """The options of a reading. Raises InvalidParameter."""
    from graph.errors import InvalidParameter
    from graph.vocabulary import Status
    from ingest.outcomes import IngestOptions

    if status not in list(Status):
        allowed = [member.value for member in Status]
        raise InvalidParameter(
            f"status 应为 {'、'.join(allowed)} 之一，不能是“{status[:40]}”。",
            parameter="status",
            allowed=allowed,
        )
    return IngestOptions(part_of, replaces, profile, programme, Status(status))


def require_paths(paths: list[Path]) -> None:
    """Raise UsageError for a path that does not exist, before anything is read."""
    from graph.errors import UsageError

    for path in paths:
        if not path.exists():
            raise UsageError(f"没有这个路径：{path}；请检查后重试。")


def report(outcomes: list[PathOutcome], *, as_json: bool) -> None:
    """Receipts on standard output, of several files with a summary at their end; rejected files on standard error."""
    from api.commands.receipts import print_receipt

    if as_json:
        print_json([outcome.receipt for outcome in outcomes])
    for outcome in outcomes:
        if outcome.outcome == "rejected":
            sys.stdout.flush()
            print_rejection(outcome)
        elif not as_json:
            print_receipt(outcome.receipt, note=f"（{OUTCOMES[outcome.outcome]}）")
            print_text("")
    if len(outcomes) > 1 and not as_json:
        print_summary(outcomes)


def print_rejection(outcome: PathOutcome) -> None:
    """Why a file was rejected; its path before, where the message does not name it."""
    named = Path(outcome.path).name in outcome.message
    print_note(outcome.message if named else f"{outcome.path}：{outcome.message}")


def print_summary(outcomes: list[PathOutcome]) -> None:
    """Each file with its outcome, and how many came to which."""
    print_table(
        ["文件", "结果", "说明"],
        [(outcome.path, OUTCOMES[outcome.outcome], outcome.message) for outcome in outcomes],
    )
    counts = Counter(outcome.outcome for outcome in outcomes)
    told = "，".join(f"{OUTCOMES[key]} {counts[key]} 个" for key in OUTCOMES if counts[key])
    print_text(f"共 {len(outcomes)} 个文件：{told}。")


@contextmanager
def progress_bar(title: str) -> Generator[Callable[[int, int, str], None] | None]:
    """A callable (done, total, name) that moves a bar on standard error; None where that is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)

        def move(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=f"{title} {escape(Path(name).name)}")

        yield move
