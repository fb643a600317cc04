"""Bytes that are sent again and again, in each of the encodings that clients take."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from functools import cached_property, lru_cache

import zstandard

MIN_BYTES = 1000
"""A smaller answer is sent as it is: it fits into one packet."""

LEVELS = {"zstd": 3, "gzip": 5}


@lru_cache(maxsize=256)
def choose_encoding(header: str) -> str | None:
    """The encoding for an Accept-Encoding header, zstd before gzip; None: as it is."""
    weights = dict(_weighted(item) for item in header.split(","))
    for name in LEVELS:
        if weights.get(name, weights.get("*", 0.0)) > 0:
            return name
    return None


def _weighted(item: str) -> tuple[str, float]:
    name, _, parameter = item.strip().lower().partition(";")
    key, _, value = parameter.strip().partition("=")
    if key.strip() != "q":
        return name.strip(), 1.0
    try:
        return name.strip(), float(value)
    except ValueError:
        return name.strip(), 0.0


def pack(body: bytes, encoding: str) -> bytes:
    """A body in an encoding."""
    if encoding == "zstd":
        return zstandard.ZstdCompressor(level=LEVELS["zstd"]).compress(body)
    return gzip.compress(body, LEVELS["gzip"], mtime=0)


class Packed:
    """A body, and what each encoding makes of it."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self._packed: Mapping[str, bytes] = {name: pack(body, name) for name in LEVELS}

    @property
    def size(self) -> int:
        """Bytes that all of it takes."""
        return len(self.body) + sum(map(len, self._packed.values()))

    @cached_property
    def digest(self) -> str:
        """What tells this body from others."""
        return hashlib.blake2b(self.body, digest_size=16).hexdigest()

    def encoded(self, encoding: str | None) -> bytes:
        """The body in an encoding."""
        return self.body if encoding is None else self._packed[encoding]
