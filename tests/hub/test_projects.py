"""Opinions and livelihood projects: links over levels, and rules between two records."""

from __future__ import annotations

from hub.subjects.record_kinds import RecordKind
from tests.hub.asking import ask
from tests.hub.pushing import GUANGYUAN, YUANBA, ZHAOHUA, Hub, codes
from tests.hub.test_suggestions import suggestion

WALK = """
SELECT o.checked_text, up.checked_text, s.title, p.title FROM public_opinion o
JOIN public_opinion up ON up.id = o.escalated_to_id
LEFT JOIN suggestion s ON s.id = up.converted_to_id
LEFT JOIN livelihood_project p ON p.suggestion_id = s.id
"""


def opinion(external_id: str, **fields: object) -> dict[str, object]:
    """An opinion heard in 元坝镇; fields override."""
    return {
        "externalId": external_id,
        "divisionCode": YUANBA,
        "state": "已登记",
        "receivedAt": "2026-01-05",
        "checkedText": "村口路灯不亮",
        "citizenName": "何 平",
        "citizenPhone": "19900000009",
    } | fields


def project(external_id: str, **fields: object) -> dict[str, object]:
    """A project of Zhaohua; fields override."""
    return {
        "externalId": external_id,
        "divisionCode": ZHAOHUA,
        "year": 2026,
        "title": "农村路灯",
        "state": "票决通过",
    } | fields


def line(external_id: str, **fields: object) -> dict[str, object]:
    """The votes on project P1 in ballot V1; fields override."""
    return {
        "externalId": external_id,
        "ballot": {"id": "V1"},
        "project": {"id": "P1"},
        "votesFor": 150,
        "votesAgainst": 8,
        "abstentions": 3,
    } | fields


OF_PROJECT: dict[str, object] = {"project": {"id": "P1"}}
REACHED = {"reachedAt": "2026-03-05"}
BALLOT = {"externalId": "V1", "divisionCode": ZHAOHUA, "year": 2026, "present": 161}


async def test_an_opinion_leads_over_levels_to_a_suggestion_and_a_project(hub: Hub) -> None:
    kind = RecordKind.PUBLIC_OPINION
    up = {"id": "O9", "system": "city"}
    await hub.push("county", kind, opinion("O1", state="上报", escalatedTo=up))
    turned = {"convertedTo": {"id": "S1", "system": "province"}, "divisionCode": GUANGYUAN}
    await hub.push("city", kind, opinion("O9", state="转为建议", checkedText="路灯", **turned))
    led = {"suggestion": {"id": "S1", "system": "province"}}
    await hub.push("county", RecordKind.LIVELIHOOD_PROJECT, project("P1", **led))
    await hub.push("province", RecordKind.SUGGESTION, suggestion("S1", title="关于路灯的建议"))
    assert await hub.rows(WALK) == [("村口路灯不亮", "路灯", "关于路灯的建议", "农村路灯")]


async def test_an_opinion_keeps_its_words_and_its_state_beside_the_sources_code(hub: Hub) -> None:
    record = opinion("O1", state="FED_BACK", sourceState="7", rating="５", satisfaction="满意")
    await hub.push("county", RecordKind.PUBLIC_OPINION, record)
    found = "SELECT state, source_state, rating, satisfaction, citizen_name FROM public_opinion"
    assert await hub.rows(found) == [("FED_BACK", "7", 5, "SATISFIED", "何平")]


async def test_bad_opinions_are_quarantined_with_the_reason(hub: Hub) -> None:
    answer = await hub.push(
        "county",
        RecordKind.PUBLIC_OPINION,
        opinion("O1", rating=6),
        opinion("O2", repliedAt="2026-01-04"),
        opinion("O3", state="飞走"),
    )
    assert codes(answer) == [
        [("rating", "OUT_OF_RANGE")],
        [("repliedAt", "DATES_REVERSED")],
        [("state", "UNKNOWN_CODE")],
    ]


async def test_more_votes_than_deputies_are_refused_where_the_ballot_is_known(hub: Hub) -> None:
    await hub.push("county", RecordKind.PROJECT_BALLOT, BALLOT)
    many = line("L2", votesFor=160)
    answer = await hub.push("county", RecordKind.BALLOT_LINE, line("L1"), many)
    assert codes(answer) == [[], [("votesFor", "OUT_OF_RANGE")]]
    assert await hub.rows("SELECT votes_for FROM ballot_line") == [(150,)]


