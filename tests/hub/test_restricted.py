"""Restricted fields of every kind: no way of asking shows them without the right.

The cases are made from the declarations, so that a new restricted column is tested by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from graphql import GraphQLInputObjectType

from hub.stewards import pins
from hub.subjects import KINDS
from hub.subjects.kinds import Field
from hub.subjects.record_kinds import RecordKind
from resolvers.context import Access, Context
from resolvers.operations import SCHEMA, Operation, answer, execute
from schema.ids import split_id
from schema.provenance import without_restricted
from schema.registry import NODES
from tests.graph.conftest import Graph
from tests.hub.pushing import GUANGYUAN, ZHAOHUA, Hub
from tests.hub.stewarding import desk

BOTH = (answer, execute)


@dataclass(frozen=True)
class Case:
    """A restricted field of a kind, the type that shows it, and what no answer may hold."""

    kind: RecordKind
    field: Field
    type: str
    plural: str

    @property
    def secret(self) -> str:
        return "12509876543" if "hone" in self.field.name else f"秘密{self.field.name}"

    def record(self, key: str, **fields: object) -> dict[str, object]:
        """A record that states the secret."""
        return {**REQUIRED[self.kind], "externalId": key, self.field.name: self.secret, **fields}


PLACE: dict[str, object] = {"divisionCode": ZHAOHUA}
NAMED: dict[str, object] = {"name": "王小明", **PLACE}
REQUIRED: dict[RecordKind, dict[str, object]] = {
    RecordKind.DEPUTY: NAMED | {"term": 8},
    RecordKind.HOME: NAMED,
    RecordKind.STATION: NAMED,
    RecordKind.HANDLING_BODY: NAMED,
    RecordKind.SUGGESTION: {"title": "关于路灯的建议", "state": "办理中", **PLACE},
    RecordKind.MOTION: {"title": "关于供水的议案", "state": "已提交", **PLACE},
    RecordKind.PUBLIC_OPINION: {"state": "已登记", **PLACE},
    RecordKind.ACTIVITY: {"title": "视察", "kind": "视察", **PLACE},
    RecordKind.PAYMENT: {"amount": 5, "line": {"id": "L1"}},
}
"""What a record of each kind states besides."""


def shown_by(field: Field) -> tuple[str, str]:
    """The type that shows a field, and its root field."""
    for entity in NODES.values():
        if entity.source is field.table and entity.plural:
            return entity.name, entity.plural
    raise AssertionError(f"no type shows {field.name}")


CASES = [
    Case(kind.kind, field, *shown_by(field))
    for kind in KINDS.values()
    for field in kind.fields
    if field.restricted
]


def test_every_restricted_column_is_a_case() -> None:
    columns = {
        (kind.table.name, column.name)
        for kind in KINDS.values()
        for column in kind.table.columns
        if column.info.get("restricted")
    }
    covered = {
        (case.field.table.name, case.field.column) for case in CASES if case.field.table is not None
    }
    assert columns <= covered
    assert {"citizenName", "citizenPhone", "text"} <= {case.field.name for case in CASES}


def named(case: Case) -> str:
    return f"{case.kind.name}.{case.field.name}"


ORIGIN = """
  provenance { field value others { value } }
  sourceRecords { id fields }
