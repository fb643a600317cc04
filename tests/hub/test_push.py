"""Pushing records: outcomes, links, golden values, memberships, idempotency, dry runs."""

from __future__ import annotations

import asyncio

import pytest

from hub.divisions.history import read_history
from hub.divisions.index import DivisionIndex, learn_unlisted, read_index
from hub.errors import Code, HubError
from hub.subjects.record_kinds import RecordKind
from hub.values import IdParts
from tests.hub.pushing import IDS, YUANBA, Hub, codes, deputy

MANDATES = """
SELECT p.name, c.name, d.status FROM deputy d JOIN person p ON p.id = d.person_id
JOIN congress c ON c.id = d.congress_id ORDER BY c.name, p.name
"""


async def test_a_pushed_deputy_becomes_a_person_with_a_mandate(hub: Hub) -> None:
    answer = await hub.deputies("county", deputy("1", status="在任", gender="女"))
    assert [(r.outcome, r.errors) for r in answer.results] == [("STORED", [])]
    assert await hub.rows(MANDATES) == [("王小明", "昭化区第八届人民代表大会", "ACTIVE")]


async def test_counts_balance_and_the_same_record_is_unchanged(hub: Hub) -> None:
    records = (deputy("1"), deputy("2", term="公"), deputy("3"))
    first = await hub.deputies("county", *records)
    again = await hub.deputies("county", *records)
    assert (first.read, first.stored, first.unchanged, first.quarantined) == (3, 2, 0, 1)
    assert (again.read, again.stored, again.unchanged, again.quarantined) == (3, 0, 2, 1)
    assert codes(again) == [[], [("term", "UNREADABLE_VALUE")], []]


async def test_one_person_over_three_levels_is_linked_by_the_id_number(hub: Hub) -> None:
    await hub.deputies("county", deputy("1", nationalId=IDS[0]))
    await hub.deputies("city", deputy("A", divisionCode="510800", nationalId=IDS[0]))
    await hub.deputies("province", deputy("P", divisionCode="510000", term=14, nationalId=IDS[0]))
    assert await hub.rows("SELECT count(*) FROM person") == [(1,)]
    assert [row[1] for row in await hub.rows(MANDATES)] == [
        "四川省第十四届人民代表大会",
        "广元市第八届人民代表大会",
        "昭化区第八届人民代表大会",
    ]


async def test_two_people_of_one_name_stay_apart(hub: Hub) -> None:
    await hub.deputies("county", deputy("1", nationalId=IDS[0]), deputy("2", nationalId=IDS[1]))
    await hub.deputies("city", deputy("A", divisionCode="510800"))
    assert await hub.rows("SELECT count(*) FROM person") == [(3,)]


async def test_an_id_number_that_comes_later_joins_two_persons_and_redirects(hub: Hub) -> None:
    await hub.deputies("county", deputy("1", nationalId=IDS[0]))
    await hub.deputies("city", deputy("A", divisionCode="510800"))
    old = await hub.rows("SELECT id::text FROM person ORDER BY id")
    await hub.deputies("city", deputy("A", divisionCode="510800", nationalId=IDS[0]))
    assert await hub.rows("SELECT id::text FROM person") == [old[0]]
    assert await hub.rows("SELECT old_id::text, new_id::text FROM redirect") == [
        (old[1][0], old[0][0])
    ]


async def test_an_id_number_that_is_taken_back_parts_them_again(hub: Hub) -> None:
    await hub.deputies("county", deputy("1", nationalId=IDS[0]))
    await hub.deputies("city", deputy("A", divisionCode="510800", nationalId=IDS[0]))
    await hub.deputies("city", deputy("A", divisionCode="510800", nationalId=IDS[1]))
    assert await hub.rows("SELECT count(*) FROM person") == [(2,)]
    assert await hub.rows("SELECT count(DISTINCT person_id) FROM deputy") == [(2,)]


