"""Profiles that planners write: TOML files, given with --profile or kept in the data folder's `profiles/`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, cast

from graph.errors import UsageError
from graph.vocabulary import PARTNER_KINDS, EntityType, Text
from ingest.profiles import shipped_profiles
from ingest.profiling import ROLES, ColumnRule, Profile

READINGS = {
    "tasks": (("lead", "responsible", "support", "leader"), ("task_title", "task_target", "task_content")),
    "pairs": (("counterpart",),),
    "liaisons": (("leader",), ("counterpart",)),
    "members": (("member",),),
}
"""Ways of reading, with the roles of which a table needs one each."""

_KEYS = {"name", "title", "title_en", "reading", "titles", "term", "columns"}
_COLUMN_KEYS = {"role", "words", "kind", "inherits", "fills", "required", "splits"}
_NAME = re.compile(r"^[A-Za-z][\w-]{0,40}$", re.ASCII)


def load_profiles(data_dir: Path | None = None) -> tuple[Profile, ...]:
    """The planner's own profiles (`data_dir/profiles/*.toml`, which win a tie), then those that ship.

    Raises UsageError, naming file, line and reason, for a file that is wrong.
    """
    folder = data_dir / "profiles" if data_dir else None
    files = sorted(folder.glob("*.toml")) if folder is not None and folder.is_dir() else []
    own = [parse_profile(profile_text(path), path.name) for path in files]
    named: dict[str, str] = {}
    for profile, path in zip(own, files, strict=True):
        if profile.name in named:
            raise UsageError(
                f"表格类型文件 {path.name} 与 {named[profile.name]} 的 name 都是“{profile.name}”，请改成不同的名字。"
            )
        named[profile.name] = path.name
    return (*own, *(p for p in shipped_profiles() if p.name not in named))


def profile_text(path: Path) -> str:
    """The text of a profile's file. Raises UsageError when it cannot be read as UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"表格类型文件 {path.name} 无法按 UTF-8 读取，请另存为 UTF-8 编码。") from error


def parse_profile(text: str, name: str) -> Profile:
    """A profile from the text of a TOML file called `name`. Raises UsageError with line and reason."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(_toml_message(name, str(error), text)) from error
    return _Parser(text, name).profile(data)


def _toml_message(name: str, error: str, text: str) -> str:
    found = re.search(r"\(at line (\d+), column (\d+)\)", error)
    where = f"第{found[1]}行第{found[2]}列" if found else f"第{len(text.splitlines())}行末尾"
    return f"表格类型文件 {name} {where}不符合 TOML 语法（{error.partition(' (at ')[0]}），请修改后重试。"


class _Parser:
    """Checks the content and says in which line it is wrong."""

    def __init__(self, text: str, name: str) -> None:
        self._lines = text.splitlines()
        self._name = name

    def profile(self, data: dict[str, Any]) -> Profile:
        self._known(data, _KEYS, 0)
        name = self._string(data, "name", 0)
        if not _NAME.match(name):
            raise self._fault("name", "只能用字母、数字、下划线和连字符，并以字母开头", 0)
        reading = self._string(data, "reading", 0)
        if reading not in READINGS:
            raise self._fault("reading", f"只能是 {'、'.join(READINGS)} 之一", 0)
        columns = data.get("columns")
        if not isinstance(columns, list) or not columns:
            raise self._fault("columns", "至少要有一段 [[columns]]", 0)
        rules = tuple(self._column(one, at) for at, one in enumerate(cast("list[Any]", columns), 1))
        needs = READINGS[reading]
        for group in needs:
            if not any(rule.role in group for rule in rules):
                raise self._fault(
                    "reading", f"reading 为 {reading} 时，要有 role 为 {' 或 '.join(group)} 的列", 0
                )
        title = self._string(data, "title", 0) if "title" in data else name
        english = self._string(data, "title_en", 0) if "title_en" in data else name
        term = self._string(data, "term", 0) if "term" in data else ""
        titles = self._strings(data, "titles", 0) if "titles" in data else ()
        return Profile(name, Text(title, english), reading, rules, titles, term, needs)

    def _column(self, one: Any, at: int) -> ColumnRule:
        if not isinstance(one, dict):
            raise self._fault("columns", "每一列要写成一段 [[columns]]", at)
        column = cast("dict[str, Any]", one)
        self._known(column, _COLUMN_KEYS, at)
        role = self._string(column, "role", at)
        if role not in ROLES:
            raise self._fault("role", f"“{role}”不是列的角色，可用：{'、'.join(ROLES)}", at)
        words = self._strings(column, "words", at)
        for word in words:
            self._pattern(word, at)
        kind = None
        if "kind" in column:
            said = self._string(column, "kind", at)
            if said not in [k.value for k in PARTNER_KINDS]:
                allowed = "、".join(k.value for k in PARTNER_KINDS)
                raise self._fault("kind", f"“{said}”不是对象类型，可用：{allowed}", at)
            kind = EntityType(said)
        flags = {
            key: self._flag(column, key, at)
            for key in ("inherits", "fills", "required", "splits")
            if key in column
        }
        return ColumnRule(role, words, kind, **flags)

    def _pattern(self, word: str, at: int) -> None:
        if len(word) > 2 and word.startswith("/") and word.endswith("/"):
            try:
                re.compile(word[1:-1])
            except re.error as error:
                raise self._fault("words", f"“{word}”不是正确的正则表达式（{error.msg}）", at) from error

    def _known(self, data: dict[str, Any], keys: set[str], at: int) -> None:
        for key in data:
            if key not in keys:
                raise self._fault(key, f"没有“{key}”这一项，可用：{'、'.join(sorted(keys))}", at)

    def _string(self, data: dict[str, Any], key: str, at: int) -> str:
        value = data.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self._fault(key, f"“{key}”要写成带引号的文字" if key in data else f"缺少“{key}”", at)
        return value.strip()

    def _strings(self, data: dict[str, Any], key: str, at: int) -> tuple[str, ...]:
        value = data.get(key)
        items = cast("list[Any]", value) if isinstance(value, list) else []
        if not items or not all(isinstance(i, str) and i.strip() for i in items):
            raise self._fault(
                key, f'“{key}”要写成一组带引号的文字，如 ["牵头单位"]' if key in data else f"缺少“{key}”", at
            )
        return tuple(str(i).strip() for i in items)

    def _flag(self, data: dict[str, Any], key: str, at: int) -> bool:
        value = data[key]
        if not isinstance(value, bool):
            raise self._fault(key, f"“{key}”只能是 true 或 false", at)
        return value

    def _fault(self, key: str, reason: str, column: int) -> UsageError:
        """The error with the line of a key: at the top level (`column` 0) or in the n-th [[columns]]."""
        line = self._line(key, column)
        return UsageError(f"表格类型文件 {self._name} 第{line}行：{reason}。", file=self._name, line=line)

    def _line(self, key: str, column: int) -> int:
        start, seen = 1, 0
        for number, text in enumerate(self._lines, 1):
            if re.match(r"\s*\[\[\s*columns\s*\]\]", text):
                seen += 1
                if seen == column:
                    start = number
                elif seen > column:
                    break
            if seen == column and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", text):
                return number
        return start
