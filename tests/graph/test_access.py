"""Restricted values."""

from __future__ import annotations

from schema.ids import make_id
from tests.graph.conftest import Graph
from tests.graph.world import LIN

QUERY = """query ($id: ID!) { person(id: $id) { phone email
  sourceRecords { fields }
  provenance { field value others { value } } } }"""


async def test_restricted_values_are_null_without_the_right(graph: Graph) -> None:
    data = await graph.data(QUERY, {"id": make_id("Person", LIN)})
    person = data["person"]
    assert (person["phone"], person["email"]) == (None, None)
    assert "139" not in str(data)
    assert "1971-05-20" not in str(data)
    # The same with a value as without one, so that nobody learns whether there is any.
    for name in ("phone", "email"):
        assert {"field": name, "value": None, "others": []} in person["provenance"]


async def test_restricted_values_are_shown_with_the_right(graph: Graph) -> None:
    data = await graph.data(QUERY, {"id": make_id("Person", LIN)}, restricted=True)
    person = data["person"]
    assert (person["phone"], person["email"]) == ("13900000001", None)
    assert person["sourceRecords"][0]["fields"]["birth"] == "1971-05-20"
    phone = {"field": "phone", "value": "13900000001", "others": [{"value": "13900000002"}]}
    assert phone in person["provenance"]


async def test_nobody_filters_or_orders_by_restricted_values(graph: Graph) -> None:
    for clause in (
        """where: { phone: { eq: "13900000001" } }""",
        "orderBy: [{ phone: ASC }]",
        """where: { sourceRecords: { fields: { eq: "x" } } }""",
    ):
        code, _ = await graph.error(f"{{ people({clause}) {{ totalCount }} }}")
        assert code == "GRAPHQL_VALIDATION_FAILED"