async def test_rows_of_one_account_are_one_person(hub: Hub) -> None:
    await hub.deputies(
        "county",
        deputy("1-town", personKey="acc1", divisionCode=YUANBA, term=20),
        deputy("1-county", personKey="acc1"),
    )
    assert await hub.rows("SELECT count(*) FROM person") == [(1,)]
    assert await hub.rows("SELECT level FROM deputy ORDER BY level") == [("COUNTY",), ("TOWNSHIP",)]


async def test_the_system_of_the_mandates_own_level_wins_each_field_it_states(hub: Hub) -> None:
    await hub.deputies(
        "province", deputy("P", nationalId=IDS[0], delegation="旧", education="大专")
    )
    await hub.deputies("county", deputy("1", nationalId=IDS[0], delegation="第一代表团"))
    assert await hub.rows("SELECT delegation FROM deputy") == [("第一代表团",)]
    won = await hub.rows(
        "SELECT education, s.code FROM person p "
        "JOIN source_record r ON r.id = (p.other_winners->>'education')::uuid "
        "JOIN source_system s ON s.id = r.system_id"
    )
    assert won == [("大学专科", "province")]


async def test_the_stewards_order_of_systems_beats_the_default(hub: Hub) -> None:
    await hub.rows(
        "INSERT INTO priority_rule (id, kind, field, system_codes) "
        "VALUES (gen_random_uuid(), 'DEPUTY', 'delegation', '{province}')"
    )
    await hub.deputies("province", deputy("P", nationalId=IDS[0], delegation="省里的", post="省"))
    await hub.deputies("county", deputy("1", nationalId=IDS[0], delegation="县里的", post="县"))
    assert await hub.rows(
        "SELECT delegation, post FROM deputy d JOIN person p ON p.id = d.person_id"
    ) == [("省里的", "县")]


async def test_a_home_that_comes_after_its_deputies_is_joined(hub: Hub) -> None:
    await hub.deputies("county", deputy("1", homes=["H1"], stations=["S1"], groups=["G1"]))
    assert await hub.rows("SELECT count(*) FROM home_member") == [(0,)]
    await hub.push(
        "county",
        RecordKind.STATION,
        {
            "externalId": "S1",
            "name": "驻成都联络站",
            "divisionCode": "510811",
            "locatedInCode": "510121",
            "home": "H1",
        },
    )
    await hub.push(
        "county",
        RecordKind.HOME,
        {
            "externalId": "H1",
            "name": "元坝镇人大代表之家",
            "divisionCode": YUANBA,
            "members": [{"id": "1", "role": "站长", "startDate": "2021-11-01"}],
        },
    )
    await hub.push(
        "county",
        RecordKind.GROUP,
        {
            "externalId": "G1",
            "name": "教育小组",
            "divisionCode": "510811",
            "leader": "1",
        },
    )
    assert await hub.rows(
        "SELECT h.name, m.role, m.start_date::text FROM home_member m JOIN home h ON h.id = home_id"
    ) == [("元坝镇人大代表之家", "LEADER", "2021-11-01")]
    assert await hub.rows(
        "SELECT s.is_off_site, h.name FROM station_member m JOIN station s ON s.id = m.station_id "
        "JOIN home h ON h.id = s.home_id"
    ) == [(True, "元坝镇人大代表之家")]
    assert await hub.rows(
        "SELECT p.name FROM deputy_group g JOIN deputy d ON d.id = g.leader_id "
        "JOIN person p ON p.id = d.person_id JOIN deputy_group_member m ON m.deputy_id = d.id"
    ) == [("王小明",)]


