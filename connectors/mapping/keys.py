"""External ids taken apart again, for the look-up of single records."""

from __future__ import annotations

import re

from connectors.manifest import StreamManifest, placeholders
from hub.errors import Code, StopRun


def key_columns(stream: StreamManifest, key: str) -> dict[str, str]:
    """Column: text, of the external id `key`, without the part of a split. {} if it is none."""
    names = placeholders(stream.key)
    pattern = _pattern(stream.key)
    match = pattern.fullmatch(key)
    if match is None:
        return {}
    part = stream.split.as_ if stream.split else None
    pairs = zip(names, match.groups(), strict=True)
    return {name: text for name, text in pairs if name != part}


def no_lookup(stream: StreamManifest, missing: str) -> StopRun:
    """The error of a stream that cannot look up single records."""
    return StopRun(
        Code.SOURCE_REFUSED,
        f"Stream {stream.name} cannot look up single records: {missing}.",
    )


def _pattern(template: str) -> re.Pattern[str]:
    literal_or_column = re.split(r"(\{[^{}]+\})", template)
    return re.compile(
        "".join("(.+)" if part.startswith("{") else re.escape(part) for part in literal_or_column)
    )
