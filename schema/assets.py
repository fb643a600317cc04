"""State-owned assets by class, and how their value changed."""

from __future__ import annotations

from hub.subjects.assets import state_asset as asset
from hub.subjects.columns import Quantity
from hub.subjects.record_kinds import RecordKind
from schema.columns import many, one, own
from schema.declare import Edge, Entity, Scalar, Value, node_id
from schema.provenance import origin

STATE_ASSET = Entity(
    "StateAsset",
    asset,
    "State-owned assets of one class at the end of a year; sums are of one year, null over several "
    "国有资产",
    (
        node_id("StateAsset"),
        *own(asset),
        Value(
            "change",
            Scalar.FLOAT,
            "By how many yuan the value grew in the year; null where either is not known "
            "增减额（元）",
            lambda row: row.c.value - row.c.value_before,
            quantity=Quantity.AMOUNT,
            within="year",
        ),
    ),
    (
        one("division", "Division", asset.c.division_id),
        one("item", "SupervisionItem", asset.c.item_id),
        *origin(asset, RecordKind.STATE_ASSET),
    ),
    plural="stateAssets",
    singular="stateAsset",
)

REVERSE: dict[str, tuple[Edge, ...]] = {
    "Division": (many("stateAssets", "StateAsset", "division_id", "What it owns 国有资产"),),
    "SupervisionItem": (
        many("stateAssets", "StateAsset", "item_id", "Assets whose report it is about 国有资产"),
    ),
}
"""The edges that lead here from other types."""

ENTITIES = (STATE_ASSET,)
