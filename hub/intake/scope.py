"""What the intake needs to know around a batch: the system, the run, divisions and rules."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias
from uuid import UUID

from hub.divisions import DivisionIndex, LegalClock, fetch_clocks, learn_unlisted
from hub.intake.open_hub import OpenHub
from hub.store import Driver
from hub.subjects.divisions import Level
from hub.subjects.kinds import Kind

UNDER_WAY = 4
"""Batches of a sync that are prepared and not stored at one time: one each being prepared, sent,
waiting and being stored."""

LEVELS = tuple(level.name for level in Level)


@dataclass(frozen=True, slots=True)
class System:
    """A source system as the golden rules see it."""

    id: str
    code: str
    division_id: UUID
    level: str


class Cause(NamedTuple):
    """Why golden rows change: a run, a steward, the undoing of a run."""

    run_id: str | None
    actor: str | None = None
    undoes: str | None = None


@dataclass(slots=True)
class Scope:
    """One system's batches within one run, or what a steward does.

    `rules` gives, per (kind, field or None), the codes of systems in order of trust; `clocks` are
    the local rules on deadlines;
    `scores_people` says that a batch links its people by score; a sync does so at its end;
    `congresses` remembers the ids of congresses by (division id, term);
    `under_way` are the keys of the batches prepared last, which may not be stored yet.
    """

    system: System
    cause: Cause
    divisions: DivisionIndex
    identity_secret: bytes
    systems: dict[str, System]
    rules: dict[tuple[str, str | None], list[str]]
    clocks: list[LegalClock] = field(default_factory=list)
    scores_people: bool = True
    congresses: dict[tuple[str, int | None], str] = field(default_factory=dict)
    under_way: deque[set[bytes | str]] = field(default_factory=lambda: deque(maxlen=UNDER_WAY))

    @property
    def run_id(self) -> str:
        """The run; stewards have none and never ask."""
        return str(self.cause.run_id)

    def rank(self, kind: Kind, name: str | None, system_id: str) -> int:
        """The place of a system in the steward's rule for a field; after all named ones if none."""
        rule = (
            self.rules.get((kind.kind.name, name)) or self.rules.get((kind.kind.name, None)) or []
        )
        code = self.systems[system_id].code
        return rule.index(code) if code in rule else len(rule)

    def distance(self, system_id: str, level: str) -> int:
        """How many levels a system stands away from a record's level; 0 is the record's own."""
        return abs(LEVELS.index(self.systems[system_id].level) - LEVELS.index(level))


Scopes: TypeAlias = Callable[[str, "str | Cause"], Scope]
"""Gives the scope of a system's batches, by its code and their cause."""


async def open_scope(driver: Driver, hub: OpenHub, system_code: str, cause: str | Cause) -> Scope:
    """The scope of `system_code`'s batches, caused by a run or else.

    Raises StopIteration for no such system.
    """
    return (await open_scopes(driver, hub))(system_code, cause)


async def open_scopes(driver: Driver, hub: OpenHub) -> Scopes:
    """What gives the scopes of all systems, for batches of one moment."""
    systems = {
        row["id"]: System(row["id"], row["code"], row["division_id"], row["level"])
        for row in await driver.fetch(
            "SELECT id::text, code, division_id, level FROM source_system"
        )
    }
    rules = {
        (row["kind"], row["field"]): row["system_codes"]
        for row in await driver.fetch("SELECT kind, field, system_codes FROM priority_rule")
    }
    await learn_unlisted(driver, hub.divisions)
    clocks = await fetch_clocks(driver)

    def scope_of(system_code: str, cause: str | Cause) -> Scope:
        mine = next(system for system in systems.values() if system.code == system_code)
        why = Cause(cause) if isinstance(cause, str) else cause
        return Scope(mine, why, hub.divisions, hub.secret, systems, rules, clocks)

    return scope_of
