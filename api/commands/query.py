"""`coopgraph query NAME [--PARAM VALUE …]`: any query of the catalogue, its options from its parameter model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from api.commands.output import print_bytes, print_json, print_note, print_table, write_file
from api.commands.session import opened_store

if TYPE_CHECKING:
    from graph.catalogue import Query
    from graph.store import Store

FORMS = ("table", "json", "csv")
"""What is printed."""
FILES = ("csv", "xlsx", "docx", "json")
"""What is written, by the file's ending."""
_NOT_HERE = frozenset({"page", "size", "format"})
"""Parameters without meaning on a command line: the whole answer is printed, in a form of the command line's."""


class QueryCommand(TyperCommand):
    """One query. A true-or-false option may stand alone (`--expand`) or with its value (`--expand false`)."""

    switches: frozenset[str] = frozenset()

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        complete: list[str] = []
        for position, given in enumerate(args):
            argument = _hyphened(given)
            complete.append(argument)
            following = args[position + 1] if position + 1 < len(args) else None
            if argument in self.switches and following not in ("true", "false"):
                complete.append("true")
        return super().parse_args(ctx, complete)


class QueryGroup(TyperGroup):
    """Finds a query's command by name, importing only that query."""

    def list_commands(self, ctx: Any) -> list[str]:
        from graph.catalogue import catalogue

        return list(catalogue())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        from graph.catalogue import find_query

        return _command(find_query(cmd_name))


def register(app: typer.Typer) -> None:
    """Add the group to the command line."""
    group = typer.Typer(
        rich_markup_mode=None,
        cls=QueryGroup,
        help="查询；每个查询的选项见 query NAME --help。",
        invoke_without_command=True,
    )

    @group.callback()
    def root(  # pyright: ignore[reportUnusedFunction]  # Typer keeps it
        context: typer.Context,
        list_all: Annotated[bool, typer.Option("--list", help="列出所有查询")] = False,
    ) -> None:
        if list_all:
            _print_catalogue()
        elif context.invoked_subcommand is None:
            from graph.errors import UsageError

            raise UsageError("请给出查询的名称；可用 coopgraph query --list 查看。")

    app.add_typer(group, name="query")


def _print_catalogue() -> None:
    from graph.catalogue import catalogue

    rows = [(q.name, q.title.zh, q.description.zh) for q in catalogue().values()]
    print_table(["名称", "标题", "说明"], rows)


def _command(query: Query[Any]) -> QueryCommand:
    """The command of one query, with an option for each of its parameters."""
    parameters: list[Any] = []
    if "id" in query.params.model_fields:
        parameters.append(TyperArgument(param_decls=["id_"], metavar="[ID]", help="编号（id）或唯一名称"))
    command = QueryCommand(
        rich_markup_mode=None,
        name=query.name,
        help=f"{query.title.zh}：{query.description.zh}",
        params=parameters + query_options(query.params),
        callback=lambda **given: _run(query, given),
    )
    command.switches = switches(query.params)
    return command


def query_options(model: Any, *, form: bool = True) -> list[Any]:
    """An option for each parameter of a query or view; `form` adds `--format` and `-o`.

    All are text here: the parameter model checks them, in one place for every way of asking.
    """
    from api.parameters import allowed_values, parameter_names, takes_many

    options: list[Any] = []
    for name, field_name in parameter_names(model).items():
        if name in _NOT_HERE:
            continue
        field = model.model_fields[field_name]
        allowed = allowed_values(field)
        options.append(
            TyperOption(
                param_decls=[f"given_{field_name}", f"--{name.replace('_', '-')}"],
                type=str,
                multiple=takes_many(field),
                help=field.description or "",
                metavar="|".join(allowed) if 0 < len(allowed) <= 4 else name.upper(),
            )
        )
    if form:
        options += [
            TyperOption(
                param_decls=["form", "--format"],
                type=str,
                default=None,
                help="输出格式，默认 table",
                metavar="|".join(FORMS),
            ),
            TyperOption(
                param_decls=["output", "-o", "--output"], type=str, default=None, metavar="FILE",
                help="写成文件，格式由后缀决定：" + "、".join(f".{ending}" for ending in FILES),
            ),
        ]  # fmt: skip
    return options


def _hyphened(argument: str) -> str:
    """An option in the spelling of the command line: `--as_of` is `--as-of`."""
    if not argument.startswith("--"):
        return argument
    name, equals, value = argument.partition("=")
    return name.replace("_", "-") + equals + value