async def test_a_membership_that_is_no_longer_stated_goes(hub: Hub) -> None:
    await hub.push(
        "county",
        RecordKind.HOME,
        {
            "externalId": "H1",
            "name": "家",
            "divisionCode": YUANBA,
            "members": [{"id": "1"}],
        },
    )
    await hub.deputies("county", deputy("1", homes=["H1"]))
    await hub.push(
        "county",
        RecordKind.HOME,
        {
            "externalId": "H1",
            "name": "家",
            "divisionCode": YUANBA,
        },
    )
    assert await hub.rows("SELECT count(*) FROM home_member") == [(1,)]
    await hub.deputies("county", deputy("1"))
    assert await hub.rows("SELECT count(*) FROM home_member") == [(0,)]


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"divisionCode": "511071006"}, ("divisionCode", "NO_CONGRESS")),
        (
            {"divisionCode": "510811215", "startDate": "2021-11-20"},
            ("divisionCode", "UNKNOWN_DIVISION"),
        ),
        ({"divisionCode": "999999"}, ("divisionCode", "UNKNOWN_DIVISION")),
        ({"divisionCode": None}, ("divisionCode", "REQUIRED")),
        ({"divisionCode": None, "divisionName": "太平镇"}, ("divisionName", "UNKNOWN_DIVISION")),
        ({"level": "TOWNSHIP"}, ("level", "LEVEL_MISMATCH")),
        ({"level": "市级"}, ("level", "UNKNOWN_CODE")),
        ({"startDate": "2022-01-01", "endDate": "2021-01-01"}, ("endDate", "DATES_REVERSED")),
        ({"name": ""}, ("name", "REQUIRED")),
        ({"term": "第一百届"}, ("term", "UNREADABLE_VALUE")),
    ],
)
async def test_what_cannot_be_read_is_refused_with_field_and_code(
    hub: Hub, fields: dict[str, object], error: tuple[str, str]
) -> None:
    answer = await hub.deputies("county", deputy("1", **fields))
    assert codes(answer) == [[error]]
    kept = await hub.rows("SELECT row_key, errors->0->>'code' FROM quarantine")
    assert kept == [("1", error[1])]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"startDate": "2021-02-30"}, [("startDate", "INVALID_DATE")]),
        ({"startDate": "2021年11月"}, [("startDate", "INVALID_DATE")]),
        ({"nationalId": "51080219641"}, [("nationalId", "INVALID_NATIONAL_ID")]),
        ({"nationalId": "5.10122E+17"}, [("nationalId", "INVALID_NATIONAL_ID")]),
        (
            {"gender": "?", "phone": "abc"},
            [("gender", "UNKNOWN_CODE"), ("phone", "UNREADABLE_VALUE")],
        ),
        ({"homes": ["H1", "a\nb"]}, [("homes", "UNREADABLE_VALUE")]),
    ],
)
async def test_what_cannot_be_read_costs_its_field_where_the_record_stands_without(
    hub: Hub, fields: dict[str, object], errors: list[tuple[str, str]]
) -> None:
    answer = await hub.deputies("county", deputy("1", **fields))
    assert [result.outcome for result in answer.results] == ["STORED"]
    assert codes(answer) == [errors]
    ((stored,),) = await hub.rows("SELECT fields FROM source_record")
    assert stored["name"] == "王小明"
    assert stored.get("homes", ["H1"]) == ["H1"]
    assert not {field for field, _ in errors} & stored.keys() - {"homes"}


async def test_all_errors_of_a_record_are_told_at_once(hub: Hub) -> None:
    broken = deputy("1", name="", term="?", divisionCode="999999", gender="?")
    answer = await hub.deputies("county", broken)
    assert sorted(codes(answer)[0]) == [
        ("divisionCode", "UNKNOWN_DIVISION"),
        ("name", "REQUIRED"),
        ("term", "UNREADABLE_VALUE"),
    ]


