"""Files whose bytes depend on nothing but their content: ZIP packages in a fixed order with fixed times."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

FIXED = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP can hold."""
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
_EPOCH = b"2000-01-01T00:00:00Z"


def zipped(files: Iterable[tuple[str, bytes]], *, level: int = 6) -> bytes:
    """A ZIP of these files in this order; equal files give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # so that readers take names for UTF-8
            archive.writestr(entry, data, compresslevel=level)
    return out.getvalue()


def sealed(package: bytes) -> bytes:
    """An office file with fixed times in its ZIP, in its properties and in the workbooks that it holds."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        files = [(name, archive.read(name)) for name in archive.namelist()]
    return zipped([(name, _fixed(name, data)) for name, data in files])


def _fixed(name: str, data: bytes) -> bytes:
    if name.endswith(".xlsx"):
        return sealed(data)
    if name == "docProps/core.xml":
        return _STAMP.sub(lambda m: m[1] + _EPOCH + m[3], data)
    return data
