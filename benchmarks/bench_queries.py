"""The query layer against the bare SQL that fetches the same rows; anchored queries at 1k and 100k claims;
coverage of 3,000 units; search over 100,000 entities; a cold query on the command line."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.measuring import best_of, percentile, print_row
from graph.backends.embedded import EmbeddedStore
from graph.catalogue import envelope, find_query
from graph.ids import claim_id, task_id
from graph.model import Claim, CoverageCell, Document, Entity, Name, Reading, SourceFile
from graph.search import search
from graph.store import Change, Parameter, Statement, Store
from graph.vocabulary import EntityType, Relation, State

SIZES = (1_000, 10_000, 100_000)
PER_DOCUMENT = 1_000
"""Claims a document: the answer about one unit is of the same size in every store."""
ASKED = ("pairs", "tasks", "coverage", "gaps", "load", "overlap", "outstanding")
ANCHORED: tuple[tuple[str, dict[str, str]], ...] = (
    ("pairs", {"unit": "unit:单位0-7"}),
    ("tasks", {"unit": "unit:单位0-7"}),
    ("entity", {"id": "unit:单位0-7"}),
    ("neighbourhood", {"id": "unit:单位0-7"}),
    ("portfolio", {"id": "unit:单位0-7"}),
)
KINDS = (EntityType.PARK, EntityType.INSTITUTE, EntityType.ENTERPRISE)


def reading(number: int, pairs: int, tasks: int, units: int) -> Reading:
    """A document of its own units, partners and tasks."""
    key = f"doc:甬政办发〔2019〕{number + 1}号"
    names = [f"unit:单位{number}-{n}" for n in range(units)]
    entities = {name: _entity(name, EntityType.UNIT) for name in names}
    claims: list[Claim] = []
    coverage: list[CoverageCell] = []
    for n in range(pairs):
        unit, kind, row = names[n % units], KINDS[n // units % 3], n // 3 + 2
        partner = f"{kind.value.lower()}:对象{number}-{n // 2}"
        entities.setdefault(partner, _entity(partner, kind))
        claims.append(_claim(Relation.PAIRED_WITH, unit, partner, key, 1, row, n % 3 + 2))
        coverage.append(CoverageCell(key, unit, kind, State.COVERED, "claim", partner, 1, row, n % 3 + 2))
    for n in range(tasks // 2):
        task = task_id(key, 2, n + 2)
        entities[task] = Entity(task, EntityType.TASK, f"任务{n}", details={"title": f"任务{n}"})
        for relation, unit in (
            (Relation.LEADS, names[n % units]),
            (Relation.SUPPORTS, names[(n + 1) % units]),
        ):
            claims.append(_claim(relation, unit, task, key, 2, n + 2, 3))
    return Reading(
        document=Document(key, f"文件{number}", key[4:], "2019-03-19", programme=f"事项{number % 7}"),
        files=(SourceFile("a.txt", key, "{}"),),
        tables=(),
        entities=tuple(entities.values()),
        mentions=tuple(entities),
        claims=tuple({c.id: c for c in claims}.values()),
        coverage=tuple(coverage),
    )


def _entity(key: str, kind: EntityType) -> Entity:
    name = key.partition(":")[2]
    return Entity(key, kind, name, "district" if kind is EntityType.UNIT else "", names=(Name(name),))


def _claim(
    relation: Relation, source: str, target: str, document: str, table: int, row: int, column: int
) -> Claim:
    key = claim_id(relation, source, target, document, table, row)
    return Claim(key, relation, source, target, document, table, row, column, target, "结对")


@dataclass
class Recorder:
    """A store that notes what was fetched, so that the same can be fetched bare."""

    store: Store
    calls: list[tuple[Statement, dict[str, Parameter]]]

    def fetch(self, statement: Statement, parameters: Any) -> Any:
        self.calls.append((statement, dict(parameters)))
        return self.store.fetch(statement, parameters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)


def compare(store: Store, name: str, given: dict[str, Any], label: str, aim: str = "≤ 3 × its SQL") -> float:
    """Print the query layer's time against that of its bare statements; the seconds."""
    query = find_query(name)
    params = query.params.model_validate(given)
    recorder: Any = Recorder(store, [])
    envelope(query, params, query.ask(recorder, params), "")
    calls = recorder.calls

    def bare() -> None:
        for statement, parameters in calls:
            store.fetch(statement, parameters)

    runs = 20 if len(given) else 3
    whole = best_of(runs, lambda: envelope(query, params, query.ask(store, params), ""))
    print_row(f"{name} {label}", whole, best_of(runs, bare), aim)
    return whole