"""


async def asked(hub: Hub, case: Case, *, restricted: bool) -> list[Any]:
    """The nodes of a case with all that tells of the field, by both ways of answering."""
    query = f"{{ {case.plural} {{ nodes {{ id {case.field.name} {ORIGIN} }} }} }}"
    found = [
        (await Graph(hub.database, run).data(query, restricted=restricted))[case.plural]["nodes"]
        for run in BOTH
    ]
    assert found[0] == found[1]
    return list(found[0])


@pytest.mark.parametrize("case", CASES, ids=named)
async def test_a_restricted_field_is_shown_nowhere_without_the_right(hub: Hub, case: Case) -> None:
    await hub.push("county", case.kind, case.record("X1"))
    (node,) = await asked(hub, case, restricted=False)
    assert node[case.field.name] is None
    assert case.secret not in str(node)
    (told,) = [item for item in node["provenance"] if item["field"] == case.field.name]
    assert told["value"] is None
    (node,) = await asked(hub, case, restricted=True)
    assert node[case.field.name] == case.secret
    assert node["sourceRecords"][0]["fields"][case.field.name] == case.secret


@pytest.mark.parametrize("case", CASES, ids=named)
def test_nobody_filters_orders_groups_or_counts_by_a_restricted_field(case: Case) -> None:
    for use in ("Where", "Order", "Path"):
        taken = SCHEMA._schema.type_map[f"{case.type}{use}"]
        assert isinstance(taken, GraphQLInputObjectType)
        assert case.field.name not in taken.fields, use


@pytest.mark.parametrize("case", CASES, ids=named)
async def test_nobody_finds_a_restricted_field_by_searching(hub: Hub, case: Case) -> None:
    await hub.push("county", case.kind, case.record("X1"))
    query = "query ($text: String!) { search(text: $text) { name } }"
    for restricted in (False, True):
        found = await Graph(hub.database).data(query, {"text": case.secret}, restricted=restricted)
        assert found == {"search": []}


CONFLICTS = "{ conflicts { nodes { field values { value } } } }"


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.kind is not RecordKind.PAYMENT], ids=named
)
async def test_what_sources_disagree_about_is_not_shown_without_the_right(
    hub: Hub, case: Case
) -> None:
    same = {"nationalId": "510802196410112659"} if case.kind is RecordKind.DEPUTY else {}
    other = case.record("X2", **same) | {case.field.name: f"1{case.secret}"[:11]}
    await hub.push("county", case.kind, case.record("X1", **same))
    await hub.push("city", case.kind, other)
    for run in BOTH:
        shown = await Graph(hub.database, run).data(CONFLICTS)
        assert case.secret not in str(shown)
    if case.kind in (RecordKind.DEPUTY, RecordKind.HOME, RecordKind.HANDLING_BODY):
        told = await Graph(hub.database).data(CONFLICTS, restricted=True)
        assert case.secret in str(told), "the case is no conflict"


EXPLAINED = """query ($left: ID!, $right: ID!) {
  explainLink(left: $left, right: $right) { evidence { field left right } left { fields } }
}"""


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.kind in (RecordKind.DEPUTY, RecordKind.HOME)],
    ids=named,
)
async def test_the_evidence_of_a_link_shows_no_restricted_value(hub: Hub, case: Case) -> None:
    await hub.push("county", case.kind, case.record("X1"))
    await hub.push("city", case.kind, case.record("X2"))
    rows = await hub.rows("SELECT id::text FROM source_record ORDER BY id")
    sides = {
        side: f"SourceRecord:{row[0]}" for side, row in zip(("left", "right"), rows, strict=True)
    }
    context = Context(hub, Access("county", False), "request-1")
    shown = await answer(Operation(EXPLAINED, variables=sides), context)
    assert not shown.errors
    assert "phone" in str(shown.data) or "address" in str(shown.data)
    assert case.secret not in str(shown.data)


@pytest.mark.parametrize("case", CASES, ids=named)
async def test_a_pinned_value_is_masked_too(hub: Hub, case: Case) -> None:
    await hub.push("county", case.kind, case.record("X1") | {case.field.name: None})
    (node,) = await asked(hub, case, restricted=True)
    assert case.field.table is not None
    _, key = split_id(node["id"])
    name = case.field.table.name
    await pins.pin_value(desk(hub), name, str(key), case.field.name, case.secret)
    nodes = f"{case.plural} {{ nodes {{ {case.field.name} }} }}"
    query = f"{{ pins {{ nodes {{ field value }} }} {nodes} }}"
    for run in BOTH:
        assert case.secret not in str(await Graph(hub.database, run).data(query))
        assert case.secret in str(await Graph(hub.database, run).data(query, restricted=True))


@pytest.mark.parametrize("case", CASES, ids=named)
def test_what_is_read_live_leaves_restricted_fields_out(case: Case) -> None:
    assert without_restricted({"name": "a", case.field.name: case.secret}) == {"name": "a"}


@pytest.mark.parametrize("case", CASES, ids=named)
async def test_a_refused_record_does_not_tell_what_it_holds(hub: Hub, case: Case) -> None:
    refused = case.record("X1") | {"divisionCode": "519999"}
    if case.kind is RecordKind.PAYMENT:
        refused |= {"amount": "许多"}
    result = await hub.push("county", case.kind, refused)
    assert result.quarantined == 1
    query = """{ systems { nodes { quarantine { nodes {
      rowKey place errors { field code message }
    } } } } }"""
    assert case.secret not in str(await Graph(hub.database).data(query, restricted=True))
    assert case.secret not in str(result.results)


OPINION = REQUIRED[RecordKind.PUBLIC_OPINION] | {"divisionCode": GUANGYUAN}


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ("红星村", "红星村"),
        ("红星村3组12号", "红星村"),
        ("新村社区二栋501室", "新村社区"),
        ("幸福村村委会", "幸福村村委会"),
        ("红星村张家院子", "红星村"),
        ("大石坝", "大石坝"),
    ],
)
async def test_an_opinion_keeps_its_village_and_nothing_finer(
    hub: Hub, stated: str, kept: str
) -> None:
    record = OPINION | {"externalId": "O1", "village": stated}
    await hub.push("county", RecordKind.PUBLIC_OPINION, record)
    assert await hub.rows("SELECT village FROM public_opinion") == [(kept,)]
    assert await hub.rows("SELECT fields ->> 'village' FROM source_record") == [(kept,)]


@pytest.mark.parametrize(
    ("fields", "issue"),
    [
        ({"village": "人民路12号"}, ("village", "OUT_OF_RANGE")),
        ({"checkedText": "何平反映路灯不亮"}, ("checkedText", "PERSONAL_DATA")),
        ({"checkedText": "路灯不亮，电话12509876543"}, ("checkedText", "PERSONAL_DATA")),
        ({"reply": "已告知何平"}, ("reply", "PERSONAL_DATA")),
    ],
)
async def test_a_public_text_that_names_the_citizen_is_quarantined(
    hub: Hub, fields: dict[str, object], issue: tuple[str, str]
) -> None:
    who = {"citizenName": "何平", "citizenPhone": "12509876543", "externalId": "O1"}
    result = await hub.push("county", RecordKind.PUBLIC_OPINION, OPINION | who | fields)
    ((found,),) = [it.errors for it in result.results]
    assert (found.field, found.code) == issue
    assert "何平" not in found.message
    assert "12509876543" not in found.message


async def test_a_citizen_without_a_name_may_be_anybody(hub: Hub) -> None:
    record = OPINION | {
        "externalId": "O1",
        "citizenName": "群众",
        "checkedText": "群众反映路灯不亮",
    }
    result = await hub.push("county", RecordKind.PUBLIC_OPINION, record)
    assert result.stored == 1
