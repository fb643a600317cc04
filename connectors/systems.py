"""The manifest that describes one source system, and how it is loaded from YAML."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from connectors.manifest.connections import (
    FileConnection,
    GraphqlConnection,
    PushConnection,
    RestConnection,
    SqlConnection,
)
from connectors.manifest.problems import bad_manifest, describe
from connectors.manifest.streams import (
    FileStream,
    GraphqlStream,
    RestStream,
    SqlStream,
    StreamManifest,
)
from connectors.manifest.strict import Name, Strict
from hub.errors import Code, StopRun
from hub.runs.schedules import is_schedule

Connection = RestConnection | GraphqlConnection | SqlConnection | FileConnection | PushConnection
Part = TypeVar("Part", bound=Strict)


def _digits(given: object) -> object:
    return str(given) if isinstance(given, int) else given


def _cron(given: str) -> str:
    if not is_schedule(given):
        raise ValueError(
            "is no schedule; write five fields: minute, hour, day, month, day of the week, "
            'such as "30 2 * * *" for 2:30 each night'
        )
    return given


class SystemManifest(Strict):
    """One source system: what it is called, whose it is, how it is read."""

    system: Annotated[str, StringConstraints(pattern="^[a-z0-9-]+$", max_length=64)]
    """Code of the system."""
    name: Name
    """Name of the system 系统名称."""
    division: Annotated[
        str, BeforeValidator(_digits), StringConstraints(pattern="^([0-9]{6}|[0-9]{9})$")
    ]
    """Code of the division whose system it is 所属行政区划代码."""
    connector: Connection
    """How it is reached."""
    schedule: Annotated[str, AfterValidator(_cron)] | None = None
    """When workers sync it: five fields of cron, in the time of Shanghai."""
    streams: tuple[StreamManifest, ...] = ()
    """What is read from it."""

    @model_validator(mode="after")
    def _distinct_names(self) -> SystemManifest:
        names = [stream.name for stream in self.streams]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"streams: two are named {name}; give each its own name")
        return self


class RestSystem(SystemManifest):
    """A system behind an HTTP API."""

    connector: RestConnection
    streams: tuple[RestStream, ...] = Field(min_length=1)


class GraphqlSystem(SystemManifest):
    """A system behind a GraphQL API."""

    connector: GraphqlConnection
    streams: tuple[GraphqlStream, ...] = Field(min_length=1)


class SqlSystem(SystemManifest):
    """A system whose database the hub may read."""

    connector: SqlConnection
    streams: tuple[SqlStream, ...] = Field(min_length=1)


class FileSystem(SystemManifest):
    """A system that puts down files."""

    connector: FileConnection
    streams: tuple[FileStream, ...] = Field(min_length=1)


class PushSystem(SystemManifest):
    """A system that pushes to the hub."""

    connector: PushConnection
    streams: tuple[StreamManifest, ...] = Field(default=(), max_length=0)


SYSTEMS: dict[str, type[SystemManifest]] = {
    "rest": RestSystem,
    "graphql": GraphqlSystem,
    "sql": SqlSystem,
    "file": FileSystem,
    "push": PushSystem,
}


def load_manifest(path: Path) -> SystemManifest:
    """The manifest in the YAML file `path`, checked; variables stay as they are written.

    Raises StopRun(BAD_MANIFEST) naming the file, the line, the key, what is wrong and what is
    allowed.
    """
    try:
        text = path.read_text(encoding="utf-8")
        given = yaml.safe_load(text)
    except OSError as error:
        raise bad_manifest(path.name, f"cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise bad_manifest(path.name, f"is no YAML in UTF-8: {error}") from error
    return parse_manifest(given, path.name, text)


def parse_manifest(given: object, place: str, text: str = "") -> SystemManifest:
    """The manifest in plain data, as YAML or the store gives it.

    `place` is named in errors; `text` is the YAML, to tell line numbers. Raises
    StopRun(BAD_MANIFEST).
    """
    system = SYSTEMS.get(_connector_kind(given))
    if system is None:
        allowed = ", ".join(SYSTEMS)
        raise bad_manifest(place, f"connector.kind: must be one of {allowed}")
    try:
        return system.model_validate(given)
    except ValidationError as error:
        raise bad_manifest(place, describe(error, given, text)) from error


def plain_manifest(manifest: SystemManifest) -> dict[str, object]:
    """`manifest` as JSON for the store, variables unresolved; `parse_manifest` reads it again."""
    return manifest.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _connector_kind(given: object) -> str:
    connector = given.get("connector") if isinstance(given, Mapping) else None
    return str(connector.get("kind")) if isinstance(connector, Mapping) else ""


def narrowed(part: Strict, kind: type[Part]) -> Part:
    """`part` as the class that a connector reads. Raises StopRun(BAD_MANIFEST)."""
    if isinstance(part, kind):
        return part
    raise StopRun(
        Code.BAD_MANIFEST,
        f"{type(part).__name__} was given to a connector that reads {kind.__name__}.",
    )
