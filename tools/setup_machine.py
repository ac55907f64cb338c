"""Install what the tests need beside Python: through apt as root on Debian, else name what is missing.

python3 tools/setup_machine.py
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Part:
    """A part of the machine: what it is for, how to tell that it is there, and Debian's packages for it."""

    name: str
    purpose: str
    present: Callable[[], bool]
    packages: tuple[tuple[str, ...], ...]
    """Alternatives, best first; the first that this release of Debian has is taken."""


def runs(*command: str) -> str:
    """What a command prints, or '' when it is not there."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout + done.stderr


def has_cjk_font() -> bool:
    return bool(runs("fc-list", ":lang=zh-cn", "family").strip())


def has_jdk() -> bool:
    match = re.search(r"javac (\d+)", runs("javac", "-version"))
    return bool(match and int(match[1]) >= 17)


def has_office() -> bool:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        return False
    programs = Path(office).resolve().parent
    return all((programs / part).exists() for part in ("libswlo.so", "libsclo.so", "libsdlo.so"))


PARTS = (
    Part(
        "Chromium",
        "the browser tests",
        lambda: bool(shutil.which("chromium") or shutil.which("chromium-browser")),
        (("chromium",),),
    ),
    Part(
        "libatomic",
        "the Node that drives the browser tests",
        lambda: bool(find_library("atomic")),
        (("libatomic1",),),
    ),
    Part("a CJK font", "Chinese text in pictures", has_cjk_font, (("fontconfig", "fonts-noto-cjk"),)),
    Part(
        "a JDK 17 or newer",
        "the Neo4j of the tests",
        has_jdk,
        (("openjdk-17-jdk-headless",), ("openjdk-21-jdk-headless",)),
    ),
    Part("Maven", "fetching the Neo4j of the tests", lambda: bool(shutil.which("mvn")), (("maven",),)),
    Part(
        "LibreOffice",
        "opening the files that are made",
        has_office,
        (("libreoffice-writer", "libreoffice-calc", "libreoffice-impress"),),
    ),
    Part("pdftoppm", "looking at PDF pages", lambda: bool(shutil.which("pdftoppm")), (("poppler-utils",),)),
    Part(
        "docker-compose",
        "checking docker-compose.yml",
        lambda: bool(shutil.which("docker-compose")),
        (("docker-compose",),),
    ),
)


def available(packages: tuple[str, ...]) -> bool:
    return all(
        "Candidate: (none)" not in (out := runs("apt-cache", "policy", p)) and out.strip() for p in packages
    )


def install(parts: list[Part]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, stdout=subprocess.DEVNULL)
    wanted: list[str] = []
    for part in parts:
        choice = next(
            (alternative for alternative in part.packages if available(alternative)), part.packages[0]
        )
        wanted += choice
    print(f"installing {' '.join(wanted)} …", flush=True)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL)


def main() -> None:
    missing = [part for part in PARTS if not part.present()]
    if missing and Path("/etc/debian_version").exists() and os.geteuid() == 0 and shutil.which("apt-get"):
        install(missing)
        missing = [part for part in missing if not part.present()]
    for part in missing:
        packages = " or ".join(" ".join(alternative) for alternative in part.packages)
        print(f"missing: {part.name}, for {part.purpose} (Debian: apt install {packages})", file=sys.stderr)
    if missing and os.environ.get("CI"):
        sys.exit("under CI nothing may be missing")


if __name__ == "__main__":
    main()
