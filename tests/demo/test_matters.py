"""What congresses run in the demonstration: the cases that a hub gets wrong."""

from __future__ import annotations

from collections import Counter
from datetime import date

from demo.history import make_world
from demo.systems import platform
from hub.divisions.legal_clocks import find_due
from hub.intake.batch import Record
from hub.subjects.kinds import snake
from hub.subjects.record_kinds import RecordKind
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
            if stated["role"] == "JOINT":
                assert due is None  # the clock belongs to who owes the reply
                continue
            assert due is not None
            count += due.day != date.fromisoformat(str(stated["source_due_date"]))
        return count

    assert differing(PROVINCE) == 1
    owing = [
        it for it in reading.of(DANLENG, RecordKind.ASSIGNMENT) if it.fields["role"] != "JOINT"
    ]
    assert differing(DANLENG) == len(owing) > 0


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


def test_comma_lists_of_co_signers_have_empty_parts_and_lead_to_deputies(
    reading: Reading,
) -> None:
    rows = platform.tables(make_world())["suggestions"]
    stated = {str(row["id"]): str(row["signers"]) for row in rows}
    assert any(",," in signers for signers in stated.values())
    for item in reading.of(DANLENG, RecordKind.SUGGESTION):
        named = [part for part in stated[item.external_id].split(",") if part]
        signed = [it.external_id for it in item.references if it.name == "coSigners"]
        assert signed == named
    known = {item.external_id for item in reading.deputies("danleng-deputies")}
    assert {part for signers in stated.values() for part in signers.split(",")} - known == {""}


def test_points_with_and_without_a_ceiling_stand_side_by_side(reading: Reading) -> None:
    (capped,) = reading.of("guanghan-duties", RecordKind.SCORE_RULE_SET)
    (open_ended,) = reading.of("deyang-deputies", RecordKind.SCORE_RULE_SET)
    assert capped.fields["maximum"] == 100
    assert "maximum" not in open_ended.fields
    tokens = {
        system: {
            item.id_token
            for item in reading.deputies(register)
            if item.external_id in scored(reading, system)
        }
        - {None}
        for system, register in (
            ("guanghan-duties", "guanghan-deputies"),
            ("deyang-deputies", "deyang-deputies"),
        )
    }
    assert tokens["guanghan-duties"] & tokens["deyang-deputies"]


def scored(reading: Reading, system: str) -> set[str]:
    """The mandates that a system scored, by their ids in its register."""
    return {
        stated.external_id
        for item in reading.of(system, RecordKind.DUTY_SCORE)
        for stated in item.references
        if stated.name == "deputy"
    }


def test_one_list_of_projects_is_judged_as_a_whole_only(reading: Reading) -> None:
    judged = reading.of("zhaohua-projects", RecordKind.PROJECT_EVALUATION)
    city = [item for item in judged if item.resolved["level"] == "PREFECTURE"]
    assert [sorted(item.fields.keys() & {"ballot", "project"}) for item in city] == [["ballot"]]
    district = [item for item in judged if item.resolved["level"] == "COUNTY"]
    assert district
    assert all("project" in item.fields for item in district)


def test_three_off_site_stations_lie_outside_the_province(reading: Reading) -> None:
    places = [
        str(item.fields["locatedInCode"])
        for item in reading.of("zhaohua-homes", RecordKind.STATION)
        if item.resolved["is_off_site"]
    ]
    assert sum(not code.startswith("51") for code in places) == 3


def test_the_museums_new_hall_is_supervised_from_link_to_link(reading: Reading) -> None:
    (item,) = reading.of("guanghan-duties", RecordKind.SUPERVISION_ITEM)
    assert item.fields["form"] == "SPECIAL_SUPERVISION"
    assert str(item.fields["title"]).startswith("三星堆博物馆新馆")
    stages = reading.of("guanghan-duties", RecordKind.SUPERVISION_STAGE)
    assert [stage.fields["kind"] for stage in stages] == [
        "PLAN",
        "NOTICE",
        "SITE_VISIT",
        "SITE_VISIT",
        "REPORT",
        "DELIBERATION",
        "OPINIONS_SENT",
        "RECTIFICATION",
        "ACCEPTANCE",
        "EVALUATION",
    ]
    states = Counter(
        finding.fields["state"]
        for finding in reading.of("guanghan-duties", RecordKind.SUPERVISION_FINDING)
    )
    assert states == {"STRUCK_OFF": 3, "RECTIFYING": 1}


def test_the_systems_hold_more_than_twenty_thousand_records(reading: Reading) -> None:
    assert sum(map(len, reading.records.values())) > 20_000


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
