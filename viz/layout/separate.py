"""Keeping boxes apart: first by pushing, then, for what is left, by the nearest free place; and packing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
CELL = 8.0
"""Grain of the occupancy grid in pixels."""
_FAR = 4000.0
_PUSHES = 40
_DENSE = 700
"""Above this many boxes the pushing of all pairs at once would cost more than it gives."""


def push_apart(centres: Array, sizes: Array, *, passes: int = _PUSHES) -> Array:
    """Centres (n × 2) after boxes of `sizes` (n × 2) that overlap pushed each other along the axis of the
    smaller overlap. Keeps the picture's shape; need not settle everything."""
    placed = centres.copy()
    if not 1 < len(placed) <= _DENSE:
        return placed
    reach = (sizes[:, None, :] + sizes[None, :, :]) / 2
    for _ in range(passes):
        delta = placed[:, None, :] - placed[None, :, :]
        overlap = reach - np.abs(delta)
        hit: NDArray[np.bool_] = np.logical_and(overlap[..., 0] > 0, overlap[..., 1] > 0)
        np.fill_diagonal(hit, False)
        if not hit.any():
            break
        across = overlap[..., 0] <= overlap[..., 1]
        sign = np.where(delta >= 0, 1.0, -1.0)
        tie = np.triu(np.ones(hit.shape), 1) - np.tril(np.ones(hit.shape), -1)
        sign = np.where(delta == 0, tie[..., None], sign)
        move_x = np.where(hit & across, overlap[..., 0] * sign[..., 0], 0.0).sum(axis=1)
        move_y = np.where(hit & ~across, overlap[..., 1] * sign[..., 1], 0.0).sum(axis=1)
        placed += 0.35 * np.stack((move_x, move_y), axis=1)
    return placed


class _Grid:
    """Which cells of the plane are taken."""

    def __init__(self, centres: Array, sizes: Array) -> None:
        spread = min(1.3 * _FAR, math.sqrt(float((sizes[:, 0] * sizes[:, 1]).sum())) * 2 + 400)
        self.origin = centres.min(axis=0) - spread
        columns, rows = np.ceil((centres.max(axis=0) + spread - self.origin) / CELL).astype(int)
        self.taken = np.zeros((int(rows), int(columns)), dtype=bool)

    def _window(self, x: float, y: float, width: float, height: float) -> tuple[slice, slice]:
        left = int((x - width / 2 - self.origin[0]) // CELL)
        top = int((y - height / 2 - self.origin[1]) // CELL)
        right = left + math.ceil(width / CELL) + 1
        bottom = top + math.ceil(height / CELL) + 1
        return slice(max(0, top), bottom), slice(max(0, left), right)

    def free(self, x: float, y: float, size: Array) -> bool:
        return not self.taken[self._window(x, y, float(size[0]), float(size[1]))].any()

    def take(self, x: float, y: float, size: Array) -> None:
        self.taken[self._window(x, y, float(size[0]), float(size[1]))] = True


@cache
def _rings() -> tuple[tuple[float, float], ...]:
    """Offsets from near to far, wider than high, since labels are; the further out, the wider apart."""
    found = [(0.0, 0.0)]
    reach, turn = CELL, 0.0
    while reach < _FAR:
        steps = min(28, 8 + int(reach / 24))
        for i in range(steps):
            angle = turn + 2 * math.pi * i / steps
            found.append((1.3 * reach * math.cos(angle), reach * math.sin(angle)))
        reach, turn = reach * 1.08 + CELL / 2, turn + 0.7
    return tuple(found)


def settle(centres: Array, sizes: Array, priority: Sequence[int]) -> Array:
    """Centres at which no two boxes overlap: each box, in order of `priority` (indices, most important first),
    takes the free place nearest to where it stood."""
    placed = centres.copy()
    if not len(placed):
        return placed
    grid = _Grid(centres, sizes)
    for index in priority:
        x, y = float(centres[index, 0]), float(centres[index, 1])
        for dx, dy in _rings():
            if grid.free(x + dx, y + dy, sizes[index]):
                x, y = x + dx, y + dy
                break
        grid.take(x, y, sizes[index])
        placed[index] = (x, y)
    return placed


def pack(
    extents: Sequence[tuple[float, float]], *, gap: float, aspect: float = 2.3
) -> list[tuple[float, float]]:
    """Top-left corners for rectangles (width, height) laid on shelves, in the given order, so that the whole is
    about `aspect` times as wide as high."""
    area = sum((w + gap) * (h + gap) for w, h in extents)
    limit = max(max((w for w, _ in extents), default=0.0), math.sqrt(area * aspect))
    corners: list[tuple[float, float]] = []
    x = y = shelf = 0.0
    for width, height in extents:
        if x and x + width > limit:
            x, y, shelf = 0.0, y + shelf + gap, 0.0
        corners.append((x, y))
        x += width + gap
        shelf = max(shelf, height)
    return corners
