"""Older and other offices' formats, converted by LibreOffice (`graph/office.py`) and then read as what they become."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import PurePosixPath

from graph.errors import FileRejected
from graph.office import TIMEOUT, convert, soffice_path
from ingest.blocks import Reader, ReadFile
from ingest.formats.sniffing import OLE, utf16
from ingest.readers import docx, xlsx

_WORD = (".doc", ".dot", ".wps", ".rtf", ".odt")
_EXCEL = (".et", ".ods")


def read(data: bytes, name: str) -> ReadFile:
    """The converted file, under its own name and digest. Raises FileRejected without LibreOffice, or when it fails."""
    ending = PurePosixPath(name).suffix.lower()
    target = ".xlsx" if ending in _EXCEL else ".docx"
    program = soffice_path()
    if program is None:
        raise FileRejected(
            f"读取 {name} 需要 LibreOffice（Debian/Ubuntu 的软件包 libreoffice-writer 和 libreoffice-calc），"
            f"请安装，或把文件另存为 {target} 后再上传。"
        )
    converted = _convert(program, data, name, target)
    reader = xlsx.READER if target == ".xlsx" else docx.READER
    file = reader.read(converted, name)
    return replace(file, sha256=hashlib.sha256(data).hexdigest(), format=ending.lstrip(".") or "doc")


def _convert(program: str, data: bytes, name: str, target: str) -> bytes:
    # The ending is that of the content: LibreOffice takes .wps for Microsoft Works and loses the tables of a Word
    # file named so.
    try:
        converted = convert(program, data, _source_ending(data, name), target)
    except TimeoutError:
        raise FileRejected(f"转换 {name} 超过{TIMEOUT:.0f}秒，请另存为 {target} 后再上传。") from None
    if converted is None:
        raise FileRejected(f"LibreOffice 无法打开 {name}，文件可能已损坏，请另存为 {target} 后再上传。")
    return converted


def _source_ending(data: bytes, name: str) -> str:
    if data.startswith(OLE):
        return ".doc" if utf16("WordDocument") in data else PurePosixPath(name).suffix.lower()
    if data.startswith(b"PK"):
        return ".ods" if b"opendocument.spreadsheet" in data[:200] else ".odt"
    return ".rtf" if data.startswith(b"{\\rtf") else ".xml"


READER = Reader("legacy", (*_WORD, *_EXCEL), read)
