"""What a file truly is, told from its content: names are often wrong."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from graph.errors import FileRejected

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FIB = b"\xec\xa5"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
_BARE_ENDINGS = frozenset({".txt", ".md", ".markdown", ".csv", ".tsv", ".html", ".htm", ".mht", ".mhtml"})
_HTML = re.compile(rb"<(!doctype\s+html|html|table|body|head|meta\s)[\s>]?", re.IGNORECASE)
_SAVED_PAGE = re.compile(
    rb"\s*(?:From:[^\r\n]*\r?\n(?:[\w-]+:[^\r\n]*\r?\n|[ \t][^\r\n]*\r?\n)*?)?MIME-Version:", re.IGNORECASE
)
_RENAMED = {".xls": ".csv"}
"""Systems export tab-separated text under the ending of Excel."""


def utf16(word: str) -> bytes:
    return word.encode("utf-16-le")


def true_ending(data: bytes, name: str, ending: str) -> str:
    """The ending of the format that `data` is in; raises FileRejected where name and content cannot both hold.

    `.zip` is an archive that is none of the known packages.
    """
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _package_ending(data, name, ending)
    if data.startswith(OLE):
        return _compound_ending(data, name, ending)
    if b"%PDF-" in data[:1024]:
        return ".pdf"
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    if data.startswith(_PICTURES):
        raise FileRejected(f"{name} 是图片，没有可读取的文字，请改用文字版文件。")
    if data[:2000].find(b"urn:schemas-microsoft-com:office:spreadsheet") >= 0 and b"<Workbook" in data[:4096]:
        return ".et"  # Excel's XML of 2003, which LibreOffice converts
    if b"schemas.microsoft.com/office/word/2003/wordml" in data[:4096]:
        return ".doc"
    if _is_html(data):
        return ".html"
    if ending in _BARE_ENDINGS:
        return ending
    if ending in _RENAMED and _is_tabular_text(data):
        return _RENAMED[ending]
    raise FileRejected(
        f"{name} 的内容不是 {ending} 格式（文件已损坏、不完整或名称有误），请重新取得后再上传。"
    )


def is_saved_page(data: bytes) -> bool:
    """Whether these are the headers of a page saved as one file (.mht, RFC 2557): Word and WPS begin with the version
    of MIME, Chrome with `From: <Saved by Blink>`."""
    return bool(_SAVED_PAGE.match(data[:4096]))


def _is_html(data: bytes) -> bool:
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")
    text = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if is_saved_page(data):
        return True
    return text.startswith(b"<") and bool(_HTML.search(head))


def _is_tabular_text(data: bytes) -> bool:
    head = data[:8192]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")
    return b"\0" not in head and not head.lstrip().startswith(b"<") and (b"\t" in head or b"," in head)


def _package_ending(data: bytes, name: str, ending: str) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = {item.replace("\\", "/").lstrip("/").lower() for item in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FileRejected(f"{name} 已损坏或不完整（压缩包无法打开），请重新取得文件后再上传。") from error
    if "ofd.xml" in names:
        return ".ofd"
    for part, kind in (("word/", ".docx"), ("xl/", ".xlsx"), ("ppt/", ".pptx")):
        if any(item.startswith(part) for item in names) and "[content_types].xml" in names:
            if "xl/workbook.bin" in names:
                raise FileRejected(f"{name} 是二进制工作簿（.xlsb），请在 Excel 中另存为 .xlsx 后再上传。")
            if kind == ".pptx":
                raise FileRejected(f"{name} 是演示文稿，请把其中的表格另存为 Word 或 Excel 文件后再上传。")
            return kind
    if "content.xml" in names and "mimetype" in names:
        return ending if ending in (".odt", ".ods") else ".odt"
    return ".zip"


def _compound_ending(data: bytes, name: str, ending: str) -> str:
    """OLE compound files (MS-CFB) hold old Word and Excel files, and encrypted new ones; an old file may hold an
    encrypted new one as an object, and is not encrypted by that."""
    is_word = utf16("WordDocument") in data
    is_excel = utf16("Workbook") in data or utf16("Book") in data
    is_package = utf16("EncryptedPackage") in data or utf16("EncryptionInfo") in data
    if _is_encrypted_word(data) if is_word else is_package and not is_excel:
        raise FileRejected(f"{name} 已加密，请去掉密码后再上传。")
    if is_word:
        return ending if ending in (".doc", ".dot", ".wps") else ".doc"
    if is_excel:
        return ".xls"
    return ending if ending in (".doc", ".dot", ".wps", ".xls", ".et") else ".doc"


def _is_encrypted_word(data: bytes) -> bool:
    """Whether the stream of the text says that it is encrypted: `fEncrypted` of its `FibBase` (MS-DOC §2.5.2), which
    begins a sector."""
    at = data.find(_FIB)
    while at >= 0 and at % 512:
        at = data.find(_FIB, at + 1)
    return at >= 0 and len(data) > at + 11 and bool(data[at + 11] & 0x01)
