"""What waits on the review desk: names that documents print like known bodies, and unlisted bodies that are
printed like one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from graph.ids import candidate_id, normalise
from graph.model import Candidate, Choice, Evidence
from graph.statements.revisions import printed_names
from graph.store import Store, StoredDocument
from graph.vocabulary import PARTNER_KINDS
from ingest.interpreter import Interpreter
from ingest.naming.spellings import Spellings
from ingest.stored import mentioned_in, named_entities, other_names

Place = tuple[int, int, int]


class Waiting:
    """Candidates of a store. Bodies are compared with one another when someone asks, once a data version."""

    def __init__(self, store: Store, interpreter: Interpreter) -> None:
        self._store = store
        self._interpreter = interpreter
        self._kept: tuple[object, list[Candidate]] = (None, [])

    def candidates(self) -> list[Candidate]:
        """All candidates, one a (candidate, document, cell): those of readings by document, then those of
        spellings. Decided ones are among them where their name still stands."""
        index = self._interpreter.plain.index
        known = (self._store.version(), index)
        if self._kept[0] != known:
            named = {entity.id: entity for entity in named_entities(self._store, PARTNER_KINDS)}
            unlisted = [entity for entity in named.values() if index.entry_of_id(entity.id) is None]
            others = [(named[key], text) for key, text in other_names(self._store) if key in named]
            self._kept = known, self._with_spellings(Spellings(index).alike(unlisted, others))
        return self._kept[1]

    def _with_spellings(self, alike: Mapping[str, Sequence[Choice]]) -> list[Candidate]:
        stored = self._store.candidates()
        asked = {identity(entity): (entity, choices) for entity, choices in alike.items()}
        both = [
            replace(one, choices=_joined(one.choices, asked[one.id][1])) if one.id in asked else one
            for one in stored
        ]
        for key in {one.id for one in stored}:
            asked.pop(key, None)
        return both + list(self._printed(dict(asked.values())))

    def _printed(self, alike: Mapping[str, Sequence[Choice]]) -> Iterator[Candidate]:
        """Candidates of spellings, one a document that prints them."""
        places = mentioned_in(self._store, alike)
        documents = {one.document.id: one for one in self._store.documents()} if places else {}
        for key, names in places.items():
            cells = _Cells(self._store, documents[key])
            for name in names:
                stem, _, scope = name.partition(":")[2].partition("@")
                cell = cells.printing(name, stem)
                if cell is not None:
                    place = cell["table"] or 0, cell["row"] or 0, cell["column"] or 0
                    yield Candidate(
                        identity(name), stem, scope, name, key, *place, cell["text"], tuple(alike[name])
                    )


def identity(entity: str) -> str:
    """The id of the candidate that asks what an unlisted entity is: of the name and scope that its id says."""
    stem, _, scope = entity.partition(":")[2].partition("@")
    return candidate_id(stem, scope)


def _joined(one: Iterable[Choice], other: Iterable[Choice]) -> tuple[Choice, ...]:
    choices = {choice["id"]: choice for choice in (*other, *one)}
    return tuple(sorted(choices.values(), key=lambda choice: -choice["score"]))


class _Cells:
    """Where one document prints names: as noted while reading, else the first cell that holds the name."""

    def __init__(self, store: Store, stored: StoredDocument) -> None:
        self._store = store
        self._stored = stored
        self._numbers = [table["table"] for table in stored.receipt["tables"]]
        self._noted = printed_names(store, stored.document, self._numbers)

    def printing(self, entity: str, stem: str) -> Evidence | None:
        return self._noted.get(entity) or self._search(stem)

    def _search(self, stem: str) -> Evidence | None:
        for number in self._numbers:
            table = self._store.table(self._stored.document.id, number)
            for cell in table.cells if table is not None else ():
                if stem in normalise(cell.text):
                    document = self._stored.document
                    return Evidence(
                        document=document.id,
                        document_title=document.title,
                        table=number,
                        row=cell.row,
                        column=cell.column,
                        text=cell.text,
                        term="",
                        status=document.status.value,
                        source=None,
                    )
        return None
