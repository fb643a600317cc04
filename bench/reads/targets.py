"""What the hub is to reach, and whether it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.reads.contenders import BY_HAND, HUB, POSTGRAPHILE_5, STOCK
from bench.reads.endurance import FirstRequests, Memory
from bench.reads.measure import Result
from bench.reads.shapes import LIST_PAGE, SHAPES

Results = Mapping[str, Mapping[str, Result]]
"""Results by shape and server."""


@dataclass(frozen=True, slots=True)
class Target:
    """One figure and the bound it is to keep."""

    about: str
    measured: float
    bound: float
    is_upper: bool = False
    unit: str = ""

    @property
    def is_met(self) -> bool:
        return self.measured <= self.bound if self.is_upper else self.measured >= self.bound


def ratio(results: Results, shape: str, peer: str) -> float:
    """Requests a second of the hub for one of the peer."""
    return results[shape][HUB.name].per_second / results[shape][peer].per_second


def of_speed(results: Results) -> Iterator[Target]:
    """The ratios of medians within one run."""
    for shape in results:
        hand, peer = (ratio(results, shape, name) for name in (BY_HAND.name, POSTGRAPHILE_5.name))
        yield Target(f"{shape}, against hand-written SQL", hand, 0.8)
        least = 2.0 if shape == LIST_PAGE.name else 1.5
        yield Target(f"{shape}, against PostGraphile", peer, least)
    stock = ratio(results, LIST_PAGE.name, STOCK.name)
    yield Target(f"{LIST_PAGE.name}, against stock Strawberry", stock, 25)


def of_growth(growth: Results) -> Iterator[Target]:
    """p50 at ten times the data against one time."""
    indexed = {shape.name for shape in SHAPES if shape.is_indexed}
    for shape in growth:
        if shape in indexed:
            small, large = growth[shape].values()
            about = f"{shape}, p50 at ten times the data against one time"
            yield Target(about, large.p50 / small.p50, 1.3, is_upper=True)


def of_endurance(first: FirstRequests, memory: Memory) -> Iterator[Target]:
    """Documents never seen, and memory."""
    about = "first request of a document never seen, 99 of 100 within"
    yield Target(about, first.p99, 25, is_upper=True, unit="ms")
    requests = memory.checkpoints[-1][0]
    about = f"memory gained from every document seen twice to {requests:,} requests"
    yield Target(about, memory.growth, CACHE_ROOM, is_upper=True, unit="MB")


CACHE_ROOM = 20.0
"""MB within which the heap may settle once the caches are full."""
