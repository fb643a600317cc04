"""Stewards' decisions: they outrank the rules, last, and leave no trace once taken back."""

from __future__ import annotations

import asyncio
from itertools import permutations

import pytest

from hub import intake
from hub.errors import Code, HubError
from hub.linking.judgements import Pair
from hub.stewards import verdicts as decisions
from hub.stewards.verdicts import withdraw
from hub.subjects import KINDS
from hub.subjects.record_kinds import RecordKind
from hub.subjects.stewardship import Verdict
from tests.hub.pushing import GUANGYUAN, IDS, SICHUAN, YUANBA, ZHAOHUA, Hub, deputy
from tests.hub.stewarding import (
    STEWARD,
    decide,
    desk,
    golden,
    pair_of,
    people,
    record_id,
    unmerge,
)


@pytest.fixture
async def two(hub: Hub) -> Hub:
    """Two records without id numbers, of one man or of two."""
    await hub.deputies("county", deputy("1", post="主任", homes=["H1"]))
    await hub.deputies("city", deputy("A", divisionCode=GUANGYUAN, education="大专"))
    await hub.deputies("city", deputy("B", divisionCode=ZHAOHUA, delegation="一团"))
    return hub


async def test_records_decided_the_same_are_one_person(two: Hub) -> None:
    await decide(two, "1", "A", Verdict.SAME)
    assert await people(two) == [["1", "A"], ["B"]]
    assert await two.rows("SELECT post, education FROM person WHERE post IS NOT NULL") == [
        ("主任", "大学专科")
    ]


async def test_records_decided_different_part_although_their_id_numbers_agree(hub: Hub) -> None:
    await hub.deputies("county", deputy("1", nationalId=IDS[0]))
    await hub.deputies("city", deputy("A", divisionCode=GUANGYUAN, nationalId=IDS[0]))
    await decide(hub, "1", "A", Verdict.DIFFERENT)
    assert await people(hub) == [["1"], ["A"]]
    await hub.deputies("province", deputy("P", divisionCode="510000", nationalId=IDS[0]))
    assert await people(hub) == [["1", "P"], ["A"]]


async def test_a_decision_survives_changes_deletion_and_return(two: Hub) -> None:
    await decide(two, "1", "A", Verdict.SAME)
    await two.deputies("county", deputy("1", name="王晓明", post="书记"))
    assert await people(two) == [["1", "A"], ["B"]]
    await delete(two, "1")
    assert await people(two) == [["A"], ["B"]]
    await two.deputies("county", deputy("1", name="王晓明"))
    assert await people(two) == [["1", "A"], ["B"]]


async def delete(hub: Hub, external_id: str) -> None:
    async with hub.database.writing() as driver:
        run = await driver.fetchval("SELECT id::text FROM run ORDER BY id DESC LIMIT 1")
        scope = await intake.open_scope(driver, hub, "county", run)
        key = await record_id(hub, external_id)
        await intake.delete(driver, scope, KINDS[RecordKind.DEPUTY], "push", [key])


async def test_a_merge_taken_back_leaves_the_rows_that_the_sources_say(two: Hub) -> None:
    before = await golden(two)
    await decide(two, "1", "A", Verdict.SAME)
    await decide(two, "1", "B", Verdict.SAME)
    assert await people(two) == [["1", "A", "B"]]
    assert await two.rows("SELECT count(*) FROM deputy") == [(2,)]
    await unmerge(two, "1", "B")
    await unmerge(two, "1", "A")
    assert await golden(two) == before


async def test_what_is_pushed_while_merged_stays_after_the_un_merge(two: Hub) -> None:
    await decide(two, "1", "B", Verdict.SAME)
    await two.deputies("city", deputy("B", divisionCode=ZHAOHUA, delegation="二团", post="教师"))
    await two.deputies("county", deputy("1", post="局长", homes=["H1"]))
    await unmerge(two, "1", "B")
    assert await two.rows(
        "SELECT r.external_id, p.post, d.delegation FROM source_record r "
        "JOIN person p ON p.id = r.person_id JOIN deputy d ON d.id = r.entity_id ORDER BY 1"
    ) == [("1", "局长", None), ("A", None, None), ("B", "教师", "二团")]


async def test_merged_ids_of_person_and_mandate_lead_on_and_back(two: Hub) -> None:
    ids = await two.rows(
        "SELECT person_id, entity_id FROM source_record WHERE external_id IN ('1', 'B') ORDER BY id"
    )
    await decide(two, "1", "B", Verdict.SAME)
    assert sorted(await two.rows("SELECT old_id, new_id FROM redirect")) == sorted(
        [(ids[1][0], ids[0][0]), (ids[1][1], ids[0][1])]
    )
    await unmerge(two, "1", "B")
    assert await two.rows("SELECT count(*) FROM redirect") == [(0,)]


