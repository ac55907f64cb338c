"""Reading a file: what it truly is, the reader for it, and archives of several files.

`read_file` is the only way in; it raises FileRejected, in one sentence, for what cannot be read at all.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from graph.errors import FileRejected
from ingest.blocks import ReadFile
from ingest.collecting import collecting_later
from ingest.formats.archive import unpack
from ingest.formats.cleaning import clean, cleaned
from ingest.formats.sniffing import true_ending
from ingest.readers import reader_of, readers

ARCHIVE = ".zip"


def supported_endings() -> tuple[str, ...]:
    """Lower-case endings, with their dot, of the files that can be given.

    Among them are those that are only answered with the way to convert (`.ofd`).
    """
    return tuple(sorted({ending for reader in readers() for ending in reader.endings} | {ARCHIVE}))


def read_file(data: bytes, name: str) -> list[ReadFile]:
    """The file as read; several for a .zip, which holds the files of one document.

    The true kind is told from the content: a misnamed file is read as what it is, or rejected. Raises
    FileRejected for an empty, unsupported, broken, encrypted or oversized file.
    """
    base = clean(PurePosixPath(name.replace("\\", "/")).name)[0].strip() or "文件"
    ending = PurePosixPath(base).suffix.lower()
    if ending != ARCHIVE and reader_of(ending) is None:
        kinds = "、".join(supported_endings())
        raise FileRejected(f"不支持 {base} 的格式，可以读取的格式有：{kinds}。")
    if not data:
        raise FileRejected(f"{base} 是空文件，请核对后重新上传。")
    kind = true_ending(data, base, ending)
    if kind == ARCHIVE:
        if ending != ARCHIVE:
            raise FileRejected(f"{base} 的内容是压缩包而不是 {ending} 文件，请核对后重新上传。")
        return [file for member, content in unpack(data, base) for file in read_file(content, member)]
    reader = reader_of(kind)
    if reader is None:
        raise FileRejected(f"不支持 {base} 的格式（{kind}），请另存为 .docx、.xlsx 或 .pdf 后再上传。")
    with collecting_later():
        return [cleaned(reader.read(data, base))]
