"""Stewardship over the graph: the queue, the evidence, decisions, pins, undo, permissions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
import pytest
from graphql import GraphQLNonNull, GraphQLObjectType, print_ast
from graphql.language import parse

from hub.divisions.index import DivisionIndex
from hub.passes.queue import find_candidates
from hub.store.database import Database
from hub.subjects.record_kinds import RecordKind
from resolvers.context import Access, Context
from resolvers.operations import SCHEMA, Operation, answer
from tests.hub.pushing import GUANGYUAN, IDS, YUANBA, ZHAOHUA, Hub, deputy
from tests.hub.stewarding import STEWARD, people, record_id

STEWARDS_KEY = Access("county", False, STEWARD)


@dataclass
class Asking:
    """A hub that can be pushed to and asked."""

    hub: Hub

    async def ask(
        self, query: str, access: Access = STEWARDS_KEY, **variables: Any
    ) -> tuple[Any, list[tuple[str, str]]]:
        """(data, [(code, message)]) of an operation."""
        context = Context(self.hub, access, "r")
        found = await answer(Operation(query, None, variables), context)
        data: Any = found.data
        errors: list[Any] = list(found.errors)
        return orjson.loads(orjson.dumps(data)), [
            (it["extensions"]["reason"], it["message"]) for it in errors
        ]

    async def data(self, query: str, access: Access = STEWARDS_KEY, **variables: Any) -> Any:
        data, errors = await self.ask(query, access, **variables)
        assert errors == []
        return data

    async def code(self, query: str, access: Access = STEWARDS_KEY, **variables: Any) -> str:
        _, ((code, _message),) = await self.ask(query, access, **variables)
        return code

    async def record(self, external_id: str) -> str:
        return f"SourceRecord:{await record_id(self.hub, external_id)}"


@pytest.fixture
async def asking(store: Database, divisions: DivisionIndex) -> Asking:
    """A man in two systems without id numbers, and a namesake of another year."""
    hub = Hub(store, divisions)
    await hub.add_systems()
    one = {"birth": "1964-10-03", "gender": "男", "phone": "19900000001"}
    await hub.deputies("county", deputy("1", post="主任", **one))
    await hub.deputies(
        "city",
        deputy("A", divisionCode=GUANGYUAN, post="书记", birth="1964", gender="1"),
        deputy("B", divisionCode=ZHAOHUA, birth="1980-02", gender="女"),
    )
    async with store.driver() as driver:
        await find_candidates(driver, divisions)
    return Asking(hub)


DECIDE = """mutation ($left: ID!, $right: ID!, $verdict: Verdict!, $judgement: ID) {
  decideLink(input: {left: $left, right: $right, verdict: $verdict, judgement: $judgement}) {
    judgement { id verdict madeBy steward stands left { externalId } right { externalId } } } }"""
UNMERGE = """mutation ($left: ID!, $right: ID!) {
  unmerge(input: {left: $left, right: $right}) { judgement { stands withdrawnBy } } }"""
NOTED = """mutation ($left: ID!, $right: ID!, $note: String) {
  decideLink(input: {left: $left, right: $right, verdict: SAME, note: $note}) {
    judgement { id } } }"""
PIN = """mutation ($node: ID!, $field: String!, $value: JSON, $pin: ID) {
  pinValue(input: {node: $node, field: $field, value: $value, pin: $pin}) {
    pin { id field value steward node { __typename id } } } }"""
RELEASE = """mutation ($pin: ID!) { releaseValue(input: {pin: $pin}) { pin { releasedBy } } }"""
UNDO = "mutation ($run: ID!) { undoRun(input: {run: $run}) { run { status undoneBy } } }"


async def test_the_queue_holds_the_doubtful_pair_until_it_is_decided(asking: Asking) -> None:
    queue = """{ linkCandidates(first: 5) { totalCount nodes { kind score value
        left { externalId system { code } } right { externalId } } } }"""
    data = await asking.data(queue)
    (pair,) = data["linkCandidates"]["nodes"]
    assert (pair["left"]["externalId"], pair["right"]["externalId"]) == ("1", "A")
    assert 0.5 < pair["score"] < 0.999
    assert pair["value"] == pytest.approx(2 * (2 - 2 * pair["score"]), abs=0.001)
    left, right = await asking.record("1"), await asking.record("A")
    await asking.data(DECIDE, left=left, right=right, verdict="UNSURE")
    assert (await asking.data(queue))["linkCandidates"]["totalCount"] == 0


async def test_evidence_adds_up_and_hides_what_is_restricted(asking: Asking) -> None:
    query = """query ($left: ID!, $right: ID!) { explainLink(left: $left, right: $right) {
      prior total probability rules isLinked judgement { verdict }
      left { externalId } right { externalId }
      evidence { field left right agreement detail weight } } }"""
    left, right = await asking.record("1"), await asking.record("A")
    data = (await asking.data(query, left=left, right=right))["explainLink"]
    bars = {bar["field"]: bar for bar in data["evidence"]}
    assert bars["birth"] == {
        "field": "birth",
        "left": "1964-10",
        "right": "1964",
        "agreement": "CLOSE",
        "detail": "year equal, month not known",
        "weight": pytest.approx(5, abs=1.5),
    }
    assert bars["phone"]["left"] is None
    assert bars["phone"]["agreement"] == "MISSING"
    assert data["total"] == pytest.approx(
        data["prior"] + sum(bar["weight"] for bar in data["evidence"])
    )
    ((score,),) = await asking.hub.rows("SELECT score FROM link_candidate")
    assert data["probability"] == pytest.approx(score, abs=0.002)
    assert (data["isLinked"], data["judgement"], data["rules"]) == (False, None, [])
    reader = Access("county", True)
    shown = (await asking.data(query, reader, left=left, right=right))["explainLink"]["evidence"]
    assert {bar["field"]: bar["left"] for bar in shown}["birth"] == "1964-10-03"
    assert {bar["field"]: bar["left"] for bar in shown}["phone"] == "19900000001"


async def test_a_merge_shows_in_the_graph_and_goes_with_the_un_merge(asking: Asking) -> None:
    left, right = await asking.record("1"), await asking.record("A")
    ((old,),) = await asking.hub.rows(
        "SELECT person_id::text FROM source_record WHERE external_id = 'A'"
    )
    made = await asking.data(DECIDE, left=left, right=right, verdict="SAME")
    judgement = made["decideLink"]["judgement"]
    assert judgement | {"id": ""} == {
        "id": "",
        "verdict": "SAME",
        "madeBy": "STEWARD",
        "steward": STEWARD,
        "stands": True,
        "left": {"externalId": "1"},
        "right": {"externalId": "A"},
    }
    whose = """query ($id: ID!) { node(id: $id) { id ... on Person {
      redirectedFrom { formerId } sourceRecords { externalId } } } }"""
    node = (await asking.data(whose, id=f"Person:{old}"))["node"]
    assert node["id"] != f"Person:{old}"
    assert node["redirectedFrom"] == [{"formerId": f"Person:{old}"}]
    assert [item["externalId"] for item in node["sourceRecords"]] == ["1", "A"]
    undone = await asking.data(UNMERGE, left=left, right=right)
    assert undone["unmerge"]["judgement"] == {"stands": False, "withdrawnBy": STEWARD}
    node = (await asking.data(whose, id=f"Person:{old}"))["node"]
    assert node == {
        "id": f"Person:{old}",
        "redirectedFrom": [],
        "sourceRecords": [{"externalId": "A"}],
    }
    history = await asking.data("{ judgements { nodes { verdict stands } } }")
    assert history["judgements"]["nodes"] == [{"verdict": "SAME", "stands": False}]


async def test_a_conflict_is_queried_and_settled_by_a_pin_that_provenance_shows(
    asking: Asking,
) -> None:
    left, right = await asking.record("1"), await asking.record("A")
    await asking.data(DECIDE, left=left, right=right, verdict="SAME")
    query = """{ conflicts(where: {field: {eq: "post"}}) { nodes { type field division { code }
      node { id __typename } values { value record { externalId } system { code } } } } }"""
    (conflict,) = (await asking.data(query))["conflicts"]["nodes"]
    node = conflict["node"]["id"]
    assert conflict == {
        "type": "Person",
        "field": "post",
        "division": conflict["division"],
        "node": {"id": node, "__typename": "Person"},
        "values": [
            {"value": "主任", "record": {"externalId": "1"}, "system": {"code": "county"}},
            {"value": "书记", "record": {"externalId": "A"}, "system": {"code": "city"}},
        ],
    }
    pinned = (await asking.data(PIN, node=node, field="post", value="校长"))["pinValue"]["pin"]
    assert pinned | {"id": ""} == {
        "id": "",
        "field": "post",
        "value": "校长",
        "steward": STEWARD,
        "node": {"__typename": "Person", "id": node},
    }
    assert (await asking.data(query))["conflicts"]["nodes"] == []
    provenance = """query ($id: ID!) { person(id: $id) { post provenance { field value
      record { externalId } system { code } pin { steward }
      others { value record { externalId } } } } }"""
    person = (await asking.data(provenance, id=node))["person"]
    won = {item["field"]: item for item in person["provenance"]}
    assert person["post"] == "校长"
    assert won["post"] == {
        "field": "post",
        "value": "校长",
        "record": None,
        "system": None,
        "pin": {"steward": STEWARD},
        "others": [
            {"value": "主任", "record": {"externalId": "1"}},
            {"value": "书记", "record": {"externalId": "A"}},
        ],
    }
    assert won["name"]["pin"] is None
    released = await asking.data(RELEASE, pin=pinned["id"])
    assert released["releaseValue"]["pin"] == {"releasedBy": STEWARD}
    assert (await asking.data(provenance, id=node))["person"]["post"] == "书记"


async def test_a_pinned_restricted_value_stays_restricted(asking: Asking) -> None:
    ((key,),) = await asking.hub.rows(
        "SELECT person_id::text FROM source_record WHERE external_id = '1'"
    )
    node = f"Person:{key}"
    pin = (await asking.data(PIN, node=node, field="phone", value="19900000002"))["pinValue"]
    assert pin["pin"]["value"] is None
    query = """query ($id: ID!) { person(id: $id) { phone provenance { field value } }
      pins { nodes { value } } }"""
    data = await asking.data(query, id=node)
    shown = {item["field"]: item["value"] for item in data["person"]["provenance"]}
    assert (data["person"]["phone"], shown["phone"], data["pins"]["nodes"][0]["value"]) == (
        None,
        None,
        None,
    )
    data = await asking.data(query, Access("county", True), id=node)
    assert data["person"]["phone"] == "19900000002"
    assert data["pins"]["nodes"] == [{"value": "19900000002"}]


async def test_a_run_is_undone_over_the_graph(asking: Asking) -> None:
    run = await asking.hub.deputies("county", deputy("9", nationalId=IDS[0]))
    undone = await asking.data(UNDO, run=f"Run:{run.run_id}")
    assert undone["undoRun"]["run"] == {"status": "UNDONE", "undoneBy": STEWARD}
    assert [["9"]] not in [await people(asking.hub)]
    assert await asking.code(UNDO, run=f"Run:{run.run_id}") == "ALREADY_UNDONE"


async def test_bad_input_has_a_code_and_changes_nothing(asking: Asking) -> None:
    left, right = await asking.record("1"), await asking.record("A")
    node = "Person:" + str((await asking.hub.rows("SELECT id FROM person LIMIT 1"))[0][0])
    system = "SourceSystem:" + str((await asking.hub.rows("SELECT id FROM source_system"))[0][0])
    assert await asking.code(UNMERGE, left=left, right=right) == "NOT_MERGED"
    assert await asking.code(DECIDE, left=left, right=left, verdict="SAME") == "BAD_INPUT"
    assert await asking.code(DECIDE, left=node, right=left, verdict="SAME") == "BAD_ID"
    for note in ("a\0b", "\ud800", "x" * 1001):
        assert await asking.code(NOTED, left=left, right=right, note=note) == "BAD_INPUT"
    assert await asking.code(PIN, node=node, field="shoeSize", value="43") == "UNKNOWN_FIELD"
    assert await asking.code(PIN, node=node, field="gender", value="?") == "UNKNOWN_CODE"
    assert await asking.code(PIN, node=system, field="name", value="x") == "BAD_ID"
    made = await asking.data(DECIDE, left=left, right=right, verdict="DIFFERENT")
    assert await asking.code(DECIDE, left=left, right=right, verdict="SAME") == "ALREADY_DECIDED"
    judgement = made["decideLink"]["judgement"]["id"]
    withdraw = """mutation ($it: ID!) { withdrawJudgement(input: {judgement: $it}) {
      judgement { stands } } }"""
    await asking.data(withdraw, it=judgement)
    assert await asking.code(withdraw, it=judgement) == "NOT_STANDING"


def example(kind: Any) -> str:
    """A value of an input type, all that must be given."""
    if isinstance(kind, GraphQLNonNull):
        return example(kind.of_type)
    if hasattr(kind, "of_type"):
        return f"[{example(kind.of_type)}]"
    if hasattr(kind, "fields"):
        must = {name: it for name, it in kind.fields.items() if isinstance(it.type, GraphQLNonNull)}
        return "{" + ", ".join(f"{name}: {example(it.type)}" for name, it in must.items()) + "}"
    if hasattr(kind, "values"):
        return str(next(iter(kind.values)))
    plain = {"Int": "1", "Float": "1", "Boolean": "false", "Date": '"2026-01-01"'}
    return plain.get(kind.name, '"Run:x"')


def mutations() -> list[str]:
    """Every mutation with an input that is complete."""
    kind = SCHEMA._schema.mutation_type
    assert isinstance(kind, GraphQLObjectType)
    found = []
    for name, item in kind.fields.items():
        given = ", ".join(f"{key}: {example(it.type)}" for key, it in item.args.items())
        found.append(print_ast(parse(f"mutation {{ {name}({given}) {{ __typename }} }}")))
    return found


@pytest.mark.parametrize("mutation", mutations(), ids=lambda text: text.split("(")[0].split()[-1])
async def test_every_mutation_has_a_permission(asking: Asking, mutation: str) -> None:
    assert await asking.code(mutation, Access()) == "UNAUTHENTICATED"
    assert await asking.code(mutation, Access("another", True)) == "FORBIDDEN"


async def test_places_wait_in_the_queue_too(asking: Asking) -> None:
    home = {"divisionCode": YUANBA, "name": "元坝镇人大代表之家"}
    for system, key, address in (("county", "H", "人民路1号"), ("city", "X", "元坝镇人民路９号")):
        record = home | {"externalId": key, "address": address}
        await asking.hub.push(system, RecordKind.HOME, record)
    async with asking.hub.database.driver() as driver:
        await find_candidates(driver, asking.hub.divisions)
    query = """{ linkCandidates(where: {kind: {eq: HOME}}) { nodes { score
        left { externalId } } } }"""
    (candidate,) = (await asking.data(query))["linkCandidates"]["nodes"]
    left, right = await asking.record("H"), await asking.record("X")
    why = """query ($left: ID!, $right: ID!) { explainLink(left: $left, right: $right) {
      probability isLinked rules evidence { field left right agreement detail } } }"""
    told = (await asking.data(why, left=left, right=right))["explainLink"]
    assert (told["isLinked"], told["rules"]) == (False, [])
    assert told["probability"] == pytest.approx(candidate["score"], abs=0.002)
    bars = {bar.pop("field"): bar for bar in told["evidence"]}
    assert bars["address"] == {
        "left": "人民路1号",
        "right": "元坝镇人民路9号",
        "agreement": "DIFFERENT",
        "detail": "another number",
    }
    assert [bars[name]["agreement"] for name in ("name", "division")] == ["EQUAL", "EQUAL"]
    await asking.data(DECIDE, left=left, right=right, verdict="SAME")
    assert await asking.hub.rows("SELECT count(*) FROM home") == [(1,)]
    assert (await asking.data(query))["linkCandidates"]["nodes"] == []
    again = {"externalId": "X", "divisionCode": YUANBA, "name": "红岩村代表之家"}
    await asking.hub.push("city", RecordKind.HOME, again)
    assert await asking.hub.rows("SELECT count(*) FROM home") == [(1,)]
    await asking.data(UNMERGE, left=left, right=right)
    assert await asking.hub.rows("SELECT count(*) FROM home") == [(2,)]


async def test_activities_are_not_compared(asking: Asking) -> None:
    meeting = {"divisionCode": YUANBA, "kind": "视察", "title": "视察"}
    for system, key in (("county", "E1"), ("city", "E2")):
        record = meeting | {"externalId": key}
        await asking.hub.push(system, RecordKind.ACTIVITY, record)
    ends = {"left": await asking.record("E1"), "right": await asking.record("E2")}
    why = """query ($left: ID!, $right: ID!) {
      explainLink(left: $left, right: $right) { probability } }"""
    assert await asking.code(why, STEWARDS_KEY, **ends) == "BAD_INPUT"


async def test_no_reader_learns_from_an_explanation_whether_restricted_values_agree(
    asking: Asking,
) -> None:
    query = """query ($left: ID!, $right: ID!) { explainLink(left: $left, right: $right) {
      total probability rules evidence { field agreement detail weight } } }"""
    told = []
    for phone, number in ((None, None), ("19900000001", IDS[0]), ("19900000009", IDS[1])):
        one = deputy("1", phone="19900000001", nationalId=IDS[0])
        other = deputy("A", divisionCode="510800", phone=phone, nationalId=number)
        await asking.hub.deputies("county", one)
        await asking.hub.deputies("city", other)
        ends = {"left": await asking.record("1"), "right": await asking.record("A")}
        told.append((await asking.data(query, Access("county"), **ends))["explainLink"])
    assert told[0] == told[1] == told[2]
