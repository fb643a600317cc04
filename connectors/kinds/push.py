"""Systems that push: the hub reads nothing from them."""

from __future__ import annotations

from typing import Literal

from connectors.manifest import Connection
from connectors.reading import KindOfSystem
from hub.subjects.systems import ConnectorKind


class PushConnection(Connection):
    """The system pushes to the hub; the hub reads nothing."""

    kind: Literal["push"]


KIND = KindOfSystem("A system that pushes to the hub.", ConnectorKind.PUSH, PushConnection)
