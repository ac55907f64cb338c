"""`coopgraph documents …`: what has been ingested; remove it, read it again, compare it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.output import print_json, print_note, print_text
from api.commands.session import opened_library, opened_store

if TYPE_CHECKING:
    from graph.statements.comparison import DocumentDiff
    from graph.statements.revisions import StatedClaim
    from ingest.outcomes import Reread

AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 打印")]
DocumentId = Annotated[str, typer.Argument(metavar="ID", help="文件编号（id）或文号")]


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    group = typer.Typer(
        rich_markup_mode=None, help="已读入的文件：列出、查看、删除、重读、比较。", no_args_is_help=True
    )
    group.command("list", help="列出已读入的文件。")(list_documents)
    group.command("show", help="打印一份文件的回执。")(show)
    group.command("remove", help="删除一份文件及其关系。")(remove)
    group.command("reread", help="用今天的表格类型、名称和决定重读一份或全部文件。")(reread)
    group.command("take-over", help="读入另一个数据目录（内置存储）里的文件和名称决定，如改用 Neo4j 时。")(
        take_over
    )
    group.command("diff", help="比较两份文件：新增、删去、调整、更名。")(diff)
    app.add_typer(group, name="documents")


def list_documents(as_json: AsJson = False) -> None:
    from api.commands.query import print_query
    from graph.catalogue import find_query

    query = find_query("documents")
    with opened_store() as store:
        print_query(query, store, query.params(status="all"), "json" if as_json else "table")


def show(document_id: DocumentId, as_json: AsJson = False) -> None:
    from api.commands.receipts import print_receipt
    from graph.errors import NotFound

    with opened_library() as (library, store):
        stored = store.document(library.find(document_id))
    if stored is None:
        raise NotFound(f"没有编号为“{document_id}”的文件；可用 documents list 查看已有文件。")
    if as_json:
        print_json(stored.receipt)
    else:
        print_receipt(stored.receipt)


def remove(document_id: DocumentId) -> None:
    with opened_library() as (library, _):
        found = library.find(document_id)
        library.remove(found)
    print_note(f"已删除 {found} 及其关系。")


def reread(
    document_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="文件编号或文号；不给则重读全部")
    ] = None,
    profile: Annotated[str | None, typer.Option("--profile", metavar="P", help="表格类型")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只试读，不写入")] = False,
    as_json: AsJson = False,
) -> None:
    with opened_library() as (library, _):
        found = library.find(document_id) if document_id is not None else None
        results = library.reread(found, profile=profile, dry_run=dry_run)
    if as_json:
        print_json([reread_json(result) for result in results])
        return
    print_rereads(results)


def reread_json(result: Reread) -> dict[str, Any]:
    """A reread document as JSON-able members."""
    return {
        "document": result.document,
        "receipt": result.receipt,
        "added": result.added,
        "removed": result.removed,
        "written": result.written,
    }


def print_rereads(results: list[Reread]) -> None:
    """What reading again changed, claim by claim."""
    for result in results:
        changed = f"新增 {len(result.added)} 条，删去 {len(result.removed)} 条"
        print_text(f"{result.document['title'] or result.document['id']}：{changed}")
        _print_claims("＋", result.added)
        _print_claims("－", result.removed)


def take_over(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="内置存储所在的数据目录（COOPGRAPH_DATA_DIR）")
    ],
    as_json: AsJson = False,
) -> None:
    from api.commands.session import read_settings
    from graph.opening import open_other

    settings = read_settings()
    with opened_library() as (library, _), closing(open_other(settings, folder)) as other:
        outcomes = library.take_over(other)
    if as_json:
        print_json([{"document": one.document_id, "outcome": one.outcome} for one in outcomes])
        return
    for one in outcomes:
        print_text(f"{one.document_id}：{'已读入' if one.outcome == 'written' else '已在库中，未改动'}")


def diff(
    a: Annotated[str, typer.Argument(metavar="A", help="前一份文件")],
    b: Annotated[str, typer.Argument(metavar="B", help="后一份文件")],
    as_json: AsJson = False,
) -> None:
    with opened_library() as (library, _):
        answer = library.diff(library.find(a), library.find(b))
    if as_json:
        print_json(answer)
    else:
        _print_diff(answer)


def _print_diff(answer: DocumentDiff) -> None:
    print_text(f"{answer['a']['title']} → {answer['b']['title']}")
    kinds = (("新增", answer["added"]), ("删去", answer["removed"]))
    for title, claims in kinds:
        print_text(f"{title} {len(claims)} 条")
        _print_claims("  ", claims)
    print_text(f"调整 {len(answer['moved'])} 条")
    for moved in answer["moved"]:
        print_text(f"  {claim_line(moved['before'])} ⇒ {claim_line(moved['after'])}")
    print_text(f"更名 {len(answer['renamed'])} 处")
    for renamed in answer["renamed"]:
        print_text(f"  {renamed['before_name']} ⇒ {renamed['after_name']}")


def _print_claims(sign: str, claims: list[StatedClaim]) -> None:
    for claim in claims:
        print_text(f"{sign} {claim_line(claim)}")


def claim_line(claim: StatedClaim) -> str:
    """A claim in words: 甲 对口 乙（表1 第2行 第3列）."""
    from api.commands.receipts import place
    from graph.vocabulary import RELATIONS, Relation

    evidence = claim["evidence"]
    cell = place(evidence["table"], evidence["row"], evidence["column"]) or evidence["source"] or ""
    term = evidence["term"] or RELATIONS[Relation(claim["type"])].label.zh
    return f"{claim['source']['name']} {term} {claim['target']['name']}（{cell}）"
