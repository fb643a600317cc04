"""Suggestions and their hand-overs: links in any order and over systems, and bad input."""

from __future__ import annotations

import pytest

from hub.subjects.record_kinds import RecordKind
from tests.hub.asking import ask
from tests.hub.pushing import GUANGYUAN, ZHAOHUA, Hub, codes, deputy

BODY = {"externalId": "B1", "name": "区教育局", "divisionCode": ZHAOHUA, "kind": "政府部门"}
JOINED = """
SELECT s.title, p.name, b.name, a.role, v.code FROM assignment a
LEFT JOIN suggestion s ON s.id = a.suggestion_id
LEFT JOIN handling_body b ON b.id = a.handler_id
LEFT JOIN deputy d ON d.id = s.lead_deputy_id LEFT JOIN person p ON p.id = d.person_id
JOIN division v ON v.id = a.division_id ORDER BY a.role
"""


def suggestion(external_id: str, **fields: object) -> dict[str, object]:
    """A suggestion to Zhaohua's congress; fields override."""
    return {
        "externalId": external_id,
        "title": "关于改善乡村学校取暖条件的建议",
        "divisionCode": ZHAOHUA,
        "term": 8,
        "state": "办理中",
        "submittedAt": "2026-01-15",
    } | fields


def handover(external_id: str, **fields: object) -> dict[str, object]:
    """A hand-over of suggestion S1; fields override."""
    return {
        "externalId": external_id,
        "suggestion": "S1",
        "handler": "B1",
        "role": "主办",
        "assignedAt": "2026-02-01",
    } | fields


async def test_a_suggestion_its_handler_and_its_hand_over_join_in_any_order(hub: Hub) -> None:
    await hub.push("county", RecordKind.ASSIGNMENT, handover("A1"))
    assert await hub.rows(JOINED) == [(None, None, None, "LEAD", ZHAOHUA)]
    await hub.push("county", RecordKind.SUGGESTION, suggestion("S1", leadDeputy={"id": "1"}))
    await hub.push("county", RecordKind.HANDLING_BODY, BODY)
    await hub.deputies("county", deputy("1"))
    assert await hub.rows(JOINED) == [
        ("关于改善乡村学校取暖条件的建议", "王小明", "区教育局", "LEAD", ZHAOHUA)
    ]


async def test_a_hand_over_takes_the_division_of_its_suggestion(hub: Hub) -> None:
    await hub.push("city", RecordKind.ASSIGNMENT, handover("A1"))
    assert [row[4] for row in await hub.rows(JOINED)] == [GUANGYUAN]
    await hub.push("city", RecordKind.SUGGESTION, suggestion("S1"))
    assert [row[4] for row in await hub.rows(JOINED)] == [ZHAOHUA]
    await hub.push("city", RecordKind.SUGGESTION, suggestion("S1", divisionCode=GUANGYUAN))
    assert [row[4] for row in await hub.rows(JOINED)] == [GUANGYUAN]


async def test_a_city_hands_over_a_suggestion_that_the_county_keeps(hub: Hub) -> None:
    named = {"id": "S1", "system": "county"}
    await hub.push("city", RecordKind.ASSIGNMENT, handover("A1", suggestion=named, role="会办"))
    await hub.push("county", RecordKind.SUGGESTION, suggestion("S1", leadDeputy={"id": "1"}))
    await hub.push("city", RecordKind.SUGGESTION, suggestion("S1", title="另一件"))
    assert [(row[0], row[3]) for row in await hub.rows(JOINED)] == [
        ("关于改善乡村学校取暖条件的建议", "JOINT")
    ]


async def test_co_signers_of_two_systems_are_members_once_each(hub: Hub) -> None:
    signed = [{"id": "1"}, {"id": "A", "system": "city"}, {"id": "1"}]
    await hub.push("county", RecordKind.SUGGESTION, suggestion("S1", coSigners=signed))
    await hub.deputies("county", deputy("1"))
    await hub.deputies("city", deputy("A", name="李芳", divisionCode=GUANGYUAN))
    found = "SELECT count(*), count(DISTINCT suggestion_id) FROM suggestion_co_signer"
    assert await hub.rows(found) == [(2, 1)]
    await hub.push("county", RecordKind.SUGGESTION, suggestion("S1", coSigners=signed[:1]))
    assert await hub.rows(found) == [(1, 1)]


@pytest.mark.parametrize(
    ("fields", "issue"),
    [
        ({"repliedAt": "2026-01-31"}, ("repliedAt", "DATES_REVERSED")),
        ({"sourceDueDate": "2026-01-31"}, ("sourceDueDate", "DATES_REVERSED")),
        ({"repliedAt": "2026-03-01", "assignedAt": None}, ("assignedAt", "REQUIRED")),
        ({"suggestion": None}, ("suggestion", "REQUIRED")),
        ({"suggestion": {"id": "1", "system": "No such"}}, ("suggestion", "UNKNOWN_SYSTEM")),
        ({"consultedAt": "2026-01-31"}, ("consultedAt", "DATES_REVERSED")),
        ({"contactedAt": "2026-01-31"}, ("contactedAt", "DATES_REVERSED")),
        ({"consultation": "当面沟通"}, ("consultedAt", "REQUIRED")),
    ],
)
async def test_a_bad_hand_over_is_quarantined_with_the_reason(
    hub: Hub, fields: dict[str, object], issue: tuple[str, str]
) -> None:
    answer = await hub.push("county", RecordKind.ASSIGNMENT, handover("A1", **fields))
    assert codes(answer) == [[issue]]
    assert await hub.rows("SELECT count(*) FROM assignment") == [(0,)]


@pytest.mark.parametrize("fields", [{"result": "C"}, {"state": "失踪"}])
async def test_an_unknown_word_costs_a_hand_over_no_more_than_its_field(
    hub: Hub, fields: dict[str, object]
) -> None:
    answer = await hub.push("county", RecordKind.ASSIGNMENT, handover("A1", **fields))
    assert codes(answer) == [[(name, "UNKNOWN_CODE") for name in fields]]
    assert await hub.rows("SELECT count(*) FROM assignment") == [(1,)]


async def test_a_suggestion_tells_how_it_arose_and_how_its_deputy_was_consulted(hub: Hub) -> None:
    told = suggestion("S1", raisedBefore="2", aroseFrom="专题调研")
    await hub.push("county", RecordKind.SUGGESTION, told)
    met = {"contactedAt": "2026-02-03", "consultedAt": "2026-02-20", "consultation": "同意分期"}
    await hub.push("county", RecordKind.ASSIGNMENT, handover("A1", **met))
    found = await ask(
        hub,
        """{ suggestions { nodes { raisedBefore aroseFrom assignments { nodes {
          contactedAt consultedAt consultation
        } } } } }""",
    )
    assert found["suggestions"]["nodes"] == [
        {"raisedBefore": 2, "aroseFrom": "RESEARCH", "assignments": {"nodes": [met]}}
    ]


async def test_a_state_that_is_unknown_refuses_the_suggestion(hub: Hub) -> None:
    answer = await hub.push("county", RecordKind.SUGGESTION, suggestion("S1", state="9"))
    assert codes(answer) == [[("state", "UNKNOWN_CODE")]]
    assert "交办" in answer.results[0].errors[0].message
