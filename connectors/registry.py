"""The kinds of source systems. A new kind is one module in `connectors.kinds` and one line here."""

from __future__ import annotations

from collections.abc import Mapping

from connectors.kinds import file, graphql, push, rest, sql
from connectors.manifest import SystemManifest
from connectors.reading import Connector, KindOfSystem
from hub.errors import Code, StopRun

REGISTRY: dict[str, KindOfSystem] = {
    kind.name: kind
    for kind in (
        rest.KIND,
        graphql.KIND,
        sql.KIND,
        file.KIND,
        push.KIND,
    )
}
"""The kinds by the word that `connector.kind` says."""


def open_connector(system: SystemManifest, environ: Mapping[str, str]) -> Connector:
    """The connector of `system`, secrets taken from `environ`. Nothing is connected yet.

    Raises StopRun(BAD_SETTING) for a variable that is not set, StopRun(SOURCE_REFUSED) for a
    system that pushes.
    """
    opener = REGISTRY[system.connector.kind].opener
    if opener is None:
        raise StopRun(
            Code.SOURCE_REFUSED,
            f"System {system.system} pushes its records; there is nothing to read from it.",
        )
    return opener(system, environ)