async def test_a_township_that_no_list_names_is_kept_under_its_code(hub: Hub) -> None:
    answer = await hub.deputies("county", deputy("1", divisionCode="510811399", term=20))
    assert [(it.outcome, it.entity_id is not None) for it in answer.results] == [("STORED", True)]
    assert codes(answer) == [[("divisionCode", "UNKNOWN_DIVISION")]]
    assert await hub.rows(
        "SELECT d.name, c.name, s.warnings->0->>'code', r.warned FROM source_record s "
        "JOIN division d ON d.id = s.division_id JOIN division c ON c.id = d.parent_id "
        "JOIN run r ON r.id = s.run_id"
    ) == [("510811399", "昭化区", "UNKNOWN_DIVISION", 1)]
    assert [row[1] for row in await hub.rows(MANDATES)] == ["510811399第二十届人民代表大会"]


OF_MANDATE = """
SELECT v.name, d.level, c.name, c.term, d.term, s.warnings
FROM deputy d JOIN congress c ON c.id = d.congress_id JOIN division v ON v.id = d.division_id
JOIN source_record s ON s.entity_id = d.id ORDER BY s.external_id
"""


@pytest.mark.parametrize(
    ("code", "name", "warnings"),
    [
        ("510811001", "拣银岩街道", ["NO_CONGRESS"]),
        ("510811007", "510811007", ["UNKNOWN_DIVISION", "NO_CONGRESS"]),
        ("510811499", "510811499", ["UNKNOWN_DIVISION", "NO_CONGRESS"]),
    ],
)
async def test_a_mandate_in_a_subdistrict_is_kept_in_the_congress_of_the_county(
    hub: Hub, code: str, name: str, warnings: list[str]
) -> None:
    answer = await hub.deputies(
        "county", deputy("1", divisionCode=code, level="TOWNSHIP", term=20, status="ACTIVE")
    )
    assert codes(answer) == [[("divisionCode", warning) for warning in warnings]]
    assert answer.results[0].outcome == "STORED"
    ((*row, kept),) = await hub.rows(OF_MANDATE)
    assert row == [name, "COUNTY", "昭化区人民代表大会", None, 20]
    assert [(each["field"], each["code"]) for each in kept] == [
        ("divisionCode", warning) for warning in warnings
    ]


@pytest.mark.parametrize("days", [{"startDate": "2016-11-20"}, {"endDate": "2018-06-30"}])
async def test_a_mandate_of_before_the_town_became_a_subdistrict_is_the_towns(
    hub: Hub, days: dict[str, str]
) -> None:
    answer = await hub.deputies("province", deputy("1", divisionCode="510681001", term=18, **days))
    assert codes(answer) == [[]]
    assert await hub.rows(OF_MANDATE) == [
        ("雒城镇", "TOWNSHIP", "雒城镇第十八届人民代表大会", 18, 18, None)
    ]


async def test_a_mandate_that_began_in_the_subdistrict_is_not_the_towns(hub: Hub) -> None:
    record = deputy("1", divisionCode="510681001", term=18, startDate="2021-11-20")
    assert codes(await hub.deputies("province", record)) == [[("divisionCode", "NO_CONGRESS")]]
    ((name, *_, warnings),) = await hub.rows(OF_MANDATE)
    assert (name, len(warnings)) == ("雒城街道", 1)


async def test_a_congress_of_a_subdistrict_is_refused(hub: Hub) -> None:
    record = {"externalId": "C1", "divisionCode": "510811001", "term": 3}
    answer = await hub.push("county", RecordKind.CONGRESS, record)
    assert codes(answer) == [[("divisionCode", "NO_CONGRESS")]]
    assert answer.quarantined == 1


async def test_a_mistyped_id_number_costs_the_number_and_not_the_record(hub: Hub) -> None:
    mistyped = f"{IDS[0][:-1]}8"
    answer = await hub.deputies("county", deputy("1", nationalId=mistyped))
    assert codes(answer) == [[("nationalId", "INVALID_NATIONAL_ID")]]
    assert (answer.results[0].outcome, answer.quarantined) == ("STORED", 0)
    assert mistyped not in answer.results[0].errors[0].message
    assert await hub.rows(
        "SELECT id_token, id_parts IS NULL, warnings->0->>'code', fields ? 'nationalId' "
        "FROM source_record"
    ) == [(None, False, "INVALID_NATIONAL_ID", False)]
    assert [row[0] for row in await hub.rows(MANDATES)] == ["王小明"]
    again = await hub.deputies("county", deputy("1", nationalId=IDS[0]))
    assert codes(again) == [[]]
    assert await hub.rows("SELECT id_token IS NULL, warnings FROM source_record") == [(False, None)]


