"""`coopgraph review …`: names awaiting a decision; a decision rereads what it touches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.documents import print_rereads, reread_json
from api.commands.output import print_json, print_note, print_table
from api.commands.session import opened_library, read_settings
from api.users import deciding_user

if TYPE_CHECKING:
    from ingest.outcomes import Reread

AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 打印")]
CandidateId = Annotated[str, typer.Argument(metavar="ID", help="待核对名称的编号，见 review list")]


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    group = typer.Typer(
        rich_markup_mode=None, help="待核对的名称：列出、采纳、否定、撤销。", no_args_is_help=True
    )
    group.command("list", help="列出待核对和已决定的名称。")(list_names)
    group.command("accept", help="认定名称就是某个主体。")(accept)
    group.command("reject", help="认定名称不是任何候选主体。")(reject)
    group.command("undo", help="撤销一项决定。")(undo)
    app.add_typer(group, name="review")


def list_names(as_json: AsJson = False) -> None:
    with opened_library() as (library, _):
        items = library.review()
    if as_json:
        print_json(items)
        return
    rows: list[tuple[str, ...]] = []
    for item in items:
        decision = item["decision"]
        decided = "待定" if decision is None else f"{decision['entity'] or '否定'}（{decision['user']}）"
        choices = "\n".join(f"{c['name']} {c['id']} {c['score']:.0f} {c['reason']}" for c in item["choices"])
        rows.append((item["id"], item["printed"], item["scope"], str(len(item["cells"])), choices, decided))
    print_table(["编号", "原文", "范围", "出处", "候选", "决定"], rows)


def accept(
    candidate: CandidateId,
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help="主体编号（id）")],
    as_json: AsJson = False,
) -> None:
    with opened_library() as (library, _):
        results = library.accept(candidate, entity, deciding_user(read_settings()))
    _report(results, as_json, f"已认定为 {entity}。")


def reject(candidate: CandidateId, as_json: AsJson = False) -> None:
    with opened_library() as (library, _):
        results = library.reject(candidate, deciding_user(read_settings()))
    _report(results, as_json, "已否定。")


def undo(candidate: CandidateId, as_json: AsJson = False) -> None:
    with opened_library() as (library, _):
        results = library.undo(candidate, deciding_user(read_settings()))
    _report(results, as_json, "已撤销。")


def _report(results: list[Reread], as_json: bool, note: str) -> None:
    if as_json:
        print_json([reread_json(result) for result in results])
    else:
        print_rereads(results)
        print_note(note)