def stores(folder: Path) -> Iterator[tuple[int, EmbeddedStore]]:
    """Stores of each size."""
    for size in SIZES:
        store = EmbeddedStore(folder / str(size), timeout=60)
        documents = [reading(n, 600, 400, 100) for n in range(size // PER_DOCUMENT)]
        store.apply(Change(readings=documents))
        yield size, store
        store.close()


def sizes(folder: Path) -> None:
    """All claims, and one unit's, at every size."""
    first: dict[str, float] = {}
    for size, store in stores(folder):
        for name in ASKED:
            compare(store, name, {}, f"all, {size:,} claims")
        for name, given in ANCHORED:
            seconds = compare(store, name, given, f"one unit, {size:,} claims")
            base = first.setdefault(name, seconds)
            print_row(f"  {name} one unit at {size:,} to 1,000", seconds, base, "about 1 ×")


def wide_coverage(folder: Path) -> None:
    """Coverage of 3,000 units × 3 kinds, all rows."""
    store = EmbeddedStore(folder / "wide", timeout=60)
    store.apply(Change(readings=[reading(0, 9_000, 0, 3_000)]))
    query = find_query("coverage")
    params = query.params()
    seconds = best_of(3, lambda: envelope(query, params, query.ask(store, params), "", paged=False))
    print_row("coverage of 3,000 units, all rows with evidence", seconds, limit="< 400 ms")
    store.close()


def searching(folder: Path) -> None:
    """Search over 100,000 entities: parts, prefixes, pinyin, initials, misspelt names."""
    store = EmbeddedStore(folder / "names", timeout=60)
    random = Random(7)
    letters = "甬沪浙江海宁波东西南北山水金木明华科技信达新兴创联合光电子药物材料能源汽车智造"
    made = [
        Entity(key, EntityType.ENTERPRISE, name, names=(Name(name),))
        for n in range(100_000)
        for name in ["宁波市" + "".join(random.choices(letters, k=5)) + f"{n % 97}有限公司"]
        for key in [f"enterprise:{name}@{n}"]
    ]
    source = (SourceFile("a.txt", "a", "{}"),)
    document = Document("doc:a", "名单", date="2019")
    store.apply(Change(readings=[Reading(document, source, (), tuple(made), tuple(e.id for e in made), ())]))
    asked: list[str] = []
    for entity in random.sample(made, 40):
        name = entity.name
        asked += [name, name[:6], name[3:7], name[:4] + "某" + name[5:], "nbs" + "jh"[n_of(name)], name[4:6]]
    asked += ["宁波", "有限公司", "ningbo", "科技"] * 3
    times: list[float] = []
    search(store, "宁波")
    for text in asked:
        start = time.perf_counter()
        search(store, text)
        times.append(time.perf_counter() - start)
    print_row("search among 100,000 entities, p50", percentile(times, 0.5))
    print_row("search among 100,000 entities, p95", percentile(times, 0.95), limit="< 30 ms")
    store.close()


def n_of(name: str) -> int:
    return len(name) % 2


def cold(folder: Path) -> None:
    """A query in a new process, as the command line runs it, on the largest store."""
    environment = {**os.environ, "COOPGRAPH_DATA_DIR": str(folder / str(SIZES[-1]))}
    environment.pop("NEO4J_URI", None)
    bare = best_of(3, lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
    command = [
        sys.executable,
        "-m",
        "api.cli",
        "query",
        "pairs",
        "--unit",
        "unit:单位0-7",
        "--format",
        "json",
    ]
    if not subprocess.run(command, env=environment, capture_output=True).stdout:
        command[1:3] = ["-c", "from api.cli import main; main()"]
    seconds = best_of(3, lambda: subprocess.run(command, env=environment, capture_output=True, check=True))
    print_row("coopgraph query pairs --unit, cold, against python -c pass", seconds, bare, "< 800 ms")


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        wide_coverage(folder)
        sizes(folder)
        cold(folder)
        searching(folder)


if __name__ == "__main__":
    main()
