"""The stores of the views' tests, drawn here on paper."""

from __future__ import annotations

from tests.viz.conftest import empty, hostile, plan, revision

__all__ = ["empty", "hostile", "plan", "revision"]
