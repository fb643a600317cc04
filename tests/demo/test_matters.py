"""What congresses run in the demonstration: the cases that a hub gets wrong."""

from __future__ import annotations

from datetime import date

from hub.clocks import find_due
from hub.enums import RecordKind
from hub.intake.batch import Record
from hub.records import snake
from tests.demo.conftest import Reading

PROVINCE, DANLENG = "sichuan-suggestions", "danleng-platform"


def found(reading: Reading, system: str, kind: RecordKind, key: str) -> Record:
    return next(item for item in reading.of(system, kind) if item.external_id == key)


def test_the_letter_c_means_what_its_system_says(reading: Reading) -> None:
    def meant(system: str) -> set[object]:
        handovers = reading.of(system, RecordKind.ASSIGNMENT)
        return {i.fields["result"] for i in handovers if i.fields.get("sourceResult") == "C"}

    assert meant(PROVINCE) == {"FOR_REFERENCE"}
    assert meant(DANLENG) == {"NOT_FEASIBLE_NOW"}


def test_due_dates_count_from_the_hand_over_in_one_system_only(reading: Reading) -> None:
    def differing(system: str) -> int:
        count = 0
        for item in reading.of(system, RecordKind.ASSIGNMENT):
            stated = {snake(name): value for name, value in item.fields.items()}
            due = find_due([], (), stated)
            assert due is not None
            count += due.day != date.fromisoformat(str(stated["source_due_date"]))
        return count

    assert differing(PROVINCE) == 1
    assert differing(DANLENG) == len(reading.of(DANLENG, RecordKind.ASSIGNMENT))


def test_some_joint_handlers_ask_to_give_a_suggestion_back(reading: Reading) -> None:
    for system in (PROVINCE, DANLENG):
        asked = [
            item
            for item in reading.of(system, RecordKind.ASSIGNMENT)
            if "returnRequestedAt" in item.fields
        ]
        assert asked
        assert {item.fields["role"] for item in asked} == {"JOINT"}


def test_delegations_lead_some_suggestions(reading: Reading) -> None:
    for system in (PROVINCE, DANLENG):
        led = [
            item
            for item in reading.of(system, RecordKind.SUGGESTION)
            if "leadDeputy" not in item.fields
        ]
        assert led
        assert all(item.fields["delegation"] for item in led)


def test_a_quarter_of_the_replies_is_not_judged(reading: Reading) -> None:
    replied = [
        item for item in reading.of(PROVINCE, RecordKind.ASSIGNMENT) if "repliedAt" in item.fields
    ]
    missing = sum("evaluatedAt" not in item.fields for item in replied)
    assert 0.22 < missing / len(replied) < 0.32


def test_an_opinion_leads_over_three_levels_to_a_project(reading: Reading) -> None:
    town = found(reading, DANLENG, RecordKind.PUBLIC_OPINION, "7")
    county = found(reading, DANLENG, RecordKind.PUBLIC_OPINION, "9001")
    (project,) = [
        item
        for item in reading.of(DANLENG, RecordKind.LIVELIHOOD_PROJECT)
        if "suggestion" in item.fields
    ]
    assert town.fields["escalatedTo"] == ["9001"]
    assert county.fields["convertedTo"] == project.fields["suggestion"]
    assert project.fields["suggestion"] == ["sichuan-suggestions:J861"]
    assert (town.resolved["level"], county.resolved["level"]) == ("TOWNSHIP", "COUNTY")


def test_the_county_judges_its_list_and_the_towns_each_project(reading: Reading) -> None:
    judged = reading.of(DANLENG, RecordKind.PROJECT_EVALUATION)
    as_a_whole = [item for item in judged if "ballot" in item.fields]
    assert [item.resolved["level"] for item in as_a_whole] == ["COUNTY"]
    assert {i.resolved["level"] for i in judged if "project" in i.fields} == {"TOWNSHIP"}
