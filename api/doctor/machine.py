"""The machine: versions, the data folder, fonts, LibreOffice, browser."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from api.doctor.findings import Finding
from graph.settings import Settings
from viz.paper.fonts import find_chinese_font

_LOW_SPACE = 500_000_000
"""Bytes of free space under which the doctor warns."""


def versions() -> Finding:
    """The program, Python and the system."""
    try:
        own = version("coopgraph")
    except PackageNotFoundError:
        own = "未安装（源代码目录）"
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    return Finding("版本", "ok", f"coopgraph {own}，Python {platform.python_version()}，{system}")


def data_folder(settings: Settings) -> Finding:
    """Whether the data folder, or the nearest folder above it that exists, can be written."""
    folder = settings.data_dir
    existing = next(p for p in (folder, *folder.absolute().parents) if p.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        verdict = "warning" if settings.neo4j_uri else "error"
        return Finding(
            "数据目录",
            verdict,
            f"{folder} 不可写",
            "请改设 COOPGRAPH_DATA_DIR 为可写的目录，或修改目录权限。",
        )
    free = shutil.disk_usage(existing).free
    if free < _LOW_SPACE:
        return Finding(
            "数据目录", "warning", f"{folder} 只剩 {free // 1_000_000} MB", "请清理磁盘，或换一个数据目录。"
        )
    return Finding("数据目录", "ok", f"{folder} 可写，剩余 {free // 1_000_000_000} GB")


def fonts() -> Finding:
    """Whether pictures can show Chinese: asked where they are drawn."""
    found = find_chinese_font()
    if found:
        return Finding("中文字体", "ok", found.family)
    return Finding(
        "中文字体",
        "warning",
        "没有找到中文字体，不能画 PNG、DOCX 和 PDF 中的图",
        "请安装中文字体，如 Debian/Ubuntu：apt install fonts-noto-cjk；麒麟、统信等系统自带或由软件商店安装。",
    )


def office(settings: Settings) -> Finding:
    """LibreOffice, which turns old .doc and .xls files and shows drawn documents."""
    found = settings.soffice or shutil.which("soffice") or shutil.which("libreoffice")
    if found and Path(found).exists():
        return Finding("LibreOffice", "ok", found)
    if settings.soffice:
        return Finding(
            "LibreOffice",
            "warning",
            f"COOPGRAPH_SOFFICE 指向的 {settings.soffice} 不存在",
            "请改正 COOPGRAPH_SOFFICE，或取消设置。",
        )
    return Finding(
        "LibreOffice",
        "warning",
        "没有找到 soffice，旧格式的 .doc 等文件不能读",
        "请安装 LibreOffice（apt install libreoffice），或用 COOPGRAPH_SOFFICE 给出路径，或先另存为 .docx。",
    )


def browser() -> Finding:
    """A browser on this machine; the explorer may as well be opened from another."""
    names = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge", "firefox")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found or sys.platform in ("win32", "darwin"):
        return Finding("浏览器", "ok", found or "由系统自带")
    return Finding(
        "浏览器",
        "info",
        "本机没有浏览器；浏览页面可从别的电脑打开",
        "需要在本机打开时：apt install chromium。",
    )
