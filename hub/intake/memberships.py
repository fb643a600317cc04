"""Rebuild the memberships of touched mandates, homes, stations and groups from the references.

A membership is stated by the deputy's record (its list of homes) or by the container's (its list
of members, with role and dates), and exists once; the container's statement wins.
"""

from __future__ import annotations

from functools import lru_cache

from hub.enums import RecordKind
from hub.intake.pipeline import Pipeline

CONTAINERS = {
    RecordKind.HOME: ("home_member", "home_id", "homes"),
    RecordKind.STATION: ("station_member", "station_id", "stations"),
    RecordKind.GROUP: ("deputy_group_member", "deputy_group_id", "groups"),
}
"""Per kind: the membership table, its column for the container, the deputy's field for it."""


@lru_cache
def rebuild_sql(kind: RecordKind) -> str:
    """The statement that rebuilds the memberships of the entities $1; $2 is the run."""
    table, column, field = CONTAINERS[kind]
    return f"""
    WITH touched AS (
        SELECT id, system_id, kind, external_id FROM source_record WHERE entity_id = ANY($1)
    ), stating AS (
        SELECT r.* FROM touched t JOIN reference r ON r.record_id = t.id
        WHERE r.name IN ('{field}', 'members')
        UNION
        SELECT r.* FROM touched t JOIN reference r ON r.system_id = t.system_id
             AND r.target_kind = t.kind AND r.target_external_id = t.external_id
        WHERE r.name IN ('{field}', 'members')
    ), stated AS (
        SELECT r.name = 'members' AS by_container, r.role, r.start_date, r.end_date, r.record_id,
               CASE WHEN r.name = 'members' THEN o.entity_id ELSE t.entity_id END AS container,
               CASE WHEN r.name = 'members' THEN t.entity_id ELSE o.entity_id END AS deputy
        FROM stating r
        JOIN source_record o ON o.id = r.record_id AND o.deleted_at IS NULL
        JOIN source_record t ON t.system_id = r.system_id AND t.kind = r.target_kind
             AND t.external_id = r.target_external_id AND t.deleted_at IS NULL
        WHERE '{kind.name}' IN (o.kind, t.kind)
    ), wanted AS (
        SELECT DISTINCT ON (container, deputy) container, deputy, role, start_date, end_date,
               record_id
        FROM stated ORDER BY container, deputy, by_container DESC, role, record_id
    ), gone AS (
        DELETE FROM {table} m
        WHERE (m.deputy_id = ANY($1) OR m.{column} = ANY($1))
          AND NOT EXISTS (SELECT FROM wanted w
                          WHERE w.container = m.{column} AND w.deputy = m.deputy_id)
        RETURNING m.{column} AS container, m.deputy_id AS deputy, to_jsonb(m) AS before
    ), written AS (
        INSERT INTO {table} AS m ({column}, deputy_id, role, start_date, end_date, record_id)
        SELECT * FROM wanted
        ON CONFLICT ({column}, deputy_id) DO UPDATE SET role = excluded.role,
            start_date = excluded.start_date, end_date = excluded.end_date,
            record_id = excluded.record_id
        WHERE (m.role, m.start_date, m.end_date, m.record_id) IS DISTINCT FROM
              (excluded.role, excluded.start_date, excluded.end_date, excluded.record_id)
        RETURNING m.deputy_id AS deputy, to_jsonb(m) AS after
    )
    INSERT INTO change (entity_type, entity_id, kind, before, after, run_id, is_substantive)
    SELECT '{table}', deputy, 'DELETED', before, NULL, $2::uuid, true FROM gone
    UNION ALL
    SELECT '{table}', deputy, 'UPDATED', NULL, after, $2::uuid, true FROM written
    """


async def rebuild_memberships(
    pipeline: Pipeline, kind: RecordKind, entities: set[str], run_id: str
) -> None:
    """Rebuild the memberships of `entities`, golden ids of records of `kind`."""
    if not entities:
        return
    kinds = CONTAINERS if kind is RecordKind.DEPUTY else {kind} & CONTAINERS.keys()
    for container in kinds:
        await pipeline.execute(rebuild_sql(container), list(entities), run_id)
