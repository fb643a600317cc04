"""What the hub does with documents it has never seen: time of the first request, and memory."""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median

from bench.client import Wire, close, connect, drive
from bench.reads.contenders import graphql
from bench.reads.documents import make_documents
from bench.reads.measure import CONCURRENCY
from bench.reads.processes import Server

WARM_UP = 20
"""Documents sent before, so that connections and code are warm."""


@dataclass(frozen=True, slots=True)
class FirstRequests:
    """Milliseconds from a request to its answer, for documents never seen and seen once."""

    first: list[float]
    second: list[float]

    @property
    def middle(self) -> float:
        return median(self.first)

    @property
    def p99(self) -> float:
        return sorted(self.first)[int(len(self.first) * 0.99)]

    @property
    def worst(self) -> float:
        return max(self.first)

    @property
    def middle_again(self) -> float:
        return median(self.second)


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident memory in MB after numbers of requests of `documents` different documents."""

    documents: int
    checkpoints: list[tuple[int, float]]

    @property
    def growth(self) -> float:
        """MB between the first checkpoint after all documents were seen, and the last."""
        seen = [mb for requests, mb in self.checkpoints if requests >= 2 * self.documents]
        return seen[-1] - seen[0]


async def time_first_requests(server: Server, count: int) -> FirstRequests:
    """Ask each of `count` documents twice, one request at a time."""
    documents = make_documents(WARM_UP + count)
    requests = [graphql(server.port, document) for document in documents]
    wire = await connect(server.port)
    try:
        for request in requests[:WARM_UP]:
            await wire.ask(request)
        first = [await milliseconds(wire, request) for request in requests[WARM_UP:]]
        second = [await milliseconds(wire, request) for request in requests[WARM_UP:]]
    finally:
        close(wire)
    return FirstRequests(first, second)


async def milliseconds(wire: Wire, request: bytes) -> float:
    """The time of one request."""
    before = time.perf_counter()
    await wire.ask(request)
    return (time.perf_counter() - before) * 1000


async def watch_memory(server: Server, documents: int, requests: int, steps: int) -> Memory:
    """Send `requests` in `steps` equal parts, each going through the documents in turn."""
    prepared = [graphql(server.port, document) for document in make_documents(documents)]
    checkpoints = [(0, server.memory_mb)]
    part = requests // steps
    for step in range(steps):
        turned = prepared[step * part % documents :] + prepared[: step * part % documents]
        await drive(server.port, turned, concurrency=CONCURRENCY, count=part)
        checkpoints.append(((step + 1) * part, server.memory_mb))
    return Memory(documents, checkpoints)
