"""Addresses and secrets of a manifest, taken from the environment when a connector is opened."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hub.errors import Code, StopRun

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}")


def mentions_variable(text: str) -> bool:
    """Whether `text` takes a part from the environment."""
    return _VARIABLE.search(text) is not None


def resolve(text: str, environ: Mapping[str, str], system: str) -> str:
    """`text` with `${NAME}` and `${NAME:-default}` replaced.

    Raises StopRun(BAD_SETTING) naming the variable that is not set.
    """

    def replace(match: re.Match[str]) -> str:
        value = environ.get(match[1], match[2])
        if value is None:
            raise StopRun(
                Code.BAD_SETTING,
                f"System {system} needs the environment variable {match[1]}, which is not set. "
                "Set it where the hub is started.",
            )
        return value

    return _VARIABLE.sub(replace, text)
