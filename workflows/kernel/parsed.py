"""Keeps what was read of a file, so that a change of one file of many costs the reading of that one."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


def fingerprint(data: bytes) -> bytes:
    """Return what tells one content from another."""
    return hashlib.sha256(data).digest()


class Parsed(Generic[T]):
    """Values by key, each with the size of what it was read from; what was asked for longest ago goes first.

    The bound is on the sizes together, so that many large files cannot fill the memory. Nothing is kept of a reading
    that raises.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[int, T]] = OrderedDict()
        self._size = 0

    def get(self, key: Hashable, size: int, make: Callable[[], T]) -> T:
        """Return the value of `key`, made now if it is not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][1]
        value = make()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = (size, value)
                self._size += size
            while self._size > self._most and len(self._kept) > 1:
                _, (gone, _) = self._kept.popitem(last=False)
                self._size -= gone
        return value

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self._size = 0
