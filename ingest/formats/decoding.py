"""Bytes to text for formats that do not say their encoding for certain: text, CSV and web pages."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from graph.errors import FileRejected
from graph.model import Problem
from ingest.formats.cleaning import problem

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SAMPLE = 64_000
_SIGNS = frozenset("\u00b7\u00d7\u00f7\u00b1\u00b0\u00a7\u00a0\u00ab\u00bb")
_OTHERS = ("gb18030", "big5hkscs", "utf_16_le", "utf_16_be", "cp1252")


def decode(data: bytes, name: str, *, declared: str | None = None) -> tuple[str, list[Problem]]:
    """The text of `data`, without byte order mark, and what was wrong with its encoding.

    Tried in this order: byte order mark, UTF-16 told by its zero bytes, UTF-8, `declared` (a page's meta tag),
    GB18030 where it gives mostly common characters, charset-normalizer's guess. A file whose lines are of
    different encodings is read line by line. Raises FileRejected for what is no text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _with_mistakes(data[len(bom) :], encoding)
    if utf16 := _utf16_without_mark(data):
        return _with_mistakes(data, utf16)
    if _looks_binary(data):
        raise FileRejected(f"{name} 不是文本文件（内容是二进制数据），请核对后重新上传。")
    if (text := _strict(data, "utf-8")) is not None and not _rather_gb18030(text, data):
        return text, []
    if declared and (text := _strict(data, declared)) is not None:
        return text, []
    if _lines_of_both(data):
        return _line_by_line(data)
    if (text := _strict(data, "gb18030")) is not None and _is_chinese(text):
        return text, []
    if _nearly(data, "utf-8") or _nearly(data, "gb18030"):
        return _line_by_line(data)
    guess = from_bytes(data[:_SAMPLE], cp_isolation=list(_OTHERS)).best()
    if guess is None or (text := _strict(data, guess.encoding)) is None:
        raise FileRejected(f"无法识别 {name} 的文字编码，请另存为 UTF-8 编码的文件后再上传。")
    return text, []


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode("gb18030" if encoding.lower() in ("gb2312", "gbk", "gb_2312-80") else encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _with_mistakes(data: bytes, encoding: str) -> tuple[str, list[Problem]]:
    text = data.decode(encoding, errors="replace")
    return text, _mistakes(text)


def _mistakes(text: str) -> list[Problem]:
    count = text.count("\ufffd")
    if not count:
        return []
    return [problem("unreadable_cell", f"有{count}处文字的编码有误，以“\ufffd”代替，请核对原文。")]


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 of mostly Western characters or line breaks has a zero in every other byte."""
    sample = data[:_SAMPLE]
    if len(data) % 2 or len(data) < 4 or b"\0" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    for encoding, here, there in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        text = _strict(data, encoding) if here and there == 0 else None
        if text is not None and _is_chinese(text) and not _CONTROL.search(text):
            return encoding
    return None


def _looks_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    controls = sum(sample.count(byte) for byte in (*range(9), 11, *range(14, 27), *range(28, 32)))
    return b"\0" in sample or controls * 20 > len(sample)


def _is_chinese(text: str) -> bool:
    """Whether eight of ten characters beyond ASCII are common Chinese ones (GB/T 2312)."""
    sample = text[:_SAMPLE]
    beyond = [char for char in sample if char > "\x7f"]
    if not beyond:
        return True
    common = sum(1 for char in beyond if _is_in_gb2312(char))
    return common * 10 >= len(beyond) * 8


def _is_in_gb2312(char: str) -> bool:
    """Whether GBK has the character where GB/T 2312 has it. Not asked of Python's gb2312 codec, which knows other
    dashes and middle dots than those that files hold."""
    try:
        code = char.encode("gbk")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and 0xA1 <= code[0] <= 0xF7 and code[1] >= 0xA1


def _rather_gb18030(text: str, data: bytes) -> bool:
    """A few Chinese characters of GB18030 may also be valid UTF-8, of letters that no document here has
    (园 is U+0530). Signs such as · and × alone speak for UTF-8."""
    beyond = {char for char in text[:_SAMPLE] if char > "\x7f"}
    if not beyond or max(beyond) > "\u07ff" or beyond <= _SIGNS:
        return False
    chinese = _strict(data, "gb18030")
    return chinese is not None and _is_chinese(chinese)


def _lines_of_both(data: bytes) -> bool:
    """Some lines are UTF-8 beyond chance (three characters of several bytes), others are not UTF-8 at all."""
    utf8 = other = 0
    for line in data.splitlines():
        if line.isascii():
            continue
        text = _strict(line, "utf-8")
        if text is None:
            other += 1
        elif sum(char > "\u07ff" for char in text) >= 3:
            utf8 += 1
    return bool(utf8 and other)


def _nearly(data: bytes, encoding: str) -> bool:
    """One wrong place in a thousand characters, or a single cut one."""
    text = data.decode(encoding, errors="replace")
    return text.count("\ufffd") <= max(2, len(text) // 1000) and _is_chinese(text.replace("\ufffd", ""))


def _line_by_line(data: bytes) -> tuple[str, list[Problem]]:
    lines: list[str] = []
    encodings: set[str] = set()
    for line in data.split(b"\n"):
        text = _strict(line, "utf-8")
        if text is None:
            text = _strict(line, "gb18030")
            if text is None:
                encoding = min(("utf-8", "gb18030"), key=lambda e: line.decode(e, "replace").count("\ufffd"))
                text = line.decode(encoding, errors="replace")
            else:
                encodings.add("GB18030")
        elif not line.isascii():
            encodings.add("UTF-8")
        lines.append(text)
    text = "\n".join(lines)
    problems = _mistakes(text)
    if len(encodings) > 1:
        problems.append(problem("unreadable_cell", "文件混用了多种文字编码，已逐行识别，请核对原文。"))
    return text, problems
