"""Who represents a place: deputies of all levels whose congress and electoral unit cover it."""

from __future__ import annotations

from sqlalchemy import Integer, func, or_, select

from hub.subjects.deputies import MandateStatus
from hub.subjects.divisions import Level, division
from schema.columns import among, matching
from schema.declare import Edge, Expression, Row


def represents(own: Row, row: Row) -> Expression:
    """A mandate in office of a division on the way up whose electoral unit names the way down.

    Electoral units are texts: of a county's deputy 元坝镇第3选区, of a city's 昭化区人民代表大会
    (Electoral Law, arts. 2 and 25). Each holds the name of the division right below the congress on
    the way to the place asked for. Villages elect the deputies of their town together, whatever
    their districts are called.
    """
    here, part, above = division.alias(), division.alias(), division.alias()
    path = select(func.unnest(above.c.path)).where(above.c.id == own.c.id)
    depth = func.array_position(here.c.path, row.c.division_id, type_=Integer)
    covered = (
        select(here.c.id)
        .select_from(here.outerjoin(part, part.c.id == here.c.path[depth + 1]))
        .where(
            here.c.id == own.c.id,
            or_(
                part.c.id.is_(None),
                part.c.level == Level.VILLAGE.name,
                func.strpos(row.c.electoral_unit, part.c.name) > 0,
            ),
        )
        .correlate_except(here, part)
    )
    return (
        among(row.c.division_id, path.correlate_except(above))
        & (row.c.status == MandateStatus.ACTIVE.name)
        & covered.exists()
    )


REVERSE: dict[str, tuple[Edge, ...]] = {
    "Division": (
        matching(
            "representedBy",
            "Deputy",
            "Deputies in office of all levels whose electoral unit covers it 本地人大代表",
            represents,
            is_of_today=True,
        ),
    ),
}
"""The edges that lead here from other types."""
