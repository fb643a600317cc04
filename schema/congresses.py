"""Congresses, and the body that does their work between sessions."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import exists, func, select

from hub.subjects.congresses import congress as congress_table
from hub.subjects.deputies import CongressPost, MandateStatus
from hub.subjects.divisions import Level
from hub.subjects.record_kinds import RecordKind
from schema.columns import columns, first, listed, many, matching, one
from schema.declare import Edge, Entity, Expression, Period, Row, node_id
from schema.provenance import origin

congress = congress_table

ENDED = (MandateStatus.TERMINATED.name, MandateStatus.EXPIRED.name)
COMMITTEE = (
    CongressPost.CHAIR,
    CongressPost.VICE_CHAIR,
    CongressPost.SECRETARY_GENERAL,
    CongressPost.MEMBER,
)
PRESIDIUM = (
    CongressPost.PRESIDIUM_CHAIR,
    CongressPost.PRESIDIUM_VICE_CHAIR,
    CongressPost.PRESIDIUM_MEMBER,
)


def holding(*posts: CongressPost) -> Callable[[Row, Row], Expression]:
    """Mandates of the congress that hold one of `posts` and have not ended."""

    def match(own: Row, row: Row) -> Expression:
        return (
            (row.c.congress_id == own.c.id)
            & row.c.congress_post.in_([post.name for post in posts])
            & func.coalesce(row.c.status, "").not_in(ENDED)
        )

    return match


def by_start(row: Row) -> tuple[Expression, ...]:
    return (row.c.start_date.asc().nulls_last(),)


def newest_first(row: Row) -> tuple[Expression, ...]:
    return (row.c.term.desc().nulls_last(),)


def is_of_same_division(own: Row, row: Row) -> Expression:
    return row.c.division_id == own.c.division_id


def was_followed(row: Row) -> Expression:
    """Whether a later term of the same congress is known."""
    later = congress.alias()
    return exists(
        select(later.c.id).where(
            later.c.division_id == row.c.division_id, later.c.term > row.c.term
        )
    )


def itself() -> Edge:
    return first(
        "congress", "Congress", "Its congress 所属人大", lambda own, row: row.c.id == own.c.id
    )


CONGRESS = Entity(
    "Congress",
    congress,
    "A people's congress in one term 人民代表大会（届）",
    (
        node_id("Congress"),
        *columns(congress, "level", "term", "name", "start_date", "end_date", "seats"),
    ),
    (
        one("division", "Division", congress.c.division_id),
        listed(
            "terms",
            "Congress",
            "All terms of the same congress, the newest first 历届",
            is_of_same_division,
            newest_first,
            keys=("division_id",),
        ),
        many("deputies", "Deputy", "congress_id", "Its deputies: mandates 人大代表"),
        many("groups", "DeputyGroup", "congress_id", "Its deputy groups 代表小组"),
        first(
            "standingCommittee",
            "StandingCommittee",
            "Its standing committee; null at TOWNSHIP level, which has none 常务委员会",
            lambda own, row: (row.c.id == own.c.id) & (row.c.level != Level.TOWNSHIP.name),
        ),
        first(
            "presidium",
            "Presidium",
            "Presidium of a township congress; null at other levels 乡镇人大主席团",
            lambda own, row: (row.c.id == own.c.id) & (row.c.level == Level.TOWNSHIP.name),
        ),
        *origin(congress, RecordKind.CONGRESS),
    ),
    plural="congresses",
    singular="congress",
    period=Period(lambda row: row.c.start_date, lambda row: row.c.end_date, was_followed),
)

STANDING_COMMITTEE = Entity(
    "StandingCommittee",
    congress,
    "Standing committee, by the posts of the deputies in office 常务委员会",
    (),
    (
        itself(),
        first("chair", "Deputy", "Chair 主任", holding(CongressPost.CHAIR), by_start),
        listed(
            "viceChairs", "Deputy", "Vice-chairs 副主任", holding(CongressPost.VICE_CHAIR), by_start
        ),
        first(
            "secretaryGeneral",
            "Deputy",
            "Secretary-general 秘书长",
            holding(CongressPost.SECRETARY_GENERAL),
            by_start,
        ),
        matching(
            "members",
            "Deputy",
            "Everyone with a post in it 组成人员",
            holding(*COMMITTEE),
            is_of_today=True,
        ),
    ),
)

PRESIDIUM_BODY = Entity(
    "Presidium",
    congress,
    "Presidium of a township congress, by the posts of the deputies in office 主席团",
    (),
    (
        itself(),
        first("chair", "Deputy", "Chair 主席", holding(CongressPost.PRESIDIUM_CHAIR), by_start),
        listed(
            "viceChairs",
            "Deputy",
            "Vice-chairs 副主席",
            holding(CongressPost.PRESIDIUM_VICE_CHAIR),
            by_start,
        ),
        matching(
            "members",
            "Deputy",
            "Everyone with a post in it 主席团成员",
            holding(*PRESIDIUM),
            is_of_today=True,
        ),
    ),
)

ENTITIES = (CONGRESS, STANDING_COMMITTEE, PRESIDIUM_BODY)
