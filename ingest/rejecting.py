"""What a file that could not be read is answered with: a receipt that says why, and that nothing was written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from graph.errors import FileRejected
from graph.ids import document_id
from graph.receipt import DocumentInfo, FileInfo, ProblemInfo, Receipt
from graph.vocabulary import PROBLEMS


def rejection_receipt(
    error: FileRejected, files: Sequence[tuple[str, str]], programme: str | None
) -> Receipt:
    """The receipt of rejected files, given by name and SHA-256: the error's own where they could be read."""
    given = error.details.get("receipt")
    if given is not None:
        return cast("Receipt", given)
    infos = [FileInfo(name=name, sha256=sha256) for name, sha256 in files]
    return Receipt(
        document=DocumentInfo(
            id=document_id(None, infos[0]["sha256"]),
            title=infos[0]["name"],
            number=None,
            date=None,
            issuer=None,
            programme=programme,
            files=infos,
        ),
        tables=[],
        entities=0,
        claims=0,
        problems=[
            ProblemInfo(
                code="file_unreadable",
                severity=PROBLEMS["file_unreadable"].severity.value,
                table=None,
                row=None,
                column=None,
                message=error.message,
                text="",
            )
        ],
        written=False,
    )
