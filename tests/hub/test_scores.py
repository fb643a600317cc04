"""Learning and scores: rules of one congress each, ranks inside it, points within the maximum."""

from __future__ import annotations

from graphql import GraphQLObjectType, get_named_type

from hub.subjects.record_kinds import RecordKind
from resolvers.operations import SCHEMA
from schema.registry import ENTITY
from tests.hub.asking import ask
from tests.hub.pushing import GUANGYUAN, IDS, ZHAOHUA, Hub, codes, deputy

CAPPED = {
    "externalId": "R1",
    "name": "代表履职积分办法",
    "version": "2025",
    "divisionCode": ZHAOHUA,
    "term": 8,
    "maximum": 100,
}
UNCAPPED = CAPPED | {"maximum": None, "divisionCode": GUANGYUAN}
ITEM = {"externalId": "I1", "ruleSet": {"id": "R1"}, "name": "出席会议", "maximum": 20}


def score(external_id: str, mandate: str = "1", **fields: object) -> dict[str, object]:
    """Points of a deputy for item I1; fields override."""
    return {
        "externalId": external_id,
        "ruleSet": {"id": "R1"},
        "rule": {"id": "I1"},
        "deputy": {"id": mandate},
        "period": "2025",
        "quantity": 4,
        "points": 12,
        "scorer": "系统计分",
    } | fields


async def scored(hub: Hub) -> None:
    """Three deputies of the county and, by other rules, one of them in the prefecture."""
    await hub.deputies(
        "county",
        deputy("1", nationalId=IDS[0]),
        deputy("2", name="李芳"),
        deputy("3", name="何平"),
    )
    await hub.deputies("city", deputy("9", nationalId=IDS[0], divisionCode=GUANGYUAN))
    for system, rules in (("county", CAPPED), ("city", UNCAPPED)):
        await hub.push(system, RecordKind.SCORE_RULE_SET, rules)
    await hub.push("county", RecordKind.SCORE_RULE, ITEM, ITEM | {"externalId": "I2"})
    await hub.push("city", RecordKind.SCORE_RULE, ITEM | {"maximum": None})
    await hub.push(
        "county",
        RecordKind.DUTY_SCORE,
        score("1"),
        score("2", rule={"id": "I2"}, points=6.5),
        score("3", "2", points=18.5),
        score("4", "3", points=4),
    )
    await hub.push("city", RecordKind.DUTY_SCORE, score("1", "9", points=118.5))


CARDS = """{
  people(where: { name: { eq: "王小明" } }) { nodes { mandates(orderBy: { level: ASC }) { nodes {
    level
    dutyScores(orderBy: { points: ASC }) { nodes { points pointsOfMaximum } }
    scoreCards { points maximum pointsOfMaximum rank items ruleSet { congress { level } } }
  } } } }
}"""


async def test_points_of_two_congresses_stand_side_by_side_and_are_never_summed(hub: Hub) -> None:
    await scored(hub)
    (person,) = (await ask(hub, CARDS))["people"]["nodes"]
    county, city = person["mandates"]["nodes"]
    if county["level"] != "COUNTY":
        county, city = city, county
    assert county["scoreCards"] == [
        {
            "points": 18.5,
            "maximum": 100,
            "pointsOfMaximum": 18.5,
            "rank": 1,
            "items": 2,
            "ruleSet": {"congress": {"level": "COUNTY"}},
        }
    ]
    assert county["dutyScores"]["nodes"] == [
        {"points": 6.5, "pointsOfMaximum": 32.5},
        {"points": 12, "pointsOfMaximum": 60},
    ]
    (card,) = city["scoreCards"]
    assert (card["points"], card["maximum"], card["pointsOfMaximum"]) == (118.5, None, None)


async def test_the_board_ranks_the_deputies_of_one_congress(hub: Hub) -> None:
    await scored(hub)
    found = await ask(hub, "{ scoreRuleSets(where: { level: { eq: COUNTY } }) { nodes { id } } }")
    (rules,) = found["scoreRuleSets"]["nodes"]
    query = """query Board($rules: ID!) {
      scoreBoard(ruleSet: $rules, period: "2025") { rank points deputy { person { name } } }
    }"""
    board = (await ask(hub, query, {"rules": rules["id"]}))["scoreBoard"]
    assert sorted((card["rank"], card["points"]) for card in board) == [
        (1, 18.5),
        (1, 18.5),
        (3, 4),
    ]


async def test_points_over_the_maximum_of_their_item_are_refused_in_either_order(hub: Hub) -> None:
    await hub.push("county", RecordKind.SCORE_RULE_SET, CAPPED)
    await hub.push("county", RecordKind.SCORE_RULE, ITEM)
    over = await hub.push("county", RecordKind.DUTY_SCORE, score("1", points=20.5))
    assert codes(over) == [[("points", "OUT_OF_RANGE")]]
    early = score("2", points=30, rule={"id": "I9"})
    assert codes(await hub.push("county", RecordKind.DUTY_SCORE, early)) == [[]]
    await hub.push("county", RecordKind.SCORE_RULE, ITEM | {"externalId": "I9"})
    assert await hub.rows("SELECT count(*) FROM duty_score") == [(0,)]
    refused = "SELECT row_key FROM quarantine WHERE resolved_at IS NULL ORDER BY row_key"
    assert await hub.rows(refused) == [("1",), ("2",)]


async def test_what_a_deputy_learned_belongs_to_the_mandate_and_its_division(hub: Hub) -> None:
    learned = {
        "externalId": "L1",
        "course": {"id": "C1", "system": "province"},
        "deputy": {"id": "1"},
        "progress": 100,
        "finishedAt": "2026-04-02",
    }
    await hub.push("county", RecordKind.LEARNING_RECORD, learned)
    await hub.deputies("county", deputy("1"))
    course = {"externalId": "C1", "divisionCode": "510000", "title": "代表法解读", "kind": "讲座"}
    await hub.push("province", RecordKind.COURSE, course | {"requiredFor": "县级"})
    query = """{ deputies { nodes { learningRecords { nodes {
      progress division { code } course { title kind requiredFor division { code } }
    } } } } }"""
    (found,) = (await ask(hub, query))["deputies"]["nodes"]
    assert found["learningRecords"]["nodes"] == [
        {
            "progress": 100,
            "division": {"code": ZHAOHUA},
            "course": {
                "title": "代表法解读",
                "kind": "LECTURE",
                "requiredFor": "COUNTY",
                "division": {"code": "510000"},
            },
        }
    ]
    answer = await hub.push("county", RecordKind.LEARNING_RECORD, learned | {"progress": 101})
    assert codes(answer) == [[("progress", "OUT_OF_RANGE")]]


def test_cards_and_lists_of_points_are_of_one_rule_set_or_one_mandate_but_for_the_root() -> None:
    kinds = ("DutyScoreConnection", "ScoreCard")
    leading = {
        f"{kind.name}.{name}"
        for kind in SCHEMA._schema.type_map.values()
        if isinstance(kind, GraphQLObjectType)
        for name, field in kind.fields.items()
        if get_named_type(field.type).name in kinds
    }
    assert leading == {
        "Query.dutyScores",
        "Query.scoreBoard",
        "ScoreRuleSet.scores",
        "ScoreRule.scores",
        "Deputy.dutyScores",
        "Deputy.scoreCards",
    }


def test_points_come_to_something_inside_one_rule_set_only() -> None:
    measured = ENTITY["DutyScore"].measured
    assert {value.within for value in measured.values()} == {"rule_set_id"}
