"""A small world of invented people on real divisions, for the tests of the graph.

林知远 holds mandates in the province, in Zhaohua (510811) and in its town 元坝镇 (510811100); the
standing committee of Zhaohua has a chair and a vice-chair in office and one who has resigned.
Sixty deputies of 元坝镇 fill pages.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, insert, select

from hub.search.rebuild import rebuild
from hub.store.database import Database
from hub.subjects.changes import redirect
from hub.subjects.congresses import congress
from hub.subjects.deputies import deputy
from hub.subjects.divisions import division as division_table
from hub.subjects.groups import deputy_group, deputy_group_member
from hub.subjects.people import person as person_table
from hub.subjects.places import home, home_member, station, station_member
from hub.subjects.search import SearchKind
from hub.subjects.source_records import quarantine, source_record
from hub.subjects.systems import run as run_table
from hub.subjects.systems import source_system, stream

Rows = list[dict[str, Any]]

CODES = ("510000", "510800", "510811", "510811100", "510121", "510681")
SEEN = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
PASSED = datetime(2026, 3, 5, 8, 0, 0, 250000, tzinfo=UTC)


def uid(number: int) -> UUID:
    """An id that sorts by its number."""
    return UUID(int=0x0193A5C27D3E7B0A9C415E8F2A6D0000 + number)


SYSTEM_GY, SYSTEM_ZH = uid(1), uid(2)
RUN_GY, RUN_ZH, RUN_FAILED = uid(11), uid(12), uid(13)
CONGRESS_PROVINCE, CONGRESS_OLD, CONGRESS_COUNTY, CONGRESS_TOWN = (uid(n) for n in range(21, 25))
LIN, CHEN, WU, ZHENG, MERGED_AWAY = (uid(n) for n in range(31, 36))
LIN_PROVINCE, LIN_COUNTY, LIN_TOWN, CHEN_COUNTY, WU_COUNTY, ZHENG_COUNTY = (
    uid(n) for n in range(41, 47)
)
HOME, STATION, STATION_OFF_SITE, GROUP = uid(51), uid(52), uid(53), uid(54)
RECORD_ZH, RECORD_GY, RECORD_GONE, RECORD_HOME = uid(61), uid(62), uid(63), uid(64)
REFUSED = uid(71)
FILLERS = 60


def person(key: UUID, name: str, division: UUID, **more: Any) -> dict[str, Any]:
    return {"id": key, "name": name, "division_id": division, **more}


def mandate(
    key: UUID, person_id: UUID, congress_id: UUID, division: UUID, level: str, **more: Any
) -> dict[str, Any]:
    return {
        "id": key,
        "person_id": person_id,
        "congress_id": congress_id,
        "division_id": division,
        "level": level,
        "status": "ACTIVE",
        **more,
    }


def record(key: UUID, system: UUID, run: UUID, kind: str, entity: UUID, **more: Any) -> Any:
    return {
        "id": key,
        "system_id": system,
        "run_id": run,
        "kind": kind,
        "external_id": f"x{key.int & 0xFFFF}",
        "stream": "deputies",
        "resolved": {},
        "checksum": b"",
        "entity_id": entity,
        "first_seen_at": SEEN,
        "last_seen_at": SEEN,
        **more,
    }


def congress_rows(at: dict[str, UUID]) -> Rows:
    def row(key: UUID, code: str, level: str, term: int, name: str) -> dict[str, Any]:
        return {"id": key, "division_id": at[code], "level": level, "term": term, "name": name}

    return [
        row(CONGRESS_PROVINCE, "510000", "PROVINCE", 14, "四川省第十四届人民代表大会"),
        row(CONGRESS_OLD, "510811", "COUNTY", 18, "昭化区第十八届人民代表大会"),
        row(CONGRESS_COUNTY, "510811", "COUNTY", 19, "昭化区第十九届人民代表大会"),
        row(CONGRESS_TOWN, "510811100", "TOWNSHIP", 20, "元坝镇第二十届人民代表大会"),
    ]


def person_rows(at: dict[str, UUID]) -> Rows:
    county, town = at["510811"], at["510811100"]
    return [
        person(
            LIN,
            "林知远",
            county,
            gender="MALE",
            ethnicity="汉族",
            birth_month="1971-05",
            phone="13900000001",
            main_record_id=RECORD_ZH,
            other_winners={"ethnicity": str(RECORD_GY)},
        ),
        person(CHEN, "陈小满", county, gender="FEMALE", education="大学本科"),
        person(WU, "吴50%_山", county),
        person(ZHENG, "郑一舟", county, education="大学本科"),
        *(person(uid(1000 + n), f"填{n:02}", town) for n in range(FILLERS)),
    ]


def deputy_rows(at: dict[str, UUID]) -> Rows:
    county, town = at["510811"], at["510811100"]

    def in_county(key: UUID, person_id: UUID, **more: Any) -> dict[str, Any]:
        return mandate(key, person_id, CONGRESS_COUNTY, county, "COUNTY", term=19, **more)

    def in_town(key: UUID, person_id: UUID, **more: Any) -> dict[str, Any]:
        return mandate(key, person_id, CONGRESS_TOWN, town, "TOWNSHIP", term=20, **more)

    return [
        mandate(LIN_PROVINCE, LIN, CONGRESS_PROVINCE, at["510000"], "PROVINCE", term=14),
        in_county(
            LIN_COUNTY,
            LIN,
            start_date=date(2021, 10, 1),
            main_record_id=RECORD_ZH,
            other_winners={},
        ),
        in_town(LIN_TOWN, LIN, congress_post="PRESIDIUM_MEMBER"),
        in_county(CHEN_COUNTY, CHEN, congress_post="CHAIR", start_date=date(2021, 10, 1)),
        in_county(WU_COUNTY, WU, congress_post="VICE_CHAIR", start_date=date(2023, 1, 9)),
        in_county(
            ZHENG_COUNTY,
            ZHENG,
            congress_post="VICE_CHAIR",
            status="TERMINATED",
            status_reason="RESIGNED",
        ),
        *(in_town(uid(2000 + n), uid(1000 + n)) for n in range(FILLERS)),
    ]


def place(key: UUID, division: UUID, located_in: UUID, name: str, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "division_id": division,
        "located_in_id": located_in,
        "name": name,
        "level": "COUNTY",
        **more,
    }


def record_rows(at: dict[str, UUID]) -> Rows:
    county = at["510811"]

    def of_lin(key: UUID, system: UUID, run: UUID, **more: Any) -> Any:
        more |= {"person_id": LIN, "division_id": county, "resolved": {"level": "COUNTY"}}
        return record(key, system, run, "DEPUTY", LIN_COUNTY, **more)

    return [
        of_lin(
            RECORD_ZH,
            SYSTEM_ZH,
            RUN_ZH,
            fields={
                "name": "林知远",
                "gender": "MALE",
                "ethnicity": "回族",
                "birth": "1971-05-20",
                "phone": "13900000001",
                "startDate": "2021-10-01",
            },
        ),
        of_lin(
            RECORD_GY,
            SYSTEM_GY,
            RUN_GY,
            fields={"name": "林知远", "ethnicity": "汉族", "phone": "13900000002"},
        ),
        of_lin(RECORD_GONE, SYSTEM_GY, RUN_GY, fields={"name": "林志远"}, deleted_at=SEEN),
        record(
            RECORD_HOME,
            SYSTEM_ZH,
            RUN_ZH,
            "HOME",
            HOME,
            division_id=county,
            fields={"name": "元坝镇代表之家", "kind": "HOME"},
        ),
    ]


def system_rows(at: dict[str, UUID]) -> Rows:
    def row(key: UUID, code: str, name: str, place: str, level: str, **more: Any) -> dict[str, Any]:
        return {
            "id": key,
            "code": code,
            "name": name,
            "division_id": at[place],
            "level": level,
            "connector": "SQL",
            **more,
        }

    return [
        row(
            SYSTEM_GY,
            "guangyuan-npc",
            "广元人大代表系统",
            "510800",
            "PREFECTURE",
            status="OK",
            last_run_id=RUN_GY,
            last_success_at=SEEN,
        ),
        row(
            SYSTEM_ZH,
            "zhaohua-npc",
            "昭化人大代表系统",
            "510811",
            "COUNTY",
            status="FAILING",
            last_run_id=RUN_FAILED,
        ),
    ]


def run_rows() -> Rows:
    def row(key: UUID, system: UUID, status: str, stored: int, **more: Any) -> dict[str, Any]:
        counts = {"unchanged": 0, "quarantined": 1, "deleted": 0, "withheld": 0}
        named = {"id": key, "system_id": system, "kind": "SYNC", "status": status}
        return {**named, "started_at": SEEN, "stored": stored, "read": stored + 1, **counts, **more}

    return [
        row(RUN_GY, SYSTEM_GY, "SUCCEEDED", 2, finished_at=SEEN),
        row(RUN_ZH, SYSTEM_ZH, "SUCCEEDED", 2, finished_at=SEEN),
        row(
            RUN_FAILED,
            SYSTEM_ZH,
            "FAILED",
            0,
            error_code="SOURCE_UNAVAILABLE",
            error_message="The database did not answer. Start it and sync again.",
        ),
    ]


def rows_by_table(at: dict[str, UUID]) -> list[tuple[Table, Rows]]:
    county, town = at["510811"], at["510811100"]
    refused = [{"field": "birth", "code": "INVALID_DATE", "message": "1971-13 is no month."}]
    in_home = {"home_id": HOME, "record_id": RECORD_HOME}
    in_group = {"deputy_group_id": GROUP, "record_id": RECORD_ZH}
    return [
        (source_system, system_rows(at)),
        (run_table, run_rows()),
        (
            stream,
            [{"system_id": SYSTEM_GY, "name": "deputies", "completed_at": PASSED}],
        ),
        (congress, congress_rows(at)),
        (person_table, person_rows(at)),
        (redirect, [{"old_id": MERGED_AWAY, "new_id": LIN}]),
        (deputy, deputy_rows(at)),
        (
            home,
            [
                place(
                    HOME,
                    town,
                    town,
                    "元坝镇代表之家",
                    kind="HOME",
                    level="TOWNSHIP",
                    main_record_id=RECORD_HOME,
                    other_winners={},
                )
            ],
        ),
        (
            station,
            [
                place(STATION, county, town, "元坝联络站", kind="STATION", is_off_site=False)
                | {"home_id": HOME},
                place(
                    STATION_OFF_SITE,
                    county,
                    at["510121"],
                    "金堂异地联络站",
                    kind="STATION",
                    is_off_site=True,
                    longitude=104.5,
                    latitude=30.85,
                ),
            ],
        ),
        (
            deputy_group,
            [
                {
                    "id": GROUP,
                    "division_id": county,
                    "congress_id": CONGRESS_COUNTY,
                    "leader_id": CHEN_COUNTY,
                    "name": "教育小组",
                    "kind": "PROFESSIONAL",
                    "level": "COUNTY",
                    "field": "教育",
                }
            ],
        ),
        (
            home_member,
            [
                {**in_home, "deputy_id": LIN_TOWN, "role": "LEADER"},
                {**in_home, "deputy_id": LIN_COUNTY, "start_date": date(2022, 1, 1)},
            ],
        ),
        (
            station_member,
            [{"station_id": STATION_OFF_SITE, "deputy_id": LIN_COUNTY, "record_id": RECORD_ZH}],
        ),
        (
            deputy_group_member,
            [
                {**in_group, "deputy_id": LIN_TOWN, "role": "MEMBER"},
                {**in_group, "deputy_id": CHEN_COUNTY, "role": "LEADER"},
                {**in_group, "deputy_id": LIN_PROVINCE, "role": "MEMBER"},
            ],
        ),
        (source_record, record_rows(at)),
        (
            quarantine,
            [
                {
                    "id": REFUSED,
                    "system_id": SYSTEM_ZH,
                    "run_id": RUN_ZH,
                    "kind": "DEPUTY",
                    "row_key": "x99",
                    "place": "row 7",
                    "errors": refused,
                    "row": {"name": "钱多多"},
                    "first_seen_at": SEEN,
                }
            ],
        ),
    ]


async def build_world(database: Database) -> None:
    """Fill a store that has the divisions."""
    division = division_table
    current = select(division.c.code, division.c.id).where(
        division.c.code.in_(CODES), division.c.valid_to.is_(None)
    )
    async with database.engine.begin() as connection:
        at = {row.code: row.id for row in await connection.execute(current)}
        for table, rows in rows_by_table(at):
            for row in rows:
                await connection.execute(insert(table).values(row))
    async with database.driver() as driver:
        await rebuild(driver, kinds=set(SearchKind) - {SearchKind.DIVISION})
