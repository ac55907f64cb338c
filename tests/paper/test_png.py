"""PNG: Chinese drawn as characters, sizes as asked for, how it was made, and a clear word where no font is."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from graph.backends.embedded import EmbeddedStore
from graph.errors import MissingPart, TooLarge
from tests.parts import require_part
from tests.viz.test_layout import draw
from viz.paper import bands, fonts
from viz.render_png import draw_png, svg_size
from viz.render_svg import render_svg
from viz.rendering import render
from viz.scene import Scene


@pytest.fixture
def scene(plan: EmbeddedStore) -> Scene:
    require_part(fonts.find_chinese_font(), "needs a Chinese font")
    return draw(plan, "bridge", {})


@pytest.fixture
def no_font(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    fonts.find_chinese_font.cache_clear()
    monkeypatch.setattr(fonts, "_listed", list)
    monkeypatch.setattr(fonts, "FOLDERS", ())
    yield
    fonts.find_chinese_font.cache_clear()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def test_scales_are_of_the_svg_s_own_size(scene: Scene) -> None:
    width, height = svg_size(render_svg(scene))
    assert opened(draw_png(scene)).size == (width, height)
    assert opened(draw_png(scene, scale="2")).size == (2 * width, 2 * height)
    printed = opened(draw_png(scene, scale="300dpi"))
    assert abs(printed.size[0] - width * 300 / 96) < 1
    assert round(printed.info["dpi"][0]) == 300


@pytest.mark.parametrize(("paper", "sides"), [("A4", {2480, 3508}), ("A3", {3508, 4961})])
def test_a_sheet_is_a_whole_sheet_at_300_dpi(scene: Scene, paper: str, sides: set[int]) -> None:
    assert set(opened(render(scene, "png", paper=paper)).size) == sides


def test_two_characters_look_different_so_neither_is_a_box(scene: Scene) -> None:
    """Boxes for missing characters are all alike."""
    from viz.paper.raster import rastered

    def drawn(text: str) -> bytes:
        head = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60" font-size="40">'
        return opened(rastered([(f'{head}<text x="5" y="45">{text}</text></svg>', 60, 60)])[0]).tobytes()

    pictures = {drawn(text) for text in "甬沪区〔▨◌●○–≈"}
    assert len(pictures) == len("甬沪区〔▨◌●○–≈")


def test_the_file_says_how_it_was_made_and_is_equal_the_second_time(scene: Scene) -> None:
    data = draw_png(scene)
    assert data == draw_png(scene)
    assert "coopgraph view bridge" in opened(data).text["Description"]  # pyright: ignore[reportAttributeAccessIssue]  # PNG has it


def test_without_a_chinese_font_it_names_the_package(plan: EmbeddedStore, no_font: None) -> None:
    with pytest.raises(MissingPart, match="fonts-noto-cjk"):
        render(draw(plan, "bridge", {}), "png")


def test_fonts_are_found_in_folders_where_fontconfig_is_not(
    tmp_path_factory: pytest.TempPathFactory, no_font: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("fonts")
    for name in ("DejaVuSans.ttf", "simsun.ttc", "wqy-microhei.ttc", "msyh.zip"):
        (folder / name).write_bytes(b"")
    monkeypatch.setattr(fonts, "FOLDERS", (str(folder),))
    assert fonts.require_chinese_font() == fonts.Font(
        "WenQuanYi Micro Hei", (str(folder / "wqy-microhei.ttc"),)
    )


def test_a_picture_beyond_memory_is_refused(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viz.render_png.MOST_PIXELS", 10_000)
    with pytest.raises(TooLarge):
        draw_png(scene, scale="2")


def test_a_picture_in_bands_is_the_picture_in_one(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seams are not seen: but for the last rounding of a tone, every dot is the same."""
    whole = opened(draw_png(scene)).convert("RGB")
    monkeypatch.setattr(bands, "LARGEST", whole.width * whole.height // 3)
    parted = opened(draw_png(scene)).convert("RGB")
    assert parted.size == whole.size
    drawn = len(bands.bands((render_svg(scene), *whole.size)))
    assert drawn > 2
    most = ImageChops.difference(whole, parted).convert("L").getextrema()[1]
    assert isinstance(most, (int, float))
    assert most <= 24


def test_the_empty_answer_and_hostile_names_make_pictures(
    empty: EmbeddedStore, hostile: EmbeddedStore
) -> None:
    require_part(fonts.find_chinese_font(), "needs a Chinese font")
    for store in (empty, hostile):
        data = draw_png(draw(store, "bridge", {}))
        width, height = struct.unpack(">II", data[16:24])
        assert width > 400
        assert height > 150