def switches(model: Any) -> frozenset[str]:
    """The true-or-false options of a parameter model."""
    from api.parameters import parameter_names, plain_types

    names = parameter_names(model).items()
    return frozenset(
        f"--{name.replace('_', '-')}"
        for name, field in names
        if plain_types(model.model_fields[field].annotation) == (bool,)
    )


def given_parameters(model: Any, given: dict[str, Any]) -> list[tuple[str, str]]:
    """(name, text) of the options that were given."""
    from api.parameters import parameter_names

    pairs: list[tuple[str, str]] = []
    for name, field_name in parameter_names(model).items():
        value = given.get(f"given_{field_name}")
        for text in value if isinstance(value, (list, tuple)) else [value]:
            if text is not None:
                pairs.append((name, str(text)))
    return pairs


def _run(query: Query[Any], given: dict[str, Any]) -> None:
    from api.parameters import parse_parameters
    from graph.errors import InvalidParameter

    form = given["form"] or "table"
    if form not in FORMS:
        raise InvalidParameter(
            f"--format 应为 {'、'.join(FORMS)} 之一，不能是“{form}”。",
            parameter="format",
            allowed=list(FORMS),
        )
    file = _file_of(given)
    pairs = given_parameters(query.params, given)
    if given.get("id_") is not None:
        pairs.append(("id", given["id_"]))
    params = parse_parameters(query.params, pairs)
    with opened_store() as store:
        if file is None:
            print_query(query, store, params, form)
            return
        data = _file_bytes(query, store, params, file.suffix.lower().removeprefix("."))
    write_file(file, data)


def _file_of(given: dict[str, Any]) -> Path | None:
    """The file to write. Raises UsageError for an ending that is none of `FILES`, or beside `--format`."""
    from graph.errors import UsageError

    if not given["output"]:
        return None
    file = Path(given["output"])
    if given["form"]:
        raise UsageError("文件的格式由 -o 的后缀决定，请不要再给 --format。")
    if file.suffix.lower().removeprefix(".") not in FILES:
        allowed = "、".join(f".{ending}" for ending in FILES)
        raise UsageError(f"不能写成“{file.suffix or file.name}”；文件后缀应为 {allowed} 之一。")
    return file


def _file_bytes(query: Query[Any], store: Store, params: Any, form: str) -> bytes:
    """The whole answer in a form."""
    from api.answers import whole_answer, written
    from graph.catalogue import envelope

    params = _today(store, params)
    answer = whole_answer(query, store, params)
    if form == "json":
        import orjson

        whole = envelope(query, params, answer, store.version(), paged=False)
        return orjson.dumps(whole, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    return written(query, store, params, answer, form)


def _today(store: Store, params: Any) -> Any:
    """The parameters with today's id for an older one, which is told."""
    today = store.resolve(params.id) if "id" in type(params).model_fields else None
    if today is None or today == params.id:
        return params
    print_note(f"{params.id} 现为 {today}。")
    return params.model_copy(update={"id": today})


def print_query(query: Query[Any], store: Store, params: Any, form: str) -> None:
    """Print the whole answer as a table, JSON or CSV."""
    from api.answers import whole_answer
    from graph.catalogue import envelope

    params = _today(store, params)
    answer = whole_answer(query, store, params)
    if form == "json":
        print_json(envelope(query, params, answer, store.version(), paged=False))
    elif form == "csv":
        from graph.tabular import to_csv

        print_bytes(to_csv(query, params, answer))
    else:
        _print_answer(query, params, answer)


def _print_answer(query: Query[Any], params: Any, answer: Any) -> None:
    if not query.columns:
        print_json(answer.body or {query.member: list(answer.items)})
        return
    rows = [
        [column.shown(row, params.lang) for column in query.columns] for row in query.flatten(answer, params)
    ]
    shown = [n for n, column in enumerate(query.columns) if _for_people(column.key, [row[n] for row in rows])]
    titles = [query.columns[n].title(params.lang) for n in shown]
    print_table(titles, [[row[n] for n in shown] for row in rows])
    if query.listed:
        print_note(f"共 {len(answer.items)} 条。")
    for told in query.said_beside(answer, params.lang):
        print_note(f"{told}。")


def _for_people(key: str, values: list[Any]) -> bool:
    """Whether a table shows the column: ids beside names and columns without a value stay in CSV and JSON."""
    beside_a_name = key.endswith(("_id", "_type")) or key == "evidence_document"
    return not beside_a_name and (not values or any(value not in (None, "") for value in values))
