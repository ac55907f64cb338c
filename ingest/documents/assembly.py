"""From the files of a document to one `Reading`: titles, second copies, claims, gaps, background."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from graph.ids import normalise
from graph.model import Claim, Document, Entity, Problem, Reading
from graph.tables import Table
from graph.vocabulary import PROBLEMS
from ingest.blocks import Block
from ingest.documents.announced import Announced, announced_attachments, find_gaps, is_supplied
from ingest.documents.joining import Joined, join_copies, same_table
from ingest.documents.notes import reading_notes
from ingest.documents.sources import Source, dump_source
from ingest.documents.unlisted import find_unlisted
from ingest.interpret import interpret_table
from ingest.layouts.captions import Captioned, caption_tables, file_attachment
from ingest.layouts.flattened import recognise
from ingest.layouts.stacked import part_stacked
from ingest.layouts.unnumbered import recognise_unnumbered
from ingest.lists import recognise_lists
from ingest.naming.contract import Names, Scope
from ingest.profiling import Profile, TableContext, TableReading


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What documents are read with: today's names and profiles."""

    names: Names
    profiles: tuple[Profile, ...]


@dataclass(frozen=True, slots=True)
class Assembled:
    """A reading, and the indexes of the files that hold nothing to keep: no table, no list, no announced
    attachment, and no scan of one."""

    reading: Reading
    empty: frozenset[int]


@dataclass(frozen=True, slots=True)
class _File:
    """A file with its tables recognised; `places` tells which of the reader's tables each one was (0: none), and how
    many of that one's rows stood above it."""

    source: Source
    captioned: Captioned
    places: tuple[tuple[int, int], ...]


def assemble(
    sources: Sequence[Source], document: Document, knowledge: Knowledge, forced: Sequence[Profile | None]
) -> Assembled:
    """Read a document from all its files. `forced` has each file's profile, where the user named one."""
    announced = announced_attachments([source.file for source in sources])
    scope = Scope(document.region, document.id, document.date)
    files = [_recognised(source, knowledge, scope, announced) for source in sources]
    _settle_unnamed(files, announced)
    joined = join_copies([f.captioned.tables for f in files], [f.source.file.name for f in files])
    context = TableContext(
        document=document,
        scope=scope,
        names=knowledge.names,
        status=document.status,
        profiles=knowledge.profiles,
    )
    readings = _readings(joined, files, context, forced)
    scans = _scans(files, announced)
    supplied = [f.captioned for f in files]
    gaps = find_gaps(announced, supplied, scans, document, knowledge.names, knowledge.profiles)
    problems = [
        *_file_problems(files, joined, scans.values()),
        *(problem for one in joined for problem in one.problems),
        *(problem for reading in readings for problem in reading.problems),
        *gaps.problems,
    ]
    named = _merge_entities([*(e for r in readings for e in r.entities), *gaps.entities])
    unlisted, titled = find_unlisted(readings, announced, document, knowledge.names, knowledge.profiles)
    background, others = _background([*named.values(), *titled], knowledge.names)
    reading = Reading(
        document=document,
        files=tuple(dump_source(source) for source in sources),
        tables=tuple(r.table for r in readings),
        entities=tuple(_merge_entities([*named.values(), *titled, *others]).values()),
        mentions=tuple(named),
        claims=_once(claim for r in readings for claim in r.claims),
        background=background,
        coverage=(*(cell for r in readings for cell in r.coverage), *gaps.coverage, *unlisted),
        problems=tuple(sorted(dict.fromkeys(problems), key=_place)),
        aliases=tuple(dict.fromkeys(pair for r in readings for pair in r.aliases)),
        candidates=tuple(c for r in readings for c in r.candidates),
    )
    return Assembled(reading, frozenset(i for i, file in enumerate(files) if _holds_nothing(file)))


def _recognised(
    source: Source, knowledge: Knowledge, scope: Scope, announced: Mapping[int, Announced]
) -> _File:
    file = source.file
    parted: list[Block] = []
    read: dict[int, tuple[int, int]] = {}
    number = 0
    for block in file.blocks:
        parts = part_stacked(block, knowledge.profiles) if isinstance(block, Table) else []
        number += bool(parts)
        read |= {id(part.table): (number, part.above) for part in parts}
        parted += [part.table for part in parts] if isinstance(block, Table) else [block]
    blocks = _recognise(parted, knowledge, scope)
    titles = {number: one.title for number, one in announced.items()}
    places = tuple(read.get(id(block), (0, 0)) for block in blocks if isinstance(block, Table))
    return _File(source, caption_tables(blocks, file.name, titles), places)


def _holds_nothing(file: _File) -> bool:
    read = file.source.file
    return not (file.captioned.tables or read.scanned or announced_attachments([read]))


def _recognise(read: Sequence[Block], knowledge: Knowledge, scope: Scope) -> list[Block]:
    """The blocks with tables that the format lost, and lists; the one place where paragraphs become tables."""
    blocks = recognise_unnumbered(recognise(read, knowledge.profiles), knowledge.profiles)
    return recognise_lists(blocks, knowledge.names, scope)


