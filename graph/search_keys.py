"""The keys under which a name is indexed, the same in both backends.

Written beside every name by the stores and looked up by `graph.search`. FTS tokenisers do not split Chinese,
so the bigrams are kept here.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from graph.ids import normalise


class NameKeys(NamedTuple):
    """Keys of one name.

    `folded` is the form that is compared (NFKC, no spaces, casefolded). `pinyin` and `initials` are without
    tones and separators (`ningboshijingxinju`, `nbsjxj`); what is not Chinese stays in them. `head` and
    `tail` are the two halves of `folded`: one wrong, missing or additional character leaves one of them
    intact, which finds misspelt names by two equality look-ups. `grams` are the bigrams of `folded` as words
    of ASCII letters and digits, for a full-text index that splits at spaces.
    """

    folded: str
    pinyin: str
    initials: str
    length: int
    head: str
    tail: str
    grams: str


def fold(text: str) -> str:
    """The form in which names are compared."""
    return normalise(text).casefold()


def halves(folded: str, length: int) -> tuple[str, str]:
    """The halves that a name of `length` characters would have if `folded` were it but for one character."""
    head = length // 2
    return folded[:head], folded[-(length - head) :]


def grams(folded: str) -> list[str]:
    """Bigrams as words: `北仑` becomes `x5317x4ed1`. Empty for a text of one character."""
    return list(dict.fromkeys(map("".join, pairwise(map(_code, folded)))))


@lru_cache(maxsize=65536)
def _code(character: str) -> str:
    return f"x{ord(character):x}"


@lru_cache(maxsize=65536)
def _syllables(folded: str) -> tuple[str, ...]:
    """The syllables of a text, word by word: names are made of few words, each of which is read once."""
    from pypinyin.seg.simpleseg import seg

    return tuple(syllable for word in seg(folded) for syllable in _read_word(word))


@lru_cache(maxsize=65536)
def _read_word(word: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin([word]))


def pinyin(folded: str) -> str:
    """Pinyin without tones or separators."""
    return folded if folded.isascii() else "".join(_syllables(folded))


def initials(folded: str) -> str:
    """First letters of the syllables; runs that are not Chinese stay whole."""
    if folded.isascii():
        return folded
    return "".join(s if not s.isascii() or s in folded else s[:1] for s in _syllables(folded))


def name_keys(text: str) -> NameKeys:
    """All keys of a name."""
    folded = fold(text)
    head, tail = halves(folded, len(folded))
    return NameKeys(
        folded, pinyin(folded), initials(folded), len(folded), head, tail, " ".join(grams(folded))
    )
