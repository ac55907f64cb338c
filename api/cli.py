"""The command line `coopgraph`.

Exit codes: 0 done; 2 wrong usage; 3 a file was rejected; 4 the store cannot be reached. Errors are one
sentence on standard error; `--debug`, anywhere on the line, adds the traceback.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from api.collecting import collect_seldom
from api.commands import (
    briefing,
    doctor,
    documents,
    export,
    ingest,
    query,
    review,
    serve,
    view,
)

INTERRUPTED = 130


def build() -> typer.Typer:
    """The Typer application with every command group."""
    app = typer.Typer(
        name="coopgraph",
        help="从公文的表格中读出对口合作关系，查询、查漏、出图。",
        no_args_is_help=True,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback()
    def root(  # pyright: ignore[reportUnusedFunction]  # Typer keeps it
        debug: Annotated[bool, typer.Option("--debug", help="出错时打印调用栈")] = False,
    ) -> None:
        """Options of the whole command line; `--debug` has been taken by `main` already."""

    for group in (serve, ingest, query, view, briefing, export, documents, review, doctor):
        group.register(app)
    return app


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    collect_seldom()
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    code = run([argument for argument in given if argument != "--debug"], debug=debug)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
    sys.exit(code)


def run(arguments: Sequence[str], *, debug: bool = False) -> int:
    """Run one command line and give its exit code; errors are printed, not raised."""
    from api.logs import redact_logs
    from graph.errors import CoopgraphError

    known = logging.root.manager.disable
    if not debug:  # libraries' own notes of a failure that we tell in one sentence
        logging.disable(logging.WARNING)
    redact_logs()
    try:
        code = build()(args=list(arguments), prog_name="coopgraph", standalone_mode=False)
        if code == INTERRUPTED:  # Typer makes a code of Ctrl-C and says nothing
            return _fail("已中断。", INTERRUPTED, debug)
        return code if isinstance(code, int) else 0
    except CoopgraphError as error:
        return _fail(error.message, error.exit_code, debug)
    except typer.TyperException as error:
        from api.commands.usage import usage_message

        return _fail(usage_message(error), getattr(error, "exit_code", 2), debug)
    except BrokenPipeError:
        _drop_output()
        return 0
    except (KeyboardInterrupt, typer.Abort):
        return _fail("已中断。", INTERRUPTED, debug)
    except Exception as error:
        return _fail(f"程序出错：{type(error).__name__}: {error}；请加 --debug 查看详情。", 1, debug)
    finally:
        logging.disable(known)


def _fail(message: str, code: int, debug: bool) -> int:
    if debug:
        import traceback

        traceback.print_exc()
    sys.stderr.write(f"{message}\n")
    return code


def _drop_output() -> None:
    """The reader of our output has gone (`| head`): leave without a complaint at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
