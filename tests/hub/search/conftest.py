"""A graph to search in: people, places and all divisions."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import URL

from hub.divisions.index import DivisionIndex
from hub.store.database import Database
from hub.subjects.record_kinds import RecordKind
from resolvers.operations import answer, execute
from tests.conftest import drop_database, make_database
from tests.graph.conftest import Graph
from tests.hub.pushing import GUANGYUAN, IDS, YUANBA, ZHAOHUA, Hub, deputy

PLACES: tuple[tuple[RecordKind, dict[str, object]], ...] = (
    (
        RecordKind.HOME,
        {
            "externalId": "H1",
            "name": "元坝镇人大代表之家",
            "divisionCode": YUANBA,
            "address": "元坝镇京兆路１２號",
            "phone": "0839-8720001",
        },
    ),
    (
        RecordKind.STATION,
        {
            "externalId": "S1",
            "name": "驻金堂联络站",
            "divisionCode": ZHAOHUA,
            "locatedInCode": "510121",
            "address": "金堂县京兆路5号",
        },
    ),
    (RecordKind.GROUP, {"externalId": "G1", "name": "教育小组", "divisionCode": ZHAOHUA}),
)
NAMES = ("王小明", "王小", "王晓明", "小明华", "单雄信", "曾国华", "陳曉東", "阿依·古丽", "吕布")


async def fill(hub: Hub) -> None:
    """Places, people of Zhaohua, and one who is also a deputy of the prefecture."""
    for kind, place in PLACES:
        await hub.push("county", kind, place)
    await hub.deputies(
        "county",
        *(deputy(str(at), name=name) for at, name in enumerate(NAMES)),
        deputy("e", name="王小二", status="届满"),
        deputy("l", name="林知远", nationalId=IDS[0], divisionCode=YUANBA, term=20),
        deputy("h", name="林芝", phone="13900000001", homeAddress="幸福巷9号"),
    )
    await hub.deputies(
        "city", deputy("L", name="林知远", nationalId=IDS[0], divisionCode=GUANGYUAN)
    )


@pytest.fixture(scope="package")
async def searched(
    server_url: URL, template: str, divisions: DivisionIndex
) -> AsyncIterator[Database]:
    """A store that no test changes."""
    url = await make_database(server_url, template)
    database = Database(url)
    hub = Hub(database, divisions)
    await hub.add_systems()
    await fill(hub)
    yield database
    await database.close()
    await drop_database(server_url, url)


@pytest.fixture(params=[answer, execute], ids=["compiled", "executed"])
def graph(searched: Database, request: pytest.FixtureRequest) -> Graph:
    """The graph over that store, each way of answering in turn."""
    return Graph(searched, request.param)
