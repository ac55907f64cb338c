"""Measuring and wrapping of names."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from viz.layout.text import NEVER_FIRST, NEVER_LAST, char_width, clean, text_width, wrap

names = st.text(st.characters(categories=("L", "N", "P", "Zs", "Cf", "Cc", "S")), max_size=300)


def test_ideographs_are_one_em_and_digits_about_half() -> None:
    assert text_width("宁波市", 10) == 30
    assert 5 < text_width("1", 10) < 6.5


def test_long_names_are_balanced_not_left_with_one_character_over() -> None:
    lines = wrap("中国科学院上海微系统与信息技术研究所", 200)
    assert len(lines) == 2
    assert abs(len(lines[0]) - len(lines[1])) <= 2


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    lines = wrap("上海仪电（集团）有限公司（浦东、闵行）研究院", 117, lines=4)
    assert len(lines) > 1
    assert not any(line[0] in NEVER_FIRST for line in lines)
    assert not any(line[-1] in NEVER_LAST for line in lines)


@given(names, st.integers(40, 400), st.integers(1, 4))
def test_wrapped_names_keep_to_their_room(name: str, width: int, lines: int) -> None:
    wrapped = wrap(name, width, lines=lines)
    assert 1 <= len(wrapped) <= lines
    hanging = 26.0  # a closing mark may hang over, with the character that it belongs to
    assert all(text_width(line) <= width + hanging for line in wrapped)


@given(names)
def test_whole_names_are_kept_or_end_in_an_ellipsis(name: str) -> None:
    wrapped = "".join(wrap(name, 200, lines=2))
    same = wrapped.replace(" ", "") == clean(name).replace(" ", "")
    assert same or wrapped.endswith("…")


@given(names)
def test_nothing_invisible_is_drawn(name: str) -> None:
    assert not any(unicodedata.category(c) in ("Cc", "Cf") for line in wrap(name, 200) for c in line)


def test_combining_marks_take_no_room() -> None:
    assert char_width("\u0301") == 0
