"""Where uv is, for the tests that build."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path


def find_uv() -> str | None:
    own = Path(sys.executable).parent / "uv"
    return shutil.which("uv") or (str(own) if own.exists() else None)