async def test_a_chain_of_merges_leads_each_old_id_to_its_records(two: Hub) -> None:
    old = dict(await two.rows("SELECT external_id, person_id FROM source_record"))
    await decide(two, "A", "B", Verdict.SAME)
    await decide(two, "1", "A", Verdict.SAME)
    leads = dict(await two.rows("SELECT old_id, new_id FROM redirect"))
    assert (leads[old["A"]], leads[old["B"]]) == (old["1"], old["1"])
    await unmerge(two, "1", "A")
    leads = dict(await two.rows("SELECT old_id, new_id FROM redirect"))
    assert leads == {old["B"]: old["A"]}


LEADS = """
SELECT r.external_id FROM source_record r
WHERE r.deleted_at IS NULL
  AND $1 IN (SELECT r.person_id UNION SELECT old_id FROM redirect WHERE new_id = r.person_id)
ORDER BY 1
"""


async def led_to(hub: Hub, old: object) -> list[str]:
    """The records of the person that an id leads to."""
    return [row[0] for row in await hub.rows(LEADS, old)]


ORDERS = list(permutations([("1", "B"), ("B", "C"), ("C", "A")]))


@pytest.mark.parametrize("merging", ORDERS)
async def test_merges_lead_all_ids_on_and_leave_no_trace_in_whichever_order_they_are_taken_back(
    two: Hub, merging: tuple[tuple[str, str], ...]
) -> None:
    await two.deputies("province", deputy("C", name="张三", delegation="二团"))
    old = dict(await two.rows("SELECT external_id, person_id FROM source_record"))
    before = await golden(two)
    for parting in ORDERS:
        for pair in merging:
            await decide(two, *pair, Verdict.SAME)
        for key in old.values():
            assert await led_to(two, key) == sorted(old)
        for pair in parting:
            await unmerge(two, *pair)
        assert await golden(two) == before


async def test_an_id_that_was_given_for_a_while_leads_on(hub: Hub) -> None:
    await hub.deputies("county", deputy("1", nationalId=IDS[0]))
    await hub.deputies("city", deputy("A", divisionCode=GUANGYUAN, nationalId=IDS[0]))
    judgement = await decide(hub, "1", "A", Verdict.DIFFERENT)
    ((given,),) = await hub.rows("SELECT person_id FROM source_record WHERE external_id = 'A'")
    await withdraw(desk(hub), judgement)
    assert await led_to(hub, given) == ["1", "A"]
    await hub.deputies("province", deputy("P", divisionCode=SICHUAN, term=14, name="李四"))
    await decide(hub, "1", "P", Verdict.SAME)
    assert await led_to(hub, given) == ["1", "A", "P"]


async def test_homes_of_two_systems_with_one_name_and_place_are_one(hub: Hub) -> None:
    home = {"externalId": "H1", "name": "元坝镇人大代表之家", "divisionCode": YUANBA}
    await hub.push("county", RecordKind.HOME, home | {"address": "街道1号"})
    await hub.push("city", RecordKind.HOME, home | {"externalId": "X", "openingHours": "周一"})
    assert await hub.rows("SELECT address, opening_hours FROM home") == [("街道1号", "周一")]
    await decide(hub, "H1", "X", Verdict.DIFFERENT)
    assert await hub.rows("SELECT address, opening_hours FROM home ORDER BY 1") == [
        ("街道1号", None),
        (None, "周一"),
    ]


async def test_homes_decided_the_same_share_their_deputies(hub: Hub) -> None:
    home = {"name": "元坝镇代表之家", "divisionCode": YUANBA}
    other = {"name": "红岩村家", "divisionCode": YUANBA}
    await hub.push("county", RecordKind.HOME, home | {"externalId": "H1"})
    await hub.push("city", RecordKind.HOME, other | {"externalId": "X"})
    await hub.deputies("county", deputy("1", homes=["H1"]))
    await hub.deputies("city", deputy("A", name="李芳", homes=["X"]))
    station = {"externalId": "S", "name": "站", "divisionCode": YUANBA, "home": "X"}
    await hub.push("city", RecordKind.STATION, station)
    before = await golden(hub)
    await decide(hub, "H1", "X", Verdict.SAME)
    assert await hub.rows(
        "SELECT count(*), count(DISTINCT home_id), (SELECT count(*) FROM home), "
        "(SELECT count(*) FROM station s JOIN home h ON h.id = s.home_id) FROM home_member"
    ) == [(2, 1, 1, 1)]
    await unmerge(hub, "H1", "X")
    assert await golden(hub) == before


