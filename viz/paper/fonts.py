"""Which font of this machine draws Chinese: asked of fontconfig, else looked for where systems keep their fonts."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.errors import MissingPart

FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
FAMILIES = {
    "notosanscjk": "Noto Sans CJK SC",
    "sourcehansans": "Source Han Sans SC",
    "msyh": "Microsoft YaHei",
    "pingfang": "PingFang SC",
    "wqy-microhei": "WenQuanYi Micro Hei",
    "wqy-zenhei": "WenQuanYi Zen Hei",
    "hiragino sans gb": "Hiragino Sans GB",
    "stheiti": "Heiti SC",
    "simhei": "SimHei",
    "droidsansfallback": "Droid Sans Fallback",
    "notoserifcjk": "Noto Serif CJK SC",
    "sourcehanserif": "Source Han Serif SC",
    "simsun": "SimSun",
}
"""Beginnings of the file names of usual Chinese fonts, lower case, the best for pictures first → the family."""
ENDINGS = (".ttf", ".ttc", ".otf", ".otc")


@dataclass(frozen=True, slots=True)
class Font:
    family: str
    files: tuple[str, ...]
    """Its files, all weights that were found."""


def _rank(file: str) -> int:
    name = Path(file).name.lower()
    return next((i for i, start in enumerate(FAMILIES) if name.startswith(start)), len(FAMILIES))


def _listed() -> list[tuple[str, str]]:
    """(file, family) of the fonts that fontconfig knows to hold simplified Chinese."""
    command = shutil.which("fc-list")
    if command is None:
        return []
    asked = [command, "--format", "%{file}\t%{family[0]}\n", ":lang=zh-cn"]
    try:
        told = subprocess.run(asked, capture_output=True, text=True, timeout=20, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return []
    rows = [line.partition("\t") for line in told.splitlines() if "\t" in line]
    return [(file, family.strip()) for file, _, family in rows if file.lower().endswith(ENDINGS)]


def _in_folders(folders: Sequence[str]) -> list[tuple[str, str]]:
    """(file, family) of the usual Chinese fonts in these folders."""
    found: list[tuple[str, str]] = []
    for folder in folders:
        for path, _, names in os.walk(Path(folder).expanduser()):
            for name in names:
                file = os.path.join(path, name)
                if name.lower().endswith(ENDINGS) and _rank(file) < len(FAMILIES):
                    found.append((file, list(FAMILIES.values())[_rank(file)]))
    return found


def _chosen(found: Sequence[tuple[str, str]]) -> Font | None:
    if not found:
        return None
    best = min(found, key=lambda item: (_rank(item[0]), item[0]))
    rank = _rank(best[0])
    family = list(FAMILIES.values())[rank] if rank < len(FAMILIES) else best[1]
    return Font(family, tuple(sorted({file for file, _ in found if _rank(file) == rank})))


@cache
def find_chinese_font() -> Font | None:
    """The font that pictures use for Chinese, or None; looked for once a process."""
    return _chosen(_listed()) or _chosen(_in_folders(FOLDERS))


def require_chinese_font() -> Font:
    """The font for Chinese. Raises MissingPart naming the package that brings one."""
    found = find_chinese_font()
    if found is None:
        raise MissingPart(
            "没有找到中文字体，不能画图；请安装 fonts-noto-cjk（apt install fonts-noto-cjk），或改用 .svg、.html。",
            package="fonts-noto-cjk",
        )
    return found
