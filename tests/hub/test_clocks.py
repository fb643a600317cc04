"""Legal clocks: the day by law beside the source's own, by division and date."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from hub.divisions.legal_clocks import (
    ClockRule,
    LegalClock,
    add_months,
    explain,
    find_due,
    read_rules,
    store_rules,
)
from hub.errors import StopRun
from hub.intake.legal_days import reckon_again
from hub.subjects.record_kinds import RecordKind
from tests.hub.pushing import Hub
from tests.hub.test_suggestions import handover, suggestion

PROVINCE, COUNTY, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
DUE = "SELECT legal_due_date, due_date_explanation FROM assignment"


def clock(division: UUID, months: int, until: date | None = None) -> LegalClock:
    """A rule from 2024 on; a joint handler has a month."""
    return LegalClock(division, date(2024, 1, 1), until, months, 5, 2, 1, "R")


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2025, 1, 15), 12, date(2026, 1, 15)),
    ],
)
def test_months_end_with_the_month(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then


@pytest.mark.parametrize(
    ("stated", "then"),
    [
        ({}, date(2026, 4, 1)),
        ({"is_difficult": True}, date(2026, 7, 1)),
        ({"extended_to": "2026-05-01"}, date(2026, 7, 1)),
        ({"rehandled_from": "2026-05-10"}, date(2026, 8, 10)),
    ],
)
def test_the_law_counts_from_the_hand_over(stated: dict[str, object], then: date) -> None:
    due = find_due([], (), {"assigned_at": "2026-01-01", **stated})
    assert due is not None
    assert (due.day, due.basis) == (then, "Deputies Law 代表法")


def test_the_nearest_rule_of_the_day_holds() -> None:
    rules = [
        clock(PROVINCE, 2),
        clock(COUNTY, 1, date(2025, 6, 30)),
        clock(OTHER, 9),
    ]
    path = (PROVINCE, COUNTY)

    def months(day: str, role: str = "LEAD") -> int:
        due = find_due(rules, path, {"assigned_at": day, "role": role})
        assert due is not None
        return due.months

    assert [months(day) for day in ("2023-05-01", "2025-05-01", "2025-07-01")] == [3, 1, 2]
    assert months("2025-07-01", "JOINT") == 1


@pytest.mark.parametrize(
    ("day", "months"),
    [("2023-12-31", 3), ("2024-01-01", 1), ("2025-06-30", 1), ("2025-07-01", 3)],
)
def test_a_rule_holds_from_its_first_day_to_its_last(day: str, months: int) -> None:
    due = find_due([clock(COUNTY, 1, date(2025, 6, 30))], (PROVINCE, COUNTY), {"assigned_at": day})
    assert due is not None
    assert (due.months, due.basis) == (months, "R" if months == 1 else "Deputies Law 代表法")


def test_of_two_rules_of_one_division_the_later_one_holds() -> None:
    rules = [
        LegalClock(COUNTY, date(2024, 1, 1), None, 1, 5, 2, 1, "earlier"),
        LegalClock(COUNTY, date(2025, 1, 1), None, 2, 5, 2, 1, "later"),
    ]
    for given in (rules, rules[::-1]):
        due = find_due(given, (COUNTY,), {"assigned_at": "2025-01-01"})
        assert due is not None
        assert due.basis == "later"


@pytest.mark.parametrize(
    ("stated", "months", "start"),
    [
        ({}, 4, "2025-01-01"),
        ({"is_difficult": True}, 5, "2025-01-01"),
        ({"rehandled_from": "2025-07-01"}, 2, "2025-07-01"),
        ({"rehandled_from": "2025-07-01", "is_difficult": True}, 2, "2025-07-01"),
        ({"state": "REHANDLING"}, 2, "2025-01-01"),
    ],
)
def test_handled_again_the_months_of_handling_again_count(
    stated: dict[str, object], months: int, start: str
) -> None:
    due = find_due([clock(COUNTY, 4)], (COUNTY,), {"assigned_at": "2025-01-01", **stated})
    assert due is not None
    assert (due.months, due.start.isoformat()) == (months, start)


@pytest.mark.parametrize(("role", "months"), [("JOINT", 1), ("LEAD", 2), ("SEPARATE", 2)])
def test_a_joint_handler_has_a_day_only_where_a_rule_states_one(role: str, months: int) -> None:
    stated = {"assigned_at": "2025-01-01", "role": role}
    due = find_due([clock(COUNTY, 2)], (COUNTY,), stated)
    assert due is not None
    assert due.months == months
    assert (find_due([], (), stated) is None) == (role == "JOINT")


def test_a_clock_that_starts_with_the_acceptance_is_explained() -> None:
    stated = {
        "assigned_at": "2026-02-01",
        "accepted_at": "2026-02-11",
        "source_due_date": "2026-05-11",
    }
    due = find_due([], (), stated)
    assert due is not None
    assert explain(due, stated) == (
        "3 months from 2026-02-01: 2026-05-01 (Deputies Law 代表法). The source states "
        "2026-05-11, 10 days later: it counts from the acceptance on 2026-02-11 自签收之日起算."
    )


async def test_new_rules_move_the_days_of_hand_overs_that_are_stored(hub: Hub) -> None:
    await hub.push("county", RecordKind.SUGGESTION, suggestion("S1"))
    await hub.push("county", RecordKind.ASSIGNMENT, handover("A1"))
    assert await hub.rows(DUE.replace(", due_date_explanation", "")) == [(date(2026, 5, 1),)]
    rule = ClockRule(division="510800", valid_from=date(2020, 1, 1), months=2, basis="市规定")
    async with hub.database.transaction() as driver:
        await store_rules(driver, [rule])
        assert await reckon_again(driver, hub.divisions) == 1
    explained = "2 months from 2026-02-01: 2026-04-01 (市规定). The source states no day."
    assert await hub.rows(DUE) == [(date(2026, 4, 1), explained)]
    changed = "SELECT before, after FROM change WHERE entity_type = 'assignment' ORDER BY sequence"
    assert (await hub.rows(changed))[-1][1]["legal_due_date"] == "2026-04-01"


def test_the_rules_of_the_house_are_sound_and_a_bad_file_is_refused(tmp_path: Path) -> None:
    assert [rule.division for rule in read_rules()] == ["510000"]
    bad = tmp_path / "rules.yaml"
    bad.write_text('- {division: "510000", valid_from: 2024-01-01, months: 0, basis: x}')
    with pytest.raises(StopRun, match=r"rules.yaml, 0.months: .*greater than or equal to 1"):
        read_rules(bad)
