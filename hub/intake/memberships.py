"""Rebuild the memberships of touched golden rows from the references that state them.

A membership is stated by the member's record (a deputy's list of homes) or by the container's (a
home's list of members, with role and dates), and exists once; the container's statement wins.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from hub.intake.scope import Cause
from hub.store import Pipeline
from hub.subjects import KINDS
from hub.subjects.kinds import Membership
from hub.subjects.record_kinds import RecordKind

Stated = set[tuple[RecordKind, str]]
"""Kinds of records with their fields that state memberships."""


def statements(container: RecordKind, membership: Membership) -> Stated:
    """The fields that state a membership."""
    sides = {(container, membership.by_container), (membership.member, membership.by_member)}
    return {(kind, name) for kind, name in sides if name}


def concerned(kind: RecordKind, stated: Stated, *, all_of_kind: bool) -> Iterator[RecordKind]:
    """The containers whose memberships a batch of `kind` may change.

    `stated` are the fields met in the batch; `all_of_kind` adds what earlier records stated.
    """
    for container, membership in MEMBERSHIPS.items():
        if statements(container, membership) & stated or (
            all_of_kind and kind in (container, membership.member)
        ):
            yield container


REBUILD = """
WITH touched AS (
    SELECT id, system_id, kind, external_id FROM source_record WHERE entity_id = ANY($1)
), stating AS (
    SELECT r.* FROM touched t JOIN reference r ON r.record_id = t.id
    WHERE r.name IN ({names})
    UNION
    SELECT r.* FROM touched t JOIN reference r ON r.system_id = t.system_id
         AND r.target_kind = t.kind AND r.target_external_id = t.external_id
    WHERE r.name IN ({names})
), stated AS (
    SELECT o.kind = '{kind}' AS by_container, r.role, r.start_date, r.end_date,
           r.record_id,
           CASE WHEN o.kind = '{kind}' THEN o.entity_id ELSE t.entity_id END
             AS container,
           CASE WHEN o.kind = '{kind}' THEN t.entity_id ELSE o.entity_id END
             AS member
    FROM stating r
    JOIN source_record o ON o.id = r.record_id AND o.deleted_at IS NULL
    JOIN source_record t ON t.system_id = r.system_id AND t.kind = r.target_kind
         AND t.external_id = r.target_external_id AND t.deleted_at IS NULL
    WHERE (o.kind, r.name) IN ({pairs})
), wanted AS (
    SELECT DISTINCT ON (container, member) container, member, role, start_date, end_date,
           record_id
    FROM stated ORDER BY container, member, by_container DESC, role, record_id
), gone AS (
    DELETE FROM {table} m
    WHERE (m.{member} = ANY($1) OR m.{column} = ANY($1))
      AND NOT EXISTS (SELECT FROM wanted w
                      WHERE w.container = m.{column} AND w.member = m.{member})
    RETURNING m.{member} AS member, to_jsonb(m) AS before
), written AS (
    INSERT INTO {table} AS m ({column}, {member}, role, start_date, end_date, record_id)
    SELECT * FROM wanted
    ON CONFLICT ({column}, {member}) DO UPDATE SET role = excluded.role,
        start_date = excluded.start_date, end_date = excluded.end_date,
        record_id = excluded.record_id
    WHERE (m.role, m.start_date, m.end_date, m.record_id) IS DISTINCT FROM
          (excluded.role, excluded.start_date, excluded.end_date, excluded.record_id)
    RETURNING m.{member} AS member, to_jsonb(m) AS after
)
INSERT INTO change
    (entity_type, entity_id, kind, before, after, is_substantive, run_id, actor, undoes)
SELECT '{table}', member, 'DELETED', before, NULL, true, $2::uuid, $3, $4::uuid FROM gone
UNION ALL
SELECT '{table}', member, 'UPDATED', NULL, after, true, $2::uuid, $3, $4::uuid FROM written
"""


@lru_cache
def rebuild_sql(container: RecordKind) -> str:
    """The statement that rebuilds the memberships of the entities $1; $2 to $4 say why."""
    membership = MEMBERSHIPS[container]
    table = membership.table.name
    column, member = membership.columns
    stated = statements(container, membership)
    names = ", ".join(f"'{name}'" for _, name in stated)
    pairs = ", ".join(f"('{kind.name}', '{name}')" for kind, name in stated)
    return REBUILD.format(
        table=table,
        column=column,
        member=member,
        names=names,
        pairs=pairs,
        kind=container.name,
    )


async def rebuild_memberships(
    pipeline: Pipeline, containers: Iterator[RecordKind], entities: set[str], cause: Cause
) -> None:
    """Rebuild the memberships of `entities` in `containers`."""
    if not entities:
        return
    for container in containers:
        await pipeline.execute(rebuild_sql(container), list(entities), *cause)


MEMBERSHIPS = {kind.kind: membership for kind in KINDS.values() for membership in kind.memberships}
