"""State-owned assets by class: their value, its change, and what is summed of them."""

from __future__ import annotations

from hub.subjects.record_kinds import RecordKind
from tests.hub.asking import ask
from tests.hub.pushing import ZHAOHUA, Hub


def asset(external_id: str, words: str, year: int, **fields: object) -> dict[str, object]:
    """The assets of one class of Zhaohua; fields override."""
    given = {"externalId": external_id, "divisionCode": ZHAOHUA, "assetClass": words, "year": year}
    return {**given, "valueBefore": 400.0, "value": 450.0} | fields


async def test_a_class_tells_its_value_and_by_how_much_it_grew(hub: Hub) -> None:
    given = (
        asset("1", "企业国有资产", 2025),
        asset("2", "行政事业性国有资产", 2025, value=380.5),
        asset("3", "国有自然资源", 2025, valueBefore=None),
    )
    await hub.push("county", RecordKind.STATE_ASSET, *given)
    found = await ask(
        hub, "{ stateAssets(orderBy: [{ value: ASC }]) { nodes { assetClass value change } } }"
    )
    assert found["stateAssets"]["nodes"] == [
        {"assetClass": "ADMINISTRATIVE", "value": 380.5, "change": -19.5},
        {"assetClass": "ENTERPRISE", "value": 450, "change": 50},
        {"assetClass": "NATURAL_RESOURCES", "value": 450, "change": None},
    ]


async def test_values_are_summed_inside_one_year_only(hub: Hub) -> None:
    given = (
        asset("1", "企业国有资产", 2025),
        asset("2", "国有金融资本", 2025, value=50.0),
        asset("3", "企业国有资产", 2024, value=400.0),
    )
    await hub.push("county", RecordKind.STATE_ASSET, *given)
    found = await ask(
        hub,
        """{
          all: stateAssets { aggregate { sum { value } } }
          one: stateAssets(where: { year: { eq: 2025 } }) { aggregate { sum { value } } }
        }""",
    )
    assert found["all"]["aggregate"]["sum"]["value"] is None
    assert found["one"]["aggregate"]["sum"]["value"] == 500


async def test_a_negative_value_is_refused(hub: Hub) -> None:
    await hub.push("county", RecordKind.STATE_ASSET, asset("1", "企业国有资产", 2025, value=-1.0))
    found = await ask(hub, "{ stateAssets { totalCount } }")
    assert found["stateAssets"]["totalCount"] == 0
