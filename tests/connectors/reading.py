"""Reading one stream to its end."""

from __future__ import annotations

from collections.abc import Mapping

from connectors.manifest import SystemManifest
from connectors.mapping import compile_mapping
from connectors.reading import BadRow, Row
from connectors.registry import open_connector

MEND = "Correct the row at the source."


async def read_all(
    system: SystemManifest, environ: Mapping[str, str], since: object = None
) -> list[Row | BadRow]:
    """All rows of the first stream of `system`."""
    connector = open_connector(system, environ)
    try:
        return [row async for batch in connector.read(system.streams[0], since) for row in batch]
    finally:
        await connector.close()


async def ids_of(system: SystemManifest, environ: Mapping[str, str]) -> list[str]:
    """The external ids of all rows of the first stream, in order."""
    mapping = compile_mapping(system.streams[0])
    rows = await read_all(system, environ)
    return [one.external_id for row in rows if isinstance(row, Row) for one in mapping.expand(row)]


def places(rows: list[Row | BadRow]) -> list[tuple[str, str, str]]:
    """Code, message and raw text of each bad row."""
    return [
        (row.refusal.code.value, row.refusal.message, row.raw)
        for row in rows
        if isinstance(row, BadRow)
    ]
