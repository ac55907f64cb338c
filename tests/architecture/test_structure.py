"""Structure that a linter does not know: sizes, single importers, no catch-all modules, one vocabulary."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.parts import ROOT

PACKAGES = ("graph", "ingest", "api", "viz")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40


def label(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(path: Path) -> set[str]:
    tops: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            tops |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            tops.add(node.module.split(".")[0])
    return tops


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its decorators, signature and docstring."""
    body = node.body
    first = body[0]
    if (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        body = body[1:]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", MODULES, ids=label)
def test_modules_and_functions_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_MODULE
    long = [
        f"{node.name} {code_lines(node)}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and code_lines(node) > LONGEST_FUNCTION
    ]
    assert not long


@pytest.mark.parametrize("library", ["neo4j", "pyvis"])
def test_one_module_imports(library: str) -> None:
    assert len([path for path in MODULES if library in imported(path)]) <= 1


def test_no_module_is_a_catch_all() -> None:
    assert not [
        label(path) for path in MODULES if path.stem in {"utils", "util", "helpers", "misc", "common"}
    ]


@pytest.mark.parametrize("path", MODULES, ids=label)
def test_nothing_is_imported_relatively_or_by_star(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            assert all(alias.name != "*" for alias in node.names)


def test_settings_are_not_read_at_import_time() -> None:
    offenders = [
        label(path)
        for path in MODULES
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and node.value is not None
        and any(
            isinstance(n, ast.Call) and ast.unparse(n.func) in {"Settings", "os.getenv", "os.environ.get"}
            for n in ast.walk(node.value)
        )
    ]
    assert not offenders
