"""The whole manifest of one source system, as far as all kinds share it."""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from connectors.manifest.connections import Connection
from connectors.manifest.streams import StreamManifest
from connectors.manifest.strict import Name, Strict
from hub.errors import Code, StopRun
from hub.runs import is_schedule

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


class RunLimits(Strict):
    """What one run may take, so that a source without end does not hold it for ever."""

    rows: int = Field(default=10_000_000, ge=1)
    """Rows that a run reads at most."""
    minutes: float = Field(default=360, gt=0, le=7 * 24 * 60)
    """Minutes after which a run is stopped."""


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
    limits: RunLimits = RunLimits()
    """What one run may take."""
    streams: tuple[StreamManifest, ...] = ()
    """What is read from it."""

    @model_validator(mode="after")
    def _distinct_names(self) -> SystemManifest:
        names = [stream.name for stream in self.streams]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"streams: two are named {name}; give each its own name")
        return self


def narrowed(part: Strict, kind: type[Part]) -> Part:
    """`part` as the class that a connector reads. Raises StopRun(BAD_MANIFEST)."""
    if isinstance(part, kind):
        return part
    raise StopRun(
        Code.BAD_MANIFEST,
        f"{type(part).__name__} was given to a connector that reads {kind.__name__}.",
    )
