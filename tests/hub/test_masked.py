"""What is masked says so, in the answer and in the provenance, never whether there is a value."""

from __future__ import annotations

from typing import Any

import httpx2
import orjson
import pytest

from hub.subjects.record_kinds import RecordKind
from resolvers.context import Access, Context
from resolvers.operations import Answer, Operation, answer, execute
from tests.conftest import Served
from tests.hub.pushing import Hub, deputy
from tests.hub.test_suggestions import suggestion

PEOPLE = """query People($phone: Boolean = true) {
  people(orderBy: [{ name: ASC }]) { nodes {
    name tel: phone @include(if: $phone) ...Home
    mandates { nodes { person { email } } }
    provenance { field value isMasked recordedAt record { id } system { code } pin { id }
      others { value } }
  } }
}
fragment Home on Person { homeAddress ... on Person { homeAddress } }"""
RESTRICTED = {"phone", "email", "wechat", "qq", "homeAddress", "postcode"}


async def asked(hub: Hub, way: Any, *, reads_restricted: bool, **variables: object) -> Answer:
    context = Context(hub, Access(reads_restricted=reads_restricted))
    found: Answer = await way(Operation(PEOPLE, variables=variables), context)
    assert found.errors in ((), [])
    return found


@pytest.mark.parametrize("way", [answer, execute])
async def test_the_answer_names_the_paths_of_what_is_masked(hub: Hub, way: Any) -> None:
    await hub.deputies("county", deputy("1", phone="19900000001"))
    found = await asked(hub, way, reads_restricted=False)
    assert found.masked == (
        "people.nodes.tel",
        "people.nodes.homeAddress",
        "people.nodes.mandates.nodes.person.email",
        "people.nodes.provenance.value",
        "people.nodes.provenance.isMasked",
        "people.nodes.provenance.others.value",
    )
    less = await asked(hub, way, reads_restricted=False, phone=False)
    assert less.masked == found.masked[1:]
    assert (await asked(hub, way, reads_restricted=True)).masked == ()


@pytest.mark.parametrize("way", [answer, execute])
async def test_the_provenance_of_a_masked_field_is_the_same_with_and_without_a_value(
    hub: Hub, way: Any
) -> None:
    two = (deputy("1", name="甲明远", phone="19900000001"), deputy("2", name="乙明远"))
    await hub.deputies("county", *two)
    shown = await asked(hub, way, reads_restricted=False)
    people = orjson.loads(orjson.dumps(shown.data))["people"]["nodes"]
    masked = [
        {item["field"]: item for item in person["provenance"] if item["isMasked"]}
        for person in people
    ]
    for rows in masked:
        assert rows.keys() == RESTRICTED
        for item in rows.values():
            assert item["recordedAt"] == next(iter(rows.values()))["recordedAt"]
            assert [item[name] for name in ("value", "record", "system", "pin")] == [None] * 4
            assert item["others"] == []
    names = [item["field"] for item in people[0]["provenance"]]
    assert names == [item["field"] for item in people[1]["provenance"]]
    read = orjson.loads(orjson.dumps((await asked(hub, way, reads_restricted=True)).data))
    phones = [
        [item["value"] for item in person["provenance"] if item["field"] == "phone"]
        for person in read["people"]["nodes"]
    ]
    assert sorted(phones) == [[], ["19900000001"]]


async def test_a_text_that_may_be_published_is_named_as_what_it_may_be(hub: Hub) -> None:
    await hub.push(
        "county",
        RecordKind.SUGGESTION,
        suggestion("S1", body="全文", consent="全文公开"),
        suggestion("S2", body="不公开的", consent="不公开"),
    )
    query = Operation("{ suggestions { nodes { body } } }")
    found = await execute(query, Context(hub))
    assert found.masked == ("suggestions.nodes.body",)
    bodies = [node["body"] for node in found.data["suggestions"]["nodes"]]  # type: ignore[index]
    assert sorted(bodies, key=str) == [None, "全文"]


async def test_the_response_carries_the_paths_in_its_extensions(served: Served) -> None:
    body = {"query": "{ people(first: 1) { nodes { name phone } } }"}
    async with httpx2.AsyncClient() as client:
        public = (await client.post(f"{served.url}/graphql", json=body)).json()
        key = {"Authorization": f"Bearer {served.reader_key}"}
        whole = (await client.post(f"{served.url}/graphql", json=body, headers=key)).json()
    assert public["extensions"] == {"masked": ["people.nodes.phone"]}
    assert public["data"]["people"]["nodes"][0]["phone"] is None
    assert "extensions" not in whole
