"""External ids taken apart again, for the look-up of single records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from connectors.manifest import StreamManifest, placeholders
from hub.errors import Code, StopRun

MOST_WAYS = 50
"""Ways to take one id apart that are tried: parts may hold the text between them."""


def key_ways(stream: StreamManifest, key: str) -> list[dict[str, str]]:
    """Every way to read the external id `key` as column: text; [] if it is none.

    The part of a split is left out. Of `{org}-{no}` the id A-2024-17 is A and 2024-17, or A-2024
    and 17.
    """
    literals = re.split(r"\{[^{}]+\}", stream.key)
    names = placeholders(stream.key)
    part = stream.split.as_ if stream.split else None
    ways: list[dict[str, str]] = []
    for texts in _ways(key, literals):
        columns = dict(zip(names, texts, strict=True))
        columns.pop(part or "", None)
        if columns not in ways:
            ways.append(columns)
        if len(ways) == MOST_WAYS:
            break
    return ways


def _ways(key: str, literals: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The texts between `literals` in `key`, none of them empty."""
    if not key.startswith(literals[0]):
        return
    rest, following = key[len(literals[0]) :], literals[1]
    if len(literals) == 2:
        text = rest.removesuffix(following)
        if text and rest.endswith(following):
            yield (text,)
        return
    for end in range(1, len(rest)):
        for others in _ways(rest[end:], literals[1:]):
            yield (rest[:end], *others)


def no_lookup(stream: StreamManifest, missing: str) -> StopRun:
    """The error of a stream that cannot look up single records."""
    return StopRun(
        Code.SOURCE_REFUSED,
        f"Stream {stream.name} cannot look up single records: {missing}.",
    )
