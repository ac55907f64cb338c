"""The caption that every picture carries: what it shows, of what, from which documents, by which query."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from graph.model import Evidence
from graph.statements.titles import document_words
from graph.vocabulary import Status
from viz.citations import source_words
from viz.filters import filters_in_words
from viz.hiding import switched_off
from viz.scene import Caption, ViewParameters

if TYPE_CHECKING:
    from graph.store import Store


def query_string(params: ViewParameters, **changes: Any) -> str:
    """What is not at its default, as a query string: the whole state of what is shown."""
    fields = type(params).model_fields
    given = {n: changes.get(n, getattr(params, n)) for n in fields if n not in ("page", "size", "format")}
    chosen = {n: v for n, v in given.items() if v != fields[n].get_default(call_default_factory=True)}
    return urlencode([(n, str(v).lower() if isinstance(v, bool) else str(v)) for n, v in chosen.items()])


def sources_of(store: Store, evidence: Iterable[Evidence], lang: str) -> tuple[str, ...]:
    """The documents and gazetteers that a picture stands on, by date, then as they came."""
    ids: dict[str, str] = {}
    others: dict[str, None] = {}
    for item in evidence:
        if item["document"]:
            ids.setdefault(item["document"], item["document_title"] or item["document"])
        elif item["source"]:
            others.setdefault(source_words(item["source"], lang))
    dated: list[tuple[str, int, str]] = []
    for number, (document, title) in enumerate(ids.items()):
        stored = store.document(document)
        words = document_words(stored.document.title, stored.document.number) if stored else title
        dated.append(((stored.document.date if stored else "") or "~", number, words))
    return tuple(words for _, _, words in sorted(dated)) + tuple(others)


def caption(
    store: Store,
    params: ViewParameters,
    title: str,
    evidence: Iterable[Evidence],
    *,
    shown: int,
    total: int,
    notes: tuple[str, ...] = (),
) -> Caption:
    """The caption of a picture of these claims."""
    stated = list(evidence)
    day = params.as_of or date.today()
    return Caption(
        title=f"{params.programme} · {title}" if params.programme else title,
        filters=filters_in_words(params, store),
        data_date=day.isoformat(),
        shown=shown,
        total=total,
        sources=sources_of(store, stated, params.lang),
        query=query_string(params, as_of=day),
        illustrative=any(e["status"] == Status.ILLUSTRATIVE for e in stated),
        notes=notes,
        hidden=switched_off(params.hide),
    )
