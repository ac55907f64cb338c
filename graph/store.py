"""What a store does. Two backends keep this protocol and pass the same tests: `backends/embedded.py`
(SQLite) and `backends/neo4j.py`.

What is kept is the same in both: documents with their files, tables, problems, claims, coverage cells and
candidates; entities with their names; aliases; decisions; a data version. Column names of the embedded
schema (`backends/schema.sql`) are the property names in Neo4j.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, LiteralString, Protocol

from graph.model import Candidate, Decision, Document, Reading, Row, SourceFile
from graph.receipt import Receipt
from graph.tables import Table

if TYPE_CHECKING:
    import networkx as nx

    from graph.catalogue import StatusFilter

Parameter = str | int | float | bool | None | list[str]


@dataclass(frozen=True, slots=True)
class Statement:
    """One read in both languages. Both return the same columns, by name, in any order of rows.

    Literals with named parameters: `:unit` in SQL, `$unit` in Cypher. A list parameter is passed to SQL as
    JSON text: read it with `(SELECT value FROM json_each(:ids))`.
    """

    sql: LiteralString
    cypher: LiteralString
    few: bool = False
    """At most some thousand rows, as of one document, however large the graph: they need not be streamed one by one."""


@dataclass(frozen=True, slots=True)
class Premise:
    """What a change was made from: the store refuses the change when it holds something else by now, so that
    two processes that join files to one document never write over each other."""

    documents: Mapping[str, str]
    """Ids with the fingerprint that each document had, empty where there was none."""
    decisions: Mapping[str, Decision]


@dataclass(frozen=True, slots=True)
class Change:
    """What a store applies in one transaction: removals first, then decisions, then readings."""

    readings: Sequence[Reading] = ()
    removals: Sequence[str] = ()
    """Ids of documents to remove."""
    decisions: Sequence[Decision] = ()
    undone: Sequence[str] = ()
    """Ids of candidates whose decision is taken back."""
    forgotten: Sequence[str] = ()
    """Old ids that answer for nothing any more, because the decision that made them aliases is taken back."""
    premise: Premise | None = None
    """Without one the change is written whatever others wrote meanwhile."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with what the store knows about it beyond the document itself."""

    document: Document
    receipt: Receipt
    superseded_by: tuple[str, ...] = ()
    added: str = ""
    """When it was first written: ISO date and time with offset."""
    fingerprint: str = ""
    """Of the reading last written; compares what a change was made from (`Premise`)."""


@dataclass(frozen=True, slots=True)
class CypherAnswer:
    """Answer of a free read-only Cypher query (Neo4j only); values are JSON-able."""

    columns: list[str]
    rows: list[list[object]]
    truncated: bool
    nodes: list[Mapping[str, object]] = field(default_factory=list[Mapping[str, object]])
    edges: list[Mapping[str, object]] = field(default_factory=list[Mapping[str, object]])


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One operator of the plan that the server made for a Cypher query: `ProcedureCall`, `Expand(All)`, …"""

    operator: str
    details: str


class Store(Protocol):
    """A place that keeps the graph. Every method raises StoreUnavailable when it cannot be reached.

    Thread-safe: FastAPI calls it from a pool of threads.
    """

    @property
    def backend(self) -> str:
        """`embedded` or `neo4j`."""
        ...

    def check(self) -> None:
        """Raise StoreUnavailable with the reason when the store cannot answer."""
        ...

    def version(self) -> str:
        """A short text that changes whenever the data changes, and never otherwise."""
        ...

    def apply(self, change: Change) -> None:
        """Write one change in one transaction: wholly there or not at all, also after a crash.

        A reading replaces all that the store holds of its document. Entities that nothing mentions any more
        go; gazetteer claims go with the last document that named their owner; aliases stay. Raises Overtaken,
        with nothing written, when the change's premise holds no more.
        """
        ...

    def fetch(self, statement: Statement, parameters: Mapping[str, Parameter]) -> list[Row]:
        """Rows of a read, in read access mode, within the time limit (QueryTimeout)."""
        ...

    def documents(self) -> list[StoredDocument]:
        """All documents, by date, then by id, whatever the order in which they came."""
        ...

    def document(self, document_id: str) -> StoredDocument | None: ...

    def files(self, document_id: str) -> list[SourceFile]:
        """The files of a document with their content, in the order in which they came."""
        ...

    def file_owner(self, sha256: str) -> str | None:
        """Id of the document that already holds a file of this content, or None."""
        ...

    def table(self, document_id: str, number: int) -> Table | None: ...

    def resolve(self, entity_id: str) -> str | None:
        """The id under which an entity stands today: itself, the target of its alias, or None."""
        ...

    def aliases(self) -> dict[str, str]:
        """All old ids with the ids that they answer for now."""
        ...

    def candidates(self) -> list[Candidate]:
        """Names that stand in some document and are or were in review, one a (candidate, document, cell)."""
        ...

    def decisions(self) -> dict[str, Decision]:
        """Decisions in force, by candidate id."""
        ...

    def cypher(
        self, query: str, parameters: Mapping[str, object], *, limit: int, seconds: float
    ) -> CypherAnswer:
        """Run a user's Cypher in read access mode. The embedded store raises NeedsNeo4j."""
        ...

    def explain(self, query: str, parameters: Mapping[str, object]) -> list[PlanStep]:
        """What the server would do for a user's Cypher, without doing it. The embedded store raises NeedsNeo4j."""
        ...

    def to_networkx(
        self,
        *,
        programme: str | None = None,
        document: str | None = None,
        status: StatusFilter = "all",
        as_of: date | str | None = None,
    ) -> nx.MultiDiGraph[str]:
        """The graph for a notebook, one edge a claim (`graph.networkx_graph`)."""
        ...

    def close(self) -> None: ...