def _settle_unnamed(files: Sequence[_File], announced: Mapping[int, Announced]) -> None:
    """Tables that say nothing of their place are the one attachment that is still missing: those of a later
    file, and those of the first that stand after its list of attachments."""
    earlier: list[Table] = []
    for position, file in enumerate(files):
        supplied = [f.captioned for f in files]
        missing = [one for number, one in announced.items() if not is_supplied(number, supplied)]
        tables = file.captioned.tables
        unnamed = {
            index
            for index, table in enumerate(tables)
            if table.attachment is None
            and (position > 0 or (index in file.captioned.after_list and table.kind == "grid"))
            and not any(same_table(table, other) for other in earlier)
        }
        if len(missing) == 1 and unnamed and all(_may_be(tables[index], missing[0]) for index in unnamed):
            file.captioned.tables = [
                _as_attachment(table, missing[0]) if index in unnamed else table
                for index, table in enumerate(tables)
            ]
        earlier += file.captioned.tables


def _as_attachment(table: Table, one: Announced) -> Table:
    return replace(table, attachment=one.number, title=table.title or one.title)


def _may_be(table: Table, one: Announced) -> bool:
    """Whether a table's title, where it has one, is like the announced one."""
    return not table.title or not one.title or fuzz.ratio(normalise(table.title), normalise(one.title)) >= 50


def _scans(files: Sequence[_File], announced: Mapping[int, Announced]) -> dict[int, str]:
    """Scanned files by the number of the attachment that they are: by name, else the only one missing."""
    supplied = [f.captioned for f in files]
    missing = [number for number in announced if not is_supplied(number, supplied)]
    found: dict[int, str] = {}
    for name in (f.source.file.name for f in files if f.source.file.scanned):
        number = file_attachment(name) or (missing[0] if len(missing) == 1 else None)
        if number in missing:
            found[number] = name
    return found


def _forced(one: Joined, forced: Sequence[Profile | None]) -> Profile | None:
    """The profile named for the copy that is the table, else for any other copy."""
    order = [one.primary, *(file for file, _ in one.copies)]
    return next((profile for file in order if (profile := forced[file])), None)


def _readings(
    joined: Sequence[Joined],
    files: Sequence[_File],
    context: TableContext,
    forced: Sequence[Profile | None],
) -> list[TableReading]:
    """Each table's reading, with the profile that the user named and the notes that stand outside it."""
    notes = reading_notes([f.source.file for f in files], [one.table for one in joined])
    return [
        _interpret(
            one,
            replace(
                context,
                forced=_forced(one, forced),
                flat=not files[one.primary].source.file.keeps_merges,
                notes=said,
            ),
        )
        for one, said in zip(joined, notes, strict=True)
    ]


def _interpret(one: Joined, context: TableContext) -> TableReading:
    """Read a table; where copies differ, also what the other copies say in the rows that do."""
    reading = interpret_table(one.table, context)
    for variant, rows in one.variants:
        other = interpret_table(variant, context)
        known = {claim.id for claim in reading.claims}
        claims = tuple(c for c in other.claims if c.row in rows and c.id not in known)
        ends = {end for claim in claims for end in (claim.source, claim.target)}
        ends -= {e.id for e in reading.entities}
        reading = replace(
            reading,
            claims=reading.claims + claims,
            entities=reading.entities + tuple(e for e in other.entities if e.id in ends),
        )
    return reading


def _file_problems(
    files: Sequence[_File], joined: Sequence[Joined], scans: Collection[str]
) -> Iterator[Problem]:
    """The readers' problems, with the tables' numbers in the document, and the scans that fill no gap."""
    places = {place: one.table.number for one in joined for place in one.copies}
    for index, file in enumerate(files):
        parts = [(*place, places[index, at]) for at, place in enumerate(file.places)]
        read = file.source.file
        for problem in read.problems:
            if not (read.scanned and problem.code == "file_unreadable"):
                yield _placed(problem, parts)
        if read.scanned and read.name not in scans:
            message = f"《{read.name}》是扫描件，没有可读的文字；请补充可编辑的文件。"
            yield Problem("file_unreadable", PROBLEMS["file_unreadable"].severity, message, read.name)


def _placed(problem: Problem, parts: Sequence[tuple[int, int, int]]) -> Problem:
    """A reader's problem at its place in the document; `parts`: the reader's table, the rows of it that stand above,
    and the table's number in the document."""
    row = problem.row or 1
    mine = [(above, table) for read, above, table in parts if read and read == problem.table and above < row]
    above, table = max(mine, default=(0, None))
    return replace(problem, table=table, row=problem.row and problem.row - above)


def _once(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Claims by id: one edge stated twice in a row is one claim, the first."""
    found: dict[str, Claim] = {}
    for claim in claims:
        found.setdefault(claim.id, claim)
    return tuple(found.values())


def _merge_entities(entities: Iterable[Entity]) -> dict[str, Entity]:
    """Entities by id in order of appearance, with the names and details of all their mentions."""
    found: dict[str, Entity] = {}
    for entity in entities:
        known = found.setdefault(entity.id, entity)
        if known is not entity and known != entity:
            details = {**entity.details, **{k: v for k, v in known.details.items() if v}}
            names = tuple(dict.fromkeys((*known.names, *entity.names)))
            found[entity.id] = replace(known, details=details, names=names)
    return found


def _background(entities: Iterable[Entity], names: Names) -> tuple[tuple[Claim, ...], list[Entity]]:
    """Gazetteer claims that the named entities own, with their other ends."""
    claims: list[Claim] = []
    others: list[Entity] = []
    for entity in entities:
        more, ends = names.background(entity)
        claims += more
        others += ends
    return _once(claims), others


def _place(problem: Problem) -> tuple[float, int, int]:
    """Problems by table, row and column; those of the whole document last."""
    return (problem.table or float("inf"), problem.row or 0, problem.column or 0)
