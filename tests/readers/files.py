"""Files for the tests of readers: made, changed, read, refused."""

from __future__ import annotations

import io
import zipfile

import pytest

from graph.errors import FileRejected
from ingest.blocks import ReadFile
from ingest.reading import read_file
from tests.layouts.spans import merged_table

PLAN = merged_table([["序号", "单位"], ["1", "江北区"]])


def rejection(data: bytes, name: str) -> str:
    with pytest.raises(FileRejected) as caught:
        read_file(data, name)
    message = caught.value.message
    assert message.endswith("。") and message.count("。") == 1 and "\n" not in message
    return message


def read_one(data: bytes, name: str) -> ReadFile:
    (file,) = read_file(data, name)
    return file


def repacked(data: bytes, part: str, change) -> bytes:
    """The package with one part changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == part else content)
    return buffer.getvalue()


def archive(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return buffer.getvalue()