async def refuse(
    code: Code, hub: Hub, one: str, other: str, verdict: Verdict, seen: str | None = None
) -> str:
    """Check that a decision is refused with `code` and changes nothing; give the message."""
    before = await golden(hub)
    judged = await hub.rows("SELECT to_jsonb(j) FROM judgement j ORDER BY id")
    with pytest.raises(HubError) as caught:
        await decide(hub, one, other, verdict, seen=seen)
    assert caught.value.code is code
    assert await golden(hub) == before
    assert await hub.rows("SELECT to_jsonb(j) FROM judgement j ORDER BY id") == judged
    return caught.value.message


async def test_a_pair_that_another_steward_has_decided_is_not_decided_again(two: Hub) -> None:
    made = await decide(two, "1", "A", Verdict.SAME)
    message = await refuse(Code.ALREADY_DECIDED, two, "1", "A", Verdict.DIFFERENT)
    assert message.startswith(f"{STEWARD} has decided this pair SAME at ")
    assert made in message
    await decide(two, "1", "A", Verdict.DIFFERENT, seen=made)
    assert await people(two) == [["1"], ["A"], ["B"]]
    assert await two.rows(
        "SELECT verdict, superseded_at IS NULL FROM judgement ORDER BY made_at"
    ) == [("SAME", False), ("DIFFERENT", True)]


async def test_of_stewards_who_decide_one_pair_at_the_same_time_one_does(two: Hub) -> None:
    pair = await pair_of(two, "1", "A")
    found = await asyncio.gather(
        *(
            decisions.decide(desk(two, f"第{number}人"), pair, verdict)
            for number, verdict in enumerate([*Verdict] * 2)
        ),
        return_exceptions=True,
    )
    refused = [it.code for it in found if isinstance(it, HubError)]
    assert refused == [Code.ALREADY_DECIDED] * (2 * len(Verdict) - 1)
    assert await two.rows("SELECT id::text FROM judgement") == [
        (it,) for it in found if isinstance(it, str)
    ]


async def test_a_judgement_that_was_taken_back_meanwhile_is_none_to_decide_by(two: Hub) -> None:
    made = await decide(two, "1", "A", Verdict.SAME)
    await unmerge(two, "1", "A")
    message = await refuse(Code.NOT_STANDING, two, "1", "A", Verdict.DIFFERENT, seen=made)
    assert message.startswith("The judgement that you saw was taken back meanwhile.")


async def test_decisions_that_contradict_each_other_by_a_detour_are_refused(two: Hub) -> None:
    await decide(two, "1", "A", Verdict.SAME)
    await decide(two, "A", "B", Verdict.SAME)
    await refuse(Code.CONTRADICTION, two, "1", "B", Verdict.DIFFERENT)
    await unmerge(two, "A", "B")
    await decide(two, "1", "B", Verdict.DIFFERENT)
    await refuse(Code.CONTRADICTION, two, "A", "B", Verdict.SAME)


async def test_what_was_never_merged_cannot_be_un_merged(two: Hub) -> None:
    await decide(two, "1", "A", Verdict.UNSURE)
    with pytest.raises(HubError) as caught:
        await unmerge(two, "1", "A")
    assert caught.value.code is Code.NOT_MERGED


async def test_a_judgement_is_withdrawn_once(two: Hub) -> None:
    made = await decide(two, "1", "A", Verdict.DIFFERENT)
    await decisions.withdraw(desk(two), made)
    with pytest.raises(HubError) as caught:
        await decisions.withdraw(desk(two), made)
    assert caught.value.code is Code.NOT_STANDING


async def test_pairs_that_cannot_be_judged_are_refused(two: Hub) -> None:
    await two.push(
        "county", RecordKind.HOME, {"externalId": "H1", "name": "家", "divisionCode": YUANBA}
    )
    await refuse(Code.BAD_INPUT, two, "1", "H1", Verdict.SAME)
    await refuse(Code.BAD_INPUT, two, "1", "1", Verdict.SAME)
    pair = await pair_of(two, "1", "A")
    ghost = Pair(pair.left, "ffffffff-0000-7000-8000-000000000000")
    with pytest.raises(HubError) as caught:
        await decisions.decide(desk(two), ghost, Verdict.SAME)
    assert caught.value.code is Code.NOT_FOUND
