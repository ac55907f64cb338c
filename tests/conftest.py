"""Fixtures that every area shares."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.parts import SHARED


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The data folder beside the checkout; tests that read it skip where it is absent, under CI too."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared/data, which is not beside this checkout")
    return SHARED
