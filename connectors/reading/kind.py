"""What one kind of source system is: declared in its module, listed in `connectors.registry`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import GenericAlias
from typing import Any, TypeAlias, get_args

from pydantic import Field, create_model

from connectors.manifest import Connection, StreamManifest, SystemManifest
from connectors.reading.protocol import Connector
from hub.subjects.systems import ConnectorKind

Opener: TypeAlias = Callable[[SystemManifest, Mapping[str, str]], Connector]


@dataclass(frozen=True)
class KindOfSystem:
    """One kind of source system: what its manifest may set, and how it is opened.

    `connection` fixes the kind's name as the one value of its `kind`. Without `stream` and
    `opener` the system pushes, and there is nothing to read. `about` describes its manifest in the
    JSON Schema; `in_graph` is the word of the graph for how it is read.
    """

    about: str
    in_graph: ConnectorKind
    connection: type[Connection]
    stream: type[StreamManifest] | None = None
    opener: Opener | None = None

    @cached_property
    def name(self) -> str:
        """What `connector.kind` says in its manifests."""
        (name,) = get_args(self.connection.model_fields["kind"].annotation)
        return str(name)

    @cached_property
    def manifest(self) -> type[SystemManifest]:
        """The manifest of such a system, exactly as strict as its parts."""
        parts: dict[str, Any] = {"connector": (self.connection, ...)}
        if self.stream is None:
            parts["streams"] = (tuple[StreamManifest, ...], Field(default=(), max_length=0))
        else:
            some_streams = GenericAlias(tuple, (self.stream, ...))
            parts["streams"] = (some_streams, Field(min_length=1))
        return create_model(
            f"{self.name.title()}System", __base__=SystemManifest, __doc__=self.about, **parts
        )
