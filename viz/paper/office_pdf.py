"""Office files as PDF, drawn by LibreOffice where it is installed."""

from __future__ import annotations

from graph.errors import Busy, MissingPart
from graph.office import TIMEOUT, convert, soffice_path

PACKAGES = {".pptx": "libreoffice-impress", ".docx": "libreoffice-writer"}


def require_office(ending: str) -> str:
    """LibreOffice's program. Raises MissingPart naming the package that prints files of that ending."""
    program, package = soffice_path(), PACKAGES[ending]
    if program is None:
        raise MissingPart(
            f"生成 PDF 需要 LibreOffice；请安装 {package}（apt install {package}），或改用 {ending}。",
            package=package,
        )
    return program


def as_pdf(data: bytes, ending: str) -> bytes:
    """A .pptx or .docx as PDF. Raises MissingPart without LibreOffice, or without the part of it that is needed,
    Busy where it takes too long."""
    program, package = require_office(ending), PACKAGES[ending]
    try:
        drawn = convert(program, data, ending, ".pdf")
    except TimeoutError:
        raise Busy(f"LibreOffice 生成 PDF 超过{TIMEOUT:.0f}秒；请稍后再试，或改用 {ending}。") from None
    if drawn is None:
        raise MissingPart(
            f"LibreOffice 没有生成 PDF；请安装 {package}（apt install {package}），或改用 {ending}。",
            package=package,
        )
    return drawn