@pytest.mark.parametrize("code", ["510811600", "510811999", "510899101"])
async def test_a_code_that_is_no_town_of_a_known_county_is_refused(hub: Hub, code: str) -> None:
    answer = await hub.deputies("county", deputy("1", divisionCode=code))
    assert codes(answer) == [[("divisionCode", "UNKNOWN_DIVISION")]]
    assert answer.quarantined == 1


async def test_another_process_knows_the_townships_kept_by_their_code(hub: Hub) -> None:
    await hub.deputies("county", deputy("1", divisionCode="510811398"))
    async with hub.database.driver() as driver:
        index = await read_index(driver)
        assert index.resolve("510811398") is not None
        fresh = DivisionIndex(read_history())
        assert fresh.resolve("510811398") is None
        await learn_unlisted(driver, fresh)
        assert fresh.resolve("510811398") == index.resolve("510811398")


async def test_parts_of_a_masked_number_are_kept_as_keyed_tokens(hub: Hub) -> None:
    await hub.deputies(
        "county",
        deputy("1", nationalId=IDS[0]),
        deputy("2", nationalId=f"{IDS[0][:6]}********{IDS[0][14:]}"),
    )
    ((whole,), (masked,)) = await hub.rows(
        "SELECT id_parts FROM source_record ORDER BY external_id"
    )
    one, other = IdParts.of_text(whole), IdParts.of_text(masked)
    assert (other.birth, other.head, other.tail) == (None, one.head, one.tail)
    assert one.birth == "1964-10-11"
    assert not [part for part in (IDS[0][:6], IDS[0][14:]) if part in masked]


async def test_a_level_above_the_division_means_the_congress_above(hub: Hub) -> None:
    await hub.deputies("county", deputy("1", level="PROVINCE", term=14))
    assert [row[1] for row in await hub.rows(MANDATES)] == ["四川省第十四届人民代表大会"]


async def test_a_code_abolished_before_the_mandate_began_means_its_successor(hub: Hub) -> None:
    await hub.deputies(
        "county",
        deputy("1", divisionCode="510811213", startDate="2017-01-10", term=18),
        deputy("2", divisionCode="510811213", startDate="2021-11-20", term=20),
    )
    assert [row[1] for row in await hub.rows(MANDATES)] == [
        "射箭乡第十八届人民代表大会",
        "射箭镇第二十届人民代表大会",
    ]


async def test_a_refused_record_that_is_mended_leaves_the_quarantine(hub: Hub) -> None:
    await hub.deputies("county", deputy("1"))
    await hub.deputies("county", deputy("1", term="?"))
    assert await hub.rows("SELECT count(*) FROM quarantine WHERE resolved_at IS NULL") == [(1,)]
    await hub.deputies("county", deputy("1"))
    assert await hub.rows("SELECT count(*) FROM quarantine WHERE resolved_at IS NULL") == [(0,)]


async def test_id_numbers_are_nowhere_in_the_store(hub: Hub) -> None:
    await hub.deputies(
        "county",
        deputy("1", nationalId=IDS[0]),
        deputy("2", nationalId=IDS[1], term="?"),
        deputy("3", nationalId="51080219641011265X"),
        deputy("4", post=f"身份证 {IDS[2]}", term="?"),
    )
    tables = await hub.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    for (table,) in tables:
        text = str(await hub.rows(f"SELECT to_jsonb(t)::text FROM {table} t"))
        assert not [number for number in (*IDS, "51080219641011265X") if number in text], table


