"""Items that are built only when they are shown: a page of 50 of 100,000 costs 50 evidences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, overload

K = TypeVar("K")
T = TypeVar("T")


class Rows(Sequence[T], Generic[K, T]):
    """A sequence over ordered keys; `build` turns a slice of them into items."""

    __slots__ = ("_build", "keys")

    def __init__(self, keys: Sequence[K], build: Callable[[Sequence[K]], list[T]]) -> None:
        self.keys = keys
        self._build = build

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[T]:
        return iter(self._build(self.keys))

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return self._build(self.keys[index])
        return self._build([self.keys[index]])[0]
