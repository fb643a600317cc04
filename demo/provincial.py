"""The GraphQL API of the province's platform."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graphql import ExecutionResult, GraphQLError, build_schema, graphql_sync

from demo.tables import Row, Tables

LARGEST_PAGE = 500
PAGED = ("delegates", "suggestions", "handovers")
SCHEMA = build_schema("""
type Person {
  name: String sex: String nation: String birthday: String idCard: String mobile: String
  party: String education: String work: String composition: String
  origin: String degree: String school: String major: String employer: String post: String
  occupation: String title: String about: String photo: String mail: String wechat: String
  qq: String address: String postcode: String
}
type Mandate {
  congressCode: String level: String session: String delegation: String certificate: String
  electingUnit: String post: String state: String reason: String mode: String
  from: String to: String isOpen: Boolean promise: String
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
  id: ID! name: String! kind: String field: String session: Int leaderId: ID
  contact: String about: String members: [Member!]!
}
type Handler { id: ID! name: String! court: Boolean! }
type Suggestion {
  id: ID! no: String title: String! field: String session: Int leaderId: ID delegation: String
  signerIds: [ID!]! submitted: String state: String key: Boolean open: String text: String
  raisedBefore: Int arose: String kind: String summary: String filed: String
}
type Handover {
  id: ID! suggestionId: ID! handlerId: ID role: String assigned: String accepted: String
  due: String difficult: Boolean consulted: String returnAsked: String replied: String
  state: String replyKind: String reply: String
  letter: String judged: String attitude: String result: String contacted: String
  consultation: String returnReason: String extensionAsked: String extendedTo: String
  again: String remark: String
}
type SuggestionConnection { nodes: [Suggestion!]! pageInfo: PageInfo! totalCount: Int! }
type HandoverConnection { nodes: [Handover!]! pageInfo: PageInfo! totalCount: Int! }
type Query {
  handlers: [Handler!]!
  suggestions(first: Int!, after: String): SuggestionConnection!
  handovers(first: Int!, after: String): HandoverConnection!
  delegates(first: Int!, after: String): DelegateConnection!
  congresses: [Congress!]!
  homes: [Place!]!
  stations: [Place!]!
  groups: [Group!]!
}
""")


def answer(tables: Tables, query: str, variables: Mapping[str, object]) -> ExecutionResult:
    """The answer to one request."""

    root = {**tables, **{name: paged(tables[name]) for name in PAGED}}
    return graphql_sync(SCHEMA, query, root, variable_values=dict(variables))


def paged(rows: list[Row]) -> Callable[..., dict[str, object]]:
    """The resolver of a connection over `rows`."""

    def resolve(info: object, first: int, after: str | None = None) -> dict[str, object]:
        if not 0 < first <= LARGEST_PAGE:
            raise GraphQLError(f"first must lie between 1 and {LARGEST_PAGE}")
        return page(rows, first, int(after or 0))

    return resolve


def page(rows: list[Row], first: int, start: int) -> dict[str, object]:
    """One page; the cursor is the number of rows before."""
    end = min(start + first, len(rows))
    return {
        "nodes": rows[start:end],
        "pageInfo": {"hasNextPage": end < len(rows), "endCursor": str(end)},
        "totalCount": len(rows),
    }
