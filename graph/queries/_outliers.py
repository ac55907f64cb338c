"""Loads far from the others', by Tukey's fences: beyond one and a half interquartile ranges from the quartiles,
and at least two items beyond them, so that two tasks among ones are nothing special."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import quantiles
from typing import Literal

LEAST_REACH = 2
FEWEST = 4
"""Values from which on quartiles say anything."""

Outlier = Literal["high", "low"]


def fences(values: Sequence[int]) -> tuple[float, float] | None:
    """The bounds (low, high) beyond which a value is far from the others; None for too few values.

    Quartiles by linear interpolation with both extremes included (method 7 of Hyndman and Fan, 1996).
    """
    if len(values) < FEWEST:
        return None
    lower, _, upper = quantiles(values, n=4, method="inclusive")
    reach = max(1.5 * (upper - lower), LEAST_REACH)
    return lower - reach, upper + reach


def outlier(value: int, bounds: tuple[float, float] | None) -> Outlier | None:
    """Whether a value lies beyond the bounds."""
    if bounds is None or bounds[0] <= value <= bounds[1]:
        return None
    return "high" if value > bounds[1] else "low"
