"""The kinds of connectors. A new kind is one file and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from connectors.kinds.file import FileConnector
from connectors.kinds.graphql import GraphqlConnector
from connectors.kinds.rest import RestConnector
from connectors.kinds.sql import SqlConnector
from connectors.reading.protocol import Connector
from connectors.systems import SystemManifest
from hub.errors import Code, StopRun

Opener: TypeAlias = Callable[[SystemManifest, Mapping[str, str]], Connector]

REGISTRY: dict[str, Opener] = {
    "rest": RestConnector,
    "sql": SqlConnector,
    "file": FileConnector,
    "graphql": GraphqlConnector,
}


def open_connector(system: SystemManifest, environ: Mapping[str, str]) -> Connector:
    """The connector of `system`, secrets taken from `environ`. Nothing is connected yet.

    Raises StopRun(BAD_SETTING) for a variable that is not set, StopRun(SOURCE_REFUSED) for a
    system that pushes.
    """
    opener = REGISTRY.get(system.connector.kind)
    if opener is None:
        raise StopRun(
            Code.SOURCE_REFUSED,
            f"System {system.system} pushes its records; there is nothing to read from it.",
        )
    return opener(system, environ)
