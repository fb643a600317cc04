"""The demonstration end to end: one command from nothing to a served, linked graph."""

from __future__ import annotations

import json

from demo.stage import MANIFESTS
from tests.running_demo import Demo

LINKED = """
{
  people(
    where: { and: [
      { mandates: { level: { eq: PROVINCE } } }, { mandates: { level: { eq: PREFECTURE } } }
      { mandates: { level: { eq: COUNTY } } }, { mandates: { level: { eq: TOWNSHIP } } }
    ] }
  ) {
    totalCount
    nodes { mandates { nodes {
      level person { id } congress { name }
      homes { nodes { name } } stations { nodes { name } } groups { nodes { name } }
    } } }
  }
}
"""


def test_deputies_of_all_four_levels_are_linked(demo: Demo) -> None:
    people = demo.ask(LINKED)["people"]
    assert people["totalCount"] > 0
    mandates = [item for person in people["nodes"] for item in person["mandates"]["nodes"]]
    assert {"PROVINCE", "PREFECTURE", "COUNTY", "TOWNSHIP"} <= {item["level"] for item in mandates}
    for edge in ("homes", "stations", "groups"):
        assert any(item[edge]["nodes"] for item in mandates), edge


def test_about_nine_thousand_deputies_come_from_all_systems(demo: Demo) -> None:
    data = demo.ask("{ systems { totalCount nodes { code status } } deputies { totalCount } }")
    assert data["systems"]["totalCount"] == len(MANIFESTS)
    assert {system["status"] for system in data["systems"]["nodes"]} == {"OK"}
    assert 8500 < data["deputies"]["totalCount"] < 9500


def test_zhaohua_has_its_homes_stations_and_groups(demo: Demo) -> None:
    data = demo.ask(
        """{
          homes(where: {division: {within: "510811"}}) { totalCount }
          stations(where: {division: {within: "510811"}, isOffSite: {eq: true}}) { totalCount }
          groups(where: {division: {within: "510811"}, kind: {eq: PROFESSIONAL}}) { totalCount }
        }"""
    )
    assert {name: found["totalCount"] for name, found in data.items()} == {
        "homes": 12,
        "stations": 4,
        "groups": 5,
    }


def test_a_second_sync_stores_nothing_and_refuses_the_same_rows(demo: Demo) -> None:
    first, again = demo.sync(), demo.sync()
    assert len(again) == len(MANIFESTS) - 1  # one system only pushes
    for told in (*first.values(), *again.values()):
        assert (told["stored"], told["state"]) == ("0", "ok")
    assert quarantined(again) == quarantined(first)


def quarantined(told: dict[str, dict[str, str]]) -> dict[str, str]:
    """How many rows of each system were refused."""
    return {system: counts["quarantined"] for system, counts in told.items()}


def test_the_keys_of_the_systems_are_written_down(demo: Demo) -> None:
    keys = json.loads((demo.folder / "demo-keys.json").read_text())
    assert len(keys) == len(MANIFESTS)
    assert all(key.startswith("hub_") for key in keys.values())
