"""Motions, with how many propose each and how many it takes."""

from __future__ import annotations

from sqlalchemy import Integer, case, cast, func, select

from hub.subjects.columns import Quantity
from hub.subjects.motions import REQUIRED_PROPOSERS, MotionProposer, motion, motion_co_signer
from hub.subjects.record_kinds import RecordKind
from hub.subjects.source_records import reference
from schema.columns import first, many, members, one, own
from schema.declare import Edge, Entity, Expression, Row, Scalar, Value, node_id
from schema.provenance import origin


def required(row: Row) -> Expression:
    """How many deputies its level takes; null where others propose it, or who does is unknown."""
    by_level = {level.name: least for level, least in REQUIRED_PROPOSERS.items()}
    return case(
        (row.c.proposer == MotionProposer.DEPUTIES.name, case(by_level, value=row.c.level)),
    )


def listed_proposers(row: Row) -> Expression:
    """How many mandates its record names, whether or not they have come; null without co-signers.

    A record without any may just not tell them.
    """
    named = reference.alias()
    mandate = func.concat_ws(" ", named.c.system_id, named.c.target_external_id)
    count = case(
        (
            func.bool_or(named.c.name == "coSigners"),
            cast(func.count(mandate.distinct()), Integer),
        )
    )
    found = select(count).where(
        named.c.record_id == row.c.main_record_id, named.c.name.in_(("leadDeputy", "coSigners"))
    )
    return found.correlate_except(named).scalar_subquery()


def proposers(row: Row) -> Expression:
    """The number that the source states, or that of the mandates it names, whichever is more."""
    return func.greatest(row.c.stated_proposers, listed_proposers(row))


MOTION = Entity(
    "Motion",
    motion,
    "A motion put to a session of a congress 议案",
    (
        node_id("Motion"),
        *own(motion),
        Value(
            "proposersRequired",
            Scalar.INT,
            "Deputies that must propose it jointly: 10, in a township 5 (Organic Law of Local "
            "Congresses 2022, art. 22), to the National People's Congress 30; null where an organ "
            "proposes it or it is unknown who does 法定联名人数",
            required,
        ),
        Value(
            "proposers",
            Scalar.INT,
            "Deputies that propose it: as many as the source names or counts, in whichever order "
            "their mandates come; null where it does neither 提案代表人数",
            proposers,
            quantity=Quantity.AMOUNT,
        ),
        Value(
            "hasEnoughProposers",
            Scalar.BOOLEAN,
            "Whether as many deputies propose it as the law asks for; null where either number is "
            "unknown 是否达到法定联名人数",
            lambda row: proposers(row) >= required(row),
        ),
        Value(
            "isLate",
            Scalar.BOOLEAN,
            "Whether it was handed in after the last day for it; null where either day is unknown "
            "是否逾期提出",
            lambda row: row.c.submitted_at > row.c.submission_deadline,
        ),
    ),
    (
        one("division", "Division", motion.c.division_id),
        one("congress", "Congress", motion.c.congress_id),
        one("meeting", "Meeting", motion.c.meeting_id),
        one("leadDeputy", "Deputy", motion.c.lead_deputy_id),
        members(
            "coSigners",
            "Deputy",
            motion_co_signer,
            "motion_id",
            "deputy_id",
            "Mandates that propose it too 联名代表",
            stated=(),
        ),
        one("handler", "HandlingBody", motion.c.handler_id),
        one("suggestion", "Suggestion", motion.c.suggestion_id),
        *origin(motion, RecordKind.MOTION),
    ),
    plural="motions",
    singular="motion",
)

REVERSE: dict[str, tuple[Edge, ...]] = {
    "Division": (many("motions", "Motion", "division_id", "Motions to its congress 议案"),),
    "Congress": (many("motions", "Motion", "congress_id", "Motions put to it 议案"),),
    "Meeting": (many("motions", "Motion", "meeting_id", "Motions put to it 议案"),),
    "HandlingBody": (many("motions", "Motion", "handler_id", "Motions it deals with 承办的议案"),),
    "Suggestion": (
        first(
            "motion",
            "Motion",
            "Motion that it was before 原议案",
            lambda own, row: row.c.suggestion_id == own.c.id,
        ),
    ),
    "Deputy": (
        many("ledMotions", "Motion", "lead_deputy_id", "Motions proposed first 领衔的议案"),
        members(
            "coSignedMotions",
            "Motion",
            motion_co_signer,
            "deputy_id",
            "motion_id",
            "Motions proposed with others 联名的议案",
            stated=(),
        ),
    ),
}
"""The edges that lead here from other types."""

ENTITIES = (MOTION,)
