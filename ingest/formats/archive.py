"""Archives: the files of one document in a .zip, as offices send them."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath

from graph.errors import FileRejected
from ingest.formats.cleaning import clean

MAX_TOTAL = 300_000_000
"""Bytes that all files of an archive may come to when inflated."""
MAX_RATIO = 300
"""Times that one file over a megabyte may inflate; documents, packed already, stay far below."""
MAX_FILES = 200
_ARCHIVES = frozenset({".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz"})
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_UTF8_NAME = 0x800


def unpack(data: bytes, name: str) -> list[tuple[str, bytes]]:
    """File name and content of each file, ordered by the path in the archive.

    Names are the last part of their path; equal ones get their folder before them. Folders, and what macOS
    and Windows leave beside the files, are passed over. Raises FileRejected for an archive that is broken,
    encrypted, empty, holds another archive, or inflates past the limits.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            members = [(path, info) for info in infos if not _is_litter(path := _path(info))]
            _check(members, name)
            contents = [(path, _inflate(archive, info, name)) for path, info in sorted(members, key=_by_path)]
    except _BROKEN as error:
        raise FileRejected(f"{name} 已损坏或不完整（压缩包无法打开），请重新取得文件后再上传。") from error
    return _with_unique_names(contents)


def _by_path(member: tuple[str, zipfile.ZipInfo]) -> str:
    return member[0]


def _path(info: zipfile.ZipInfo) -> str:
    """The path with the name decoded: Windows writes Chinese names in GBK, which zipfile takes for code page 437."""
    text = info.filename
    if not info.flag_bits & _UTF8_NAME:
        try:
            raw = text.encode("cp437")
        except UnicodeEncodeError:
            raw = b""
        for encoding in ("utf-8", "gb18030"):
            try:
                text = raw.decode(encoding) if raw else text
                break
            except UnicodeDecodeError:
                continue
    return clean(text)[0].replace("\n", "").replace("\\", "/")


def _is_litter(path: str) -> bool:
    parts = PurePosixPath(path).parts
    base = parts[-1] if parts else ""
    return not base or "__MACOSX" in parts or base.startswith((".", "~$")) or base.lower() == "thumbs.db"


def _check(members: list[tuple[str, zipfile.ZipInfo]], name: str) -> None:
    if not members:
        raise FileRejected(f"{name} 是空的压缩包，请核对后重新上传。")
    if len(members) > MAX_FILES:
        raise FileRejected(f"{name} 内有{len(members)}个文件，超过 {MAX_FILES} 个的上限，请分批上传。")
    if sum(info.file_size for _, info in members) > MAX_TOTAL:
        raise FileRejected(f"{name} 解压后超过 {MAX_TOTAL // 1_000_000} MB 的上限，请分批上传。")
    for path, info in members:
        base = PurePosixPath(path).name
        if info.flag_bits & 1:
            raise FileRejected(f"{name} 已加密，请去掉密码后再上传。")
        if PurePosixPath(base).suffix.lower() in _ARCHIVES:
            raise FileRejected(f"{name} 内还有压缩包（{base}），请解压后再上传。")
        if info.file_size > 1_000_000 and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise FileRejected(f"{name} 内的 {base} 压缩比异常，疑为压缩炸弹，未读取。")


def _inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """The content; no more than the size that the archive states, which `_check` has limited."""
    with archive.open(info) as stream:
        content = stream.read(info.file_size + 1)
    if len(content) > info.file_size:
        raise FileRejected(f"{name} 已损坏（文件大小与记载不符），请重新取得文件后再上传。")
    return content


def _with_unique_names(contents: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    named: list[tuple[str, bytes]] = []
    taken: set[str] = set()
    for path, content in contents:
        pieces = [part for part in PurePosixPath(path).parts if part not in ("/", "..", ".")]
        base = pieces[-1]
        number = 1
        while base in taken:
            base = (
                f"{pieces[-2]}-{pieces[-1]}" if number == 1 and len(pieces) > 1 else f"{number}-{pieces[-1]}"
            )
            number += 1
        taken.add(base)
        named.append((base, content))
    return named