async def test_more_votes_than_deputies_are_refused_once_the_ballot_comes(hub: Hub) -> None:
    many = line("L2", votesFor=160)
    answer = await hub.push("county", RecordKind.BALLOT_LINE, line("L1"), many)
    assert codes(answer) == [[], []]
    await hub.push("county", RecordKind.PROJECT_BALLOT, BALLOT)
    assert await hub.rows("SELECT votes_for FROM ballot_line") == [(150,)]
    kept = "SELECT row_key, errors->0->>'code' FROM quarantine WHERE resolved_at IS NULL"
    assert await hub.rows(kept) == [("L2", "OUT_OF_RANGE")]
    await hub.push("county", RecordKind.PROJECT_BALLOT, BALLOT | {"present": 180})
    await hub.push("county", RecordKind.BALLOT_LINE, many)
    assert await hub.rows("SELECT count(*) FROM ballot_line") == [(2,)]
    assert await hub.rows(kept) == []


async def test_a_list_is_judged_as_a_whole_or_project_by_project(hub: Hub) -> None:
    kind = RecordKind.PROJECT_EVALUATION
    votes = {"divisionCode": ZHAOHUA, "satisfied": 161, "basicallySatisfied": 3}
    answer = await hub.push(
        "county",
        kind,
        {"externalId": "E1", "ballot": {"id": "V1"}, **votes},
        {"externalId": "E2", "project": {"id": "P1"}, **votes},
        {"externalId": "E3", **votes},
    )
    assert codes(answer) == [[], [], [("project", "REQUIRED")]]


BUILT = """{ projects { nodes {
  proposals { nodes { title proposer opinion { checkedText } } }
  milestones(orderBy: { plannedAt: ASC }) { nodes { name reachedAt progress division { code } } }
  funding(orderBy: { planned: DESC }) { nodes { source planned paid } }
} } }"""


async def test_a_project_shows_its_proposals_milestones_and_money(hub: Hub) -> None:
    begun: dict[str, object] = {
        "externalId": "M1",
        "name": "主体开工",
        "plannedAt": "2026-03-01",
        "progress": 40,
    }
    done: dict[str, object] = {"externalId": "M2", "name": "竣工验收", "plannedAt": "2026-10-01"}
    await hub.push(
        "county", RecordKind.PROJECT_MILESTONE, begun | OF_PROJECT | REACHED, done | OF_PROJECT
    )
    upper: dict[str, object] = {
        "externalId": "F1",
        "source": "省级资金",
        "planned": 200000,
        "paid": 50000.5,
    }
    own: dict[str, object] = {"externalId": "F2", "source": "县级资金", "planned": 100000}
    await hub.push("county", RecordKind.PROJECT_FUNDING, upper | OF_PROJECT, own | OF_PROJECT)
    proposed: dict[str, object] = {
        "externalId": "B1",
        "divisionCode": YUANBA,
        "title": "装路灯",
        "proposer": "群众",
    }
    from_opinion: dict[str, object] = {"opinion": {"id": "O1"}}
    await hub.push("county", RecordKind.PROJECT_PROPOSAL, proposed | OF_PROJECT | from_opinion)
    await hub.push("county", RecordKind.LIVELIHOOD_PROJECT, project("P1"))
    await hub.push("county", RecordKind.PUBLIC_OPINION, opinion("O1"))
    (found,) = (await ask(hub, BUILT))["projects"]["nodes"]
    place = {"division": {"code": ZHAOHUA}}
    assert found == {
        "proposals": {
            "nodes": [
                {
                    "title": "装路灯",
                    "proposer": "PUBLIC",
                    "opinion": {"checkedText": "村口路灯不亮"},
                }
            ]
        },
        "milestones": {
            "nodes": [
                {"name": "主体开工", "reachedAt": "2026-03-05", "progress": 40, **place},
                {"name": "竣工验收", "reachedAt": None, "progress": None, **place},
            ]
        },
        "funding": {
            "nodes": [
                {"source": "PROVINCE", "planned": 200000, "paid": 50000.5},
                {"source": "COUNTY", "planned": 100000, "paid": None},
            ]
        },
    }


async def test_progress_and_money_out_of_bounds_are_quarantined(hub: Hub) -> None:
    over: dict[str, object] = {"externalId": "M1", "name": "开工", "progress": 101} | OF_PROJECT
    answer = await hub.push("county", RecordKind.PROJECT_MILESTONE, over)
    assert codes(answer) == [[("progress", "OUT_OF_RANGE")]]
    below: dict[str, object] = {
        "externalId": "F1",
        "source": "县级资金",
        "planned": -1,
    } | OF_PROJECT
    answer = await hub.push("county", RecordKind.PROJECT_FUNDING, below)
    assert codes(answer) == [[("planned", "OUT_OF_RANGE")]]
