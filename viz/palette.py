"""Colours of paper and ink that pictures share; marks of types and states have theirs in the vocabulary."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    ink: str = "#1F2933"
    paper: str = "#FCFBF8"
    accent: str = "#1F5F8B"
    problem: str = "#B45309"


PALETTE = Palette()
