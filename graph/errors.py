"""The tree of errors. Each message is one sentence that tells the user what to do.

Problems in a document's content are not errors but data (`graph.model.Problem`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class CoopgraphError(Exception):
    """Root of all errors that are shown to a user.

    `code` is stable and machine-readable; `exit_code` is the command line's, `http_status` the API's.
    """

    code = "error"
    exit_code = 1
    http_status = 500

    def __init__(self, message: str, **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.details: Mapping[str, object] = details
        """What a client may show beside the message: parameter, allowed, near, receipt …"""


class UsageError(CoopgraphError):
    """A wrong option, parameter or path."""

    code = "usage"
    exit_code = 2
    http_status = 422


class InvalidParameter(UsageError):
    """A query parameter that is unknown, of the wrong type, or out of range."""

    code = "invalid_parameter"

    def __init__(
        self, message: str, *, parameter: str, allowed: Sequence[str] = (), **details: object
    ) -> None:
        super().__init__(message, parameter=parameter, allowed=list(allowed), **details)


class TooLarge(UsageError):
    """A question whose answer would be too large; `filter` names the filter to add."""

    code = "too_large"


class NotFound(CoopgraphError):
    """No such entity, document, table, query or view; `near` lists near names."""

    code = "not_found"
    exit_code = 2
    http_status = 404


class Conflict(CoopgraphError):
    """The request contradicts what is stored."""

    code = "conflict"
    exit_code = 2
    http_status = 409


class UploadTooLarge(UsageError):
    """An upload beyond the limit of the settings."""

    code = "upload_too_large"
    http_status = 413


class Unauthorised(CoopgraphError):
    """No token, or a wrong one."""

    code = "unauthorised"
    exit_code = 2
    http_status = 401


class Forbidden(CoopgraphError):
    """A request that another site may have sent."""

    code = "forbidden"
    exit_code = 2
    http_status = 403


class FileRejected(CoopgraphError):
    """A file that cannot be read at all; nothing of it is written."""

    code = "file_rejected"
    exit_code = 3
    http_status = 422


class StoreUnavailable(CoopgraphError):
    """The store cannot be reached or opened."""

    code = "store_unavailable"
    exit_code = 4
    http_status = 503


class QueryTimeout(StoreUnavailable):
    """The store did not answer within the limit."""

    code = "query_timeout"


class Overtaken(StoreUnavailable):
    """Another process changed the document, or a decision, between the reading of it and the writing."""

    code = "overtaken"

    def __init__(self, message: str = "另一个程序正在改同一份文件，请稍后再试。", **details: object) -> None:
        super().__init__(message, **details)


class Busy(CoopgraphError):
    """Too much is being made at once; it will do later."""

    code = "busy"
    http_status = 503


class Cancelled(CoopgraphError):
    """The asker has gone, so the read was given up; nobody sees this."""

    code = "cancelled"
    http_status = 499

    def __init__(self, message: str = "请求方已离开，查询已停止。", **details: object) -> None:
        super().__init__(message, **details)


class NeedsNeo4j(CoopgraphError):
    """Asked of the embedded store, but only Neo4j can do it."""

    code = "needs_neo4j"
    exit_code = 2
    http_status = 501


class NotSupported(CoopgraphError):
    """The store's server is not set up for it; the message says how to set it up."""

    code = "not_supported"
    exit_code = 2
    http_status = 501


class MissingPart(CoopgraphError):
    """A part of the machine (a font, LibreOffice) is missing; the message names the package that brings it."""

    code = "missing_part"
    exit_code = 1
    http_status = 501
