"""`coopgraph doctor`: looks at the store, the machine and the settings, and says how to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.output import print_json, print_note, print_table, print_text
from api.commands.session import read_settings

if TYPE_CHECKING:
    from api.doctor.findings import Finding
    from graph.settings import Settings

_SIGNS = {"ok": "✓", "info": "·", "warning": "!", "error": "✗"}


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("doctor", help="检查存储、字体、浏览器和设置，并说明如何修复。")(doctor)


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 打印")] = False,
) -> None:
    from api.doctor.settings import shown_settings

    settings = read_settings()
    findings = examine(settings)
    shown = shown_settings(settings)
    if as_json:
        print_json(
            {
                "findings": [finding.as_json() for finding in findings],
                "settings": {variable: value for variable, value, _ in shown},
            }
        )
    else:
        for finding in findings:
            print_text(f"{_SIGNS[finding.verdict]} {finding.subject}：{finding.message}")
            if finding.remedy:
                print_text(f"    {finding.remedy}")
        print_table(["环境变量", "值", "来源"], shown)
    _leave(findings)


def examine(settings: Settings) -> list[Finding]:
    """All findings."""
    from api.doctor import machine, store
    from api.doctor import settings as own

    return [
        machine.versions(),
        *store.store_findings(settings),
        machine.data_folder(settings),
        *own.own_files(settings),
        machine.fonts(),
        machine.office(settings),
        machine.browser(),
        own.token(settings),
    ]


def _leave(findings: list[Finding]) -> None:
    """Exit 0 where the program can be used, 4 where its store cannot, 2 where a file of the user's is wrong."""
    errors = [finding.subject for finding in findings if finding.verdict == "error"]
    if not errors:
        return
    print_note(f"不能使用：{'、'.join(errors)}；请按上面的说明修复。")
    reachable = not any(subject.startswith(("存储", "数据目录")) for subject in errors)
    raise typer.Exit(2 if reachable else 4)
