"""The shapes of query that are measured, and how each server is asked for them.

The hub and stock Strawberry take the same document. PostGraphile's document uses aliases to give
the hub's names; what aliases cannot bring into the same form, `compare` does.
"""

from __future__ import annotations

from dataclasses import dataclass

KEYED_BY_PLACE = """
SELECT id::text FROM deputy
WHERE id <= (SELECT id FROM deputy ORDER BY id DESC OFFSET 100 LIMIT 1)
ORDER BY hashtextextended(id::text, 1) LIMIT $1
"""
KEYED_BY_ID = "SELECT id::text FROM deputy ORDER BY hashtextextended(id::text, 2) LIMIT $1"
KEYED_BY_CODE = """
SELECT code FROM division
WHERE valid_to IS NULL AND level = ANY ($2) AND id IN (SELECT division_id FROM congress)
ORDER BY hashtextextended(code, 3) LIMIT $1
"""


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape of query.

    `keys` is the statement that draws what varies from request to request: ids of deputies, or the
    codes of divisions of `levels`. They travel in the variable `variable`: `id`, `code`, or `after`
    for the cursor of an id. An indexed shape touches as many rows in a larger store.
    """

    name: str
    about: str
    document: str
    postgraphile: str
    keys: str
    variable: str
    levels: tuple[str, ...] = ()
    is_indexed: bool = True

    @property
    def path(self) -> str:
        """The path of the hand-written server."""
        return "/" + self.name.replace(" ", "-")


LIST_PAGE = Shape(
    "list page",
    "20 deputies with person, all mandates with congress and division, stations and groups",
    """query ListPage($after: String) {
  deputies(first: 20, after: $after) {
    nodes {
      id level term status delegation startDate
      person {
        id name gender ethnicity employerAndPost
        mandates {
          nodes { id level term status congress { id name division { code name } } }
        }
      }
      stations { nodes { id name address openingHours isOffSite } }
      groups { nodes { id name kind field } }
    }
    pageInfo { hasNextPage endCursor }
  }
}""",
    """query ListPage($after: Cursor) {
  deputies: allDeputies(first: 20, after: $after) {
    nodes {
      id level term status delegation startDate
      person: personByPersonId {
        id name gender ethnicity employerAndPost
        mandates: deputiesByPersonId(first: 20) {
          nodes {
            id level term status
            congress: congressByCongressId {
              id name division: divisionByDivisionId { code name }
            }
          }
        }
      }
      stations: stationMembersByDeputyId(first: 20) {
        nodes { only: stationByStationId { id name address openingHours isOffSite } }
      }
      groups: deputyGroupMembersByDeputyId(first: 20) {
        nodes { only: deputyGroupByDeputyGroupId { id name kind field } }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}""",
    KEYED_BY_PLACE,
    "after",
)

DEEP_TREE = Shape(
    "deep tree",
    "division, its congress, 50 deputies, their person, all mandates with congress",
    """query DeepTree($code: String!) {
  division(code: $code) {
    code name level
    congress {
      name term
      deputies(first: 50) {
        nodes {
          id status
          person { name gender mandates { nodes { level term congress { name } } } }
        }
      }
    }
  }
}""",
    """query DeepTree($code: String!) {
  division_only: allDivisions(condition: {code: $code, validTo: null}, first: 1) {
    nodes {
      code name level
      congress_only: congressesByDivisionId(orderBy: [TERM_DESC], first: 1) {
        nodes {
          name term
          deputies: deputiesByCongressId(first: 50) {
            nodes {
              id status
              person: personByPersonId {
                name gender
                mandates: deputiesByPersonId(first: 20) {
                  nodes { level term congress: congressByCongressId { name } }
                }
              }
            }
          }
        }
      }
    }
  }
}""",
    KEYED_BY_CODE,
    "code",
    levels=("PREFECTURE", "COUNTY", "TOWNSHIP"),
)

SINGLE_NODE = Shape(
    "single node",
    "one deputy by id, with person and congress",
    """query SingleNode($id: ID!) {
  node(id: $id) {
    ... on Deputy {
      id level term status startDate endDate
      person { id name gender birthMonth }
      congress { name }
    }
  }
}""",
    """query SingleNode($id: ID!) {
  node(id: $id) {
    ... on Deputy {
      id level term status startDate endDate
      person: personByPersonId { id name gender birthMonth }
      congress: congressByCongressId { name }
    }
  }
}""",
    KEYED_BY_ID,
    "id",
)

PAGE_OF_100 = Shape(
    "page of 100",
    "100 deputies with person and congress",
    """query PageOf100($after: String) {
  deputies(first: 100, after: $after) {
    nodes {
      id level term status electoralUnit certificateNumber startDate
      person { name gender }
      congress { name }
    }
  }
}""",
    """query PageOf100($after: Cursor) {
  deputies: allDeputies(first: 100, after: $after) {
    nodes {
      id level term status electoralUnit certificateNumber startDate
      person: personByPersonId { name gender }
      congress: congressByCongressId { name }
    }
  }
}""",
    KEYED_BY_PLACE,
    "after",
)

FILTERED_PAGE = Shape(
    "filtered page",
    "20 women in office in one county, by start and certificate, with person and congress",
    """query FilteredPage($code: String!) {
  deputies(
    first: 20
    where: {
      division: { code: { eq: $code } }
      status: { eq: ACTIVE }
      person: { gender: { eq: FEMALE } }
    }
    orderBy: [{ startDate: DESC }, { certificateNumber: ASC }]
  ) {
    nodes {
      id status startDate certificateNumber
      person { name gender education }
      congress { name }
    }
  }
}""",
    """query FilteredPage($code: String!) {
  deputies: allDeputies(
    first: 20
    filter: {
      divisionByDivisionId: { code: { equalTo: $code } }
      status: { equalTo: "ACTIVE" }
      personByPersonId: { gender: { equalTo: "FEMALE" } }
    }
    orderBy: [START_DATE_DESC, CERTIFICATE_NUMBER_ASC]
  ) {
    nodes {
      id status startDate certificateNumber
      person: personByPersonId { name gender education }
      congress: congressByCongressId { name }
    }
  }
}""",
    KEYED_BY_CODE,
    "code",
    levels=("COUNTY",),
)

AGGREGATE = Shape(
    "aggregate",
    "a county and up to 50 divisions below it, with the numbers of deputies, homes, stations and "
    "groups of each",
    """query Aggregate($code: String!) {
  division(code: $code) {
    ...Counts
    children(first: 50) { nodes { ...Counts } }
  }
}
fragment Counts on Division {
  code name
  deputies { totalCount }
  homes { totalCount }
  stations { totalCount }
  groups { totalCount }
}""",
    """query Aggregate($code: String!) {
  division_only: allDivisions(condition: {code: $code, validTo: null}, first: 1) {
    nodes {
      ...Counts
      children: divisionsByParentId(orderBy: [CODE_ASC, PRIMARY_KEY_ASC], first: 50) {
        nodes { ...Counts }
      }
    }
  }
}
fragment Counts on Division {
  code name
  deputies: deputiesByDivisionId { totalCount }
  homes: homesByDivisionId { totalCount }
  stations: stationsByDivisionId { totalCount }
  groups: deputyGroupsByDivisionId { totalCount }
}""",
    KEYED_BY_CODE,
    "code",
    levels=("COUNTY",),
)

SHAPES = (LIST_PAGE, DEEP_TREE, SINGLE_NODE, PAGE_OF_100, FILTERED_PAGE, AGGREGATE)
