"""Legal clocks: by when the handler of a suggestion has to reply.

The Deputies Law counts 3 months from the hand-over, 6 for suggestions that are wide or difficult.
Provinces and cities have rules of their own; the nearest one that held on the day the clock started
holds.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from hub.errors import Code, StopRun
from hub.ids import new_id
from hub.settings import ROOT
from hub.store import Driver
from hub.subjects.suggestions import AssignmentState, HandlingRole, ReplyKind

RULES_FILE = ROOT / "data" / "legal_clocks.yaml"


@dataclass(frozen=True, slots=True)
class LegalClock:
    """How many months a handler has, in a division between two days."""

    division_id: UUID | None
    valid_from: date
    valid_to: date | None
    months: int
    months_difficult: int
    months_again: int
    months_joint: int | None
    basis: str


JOINT, JOINT_OPINION = HandlingRole.JOINT.name, ReplyKind.JOINT_OPINION.name
REHANDLING = AssignmentState.REHANDLING.name
NATIONAL = LegalClock(None, date.min, None, 3, 6, 3, None, "Deputies Law 代表法")


@dataclass(frozen=True, slots=True)
class Due:
    """A day by law: what it counts from, how many months, by which rule."""

    day: date
    start: date
    months: int
    basis: str


class ClockRule(BaseModel):
    """One rule of the file."""

    model_config = ConfigDict(extra="forbid")

    division: str = Field(pattern="^([0-9]{6}|[0-9]{9})$")
    valid_from: date
    valid_to: date | None = None
    months: int = Field(default=NATIONAL.months, ge=1)
    months_difficult: int = Field(default=NATIONAL.months_difficult, ge=1)
    months_again: int = Field(default=NATIONAL.months_again, ge=1)
    months_joint: int | None = Field(default=None, ge=1)
    basis: str


def read_rules(path: Path = RULES_FILE) -> list[ClockRule]:
    """The rules of a file. Raises StopRun(BAD_SETTING) saying what is wrong in it."""
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
        return TypeAdapter(list[ClockRule]).validate_python(given)
    except (OSError, yaml.YAMLError) as error:
        raise StopRun(Code.BAD_SETTING, f"{path.name} cannot be read: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise StopRun(
            Code.BAD_SETTING, f"{path.name}, {where}: {first['msg']}. Correct it and load it again."
        ) from error


DIVISION = "SELECT id FROM division WHERE code = $1 ORDER BY valid_from DESC NULLS LAST LIMIT 1"
STORE = """
INSERT INTO legal_clock (id, division_id, valid_from, valid_to, months, months_difficult,
                         months_again, months_joint, basis)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""


async def store_rules(
    driver: Driver, rules: Sequence[ClockRule], *, only_if_empty: bool = False
) -> None:
    """Let these rules take the place of all earlier ones. Raises StopRun(UNKNOWN_DIVISION)."""
    if only_if_empty and await driver.fetchval("SELECT count(*) FROM legal_clock"):
        return
    rows = []
    for rule in rules:
        division = await driver.fetchval(DIVISION, rule.division)
        if division is None:
            raise StopRun(
                Code.UNKNOWN_DIVISION, f"No division has ever had the code {rule.division}."
            )
        rows.append((new_id(), division, *list(rule.model_dump().values())[1:]))
    await driver.execute("DELETE FROM legal_clock")
    await driver.executemany(STORE, rows)


async def fetch_clocks(driver: Driver) -> list[LegalClock]:
    """The rules that the store holds."""
    rows = await driver.fetch(
        "SELECT division_id, valid_from, valid_to, months, months_difficult, months_again, "
        "months_joint, basis FROM legal_clock"
    )
    return [LegalClock(*row) for row in rows]


def find_due(
    clocks: Sequence[LegalClock], path: Sequence[UUID], stated: Mapping[str, object]
) -> Due | None:
    """The day by law for a hand-over; `path` leads from the root to its division.

    `stated` are the columns of the hand-over, days as ISO text. Handled again, the time counts
    from the new hand-over. None where no day to count from is known, and for a joint handler, who
    owes an opinion and no reply, where no local rule says by when.
    """
    start, is_again = start_of(stated)
    if start is None:
        return None
    clock = nearest(clocks, path, start)
    months = clock.months_again if is_again else months_of(clock, stated)
    return None if months is None else Due(add_months(start, months), start, months, clock.basis)


def start_of(stated: Mapping[str, object]) -> tuple[date | None, bool]:
    """The day that the clock of a hand-over counts from, and whether it is handled again."""
    again, assigned = read_day(stated.get("rehandled_from")), read_day(stated.get("assigned_at"))
    if again is not None:
        return again, True
    if stated.get("state") != REHANDLING:
        return assigned, False
    has_replied = stated.get("replied_at") is not None
    return (None if has_replied else assigned), True


def nearest(clocks: Sequence[LegalClock], path: Sequence[UUID], day: date) -> LegalClock:
    """The rule of the nearest division that held on `day`, else the law of the nation."""
    holding = [
        clock
        for clock in clocks
        if clock.division_id in path
        and clock.valid_from <= day
        and (clock.valid_to is None or day <= clock.valid_to)
    ]
    return max(
        holding,
        key=lambda clock: (path.index(clock.division_id), clock.valid_from),
        default=NATIONAL,
    )


def months_of(clock: LegalClock, stated: Mapping[str, object]) -> int | None:
    """The months of a first handling; None for a joint handler without a rule of its own."""
    if stated.get("role") == JOINT or stated.get("reply_kind") == JOINT_OPINION:
        return clock.months_joint
    is_long = stated.get("is_difficult") or stated.get("extended_to")
    return clock.months_difficult if is_long else clock.months


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def read_day(value: object) -> date | None:
    """A day out of ISO text."""
    return None if value is None else date.fromisoformat(str(value))


def explain(due: Due, stated: Mapping[str, object]) -> str:
    """The day by law in words, and how the source's own day differs from it."""
    counted = f"{due.months} months from {due.start}: {due.day} ({due.basis})."
    source = read_day(stated.get("source_due_date"))
    if source is None:
        return f"{counted} The source states no day."
    return f"{counted} {_difference(due, source, read_day(stated.get('accepted_at')))}"


def _difference(due: Due, source: date, accepted: date | None) -> str:
    days = (source - due.day).days
    if days == 0:
        return "The source states the same day."
    how = f"The source states {source}, {abs(days)} days {'later' if days > 0 else 'earlier'}"
    if accepted is not None and source in (
        add_months(accepted, due.months),
        date.fromordinal(accepted.toordinal() + 30 * due.months),
    ):
        return f"{how}: it counts from the acceptance on {accepted} 自签收之日起算."
    return f"{how}."
