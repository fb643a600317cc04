"""The schema as a text: described, complete, current."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    find_breaking_changes,
)
from graphql import build_schema as read_schema

from hub.settings import ROOT
from resolvers.http.api import print_schema
from resolvers.operations import SCHEMA
from schema.registry import ENTITIES

GRAPH = SCHEMA._schema
BUILT_IN = {"String", "Int", "Float", "Boolean", "ID", "JSON", "Date", "DateTime"}
SAME_IN_CHINESE = {"ConnectorKind.GRAPHQL", "DeputyRecordInput.qq"}

ROOTS = {
    *("node", "nodes", "division", "system", "person", "deputy", "congress", "home", "station"),
    *("group", "run", "divisions", "congresses", "people", "deputies", "homes", "stations"),
    *("groups", "systems", "runs"),
}


def described() -> Iterator[tuple[str, str | None]]:
    """Everything that a client sees, with its description."""
    for name, kind in GRAPH.type_map.items():
        if name.startswith("__") or name in BUILT_IN:
            continue
        yield name, kind.description
        if isinstance(kind, GraphQLEnumType):
            yield from ((f"{name}.{key}", value.description) for key, value in kind.values.items())
        elif isinstance(kind, GraphQLInputObjectType):
            yield from ((f"{name}.{key}", field.description) for key, field in kind.fields.items())
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for key, field in kind.fields.items():
                yield f"{name}.{key}", field.description
                for argument, given in field.args.items():
                    yield f"{name}.{key}({argument})", given.description


def test_everything_is_described_in_english_with_the_chinese_term() -> None:
    lacking = [
        name
        for name, text in described()
        if name not in SAME_IN_CHINESE
        and not (text and re.search("[A-Za-z]{2}", text) and re.search("[\u4e00-\u9fff]", text))
    ]
    assert lacking == []


def test_the_schema_has_the_names_of_the_contract() -> None:
    query = GRAPH.query_type
    assert query is not None
    assert set(query.fields) >= ROOTS
    expected = {
        "Division": "code name level parent children ancestors validFrom validTo predecessors "
        "successors congress homes stations groups",
        "Congress": "division level term name deputies standingCommittee",
        "Person": "name gender ethnicity birthMonth employerAndPost politicalAffiliation education "
        "mandates",
        "Deputy": "person congress level term status delegation electoralUnit certificateNumber "
        "startDate endDate homes stations groups",
        "DeputyHome": "name localName division locatedIn address head openingHours status deputies "
        "stations",
        "LiaisonStation": "name localName division locatedIn isOffSite home address head "
        "openingHours status deputies",
        "DeputyGroup": "name kind field division leader deputies",
        "SourceSystem": "code name level division connector status lastRun freshness",
        "SourceRecord": "system externalId kind firstSeenAt lastSeenAt fields",
    }
    for name, fields in expected.items():
        kind = GRAPH.type_map[name]
        assert isinstance(kind, GraphQLObjectType)
        assert set(kind.fields) >= {"id", *fields.split()}


def test_every_edge_leads_to_an_entity() -> None:
    names = {entity.name for entity in ENTITIES}
    assert {edge.target for entity in ENTITIES for edge in entity.edges} <= names | {"Node"}
    assert len(names) == len(ENTITIES)


def test_the_committed_schema_is_current() -> None:
    committed = (ROOT / "schema" / "schema.graphql").read_text()
    assert find_breaking_changes(read_schema(committed), GRAPH) == []
    assert committed == print_schema()
