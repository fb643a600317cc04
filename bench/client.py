"""A load generator light enough for two cores: prepared bytes over keep-alive connections."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length:"


class BadAnswer(Exception):
    """A server answered something else than 200 with a length; the answer is in the message."""


@dataclass(slots=True)
class Timings:
    """What one round measured: seconds of each request, and of the round."""

    latencies: list[float] = field(default_factory=list)
    elapsed: float = 0.0
    bytes_read: int = 0

    @property
    def per_second(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.elapsed


class Wire(asyncio.Protocol):
    """One connection; one request at a time."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.waiting: asyncio.Future[bytes] | None = None
        self.received = bytearray()
        self.expected = -1
        self.body_at = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_exception(BadAnswer(f"connection lost: {exc}"))

    def data_received(self, data: bytes) -> None:
        self.received += data
        if self.expected < 0:
            self.read_head()
        if self.expected >= 0 and len(self.received) >= self.expected:
            self.finish()

    def read_head(self) -> None:
        end = self.received.find(END_OF_HEAD)
        if end < 0:
            return
        head = bytes(self.received[:end]).lower()
        at = head.find(LENGTH)
        if at < 0 or not head.startswith(b"http/1.1 200"):
            raise BadAnswer(bytes(self.received[:2000]).decode(errors="replace"))
        length = int(head[at + len(LENGTH) :].split(b"\r\n", 1)[0])
        self.body_at = end + len(END_OF_HEAD)
        self.expected = self.body_at + length

    def finish(self) -> None:
        body = bytes(self.received[self.body_at : self.expected])
        self.received.clear()
        self.expected = -1
        assert self.waiting is not None
        self.waiting.set_result(body)

    def ask(self, request: bytes) -> asyncio.Future[bytes]:
        """Send a request; the future gives the body of the answer."""
        assert self.transport is not None
        self.waiting = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return self.waiting


async def connect(port: int) -> Wire:
    """A connection to a server on this machine."""
    loop = asyncio.get_running_loop()
    _, wire = await loop.create_connection(Wire, "127.0.0.1", port)
    return wire


async def ask_once(port: int, request: bytes) -> bytes:
    """The body of the answer to one request over a connection of its own."""
    wire = await connect(port)
    try:
        return await wire.ask(request)
    finally:
        close(wire)


async def drive(
    port: int,
    requests: Sequence[bytes],
    *,
    concurrency: int,
    seconds: float = float("inf"),
    count: int | None = None,
) -> Timings:
    """Ask again and again, over `concurrency` connections, until the time or the count is up."""
    wires = [await connect(port) for _ in range(concurrency)]
    timings = Timings()
    turns = iter(range(count if count is not None else 2**62))
    started = time.perf_counter()
    deadline = started + seconds

    async def work(wire: Wire) -> None:
        for turn in turns:
            before = time.perf_counter()
            if before >= deadline:
                return
            body = await wire.ask(requests[turn % len(requests)])
            timings.latencies.append(time.perf_counter() - before)
            timings.bytes_read += len(body)

    try:
        await asyncio.gather(*(work(wire) for wire in wires))
    finally:
        timings.elapsed = time.perf_counter() - started
        for wire in wires:
            close(wire)
    return timings


def close(wire: Wire) -> None:
    assert wire.transport is not None
    wire.transport.close()


def get(path: str, port: int) -> bytes:
    """The bytes of a GET."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()


def post(path: str, body: bytes, port: int) -> bytes:
    """The bytes of a POST of JSON."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: application/json\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
