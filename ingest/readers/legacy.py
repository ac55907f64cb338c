"""Older and other offices' formats, converted by LibreOffice and then read as what they become.

LibreOffice runs with a profile of its own, without macros and network, in a folder that is removed, and is
stopped with all its processes after `TIMEOUT` seconds.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path, PurePosixPath

from graph.errors import FileRejected
from graph.settings import Settings
from ingest.blocks import Reader, ReadFile
from ingest.readers import docx, xlsx
from ingest.sniffing import OLE, utf16

TIMEOUT = 120.0
"""Seconds that one conversion may take."""
_WORD = (".doc", ".dot", ".wps", ".rtf", ".odt")
_EXCEL = (".et", ".ods")


def soffice_path() -> str | None:
    """LibreOffice's program: the one that settings name, else the one on the PATH."""
    named = Settings().soffice
    if named:
        return named if Path(named).exists() else None
    return shutil.which("soffice") or shutil.which("libreoffice")


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
    with tempfile.TemporaryDirectory(prefix="coopgraph-", ignore_cleanup_errors=True) as folder:
        # The name is ours, so that nothing of the given one reaches a command line, and its ending that of the
        # content: LibreOffice takes .wps for Microsoft Works and loses the tables of a Word file named so.
        source = Path(folder, f"source{_source_ending(data, name)}")
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
            *("--convert-to", target.lstrip("."), "--outdir", folder, str(source)),
        ]
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "HOME": folder},
        )
        try:
            process.wait(timeout=TIMEOUT)
        except subprocess.TimeoutExpired as error:
            raise FileRejected(f"转换 {name} 超过{TIMEOUT:.0f}秒，请另存为 {target} 后再上传。") from error
        finally:
            _stop(process)
        result = Path(folder, f"source{target}")
        if not result.exists():
            raise FileRejected(f"LibreOffice 无法打开 {name}，文件可能已损坏，请另存为 {target} 后再上传。")
        return result.read_bytes()


def _source_ending(data: bytes, name: str) -> str:
    if data.startswith(OLE):
        return ".doc" if utf16("WordDocument") in data else PurePosixPath(name).suffix.lower()
    if data.startswith(b"PK"):
        return ".ods" if b"opendocument.spreadsheet" in data[:200] else ".odt"
    return ".rtf" if data.startswith(b"{\\rtf") else ".xml"


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the program with what it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


READER = Reader("legacy", (*_WORD, *_EXCEL), read)
