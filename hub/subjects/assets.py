"""State-owned assets by class, as the yearly report to the standing committee tells of them."""

from __future__ import annotations

from enum import Enum

from sqlalchemy import Date, Float, Index, Integer

from hub.subjects.checks import between
from hub.subjects.columns import amount, derived, golden, link, listed, plain
from hub.subjects.divisions import Level
from hub.subjects.fields import OWN_DIVISION, fields_of, other
from hub.subjects.kinds import Kind
from hub.subjects.record_kinds import RecordKind


class AssetClass(Enum):
    """Class of state-owned assets 国有资产类别 (Supervision Law 2024, on state assets)."""

    ENTERPRISE = "Of enterprises 企业国有资产"
    ADMINISTRATIVE = "Of administration and institutions 行政事业性国有资产"
    NATURAL_RESOURCES = "Natural resources 国有自然资源、自然资源国有资产"
    FINANCIAL = "Of financial enterprises 国有金融资本、金融企业国有资产"


state_asset = golden(
    "state_asset",
    link("division_id", "division", "Division that owns it 行政区划", nullable=False),
    link("item_id", "supervision_item", "Item that deliberated the report 监督事项"),
    derived(listed("level", Level, "Level of the division 层级", nullable=False)),
    plain("year", "Year of the report 年度", Integer, nullable=False),
    listed("asset_class", AssetClass, "Class 资产类别", nullable=False),
    amount(
        plain(
            "value_before", "Value at the end of the year before, in yuan 上年末价值（元）", Float
        ),
        "year",
    ),
    amount(plain("value", "Value at the end of the year, in yuan 年末价值（元）", Float), "year"),
    plain("report", "Report that tells of it 报告名称"),
    plain("reported_on", "Day of the report 报告日期", Date),
    Index("ix_state_asset_division_id", "division_id", "year"),
    Index("ix_state_asset_item_id", "item_id"),
    orders=(
        "year",
        "value",
        "reported_on",
    ),
)

STATE_ASSET = Kind(
    RecordKind.STATE_ASSET,
    "StateAsset",
    "StateAssets",
    state_asset,
    (*OWN_DIVISION, *fields_of(state_asset, required=("year", "asset_class"))),
    (other("item", RecordKind.SUPERVISION_ITEM, "Item that deliberated the report 监督事项"),),
    checks=(between("valueBefore", 0), between("value", 0)),
)

KINDS = (STATE_ASSET,)
