"""Opinions of the public, and what became of them."""

from __future__ import annotations

from hub.subjects.opinions import public_opinion as opinion
from hub.subjects.record_kinds import RecordKind
from schema.columns import many, one, own
from schema.declare import Edge, Entity, node_id
from schema.provenance import origin

PUBLIC_OPINION = Entity(
    "PublicOpinion",
    opinion,
    "An opinion of the public, heard at a station or by a deputy 群众意见、社情民意",
    (node_id("PublicOpinion"), *own(opinion)),
    (
        one("division", "Division", opinion.c.division_id),
        one("inVillage", "Division", opinion.c.village_id),
        one("station", "LiaisonStation", opinion.c.station_id),
        one("deputy", "Deputy", opinion.c.deputy_id),
        one("handler", "HandlingBody", opinion.c.handler_id),
        one("escalatedTo", "PublicOpinion", opinion.c.escalated_to_id),
        many(
            "escalatedFrom",
            "PublicOpinion",
            "escalated_to_id",
            "Opinions of lower levels that led to it 下级上报的意见",
        ),
        one("convertedTo", "Suggestion", opinion.c.converted_to_id),
        *origin(opinion, RecordKind.PUBLIC_OPINION),
    ),
    plural="opinions",
    singular="opinion",
)

REVERSE: dict[str, tuple[Edge, ...]] = {
    "Division": (
        many("opinions", "PublicOpinion", "division_id", "Opinions that concern it 群众意见"),
    ),
    "LiaisonStation": (
        many("opinions", "PublicOpinion", "station_id", "Opinions heard there 收到的群众意见"),
    ),
    "Deputy": (many("opinions", "PublicOpinion", "deputy_id", "Opinions heard 接待的群众意见"),),
    "HandlingBody": (
        many("opinions", "PublicOpinion", "handler_id", "Opinions to handle 承办的群众意见"),
    ),
    "Suggestion": (
        many("opinions", "PublicOpinion", "converted_to_id", "Opinions it came from 来源群众意见"),
    ),
}
"""The edges that lead here from other types."""

ENTITIES = (PUBLIC_OPINION,)
