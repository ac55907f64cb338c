"""Ingest cases into a throwaway store and compare the claims with what was laid out, by printed name."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import FileRejected
from graph.receipt import Receipt
from graph.statements.revisions import StatedClaim
from ingest.library import Library
from ingest.stored import stored_claims
from tests.fidelity.cases import Case, Said
from tests.layouts import WRITERS
from tests.layouts.pdf import write_pdf

_READ = frozenset({"PAIRED_WITH", "LEADS", "SUPPORTS", "RESPONSIBLE_FOR", "LIAISES_WITH", "MEMBER_OF"})


@dataclass(slots=True)
class Tally:
    """What was read of one layout in one format."""

    right: int = 0
    wrong: list[str] = field(default_factory=list[str])
    missed: list[str] = field(default_factory=list[str])
    reported: int = 0
    determined: int = 0
    found: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.wrong)) if self.right or self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.determined if self.determined else 1.0


def check(cases: Iterable[Case], library: Library, folder: Path) -> dict[tuple[str, str], Tally]:
    """A tally for each (layout, format). Inputs and their truth are written side by side into the folder."""
    tallies: dict[tuple[str, str], Tally] = {}
    for case in cases:
        tally = tallies.setdefault((case.layout, case.ending), Tally())
        stem = "".join(c if c.isalnum() else "_" for c in f"{case.facts}_{case.layout}")
        data = written(case)
        (folder / f"{stem}{case.ending}").write_bytes(data)
        _write_truth(folder / f"{stem}.truth.csv", case)
        try:
            outcome = library.ingest([(f"{stem}{case.ending}", data)])
        except FileRejected as error:
            _compare(case, [], None, tally)
            tally.missed.append(f"{case.facts}{case.ending}: {error.message}")
            continue
        stored = library.store.document(outcome.document_id)
        assert stored is not None
        claims = stored_claims(library.store, stored.document).values()
        _compare(case, [c for c in claims if c["type"] in _READ], outcome.receipt, tally)
    return tallies


def written(case: Case) -> bytes:
    """The file; a PDF repeats the whole header on each page, as offices print it."""
    if case.ending == ".pdf" and case.layout == "two-row header":
        return write_pdf(case.blocks, repeat_rows=2)
    return WRITERS[case.ending](case.blocks)


def _write_truth(path: Path, case: Case) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["关系", "甲方", "乙方或任务", "行"])
        writer.writerows([s.relation, s.source, s.target, s.row or ""] for s in case.said)


def _compare(case: Case, claims: Sequence[StatedClaim], receipt: Receipt | None, tally: Tally) -> None:
    left = Counter(range(len(case.said)))
    for claim in claims:
        at = next((i for i in left if _is(claim, case.said[i])), None)
        if at is None:
            tally.wrong.append(_shown(case, claim))
            continue
        tally.right += 1
        del left[at]
        tally.found += case.said[at].determined
    tally.determined += sum(said.determined for said in case.said)
    lost = {p["row"] for p in (receipt["problems"] if receipt else ()) if p["code"] == "row_ambiguous"}
    for said in (case.said[i] for i in left):
        if not said.determined and (said.row in lost or (not said.row and lost)):
            tally.reported += 1
        else:
            tally.missed.append(
                f"{case.facts}{case.ending} r{said.row}: {said.source} {said.relation} {said.target}"
            )


def _is(claim: StatedClaim, said: Said) -> bool:
    a, b = claim["source"]["name"], claim["target"]["name"]
    if claim["type"] != said.relation or (said.row and claim["evidence"]["row"] != said.row):
        return False
    forward = _same(a, said.source) and _same(b, said.target)
    return forward or (not said.directed and _same(b, said.source) and _same(a, said.target))


def _same(name: str, printed: str) -> bool:
    """Whether an entity's name is the printed one: equal, without the region before it (安徽省淮南市), or the full
    form of a short one (内蒙古, 黔西南, 北川县); collectives by their first sign and body."""
    name, printed = _plain(name), _plain(printed)
    if name == printed or name.startswith(printed) or (len(name) > 2 and printed.endswith(name)):
        return True
    if name.endswith(("自治县", "自治州")) and printed[-1:] == name[-1] and name.startswith(printed[:-1]):
        return True
    collective = ("各", "相关", "有关")
    both = name.startswith(collective) and printed.startswith(collective)
    return both and set(printed) <= set(name) | set("政府、()")


def _plain(text: str) -> str:
    """Without spaces and quotes; a place is named by its government too (浦东新区政府)."""
    plain = "".join(unicodedata.normalize("NFKC", text).split()).strip("\"'“”")
    return re.sub("(?<=[区市县])(?:人民)?政府$", "", plain)


def _shown(case: Case, claim: StatedClaim) -> str:
    at = claim["evidence"]
    return (
        f"{case.facts}{case.ending} t{at['table']}r{at['row']}c{at['column']} “{at['text']}”: "
        f"{claim['source']['name']} {claim['type']} {claim['target']['name']}"
    )
