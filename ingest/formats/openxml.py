"""Safe access to OOXML packages (ECMA-376 part 2) and XML of unknown origin.

No entities, no document type, nothing fetched, and nothing inflated past a limit. Read with zipfile and lxml
and not through python-docx or openpyxl: these load every picture, stop at harmless faults that WPS leaves
(relationships to parts that do not exist), and give no say in how XML is parsed.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

import lxml.etree as etree

from graph.errors import FileRejected

MAX_INFLATED = 400_000_000
"""Bytes that the parts of one package that are read may come to."""
MAX_RATIO = 300
"""Times that a part over ten megabytes may inflate; a million empty formatted rows inflate 13 times."""
MAX_TREE = 120_000_000
"""Bytes of one part that are parsed to a tree."""
MAX_NODES = 6_000_000
"""Nodes of one XML tree, an attribute counted twice: about 700 MB. A cell that Word writes has some sixty."""
MAX_ENTRIES = 20_000

Element = Any
"""An lxml element (lxml brings no types)."""

_CORE = {"title": "title", "subject": "subject", "keywords": "keywords", "description": "description"}
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
"""Namespaces of files saved as Strict Open XML, and those of the usual form (ECMA-376 part 1 and part 4)."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class Relation(NamedTuple):
    """A relationship: the last word of its type, and the part that it leads to."""

    kind: str
    target: str


def safe_parser() -> Any:
    """An XML parser without entities, DTD, network or unbounded trees."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def transitional(data: bytes) -> bytes:
    """The XML of a file saved as Strict Open XML, with the namespaces that every other file has."""
    if b"http://purl.oclc.org/ooxml/" in data:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    return data


def refuse_doctype(data: bytes, name: str) -> None:
    """Raises FileRejected for XML that declares a document type or entities: no office program writes any."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise FileRejected(f"{name} 内含文档类型定义或外部引用，出于安全未读取，请在 Office 中另存后再上传。")


def parse_xml(data: bytes, name: str) -> Element:
    """The root of an XML part. Raises FileRejected for XML that is broken, too large or has a document type."""
    refuse_doctype(data[:4096], name)
    if data.count(b"<") + 2 * data.count(b"=") > MAX_NODES:
        raise FileRejected(f"{name} 的内容过多（XML 节点超过 {MAX_NODES:,} 个），请拆分后再上传。")
    try:
        root = etree.fromstring(data, safe_parser())
    except etree.XMLSyntaxError as error:
        raise FileRejected(
            f"{name} 的内容已损坏（XML 不完整），请在 Office 中打开修复后另存再上传。"
        ) from error
    if root is None or root.getroottree().docinfo.doctype:
        raise FileRejected(f"{name} 内含文档类型定义或外部引用，出于安全未读取，请在 Office 中另存后再上传。")
    return root


def local(element: Element) -> str:
    """An element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class Package:
    """An OOXML file. Raises FileRejected when it is no ZIP, is encrypted, broken or inflates past the limit."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise FileRejected(
                f"{name} 已损坏或不完整（不是有效的压缩包），请重新取得文件后再上传。"
            ) from error
        infos = self._zip.infolist()
        if len(infos) > MAX_ENTRIES:
            raise FileRejected(f"{name} 内部文件过多（{len(infos)}个），不是正常的文档。")
        self._names = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}
        self._inflated = 0

    def has(self, part: str) -> bool:
        return part.lstrip("/").lower() in self._names

    def read(self, part: str) -> bytes:
        """The bytes of a part that is to be parsed; empty when it is not there."""
        info = self._names.get(part.lstrip("/").lower())
        if info is not None and info.file_size > MAX_TREE:
            limit = MAX_TREE // 1_000_000
            raise FileRejected(f"{self.name} 的内容解压后超过 {limit} MB，未读取，请拆分后再上传。")
        return b"".join(self.chunks(part))

    def chunks(self, part: str, size: int = 1 << 20) -> Iterator[bytes]:
        """The bytes of a part, piece by piece: no more than the package states, which is held to the limits before
        anything is inflated (`zipfile` reads no further, and takes a false size for damage)."""
        info = self._names.get(part.lstrip("/").lower())
        if info is None:
            return
        if info.flag_bits & 1:
            raise FileRejected(f"{self.name} 已加密，请去掉密码后再上传。")
        self._inflated += info.file_size
        if self._inflated > MAX_INFLATED:
            limit = MAX_INFLATED // 1_000_000
            raise FileRejected(f"{self.name} 解压后超过 {limit} MB，未读取，请拆分后再上传。")
        if info.file_size > 10_000_000 and info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise FileRejected(f"{self.name} 内部压缩比异常，疑为压缩炸弹，未读取。")
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(size):
                    yield piece
        except _BROKEN as error:
            raise FileRejected(f"{self.name} 已损坏或不完整，请重新取得文件后再上传。") from error

    def parse(self, part: str) -> Element | None:
        """The root element of a part, or None when it is not there."""
        data = transitional(self.read(part))
        return parse_xml(data, self.name) if data else None

    def relations(self, part: str) -> dict[str, Relation]:
        """Relationships of a part (`""` for the package's own) by id; those that lead outside are left out."""
        folder, _, base = part.rpartition("/")
        root = self.parse(f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels")
        found: dict[str, Relation] = {}
        for item in root if root is not None else ():
            if item.get("TargetMode") == "External":
                continue
            target = item.get("Target") or ""
            path = target if target.startswith("/") else posixpath.join(folder, target)
            kind = (item.get("Type") or "").rpartition("/")[2]
            found[item.get("Id") or ""] = Relation(kind, posixpath.normpath(path).lstrip("/"))
        return found

    def main_part(self, default: str) -> str:
        """The part that the package is about (`word/document.xml`)."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and self.has(relation.target):
                return relation.target
        if self.has(default):
            return default
        raise FileRejected(f"{self.name} 缺少正文部分，文件不完整，请重新取得后再上传。")

    def properties(self) -> dict[str, str]:
        """Title, subject, keywords and description of the file; never its author."""
        part = next((r.target for r in self.relations("").values() if r.kind == "core-properties"), "")
        root = self.parse(part) if part else None
        found: dict[str, str] = {}
        for item in root if root is not None else ():
            key = _CORE.get(local(item))
            if key and (item.text or "").strip():
                found[key] = item.text.strip()
        return found