async def test_what_a_source_said_before_is_kept(hub: Hub) -> None:
    await hub.deputies("county", deputy("1", post="主任"))
    await hub.deputies("county", deputy("1", post="书记"))
    assert await hub.rows("SELECT fields->>'post' FROM record_version") == [("主任",)]
    assert await hub.rows(
        "SELECT before, after, is_substantive FROM change WHERE kind = 'UPDATED'"
    ) == [
        (
            {"post": "主任", "employer_and_post": "主任"},
            {"post": "书记", "employer_and_post": "书记"},
            True,
        )
    ]


async def test_the_same_key_and_records_get_the_stored_answer(hub: Hub) -> None:
    first = await hub.push("county", RecordKind.DEPUTY, deputy("1"), key="k")
    again = await hub.push("county", RecordKind.DEPUTY, deputy("1"), key="k")
    assert again == first
    assert await hub.rows("SELECT count(*) FROM run") == [(1,)]


async def test_another_payload_with_the_same_key_is_an_error(hub: Hub) -> None:
    await hub.push("county", RecordKind.DEPUTY, deputy("1"), key="k")
    with pytest.raises(HubError) as caught:
        await hub.push("county", RecordKind.DEPUTY, deputy("2"), key="k")
    assert caught.value.code is Code.IDEMPOTENCY_KEY_REUSED
    assert await hub.rows("SELECT count(*) FROM deputy") == [(1,)]


async def test_fifty_copies_at_once_are_one_push(hub: Hub) -> None:
    pushes = (hub.push("county", RecordKind.DEPUTY, deputy("1"), key="k") for _ in range(50))
    answers = await asyncio.gather(*pushes)
    assert all(answer == answers[0] for answer in answers)
    assert await hub.rows("SELECT count(*) FROM run") == [(1,)]


async def test_a_dry_run_answers_and_leaves_nothing(hub: Hub) -> None:
    answer = await hub.push(
        "county", RecordKind.DEPUTY, deputy("1"), deputy("2", term="?"), is_dry_run=True
    )
    assert [result.outcome for result in answer.results] == ["STORED", "QUARANTINED"]
    for table in (
        "run",
        "source_record",
        "person",
        "deputy",
        "change",
        "quarantine",
        "idempotency",
        "congress",
    ):
        assert await hub.rows(f"SELECT count(*) FROM {table}") == [(0,)], table


async def test_a_dry_run_does_not_tell_which_id_number_links(hub: Hub) -> None:
    await hub.deputies("city", deputy("t", nationalId=IDS[0]))
    guesses = [deputy(f"g{at}", nationalId=number) for at, number in enumerate(IDS[:3])]
    answer = await hub.push("county", RecordKind.DEPUTY, *guesses, is_dry_run=True)
    assert [(each.outcome, each.entity_id) for each in answer.results] == [("STORED", None)] * 3
    assert (await hub.deputies("county", guesses[0])).results[0].entity_id is not None
    again = await hub.push("county", RecordKind.DEPUTY, *guesses, is_dry_run=True)
    assert [each.entity_id is None for each in again.results] == [False, True, True]


async def test_an_id_that_comes_twice_in_a_push_is_refused_the_second_time(hub: Hub) -> None:
    answer = await hub.deputies("county", deputy("1"), deputy(" 1 "), deputy(""))
    assert codes(answer) == [[], [("externalId", "DUPLICATE_KEY")], [("externalId", "REQUIRED")]]


async def test_two_systems_pushing_at_once_make_one_person(hub: Hub) -> None:
    await asyncio.gather(
        *(
            hub.deputies(
                system,
                *(
                    deputy(f"{system}{i}", divisionCode=code, nationalId=IDS[0], term=i)
                    for i in range(1, 6)
                ),
            )
            for system, code in (("county", "510811"), ("city", "510800"), ("province", "510000"))
        )
    )
    assert await hub.rows("SELECT count(*) FROM person") == [(1,)]
    assert await hub.rows("SELECT count(*) FROM deputy") == [(15,)]
