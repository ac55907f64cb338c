"""Parts of the machine that some tests need: skipped where one is missing, failed where CI is set."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"


def require_part(present: object, reason: str) -> None:
    """Skip the test with `reason` when a part is missing; under CI that is a failure."""
    if present:
        return
    if os.environ.get("CI"):
        pytest.fail(f"under CI nothing may be missing: {reason}")
    pytest.skip(reason)


def chromium() -> str | None:
    """Path of Debian's Chromium."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def soffice() -> str | None:
    """Path of LibreOffice."""
    return shutil.which("soffice") or shutil.which("libreoffice")
