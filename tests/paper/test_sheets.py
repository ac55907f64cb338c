"""Large pictures on paper: split by their groups, never shrunk; every line once; as files, as a ZIP, as one sheet."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from api.app import create_app
from api.cli import build
from graph.backends.embedded import EmbeddedStore
from graph.errors import InvalidParameter
from graph.settings import Settings
from tests.parts import require_part
from tests.viz.plans import generated, store_with
from tests.viz.test_layout import draw
from viz.layout.text import FONT_SIZE
from viz.marks import bounds
from viz.paper.fonts import find_chinese_font
from viz.paper.panels import panelled
from viz.paper.sheets import LEAST, PRINT_DPI, sheets
from viz.render_png import draw_sheets
from viz.rendering import render


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("many")


@pytest.fixture(scope="module")
def many(folder: Path) -> EmbeddedStore:
    """A hundred units with two hundred pairs."""
    return store_with(folder, generated(100, 200))


def claims(scenes: list[object]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for scene in scenes:
        refs = {node.id: node.ref for node in scene.nodes}  # type: ignore[attr-defined]
        found.update((refs[line.source], refs[line.target]) for line in scene.lines)  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize("paper", ["A4", "A3"])
@pytest.mark.parametrize("view", ["bridge", "network"])
def test_every_line_is_on_one_sheet_and_names_are_readable(
    many: EmbeddedStore, view: str, paper: str
) -> None:
    scene = draw(many, view, {})
    found = sheets(scene, paper)
    assert len(found) > (paper == "A4")
    assert claims([sheet.scene for sheet in found]) == claims([scene])
    for number, sheet in enumerate(found, 1):
        if len(found) > 1:
            assert f"{number}/{len(found)}" in sheet.scene.caption.title
            assert f"本页 {len(sheet.scene.lines)} 条" in sheet.scene.caption.notes
        svg, width, _ = sheet.job
        box = re.search(r'viewBox="[\d.-]+ [\d.-]+ ([\d.]+) [\d.]+"', svg)
        assert box
        points = FONT_SIZE * width / float(box[1]) / PRINT_DPI * 72
        assert points >= LEAST - 0.05


def test_a_small_picture_takes_one_sheet(plan: EmbeddedStore) -> None:
    assert len(sheets(draw(plan, "bridge", {}), "A4")) == 1


def test_a_long_matrix_goes_on_by_rows(plan: EmbeddedStore) -> None:
    scene = draw(plan, "coverage", {})
    assert scene.matrix is not None
    rows = [replace(row, id=f"{row.id}{i}") for i in range(6) for row in scene.matrix.rows]
    long = replace(scene, matrix=replace(scene.matrix, rows=tuple(rows)))
    found = sheets(long, "A4")
    assert len(found) > 1
    read = [row.id for sheet in found for row in sheet.scene.matrix.rows]  # type: ignore[union-attr]
    assert read == [row.id for row in rows]


def test_a_tall_picture_becomes_panels_that_do_not_overlap(many: EmbeddedStore) -> None:
    scene = draw(many, "bridge", {})
    found = panelled(scene)
    assert claims([found]) == claims([scene])
    before, after = bounds(scene), bounds(found)
    assert after.bottom - after.top < (before.bottom - before.top) / 2
    places = [(round(node.x), round(node.y)) for node in found.nodes]
    assert len(set(places)) == len(places)
    assert render(scene, "svg").count(b'data-relation="PAIRED_WITH"') == 200


def test_a_sheet_that_is_not_there_is_refused(many: EmbeddedStore) -> None:
    with pytest.raises(InvalidParameter, match="sheet"):
        draw_sheets(draw(many, "bridge", {}), "A3", 99)


def test_the_command_line_writes_every_sheet(many: EmbeddedStore, folder: Path, tmp_path: Path) -> None:
    require_part(find_chinese_font(), "needs a Chinese font")
    environment = {"COOPGRAPH_DATA_DIR": str(folder), "NEO4J_URI": ""}
    target = tmp_path / "x.png"
    run = CliRunner().invoke(build(), ["view", "bridge", "--paper", "A4", "-o", str(target)], env=environment)
    assert run.exit_code == 0, run.output
    count = len(sheets(draw(many, "bridge", {}), "A4"))
    assert count > 1
    assert {p.name for p in tmp_path.iterdir()} == {"x.png", *(f"x-{i}.png" for i in range(2, count + 1))}


def test_the_address_answers_sheets_and_refuses_what_is_no_choice(folder: Path, many: EmbeddedStore) -> None:
    require_part(find_chinese_font(), "needs a Chinese font")
    settings = Settings.model_validate({"data_dir": folder, "neo4j_uri": None})
    with TestClient(create_app(settings), base_url="http://localhost") as client:
        whole = client.get("/views/bridge.png?paper=A4")
        assert whole.headers["content-type"] == "application/zip"
        with zipfile.ZipFile(io.BytesIO(whole.content)) as archive:
            names = archive.namelist()
            assert names[:2] == ["bridge.png", "bridge-2.png"]
            second = archive.read("bridge-2.png")
        assert client.get("/views/bridge.png?paper=A4&sheet=2").content == second
        once = client.get("/views/bridge.png?unit=第1区").content
        twice = client.get("/views/bridge.png?unit=第1区&scale=2").content
        assert struct.unpack(">II", twice[16:24]) == tuple(2 * n for n in struct.unpack(">II", once[16:24]))
        wide = client.get("/views/bridge.pptx?unit=第1区&ratio=4:3")
        assert wide.status_code == 200
        for wrong in ("png?paper=A5", "png?scale=3", "png?sheet=1", "pptx?ratio=1:1", "svg?paper=A4"):
            answer = client.get(f"/views/bridge.{wrong}")
            assert answer.status_code == 422, wrong
            assert answer.headers["content-type"] == "application/problem+json"
        told = client.get("/openapi.json").json()["paths"]["/views/bridge.png"]["get"]["parameters"]
        assert {"scale", "paper", "sheet"} <= {p["name"] for p in told}
