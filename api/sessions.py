"""Signing in with the token: a cookie that proves it without holding it, and the token of its forms.

Both are HMACs keyed by the token, so that any number of processes with the same token agree without a store,
and a changed token ends every session.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time

COOKIE = "coopgraph_session"
SECONDS = 12 * 3600
"""How long a session lasts."""
CSRF_HEADER = "x-csrf-token"


def _sign(token: str, purpose: str, text: str) -> str:
    return hmac.new(token.encode(), f"{purpose}\x1f{text}".encode(), hashlib.sha256).hexdigest()


def new_session(token: str) -> str:
    """The cookie of a new session: when it ends, a random part, and their signature."""
    claim = f"{int(time.time()) + SECONDS}.{secrets.token_hex(8)}"
    return f"{claim}.{_sign(token, 'session', claim)}"


def is_session(token: str, cookie: str) -> bool:
    """Whether the cookie is of a session that has not ended."""
    claim, _, signature = cookie.rpartition(".")
    if not hmac.compare_digest(_sign(token, "session", claim).encode(), signature.encode()):
        return False
    ends = claim.partition(".")[0]
    return ends.isdigit() and int(ends) > time.time()


def csrf_token(token: str, cookie: str) -> str:
    """What a page of this session must send with everything that changes something."""
    return _sign(token, "csrf", cookie)


def is_token(token: str, given: str) -> bool:
    """Whether it is the token, in constant time."""
    return hmac.compare_digest(token.encode(), given.encode())
