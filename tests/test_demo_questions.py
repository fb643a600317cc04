"""The twelve questions of the field as saved queries, each with its answer on the demonstration."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from demo.duties import RECEPTION
from demo.facts import Mandate
from demo.handling import Handover
from demo.history import make_world
from demo.systems import (
    danleng_board,
    danleng_motions,
    deyang_duties,
    guanghan_duties,
    platform,
    suggestions,
)
from demo.world import World
from hub.divisions.legal_clocks import add_months
from hub.subjects.supervision import SupervisionAspect
from tests.running_demo import Demo

FOUND_IN_ONE = 1
"""The one problem found in a single project, or in a single suggestion, which is put right."""
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()


@pytest.fixture(scope="module")
def world() -> World:
    """What the systems of the demonstration know parts of."""
    return make_world()


def names(mandates: Iterable[Mandate]) -> Counter[str]:
    """The names of those in office."""
    return Counter(item.person.name for item in mandates if item.status == "ACTIVE")


def shown(connection: dict[str, list[dict[str, dict[str, str]]]]) -> Counter[str]:
    """The names in a connection of deputies."""
    return Counter(node["person"]["name"] for node in connection["nodes"])


def test_one_person_shows_all_mandates_and_what_is_open_near_home(demo: Demo, world: World) -> None:
    (person,) = demo.question("q01-one-person-over-the-levels")["people"]["nodes"]
    held = [item for item in world.mandates if item.person.name == person["name"]]
    stated = {(it["level"], it["term"], it["status"]) for it in person["mandates"]["nodes"]}
    assert stated == {(it.level, it.congress.term, it.status) for it in held}
    assert {"PROVINCE", "PREFECTURE", "COUNTY", "TOWNSHIP"} <= {level for level, *_ in stated}
    (home,) = person["home"]["nodes"]
    near = home["division"]["stationsNear"]
    (town,) = {it.congress.code for it in held if it.level == "TOWNSHIP"}
    assert [it["kilometres"] for it in near] == sorted(it["kilometres"] for it in near)
    stations = {it.name: it.number for it in world.places_of("STATION", town)}
    assert {it["station"]["name"] for it in near} == stations.keys()
    opinions = guanghan_duties.tables(world)["lz_yijian"]
    for it in near:
        here = [row for row in opinions if row["zhan_id"] == stations[it["station"]["name"]]]
        still_open = sum(row["zt"] in (1, 2, 3) for row in here)
        assert it["station"]["opinions"]["totalCount"] == still_open
    assert any(it["station"]["opinions"]["nodes"] for it in near)


def test_a_villager_finds_deputies_of_all_levels_and_the_next_reception(
    demo: Demo, world: World
) -> None:
    answer = demo.question("q02-who-can-i-speak-to", first=100)
    assert (answer["division"]["name"], answer["division"]["level"]) == ("新民村", "VILLAGE")
    place = answer["division"]["town"]
    (own,) = [
        it for it in world.places_of("STATION", "510811108") if it.village_code == "510811108203"
    ]
    assert [it["name"] for it in answer["division"]["own"]["nodes"]] == [own.name]
    posted = {it.mandate.person.name for it in own.members if it.mandate.status == "ACTIVE"}
    assert {*shown(answer["division"]["ownDeputies"])} == posted
    held = world.choose(lambda item: item.congress.end is None, "51")
    units = {
        "province": ("PROVINCE", "广元市人民代表大会"),
        "prefecture": ("PREFECTURE", "昭化区人民代表大会"),
        "county": ("COUNTY", "昭化镇第"),
        "township": ("TOWNSHIP", "昭化镇第"),
    }
    for name, (level, unit) in units.items():
        expected = [
            item
            for item in held
            if item.level == level
            and item.unit.startswith(unit)
            and item.congress.code in ("510000", "510800", "510811", "510811108")
        ]
        assert expected
        assert shown(place[name]) == names(expected), name
    stations = place["stations"]["nodes"]
    assert {it["name"] for it in stations} == {
        it.name for it in world.places_of("STATION", "510811108")
    }
    for it in stations:
        assert TODAY.isoformat() <= it["nextReception"]
        assert date.fromisoformat(it["nextReception"]) < TODAY + timedelta(days=62)
    assert not re.search(r"125\d{8}", json.dumps(answer))


def test_the_chain_check_finds_the_deputy_of_two_counties(demo: Demo) -> None:
    (found,) = demo.question("q03-chain-check")["chainBreaks"]
    assert found["person"]["name"] == "秦望舒"
    mandates = (found["first"], found["second"])
    assert {mandate["division"]["code"] for mandate in mandates} == {"510704", "511424"}
    assert {each["system"]["code"] for item in mandates for each in item["sourceRecords"]} == {
        "youxian-deputies",
        "danleng-deputies",
    }


def test_what_guanghan_and_deyang_both_counted_is_proposed_once(demo: Demo, world: World) -> None:
    members = {item.person.number for item in deyang_duties.in_office(world)}
    expected = {
        (item.title, item.day.isoformat(), mandate.person.name)
        for item in guanghan_duties.activities(world)[deyang_duties.NAMED : deyang_duties.SHARED]
        for mandate in item.people
        if mandate.person.number in members
    }
    entries = demo.question("q04-double-entries")["doubleEntries"]
    found = {(item["title"], item["heldOn"], item["person"]["name"]) for item in entries}
    assert found == expected
    assert len(entries) == len(expected)
    for item in entries:
        levels = {item[side]["deputy"]["level"] for side in ("first", "second")}
        assert levels == {"COUNTY", "PREFECTURE"}


def test_zhaohua_has_thirty_projects_of_three_levels(demo: Demo) -> None:
    projects = demo.question("q07-projects-of-three-levels")["projects"]
    assert projects["totalCount"] == 30
    levels = Counter(item["level"] for item in projects["nodes"])
    assert levels == {"PROVINCE": 8, "PREFECTURE": 10, "COUNTY": 12}
    for item in projects["nodes"]:
        if item["level"] == "PREFECTURE":
            (line,) = item["ballotLines"]["nodes"]
            (whole,) = line["ballot"]["evaluations"]["nodes"]
            assert whole == {"satisfied": 300, "basicallySatisfied": 15, "notSatisfied": 1}
            assert item["evaluations"]["nodes"] == []


def test_the_composition_counts_persons_and_mandates_apart(demo: Demo) -> None:
    rows = demo.question("q12-composition")["composition"]
    active = """{
      deputies(where: { status: { eq: ACTIVE }, division: { within: "510000" } }) { totalCount }
    }"""
    there_are = demo.ask(active)["deputies"]["totalCount"]
    together = [row for row in rows if row["level"] is None]
    assert sum(row["mandates"] for row in together) == there_are
    assert sum(row["mandates"] for row in rows if row["level"]) == there_are
    assert any(row["mandates"] > row["people"] for row in together)
    for row in rows:
        for group in ("women", "minorities", "grassroots"):
            assert row[group] is None or row[group] == 0 or row[group] >= 5
            assert (row[f"{group}Share"] is None) == (row[group] is None)


def owed(handovers: Iterable[Handover]) -> dict[str, date]:
    """The hand-overs that owe a reply, which no joint handler does, and their days by law."""
    return {
        f"{it.number}": add_months(it.assigned, 6 if it.is_difficult else 3)
        for it in handovers
        if it.replied is None and it.role != "JOINT"
    }


def test_what_is_overdue_by_law_stands_beside_the_sources_own_day(demo: Demo, world: World) -> None:
    found = demo.question("q05-overdue-by-law", first=100)["assignments"]
    province, danleng = (
        [(item, each) for item in made for each in item.handovers]
        for made in (suggestions.made(world), platform.own_suggestions(world))
    )
    days = {
        (place, written.format(item.number), each.handler): due
        for place, written, rows in (
            ("四川省", "第{:03}号", province),
            ("丹棱县", "{}", danleng),
        )
        for item, each in rows
        for due in owed([each]).values()
        if due <= TODAY + timedelta(days=14)
    }
    assert found["totalCount"] == len(days)
    for it in found["nodes"]:
        about = it["suggestion"]
        due = days[about["division"]["name"], about["number"], it["handler"]["name"]]
        assert it["legalDueDate"] == due.isoformat()
        assert it["isOverdue"] == (due < TODAY)
        assert it["dueIn"] == (due - TODAY).days
        if about["division"]["name"] == "丹棱县":
            assert it["dueDateDifference"] > 0
            assert "it counts from the acceptance" in it["dueDateExplanation"]


def test_an_opinion_is_followed_over_three_levels_to_a_project(demo: Demo) -> None:
    (town,) = demo.question("q06-where-opinions-go")["opinions"]["nodes"]
    county = town["escalatedTo"]
    suggestion = county["convertedTo"]
    (project,) = suggestion["projects"]["nodes"]
    levels = (town["level"], county["level"], suggestion["level"], project["level"])
    assert levels == ("TOWNSHIP", "COUNTY", "PROVINCE", "TOWNSHIP")
    assert suggestion["title"] == "关于支持丹棱橘橙产区机耕道硬化的建议"
    assert project["title"].endswith(platform.ROAD)
    ((back,),) = ([it["escalatedFrom"]["nodes"] for it in suggestion["opinions"]["nodes"]],)
    assert back == [{"checkedText": town["checkedText"]}]


def test_the_board_shows_danlengs_five_aspects_and_the_problems_behind_them(
    demo: Demo, world: World
) -> None:
    answer = demo.question("q08-five-aspect-board")
    board = {row.pop("aspect"): row for row in answer["supervisionBoard"]}
    assert list(board) == [aspect.name for aspect in SupervisionAspect]
    total = danleng_board.budget()[0]
    problems = platform.tables(world)["problems"]
    money = board["BUDGET_EXECUTION"]
    assert (money["numerator"], money["denominator"]) == (total["done"], total["adjusted"])
    for aspect, number in danleng_board.NUMBERS.items():
        rows = [row for row in problems if row["aspect"] == number]
        late = [row for row in rows if not row["strikeTime"] and is_past(row["deadline"])]
        done = sum(bool(row["strikeTime"]) for row in rows)
        counts = {"total": len(rows), "done": done, "overdue": len(late)}
        shown = board[("BUDGET_EXECUTION", "STATE_ASSETS", "AUDIT_RECTIFICATION")[number - 1]]
        assert {name: shown[name] for name in counts} == counts, aspect
    assert answer["boardProblems"]
    opened = Counter(row["aspect"] for row in answer["boardProblems"])
    assert opened == Counter({name: row["overdue"] for name, row in board.items()})
    (rate,) = answer["budgetExecution"]
    assert (rate["book"], rate["side"], rate["lines"]) == ("GENERAL", "EXPENDITURE", 1)
    assert (rate["numerator"], rate["denominator"]) == (total["done"], total["adjusted"])
    works = [row for row in platform.tables(world)["projects"] if row["year"] == 2025]
    chosen = [row for row in works if row["status"] != 4]
    assert board["LIVELIHOOD_PROJECT"]["total"] == len(chosen) + FOUND_IN_ONE
    handed = [
        it
        for item in platform.own_suggestions(world)
        for it in item.handovers
        if it.role != "JOINT" and it.assigned.year == 2025
    ]
    replied = sum(it.replied is not None for it in handed)
    assert board["SUGGESTION_HANDLING"] == {
        "total": len(handed) + FOUND_IN_ONE,
        "done": replied + FOUND_IN_ONE,
        "overdue": sum(due < TODAY for due in owed(handed).values()),
        "numerator": replied + FOUND_IN_ONE,
        "denominator": len(handed) + FOUND_IN_ONE,
        "rate": round((replied + FOUND_IN_ONE) * 1000 / (len(handed) + FOUND_IN_ONE)) / 10,
        **{"undated": 0, "unknown": 0, "waiting": 0, "book": None, "side": None},
    }


def is_past(day: object) -> bool:
    """Whether a day lies before today."""
    return str(day) < TODAY.isoformat()


def test_the_load_of_stations_adds_up_and_merged_towns_count_for_their_successor(
    demo: Demo, world: World
) -> None:
    answer = demo.question("q09-station-load")
    stations, divisions = answer["stationLoad"], answer["divisionLoad"]
    receptions = [it for it in guanghan_duties.activities(world) if it.kind == RECEPTION]
    for rows in (stations, divisions):
        assert sum(row["opinions"] for row in rows) == guanghan_duties.OPINIONS
        assert sum(row["receptions"] for row in rows) == len(receptions)
        for row in rows:
            assert row["closed"] <= row["opinions"]
            assert (row["medianDays"] is None) == (row["closed"] == 0)
    assert sum(row["stations"] for row in divisions) == len(stations)
    (merged,) = [row for row in divisions if row["division"]["name"] == "雒城街道"]
    parts = [row for row in stations if row["division"]["name"] in ("雒城街道", "雒城镇")]
    assert {row["division"]["name"] for row in parts} == {"雒城街道", "雒城镇"}
    assert merged["stations"] == len(parts)
    assert merged["opinions"] == sum(row["opinions"] for row in parts)
    assert merged["closed"] == sum(row["closed"] for row in parts)


def test_a_merged_town_shows_its_mandates_and_suggestions_then_and_now(
    demo: Demo, world: World
) -> None:
    then = demo.question("q10-before-and-after-the-merger")["division"]
    assert then["name"] == "青牛乡"
    assert [it["name"] for it in then["current"]] == ["虎跳镇", "青牛镇"]
    now = then["current"][0]
    former = world.former("510811205")
    assert (then["ended"]["totalCount"], then["inOffice"]["totalCount"]) == (len(former), 0)
    assert then["onTheDay"] == {"totalCount": 26, "undatedCount": 0}
    in_office = names(world.in_congress(world.congress("510811106"))).total()
    assert now["inOffice"]["totalCount"] == in_office
    leads = [it["leadDeputy"] for it in then["suggestions"]["nodes"]]
    assert [it["person"]["name"] for it in leads] == [it.person.name for it in former[:5]]
    assert {it["statusReason"] for it in leads} == {"DIVISION_ABOLISHED"}
    assert now["suggestions"]["totalCount"] == 3


def test_a_source_says_what_it_knows_and_what_lost(demo: Demo) -> None:
    answer = demo.question("q11-what-does-a-source-know")
    system = answer["system"]
    places = demo.question("q11-what-does-a-source-know", system="zhaohua-homes")["system"]
    kinds = ("homes", "stations", "groups", "deputies")
    assert [places[kind]["totalCount"] for kind in kinds] == [12, 40, 0, 0]
    assert [system[kind]["totalCount"] for kind in kinds] == [0, 0, 5, 1091]
    ((refused,),) = ([row["errors"] for row in system["quarantine"]["nodes"]],)
    assert {it["code"] for it in refused} == {"UNKNOWN_CODE"}
    assert system["freshness"] >= 0
    (mandate,) = answer["deputies"]["nodes"]
    (status,) = [it for it in mandate["provenance"] if it["field"] == "status"]
    assert (status["value"], status["system"]["code"]) == ("TERMINATED", "guangyuan-deputies")
    assert status["others"] == [{"value": "ACTIVE", "system": {"code": "zhaohua-deputies"}}]


def test_zhaohua_is_shown_together_and_linked_by_one_query(demo: Demo, world: World) -> None:
    found = demo.question("q13-zhaohua-in-one-query")
    local = {it.person.number for it in world.held("COUNTY", "510811")}
    for name, level in (("province", "PROVINCE"), ("city", "PREFECTURE")):
        above = [
            it for it in world.held(level) if it.person.number in local and it.status == "ACTIVE"
        ]
        assert found[name]["totalCount"] == len(above), name
    assert found["county"]["totalCount"] > 150
    totals = {
        name: found[name]["totalCount"] for name in ("homes", "offSite", "groups", "projects")
    }
    assert totals == {"homes": 12, "offSite": 4, "groups": 5, "projects": 30}
    for group in found["groups"]["nodes"]:
        committee = group["congress"]["standingCommittee"]
        assert committee["chair"]["person"]["name"]
        assert committee["members"]["totalCount"] > 20
    for project in found["projects"]["nodes"]:
        assert len(project["supervisors"]["nodes"]) == 2
    for name in ("province", "city", "county"):
        nodes = found[name]["nodes"]
        assert any(it["stations"]["nodes"] for it in nodes), name
        assert all(len(it["person"]["mandates"]["nodes"]) > 1 for it in nodes) or name == "county"


def test_the_museums_new_hall_is_followed_from_link_to_link(demo: Demo) -> None:
    found = demo.ask(
        """{ supervisionItems(where: { form: { eq: SPECIAL_SUPERVISION } }) { nodes {
          title congress { name } members { totalCount }
          stages(orderBy: { plannedOn: ASC }) { nodes { kind reachedOn } }
          findings { nodes { title state } }
        } } }"""
    )
    (item,) = found["supervisionItems"]["nodes"]
    assert item["title"] == "三星堆博物馆新馆建设专项监督"
    assert item["members"]["totalCount"] == 6
    stages = item["stages"]["nodes"]
    assert (stages[0]["kind"], stages[-1]["kind"]) == ("PLAN", "EVALUATION")
    assert len(stages) == 10
    assert len(item["findings"]["nodes"]) == 4


def test_motions_show_whether_enough_deputies_propose_them_and_what_became_of_them(
    demo: Demo, world: World
) -> None:
    rows = danleng_motions.tables(world)["motions"]
    signers = [str(row["signers"]) for row in rows]
    named = [
        row["signCount"] if each == "" else each.count(",") + 2
        for row, each in zip(rows, signers, strict=True)
    ]
    titles: dict[object, str] = {
        item.number: item.title for item in platform.own_suggestions(world)
    }
    expected = Counter(
        (row["title"], number, titles.get(row["suggestionId"]), row["reportTime"])
        for row, number in zip(rows, named, strict=True)
    )
    answer = demo.question("q14-motions-and-what-became-of-them", first=100)["motions"]
    nodes = answer["nodes"]
    assert answer["totalCount"] == len(rows)
    assert expected == Counter(
        (it["title"], it["proposers"], (it["suggestion"] or {}).get("title"), it["reportedAt"])
        for it in nodes
    )
    for it in nodes:
        if it["suggestion"]:
            assert it["suggestion"]["motion"] == {"title": it["title"]}
        if it["proposers"] and not it["isLate"]:
            assert it["coSigners"]["totalCount"] == it["proposers"] - 1
    few = {(it["congress"]["name"], it["proposers"], it["proposersRequired"]) for it in nodes
           if it["hasEnoughProposers"] is False}  # fmt: skip
    assert few == {
        ("丹棱县第十九届人民代表大会", danleng_motions.TOO_FEW, 10),
        ("丹棱县顺龙乡第二十届人民代表大会", danleng_motions.TOO_FEW_IN_TOWN, 5),
    }
    organs = {it["proposer"] for it in nodes if it["proposersRequired"] is None}
    assert organs == {"GOVERNMENT", "STANDING_COMMITTEE", "SPECIAL_COMMITTEE", "PRESIDIUM"}


def test_danlengs_towns_and_villages_are_covered_and_an_invented_one_is_an_error(
    demo: Demo, world: World
) -> None:
    towns, villages = demo.question("q15-coverage-of-villages")["placeCoverage"]
    stations = world.places_of("STATION", "511424")
    assert villages["total"] == villages["covered"] == len({it.village_code for it in stations})
    assert (villages["share"], villages["missing"]) == (100, [])
    assert (towns["total"], towns["covered"], towns["missing"]) == (5, 5, [])
    unknown = """{ division(code: "510811108299") { name } }"""
    answer = demo.errors(unknown)
    assert [it["extensions"]["reason"] for it in answer] == ["UNKNOWN_DIVISION"]
