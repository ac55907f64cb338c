"""Logs show no personal data: every handler that writes records redacts them first."""

from __future__ import annotations

import logging

_LOGGERS = ("", "uvicorn", "uvicorn.error", "uvicorn.access")


class _Redacting(logging.Filter):
    """`ingest.privacy.personal.PersonalDataFilter`, imported with the first record: a cold command seldom logs."""

    def filter(self, record: logging.LogRecord) -> bool:
        from ingest.privacy.personal import PersonalDataFilter

        return PersonalDataFilter().filter(record)


def redact_logs() -> None:
    """Install the filter on the handlers that are there now, and on the one that Python falls back to. Called again
    when a server has set up handlers of its own; a handler that has the filter keeps one."""
    fallback = [logging.lastResort] if logging.lastResort is not None else []
    for handler in [*fallback, *(h for name in _LOGGERS for h in logging.getLogger(name).handlers)]:
        if not any(isinstance(one, _Redacting) for one in handler.filters):
            handler.addFilter(_Redacting())
