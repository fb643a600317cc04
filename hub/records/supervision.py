"""Supervision by congresses: items, their stages, and the problems found until they are gone."""

from __future__ import annotations

from hub.enums import RecordKind
from hub.records.checks import between, needs, not_before
from hub.records.declare import Kind, Membership, Placing, Reference
from hub.records.fields import EXTERNAL_ID, OWN_DIVISION, fields_of, other
from hub.subjects import supervision as tables

ABOUT = (
    other("project", RecordKind.LIVELIHOOD_PROJECT, "Livelihood project 民生实事项目"),
    other("suggestion", RecordKind.SUGGESTION, "Suggestion 代表建议"),
)

ITEM = Kind(
    RecordKind.SUPERVISION_ITEM,
    "SupervisionItem",
    "SupervisionItems",
    tables.supervision_item,
    (*OWN_DIVISION, *fields_of(tables.supervision_item, required=("title", "year", "state"))),
    (
        *ABOUT,
        other("meeting", RecordKind.MEETING, "Meeting that deliberated it 审议会议"),
        other("body", RecordKind.HANDLING_BODY, "Body that is supervised 监督对象"),
        Reference(
            "members",
            RecordKind.DEPUTY,
            "Mandates that take part, with role and dates 参加代表",
            with_role=True,
            across=True,
        ),
    ),
    (Membership(tables.supervision_item_member, RecordKind.DEPUTY, "members"),),
    checks=(not_before("closedAt", "startedAt"),),
)

STAGE = Kind(
    RecordKind.SUPERVISION_STAGE,
    "SupervisionStage",
    "SupervisionStages",
    tables.supervision_stage,
    (EXTERNAL_ID, *fields_of(tables.supervision_stage, required=("name",))),
    (other("item", RecordKind.SUPERVISION_ITEM, "Item 监督事项", required=True),),
    placing=Placing.PARENT,
    parent="item",
)

FINDING = Kind(
    RecordKind.SUPERVISION_FINDING,
    "SupervisionFinding",
    "SupervisionFindings",
    tables.supervision_finding,
    (
        EXTERNAL_ID,
        *fields_of(tables.supervision_finding, required=("title", "year", "aspect", "state")),
    ),
    (
        other("item", RecordKind.SUPERVISION_ITEM, "Item that found it 监督事项", required=True),
        other("body", RecordKind.HANDLING_BODY, "Body that must put it right 整改责任单位"),
        *ABOUT,
    ),
    placing=Placing.PARENT,
    parent="item",
    checks=(
        needs("submittedAt", "assignedAt"),
        not_before("dueDate", "assignedAt"),
        not_before("submittedAt", "assignedAt"),
        not_before("struckOffAt", "assignedAt"),
        between("amount", 0),
        between("rectifiedAmount", 0),
    ),
)

KINDS = (ITEM, STAGE, FINDING)
