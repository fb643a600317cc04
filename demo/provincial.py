"""The GraphQL API of the province's platform."""

from __future__ import annotations

from collections.abc import Mapping

from graphql import ExecutionResult, GraphQLError, build_schema, graphql_sync

from demo.tables import Tables

LARGEST_PAGE = 500
SCHEMA = build_schema("""
type Person {
  name: String sex: String nation: String birthday: String idCard: String mobile: String
  party: String education: String work: String composition: String
}
type Mandate {
  congressCode: String level: String session: String delegation: String certificate: String
  electingUnit: String post: String state: String reason: String mode: String
  from: String to: String
}
type Delegate {
  id: ID! memberKind: String! person: Person! mandate: Mandate
  homeIds: [ID!]! stationIds: [ID!]! groupIds: [ID!]!
}
type PageInfo { hasNextPage: Boolean! endCursor: String }
type DelegateConnection { nodes: [Delegate!]! pageInfo: PageInfo! totalCount: Int! }
type Congress { id: ID! code: String! term: Int! name: String! from: String seats: Int }
type Place {
  id: ID! name: String! divisionCode: String divisionName: String address: String hours: String
  head: String officer: String area: Int since: String homeId: ID
}
type Member { delegateId: ID! role: String since: String }
type Group {
  id: ID! name: String! kind: String field: String session: Int leaderId: ID members: [Member!]!
}
type Query {
  delegates(first: Int!, after: String): DelegateConnection!
  congresses: [Congress!]!
  homes: [Place!]!
  stations: [Place!]!
  groups: [Group!]!
}
""")


def answer(tables: Tables, query: str, variables: Mapping[str, object]) -> ExecutionResult:
    """The answer to one request."""

    def delegates(info: object, first: int, after: str | None = None) -> dict[str, object]:
        if not 0 < first <= LARGEST_PAGE:
            raise GraphQLError(f"first must lie between 1 and {LARGEST_PAGE}")
        return page(tables, first, int(after or 0))

    root = {**tables, "delegates": delegates}
    return graphql_sync(SCHEMA, query, root, variable_values=dict(variables))


def page(tables: Tables, first: int, start: int) -> dict[str, object]:
    """One page of deputies and guests; the cursor is the number of those before."""
    rows = tables["delegates"]
    end = min(start + first, len(rows))
    return {
        "nodes": rows[start:end],
        "pageInfo": {"hasNextPage": end < len(rows), "endCursor": str(end)},
        "totalCount": len(rows),
    }
