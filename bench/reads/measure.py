"""Rounds over all servers in turn, so that what disturbs the machine disturbs each the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from statistics import median

from bench.client import Timings, drive
from bench.reads.processes import Server

CONCURRENCY = 8


@dataclass(frozen=True, slots=True)
class Pace:
    """How much to measure: rounds, keys of a shape, documents never seen, requests over them."""

    rounds: int
    seconds: float
    warm_up: float
    keys: int
    fresh: int
    documents: int
    requests: int


FULL = Pace(
    rounds=5, seconds=1.5, warm_up=2.0, keys=200, fresh=500, documents=5_000, requests=100_000
)
QUICK = Pace(rounds=3, seconds=0.5, warm_up=0.5, keys=50, fresh=100, documents=50, requests=500)


@dataclass(frozen=True, slots=True)
class Round:
    """One round of one server; times in milliseconds."""

    per_second: float
    p50: float
    p99: float
    cpu: float


@dataclass(slots=True)
class Result:
    """The rounds of one server with one shape; medians count."""

    rounds: list[Round] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return self.middle(lambda each: each.per_second)

    @property
    def p50(self) -> float:
        return self.middle(lambda each: each.p50)

    @property
    def p99(self) -> float:
        return self.middle(lambda each: each.p99)

    @property
    def cpu(self) -> float:
        """Milliseconds of the server's processor time a request."""
        return self.middle(lambda each: each.cpu)

    def middle(self, of: Callable[[Round], float]) -> float:
        return median(of(each) for each in self.rounds)


async def measure(
    servers: list[Server], requests: Mapping[str, list[bytes]], pace: Pace
) -> dict[str, Result]:
    """The results by server, the rounds interleaved."""
    results = {server.name: Result() for server in servers}
    for server in servers:
        await drive(
            server.port, requests[server.name], concurrency=CONCURRENCY, seconds=pace.warm_up
        )
    for _ in range(pace.rounds):
        for server in servers:
            one = await measure_round(server, requests[server.name], pace.seconds)
            results[server.name].rounds.append(one)
    return results


async def measure_round(server: Server, requests: list[bytes], seconds: float) -> Round:
    """One round of one server."""
    before = server.cpu_seconds
    timings = await drive(server.port, requests, concurrency=CONCURRENCY, seconds=seconds)
    cpu = (server.cpu_seconds - before) / len(timings.latencies)
    return Round(timings.per_second, at(timings, 0.5), at(timings, 0.99), cpu * 1000)


def at(timings: Timings, share: float) -> float:
    """The latency in milliseconds that `share` of the requests stay within."""
    ordered = sorted(timings.latencies)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000
