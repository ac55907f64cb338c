"""Who decides on the review desk."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.settings import Settings


def deciding_user(settings: Settings) -> str:
    """COOPGRAPH_USER, else the system's user."""
    if settings.user:
        return settings.user
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user without a name
        return "unknown"
