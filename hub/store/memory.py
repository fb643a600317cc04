"""The manners of memory: how often Python looks for rings of objects, and what it passes over.

The divisions and the schema stay for as long as a process runs; to look through their millions of
objects again and again costs pauses of 50 to 100 ms, and in a forked process a copy of each page.
No other module calls the collector, but for the measurements.

Caches are bounded: `lru_cache` with its size, where the key comes from data; those without a size
hold a value for each table, column or kind, of which there are some hundreds.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG_OBJECTS = 20_000
"""New objects until Python looks for rings among them: more than planning one query makes, so
that a plan is not half old when it is done."""

MANY_OBJECTS = 1_000_000
"""The same for a load, which makes millions of objects and hardly a ring."""

YOUNG = 0
"""The generation of the newest objects."""


def keep_loaded() -> None:
    """Pass over all that is loaded by now from now on, as a process does that forks or serves."""
    gc.freeze()


def serve_quickly() -> None:
    """For a process that answers requests: nothing loaded so far is looked through again."""
    gc.collect()
    keep_loaded()
    gc.set_threshold(YOUNG_OBJECTS)


def load_quickly() -> None:
    """For a process that loads or links: look for rings seldom."""
    gc.set_threshold(MANY_OBJECTS, 50, 50)


def clear_young() -> None:
    """Look through the newest objects now, after work that leaves some thousands behind in rings.

    At once they cost a millisecond; left to grow old, they make some later request wait for a
    hundred.
    """
    gc.collect(YOUNG)


@contextmanager
def kept_for_long() -> Iterator[None]:
    """Pass over all that is there by now until the block ends."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
