"""What a file says of how it was made makes it again; filters hold in every part of every form; English has no Chinese
but names and terms."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from PIL import Image
from pptx import Presentation
from typer.testing import CliRunner

from api.cli import build
from graph.backends.embedded import EmbeddedStore
from graph.store import Change
from graph.vocabulary import Relation, Status
from tests.parts import ROOT, require_part
from tests.queries.papers import Paper
from viz.briefing import BriefingParameters, gather
from viz.briefing_pack import make_pack
from viz.paper.fonts import find_chinese_font

DAY = "2026-01-01"
HOME, OTHER = "unit:甲市东区", "unit:甲市西区"
FORMS = ["docx", "pptx", "xlsx", "svg", "png", "html"]
SHOWN = {"东区", "松江园", "李某"}
HIDDEN = {
    "unit": ("西区", "金桥园"),
    "programme": ("南海园",),
    "status": ("虚构园",),
    "as_of": ("未来园",),
    "leader": ("王某",),
}
"""Filter → names that only claims which it leaves out have."""


def _paper(number: str, **given: Any) -> Paper:
    paper = Paper(f"doc:{number}", title=f"方案{number}", **given)
    for unit in (HOME, OTHER):
        paper.entity(unit, unit[-2:], kind="district", region="甲市")
    return paper


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("again")


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[EmbeddedStore]:
    """One pair that every filter shows, and for each filter one that it leaves out."""
    require_part(find_chinese_font(), "needs a Chinese font")
    plan, other = _paper("一"), _paper("二", programme="别的合作")
    plan.pair(HOME, "park:松江园")
    plan.pair(OTHER, "park:金桥园", row=3)
    plan.pair(HOME, "park:未来园", row=4, valid=("2030", ""))
    plan.claim(Relation.LIAISES_WITH, "leader:李某@甲市", HOME, row=5)
    plan.claim(Relation.LIAISES_WITH, "leader:王某@甲市", OTHER, row=6)
    other.pair(HOME, "park:南海园")
    example = _paper("三", status=Status.ILLUSTRATIVE)
    example.pair(HOME, "park:虚构园")
    opened = EmbeddedStore(folder, timeout=30)
    opened.apply(Change(readings=[plan.reading(), other.reading(), example.reading()]))
    yield opened
    opened.close()


def parts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """(part, text) of all that is text in a file, the workbooks inside an office file too."""
    if name.endswith((".docx", ".pptx", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield from parts(f"{name}/{inner}", archive.read(inner))
    elif name.endswith((".xml", ".rels", ".svg", ".html")):
        yield name, data.decode()
    elif name.endswith(".png"):
        yield name, " ".join(map(str, Image.open(io.BytesIO(data)).info.values()))


@pytest.mark.parametrize(
    ("given", "hidden"),
    [
        ({"unit": HOME}, ("unit", "leader", "status", "as_of")),
        ({"programme": "沪甬产业合作"}, ("programme", "status", "as_of")),
        ({"leader": "leader:李某@甲市"}, ("leader", "unit", "status")),
    ],
)
def test_nothing_that_a_filter_leaves_out_is_in_any_file(
    store: EmbeddedStore, given: dict[str, str], hidden: tuple[str, ...]
) -> None:
    brief = gather(store, BriefingParameters.model_validate({**given, "as_of": DAY, "forms": FORMS}))
    files = make_pack(brief)
    texts = {part: text for name, data in files for part, text in parts(name, data)}
    assert any("李某" in text or "松江园" in text for text in texts.values())
    for word in (word for name in hidden for word in HIDDEN[name]):
        assert not [part for part, text in texts.items() if word in text], word


def test_what_is_left_out_is_there_without_the_filter(store: EmbeddedStore) -> None:
    """Else the test above could not fail."""
    everything = gather(store, BriefingParameters(status="all", as_of="2031-01-01", forms=["xlsx"]))
    said = "".join(text for name, data in make_pack(everything) for _, text in parts(name, data))
    assert all(word in said for words in (SHOWN, *HIDDEN.values()) for word in words)


def told(ending: str, data: bytes) -> str:
    """The command in a file's properties."""
    if ending == "png":
        return str(Image.open(io.BytesIO(data)).info["Description"]).split(" · ")[0]
    opened: Any = Document(io.BytesIO(data)) if ending == "docx" else Presentation(io.BytesIO(data))
    return opened.core_properties.comments.partition(": ")[2]


@pytest.mark.parametrize("ending", ["docx", "pptx", "png"])
def test_the_command_in_a_file_makes_the_same_file(
    store: EmbeddedStore, folder: Path, tmp_path: Path, ending: str
) -> None:
    def run(*given: str) -> bytes:
        target = tmp_path / f"x.{ending}"
        made = CliRunner().invoke(
            build(),
            [*given, "-o", str(target)],
            env={"COOPGRAPH_DATA_DIR": str(folder), "NEO4J_URI": ""},
        )
        assert made.exit_code == 0, made.output
        return target.read_bytes()

    first = run("view", "bridge", "--unit", HOME, "--status", "all", "--lang", "en")
    command = shlex.split(told(ending, first))
    assert command[0] == "coopgraph"
    assert "--as-of" in command
    assert run(*command[1:]) == first


_HASHES = """
import hashlib, sys
from pathlib import Path
from graph.backends.embedded import EmbeddedStore
from viz.briefing import BriefingParameters, gather
from viz.briefing_pack import make_pack
store = EmbeddedStore(Path(sys.argv[1]), timeout=30)
forms = ["docx", "pptx", "xlsx", "svg"]
brief = gather(store, BriefingParameters(status="all", as_of="2026-01-01", forms=forms))
for name, data in make_pack(brief):
    print(hashlib.sha256(data).hexdigest(), name)
store.close()
"""


def test_processes_of_other_seeds_and_time_zones_make_equal_files(store: EmbeddedStore, folder: Path) -> None:
    def hashes(seed: str, zone: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, "-c", _HASHES, str(folder)]
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=True)
        return done.stdout

    first = hashes("1", "Asia/Shanghai")
    assert first.count("\n") > 6
    assert hashes("2", "America/New_York") == first


_NAMES = re.compile(
    "东区|西区|松江园|金桥园|未来园|南海园|虚构园|李某|王某|甲市|示例|结对|沪甬产业合作|别的合作|方案[一二三]|[《》（）●○◌▨–]|[一-龥]+…"
)
_OWN_PARTS = re.compile(r"styles|fontTable|theme|settings|document\.xml\.rels")
"""Names of fonts and styles of Chinese templates."""


def test_english_files_hold_no_chinese_but_names_and_terms(store: EmbeddedStore) -> None:
    asked = BriefingParameters(status="all", as_of=DAY, lang="en", forms=["docx", "pptx", "xlsx", "svg"])
    for name, data in make_pack(gather(store, asked)):
        if name.endswith(("pairs.xlsx", "html")):
            continue  # the pair list is a Chinese table, to be ingested again
        for part, text in parts(name, data):
            if _OWN_PARTS.search(part):
                continue
            said = re.sub(
                r'typeface="[^"]*"|w:(?:eastAsia|ascii|hAnsi|val)="[^"]*"|font-family="[^"]*"', "", text
            )
            left = re.findall("[\u4e00-\u9fff，。；：、]+", _NAMES.sub("", said))
            assert not left, (part, left[:5])
