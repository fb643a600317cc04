"""The steward's rules of trust: whose value wins, for a kind of record or for one field of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Table

from hub.errors import Code, StopRun
from hub.ids import new_id
from hub.intake import Scope, compute_again
from hub.stewards.desk import Desk
from hub.store import Driver
from hub.subjects import KINDS
from hub.subjects.kinds import Kind
from hub.subjects.record_kinds import RecordKind

AT_ONCE = 2000
"""Golden rows computed in one statement."""


@dataclass(frozen=True, slots=True)
class PriorityRule:
    """The systems to trust, the first most; `field` None is for every field of the kind."""

    kind: RecordKind
    field: str | None
    systems: tuple[str, ...]


def read_kind(text: str) -> RecordKind:
    """The kind of a name, in any case. Raises StopRun(BAD_INPUT) naming all."""
    try:
        return RecordKind[text.upper()]
    except KeyError:
        raise _refused(f"There is no kind {text}", (kind.name for kind in KINDS)) from None


async def fetch_rules(driver: Driver) -> list[PriorityRule]:
    """All rules, by kind and field."""
    rows = await driver.fetch(
        "SELECT kind, field, system_codes FROM priority_rule ORDER BY kind, field NULLS FIRST"
    )
    return [PriorityRule(RecordKind[kind], field, tuple(systems)) for kind, field, systems in rows]


SET = """
INSERT INTO priority_rule (id, kind, field, system_codes) VALUES ($1, $2, $3, $4)
ON CONFLICT (kind, field) DO UPDATE SET system_codes = excluded.system_codes
"""
CLEAR = "DELETE FROM priority_rule WHERE kind = $1 AND field IS NOT DISTINCT FROM $2"


async def set_rule(desk: Desk, rule: PriorityRule) -> int:
    """Write a rule, one without systems takes it back, and compute anew the rows it may touch.

    Gives their number; the change log names the steward. Raises StopRun(BAD_INPUT, UNKNOWN_SYSTEM).
    """
    kind = KINDS[rule.kind]
    tables = _tables(kind, rule.field)
    async with desk.open() as driver:
        system = await _check_systems(driver, rule)
        if rule.systems:
            await driver.execute(SET, new_id(), rule.kind.name, rule.field, list(rule.systems))
        else:
            await driver.execute(CLEAR, rule.kind.name, rule.field)
        scope = await desk.scope(driver, system)
        return sum([await _compute(driver, scope, kind, table) for table in tables])


def _tables(kind: Kind, field: str | None) -> list[Table]:
    """The golden tables that a field feeds, or all fields of a kind."""
    feeding = {each.name: each.table for each in kind.fields if each.table is not None}
    if field is None:
        return list(dict.fromkeys(feeding.values()))
    if field not in feeding:
        raise _refused(f"{kind.kind.name} has no field {field} with a value to choose", feeding)
    return [feeding[field]]


async def _check_systems(driver: Driver, rule: PriorityRule) -> str:
    """The most trusted system; any one where none is named."""
    rows = await driver.fetch("SELECT code FROM source_system ORDER BY code")
    known = [str(row[0]) for row in rows]
    if len(set(rule.systems)) < len(rule.systems):
        raise _refused("A system is named twice", known)
    unknown = [code for code in rule.systems if code not in known]
    if unknown or not known:
        raise StopRun(
            Code.UNKNOWN_SYSTEM,
            f"The hub knows no system {', '.join(unknown)}. It knows: "
            f"{', '.join(known) or 'none yet'}.",
        )
    return [*rule.systems, *known][0]


def _refused(problem: str, allowed: Iterable[str]) -> StopRun:
    return StopRun(Code.BAD_INPUT, f"{problem}. Give one of: {', '.join(allowed)}.")


SHARED = """
SELECT {column}::text FROM source_record
WHERE kind = $1 AND deleted_at IS NULL AND {column} IS NOT NULL
GROUP BY {column} HAVING count(DISTINCT system_id) > 1
"""


async def _compute(driver: Driver, scope: Scope, kind: Kind, table: Table) -> int:
    """Compute anew the rows of `table` with records of several systems; give their number."""
    column = "entity_id" if table is kind.table else "person_id"
    shared = [row[0] for row in await driver.fetch(SHARED.format(column=column), kind.kind.name)]
    for start in range(0, len(shared), AT_ONCE):
        await compute_again(driver, scope, kind, table, set(shared[start : start + AT_ONCE]))
    return len(shared)
