"""Taking times: what is compared is measured in turns."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median, quantiles

Act = Callable[[], object]


def milliseconds(act: Act) -> float:
    """Return how long `act` takes."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def median_ms(act: Act, *, times: int, first: int = 5) -> float:
    """Return the median of `times` runs, after some that do not count."""
    for _ in range(first):
        act()
    with no_collection():
        return median(milliseconds(act) for _ in range(times))


def p95(samples: list[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(samples, n=20)[-1]


@contextmanager
def no_collection() -> Iterator[None]:
    """Keep the garbage collector of this process from falling into one sample and not the other."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
