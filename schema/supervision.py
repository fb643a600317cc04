"""Supervision by congresses: items, their stages, and the problems found until they are gone."""

from __future__ import annotations

from hub.subjects import supervision as tables
from hub.subjects.record_kinds import RecordKind
from schema.columns import many, members, one, own
from schema.declare import Edge, Entity, node_id
from schema.provenance import origin

item, stage, finding = (
    tables.supervision_item,
    tables.supervision_stage,
    tables.supervision_finding,
)

ITEM = Entity(
    "SupervisionItem",
    item,
    "A matter that a congress supervises 监督事项",
    (node_id("SupervisionItem"), *own(item)),
    (
        one("division", "Division", item.c.division_id),
        one("congress", "Congress", item.c.congress_id),
        one("project", "LivelihoodProject", item.c.project_id),
        one("suggestion", "Suggestion", item.c.suggestion_id),
        one("meeting", "Meeting", item.c.meeting_id),
        one("body", "HandlingBody", item.c.body_id),
        members(
            "members",
            "Deputy",
            tables.supervision_item_member,
            "supervision_item_id",
            "deputy_id",
            "Mandates that take part 参加代表",
        ),
        many("stages", "SupervisionStage", "item_id", "Its stages, link by link 监督环节"),
        many("findings", "SupervisionFinding", "item_id", "Problems found 发现的问题"),
        *origin(item, RecordKind.SUPERVISION_ITEM),
    ),
    plural="supervisionItems",
    singular="supervisionItem",
)

STAGE = Entity(
    "SupervisionStage",
    stage,
    "A stage of a supervision item, planned and reached 监督环节",
    (node_id("SupervisionStage"), *own(stage)),
    (
        one("division", "Division", stage.c.division_id),
        one("item", "SupervisionItem", stage.c.item_id),
        *origin(stage, RecordKind.SUPERVISION_STAGE),
    ),
    plural="supervisionStages",
    singular="supervisionStage",
)

FINDING = Entity(
    "SupervisionFinding",
    finding,
    "A problem found, from the list to the check that strikes it off 监督发现的问题",
    (node_id("SupervisionFinding"), *own(finding)),
    (
        one("division", "Division", finding.c.division_id),
        one("item", "SupervisionItem", finding.c.item_id),
        one("body", "HandlingBody", finding.c.body_id),
        one("project", "LivelihoodProject", finding.c.project_id),
        one("suggestion", "Suggestion", finding.c.suggestion_id),
        *origin(finding, RecordKind.SUPERVISION_FINDING),
    ),
    plural="supervisionFindings",
    singular="supervisionFinding",
)

ENTITIES = (ITEM, STAGE, FINDING)


def about(key: str) -> tuple[Edge, ...]:
    """The edges from what items and problems are about."""
    return (
        many("supervisionItems", "SupervisionItem", key, "Supervision of it 监督事项"),
        many("supervisionFindings", "SupervisionFinding", key, "Problems found 监督发现的问题"),
    )


REVERSE: dict[str, tuple[Edge, ...]] = {
    "Division": about("division_id"),
    "Congress": (many("supervisionItems", "SupervisionItem", "congress_id", "Supervision 监督"),),
    "HandlingBody": about("body_id"),
    "LivelihoodProject": about("project_id"),
    "Suggestion": about("suggestion_id"),
    "Deputy": (
        members(
            "supervisionItems",
            "SupervisionItem",
            tables.supervision_item_member,
            "deputy_id",
            "supervision_item_id",
            "Supervision taken part in 参加的监督事项",
        ),
    ),
}
"""The edges that lead here from other types."""
