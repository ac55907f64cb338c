"""OFD (GB/T 33190-2016), the fixed-layout format of Chinese e-government: known by name, not read."""

from __future__ import annotations

from typing import NoReturn

from graph.errors import FileRejected
from ingest.blocks import Reader


def read(data: bytes, name: str) -> NoReturn:
    """Always raises FileRejected, with the way to convert."""
    raise FileRejected(
        f"暂不能直接读取 {name}（OFD 版式文件），"
        "请用数科、福昕等 OFD 阅读器或 WPS 打开后另存为 PDF 或 Word 文件再上传。"
    )


READER = Reader("ofd", (".ofd",), read)
